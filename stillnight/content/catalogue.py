"""The answers of `data/` by name, and the references they cite: what actions and channels look things up in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from stillnight.content.responses import Answer, answers, read_all
from stillnight.paths import DATA, KNOWLEDGE
from stillnight.yaml_files import load_yaml


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
    """Answers by response name (the variation without condition) and references by id."""

    answers: Mapping[str, Answer]
    references: Mapping[str, Reference]

    def text(self, name: str) -> str:
        """Text of an answer. Raises KeyError when there is none of that name."""
        return self.answers[name].text

    def title(self, slug: str) -> str:
        """How the assistant names a topic."""
        return str(self.answers[f"utter_faq/{slug}"].metadata["title"])

    def has_topic(self, slug: str) -> bool:
        """Whether there is such an FAQ topic."""
        return f"utter_faq/{slug}" in self.answers

    def follow_up(self, slug: str | None, kind: str) -> str:
        """Response name that answers a short follow-up (`how_long`, `why`, …) after the topic `slug`.

        The topic's own `follow_up` comes first, then the general one of `utter_which_topic`.
        """
        own = self.answers.get(f"utter_faq/{slug}")
        target = (own.metadata.get("follow_up") or {}).get(kind) if own else None
        target = target or self.answers["utter_which_topic"].metadata["follow_up"][kind]
        if target == "more":
            return f"utter_more_{slug}"
        return f"utter_faq/{target}" if target != slug or own is None else self._second_part(target)

    def _second_part(self, slug: str) -> str:
        more = f"utter_more_{slug}"
        return more if more in self.answers else f"utter_faq/{slug}"


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
    for answer in answers(read_all(data)):
        if not answer.condition:
            by_name[answer.name] = answer
    return Catalogue(by_name, _references(knowledge / "references.yml"))


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The project's catalogue, read once."""
    return load(DATA, KNOWLEDGE)
