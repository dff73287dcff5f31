"""The answers of `data/` by name, and the references they cite: what actions and channels look things up in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from stillnight.content.responses import Answer, answers, read_all
from stillnight.paths import DATA, KNOWLEDGE
from stillnight.settings import settings
from stillnight.yaml_files import load_yaml

# Rasa chooses the variation of an answer by this slot.
CIRCUMSTANCE_SLOT: Final = "circumstance"


@dataclass(frozen=True)
class Reference:
    """One entry of `knowledge/references.yml`. `plain` says in a patient's words what it is."""

    id: str
    title: str
    journal: str
    year: int
    plain: str
    url: str | None

    @property
    def spoken(self) -> str:
        """What it is and from which year, to be said in a sentence."""
        return self.plain if str(self.year) in self.plain else f"{self.plain} ({self.year})"


@dataclass(frozen=True)
class Catalogue:
    """Answers and references.

    answers: by response name, the variation without condition. references: by id. varied: by response name and
    circumstance, the variation for it. withheld: names of pieces (`stillnight.review`) that wait for a signature.
    """

    answers: Mapping[str, Answer]
    references: Mapping[str, Reference]
    varied: Mapping[tuple[str, str], Answer] = field(default_factory=dict)
    withheld: frozenset[str] = frozenset()

    def answer(self, name: str, circumstance: str | None = None) -> Answer:
        """An answer as varied for a circumstance. Raises KeyError when there is none of that name."""
        return self.varied.get((name, str(circumstance))) or self.answers[name]

    def text(self, name: str) -> str:
        """Text of an answer. Raises KeyError when there is none of that name."""
        return self.answers[name].text

    def title(self, slug: str) -> str:
        """How the assistant names a topic."""
        return str(self.answers[f"utter_faq/{slug}"].metadata["title"])

    def has_topic(self, slug: str) -> bool:
        """Whether there is such an FAQ topic."""
        return f"utter_faq/{slug}" in self.answers

    def more(self, slug: str, circumstance: str | None = None) -> str | None:
        """Response name of the second part of a topic, None when there is none.

        Where the first part was varied for a circumstance, the second must be too, else it does not fit the person.
        """
        name = f"utter_more_{slug}"
        if (f"utter_faq/{slug}", circumstance) in self.varied and (name, circumstance) not in self.varied:
            return None
        return name if name in self.answers else None

    def follow_up(self, slug: str | None, kind: str, circumstance: str | None = None) -> str:
        """Response name that answers a short follow-up (`how_long`, `why`, …) after the topic `slug`.

        The topic's own `follow_up` comes first, as varied for the circumstance, then the general one of
        `utter_which_topic`.
        """
        own = self.varied.get((f"utter_faq/{slug}", str(circumstance))) or self.answers.get(f"utter_faq/{slug}")
        target = (own.metadata.get("follow_up") or {}).get(kind) if own else None
        target = target or self.answers["utter_which_topic"].metadata["follow_up"][kind]
        if target == "more":
            return self.more(str(slug), circumstance) or "utter_no_more"
        if target == slug and own is not None:
            return self.more(target, circumstance) or f"utter_faq/{target}"
        return f"utter_faq/{target}"

    def leads(self, name: str, topic: str | None, kind: str, circumstance: str | None = None) -> str | None:
        """Response name to which an answer itself leads for a kind of follow-up, None when it names none.

        Args:
            name: response name of the answer; empty for one that was put together.
            topic: the topic that the answer was about.
            kind: a key of `follow_up` in its metadata, or in that of its topic.
            circumstance: whose variation of it was read.
        """
        for each in dict.fromkeys((name, f"utter_faq/{topic}")):
            own = self.varied.get((each, str(circumstance))) or self.answers.get(each)
            target = (own.metadata.get("follow_up") or {}).get(kind) if own else None
            if target == "more":
                return self.more(str(topic), circumstance)
            if target:
                return str(target) if str(target).startswith("utter_") else f"utter_faq/{target}"
        return None


def _references(path: Path) -> dict[str, Reference]:
    raw = load_yaml(path)
    return {
        key: Reference(
            id=key,
            title=entry["title"],
            journal=entry["journal"],
            year=int(entry["year"]),
            plain=entry["plain"],
            url=f"https://doi.org/{entry['doi']}" if entry.get("doi") else entry.get("url"),
        )
        for key, entry in raw.items()
    }


def load(data: Path, knowledge: Path) -> Catalogue:
    """Read both folders. Raises ContentError when a file cannot be read."""
    by_name: dict[str, Answer] = {}
    varied: dict[tuple[str, str], Answer] = {}
    for answer in answers(read_all(data)):
        if not answer.condition and answer.channel is None:
            by_name[answer.name] = answer
        for slot, value in answer.condition:
            if slot == CIRCUMSTANCE_SLOT:
                varied[answer.name, value] = answer
    return Catalogue(by_name, _references(knowledge / "references.yml"), varied)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The project's catalogue, read once; where the clinic wants it, without what nobody has signed."""
    loaded = load(DATA, KNOWLEDGE)
    if not settings().signed_only:
        return loaded
    from stillnight.review.serving import served

    return served(loaded, DATA, KNOWLEDGE)
