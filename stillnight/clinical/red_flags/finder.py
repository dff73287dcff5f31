"""Finding the red flags of a message: `RedFlagFinder.load(knowledge).find(text)`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.red_flags.behind import Behind
from stillnight.clinical.red_flags.context import Context, context_matcher
from stillnight.clinical.red_flags.matcher import TemplateMatcher
from stillnight.clinical.red_flags.readers import make_reader
from stillnight.clinical.red_flags.reading import Reader
from stillnight.clinical.red_flags.templates import Notation, Template
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

EMERGENCY: Final = "emergency"
SAME_DAY: Final = "same_day"
_GENERAL: Final = "general"
# Behind what was told, a worry or a question is about oneself: “is that from not sleeping?”.
_BEHIND_DESPITE: Final = frozenset({"worry", "general"})


@dataclass(frozen=True)
class Category:
    """One kind of danger as `knowledge/red_flags.yml` describes it.

    urgency: `emergency` or `same_day`. numbers: further lines that go with it (`crisis`, `poison`). over: rank, the
    smallest is answered first. despite: kinds of context that do not take it back. about_somebody: the words alone are
    no danger, somebody must be spoken of. worse_with: category beside which a same-day flag becomes an emergency.
    well_ends: whether it is over when somebody feels well again. signs: dangers that are only signs of this one.
    """

    name: str
    urgency: str
    over: int
    numbers: tuple[str, ...]
    despite: frozenset[str]
    worse_with: str | None
    about_somebody: bool
    sources: tuple[str, ...]
    well_ends: bool = True
    signs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class RedFlag:
    """A danger found in a message: which, how urgent, and the rule that found it (for the developer, never shown)."""

    category: Category
    urgency: str
    rule: str

    @property
    def name(self) -> str:
        """Name of the category."""
        return self.category.name


class RedFlagFinder:
    """The rules, ready to read messages. Pure: the same text gives the same flags."""

    def __init__(
        self,
        categories: Mapping[str, Category],
        flags: TemplateMatcher,
        cues: TemplateMatcher,
        reader: Reader,
        own: frozenset[str],
        list_words: frozenset[str],
        asked: frozenset[str],
        later: TemplateMatcher,
        worse_later: TemplateMatcher,
        behind: Behind,
    ) -> None:
        """Use `load`. asked: rules that hold even for a question about nobody; later, worse_later: see `asked_on`."""
        self.categories = categories
        self._flags = flags
        self._cues = cues
        self._reader = reader
        self._own = own
        self._list_words = list_words
        self._asked = asked
        self._later = later
        self._worse_later = worse_later
        self._behind = behind

    @classmethod
    @reading("red_flags.yml")
    def load(cls, knowledge: Path) -> RedFlagFinder:
        """Read the rules. Raises KnowledgeError when one cannot be read."""
        raw = _yaml(knowledge / "red_flags.yml")
        context = _yaml(knowledge / "red_flag_context.yml")
        groups = {**raw["groups"], **context["groups"], **_medicine_groups(knowledge, raw["medicine_groups"])}
        notation = Notation(groups, frozenset(map(str, context["fillers"])))
        categories: dict[str, Category] = {}
        rules: list[tuple[str, Template]] = []
        for name, facts in raw["red_flags"].items():
            with reading(f"red_flags.yml: {name}"):
                categories[name] = _category(name, facts)
                sources = (*facts["says"], *facts.get("asked", ()))
                rules += [(name, notation.parse(str(source))) for source in sources]
        flags = TemplateMatcher(rules)
        asked = frozenset(str(source) for facts in raw["red_flags"].values() for source in facts.get("asked", ()))
        later, worse_later = (
            TemplateMatcher(
                (name, notation.parse(str(source)))
                for name, facts in raw["red_flags"].items()
                for source in facts.get(when, ())
            )
            for when in ("later", "worse_later")
        )
        with reading("red_flag_context.yml"):
            cues = context_matcher(context, notation)
        behind = Behind({name: facts.get("behind", ()) for name, facts in raw["red_flags"].items()}, notation)
        matchers = (flags, cues, later, worse_later, *behind.matchers)
        reader = make_reader(knowledge, {word for matcher in matchers for word in matcher.vocabulary()})
        whole = Notation(groups)
        own = frozenset(" ".join(phrase) for entry in groups["own"] for phrase in whole.expand(str(entry)))
        return cls(
            categories, flags, cues, reader, own, frozenset(context["list_words"]), asked, later, worse_later, behind
        )

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word that some rule asks for."""
        return frozenset(self._flags.vocabulary())

    def flag(self, name: str) -> RedFlag:
        """The flag of a category that somebody else found. Raises KeyError for a category that we do not know."""
        return RedFlag(self.categories[name], self.categories[name].urgency, "")

    def well_ends(self, name: str) -> bool:
        """Whether a danger is over when somebody feels well. Raises KeyError for a category that we do not know."""
        return self.categories[name].well_ends

    def signs_of(self, name: str) -> frozenset[str]:
        """Dangers that are signs of this one while it is open. Raises KeyError for a category that we do not know."""
        return self.categories[name].signs

    def asked_on(self, text: str, told: Sequence[str]) -> RedFlag | None:
        """The same-day danger that was told and that a message asks on about (“can i rub it”), or None.

        Where the message tells that it is worse now (“and i am out of breath”), the emergency that it has become.
        """
        reading = self._reader.read(text)
        worse = {match.key for match in self._worse_later.find(reading)}
        graver = [self.categories[name].worse_with for name in reversed(told) if name in worse]
        if graver and graver[0] is not None:
            return self.flag(graver[0])
        about = {match.key for match in self._later.find(reading)}
        return next((self.flag(name) for name in reversed(told) if name in about), None)

    def behind(self, text: str, known: Collection[str], earlier: Iterable[str]) -> tuple[RedFlag, ...]:
        """Dangers that a message has only behind what was told before: `behind` in the file.

        Args:
            text: the message.
            known: circumstances that are known, by their names in `circumstances.yml`.
            earlier: what the person wrote before; read only when it matters.
        """

        def told(matcher: TemplateMatcher, said: str) -> set[str]:
            reading = self._reader.read(said)
            context = Context(self._cues, reading, self._own, self._list_words)
            found = matcher.find(reading, context.hidden, context.usable, {})
            return {match.key for match in found if not context.taken_back(match, _BEHIND_DESPITE)}

        flags = [self.flag(name) for name in self._behind.dangers(text, known, earlier, told)]
        return tuple(sorted(flags, key=lambda flag: (flag.urgency != EMERGENCY, flag.category.over)))

    def find(self, text: str) -> tuple[RedFlag, ...]:
        """Every danger in `text`, the one to answer first in front; empty when there is none.

        Args:
            text: anything at all; of more than 20,000 characters the first 20,000 are read.
        """
        reading = self._reader.read(text)
        if not reading.words:
            return ()
        context = Context(self._cues, reading, self._own, self._list_words)
        rules: dict[str, str] = {}
        for match in self._flags.find(reading, context.hidden, context.usable, rules):
            category = self.categories[match.key]
            if category.about_somebody and not context.about_somebody:
                continue
            despite = category.despite | ({_GENERAL} if match.source in self._asked else frozenset())
            if not context.taken_back(match, despite):
                rules[match.key] = match.source
        flags = [RedFlag(self.categories[name], self._urgency(name, rules), rule) for name, rule in rules.items()]
        return tuple(sorted(flags, key=lambda flag: (flag.urgency != EMERGENCY, flag.category.over)))

    def _urgency(self, name: str, found: Mapping[str, str]) -> str:
        category = self.categories[name]
        return EMERGENCY if category.worse_with in found else category.urgency


def _category(name: str, facts: Mapping[str, Any]) -> Category:
    return Category(
        name,
        facts["urgency"],
        facts["over"],
        tuple(facts["numbers"]),
        frozenset(facts.get("despite") or ()),
        facts.get("worse_with"),
        bool(facts.get("about_somebody")),
        tuple(facts["sources"]),
        bool(facts.get("well_ends", True)),
        frozenset(facts.get("signs") or ()),
    )


def _medicine_groups(knowledge: Path, classes_of: Mapping[str, list[str] | str]) -> dict[str, list[str]]:
    medicines = _yaml(knowledge / "medicines.yml")
    groups: dict[str, list[str]] = {name: [] for name in classes_of}
    for generic, facts in medicines.items():
        sold = (brand for region in (facts.get("brands") or {}).values() for brand in region)
        names = [generic, *(facts.get("also") or ()), *sold]
        for group, classes in classes_of.items():
            if classes == "any" or facts["class"] in classes:
                groups[group] += [str(name).lower().replace("-", " ").replace("'", "") for name in names]
    return groups


def _yaml(path: Path) -> dict[str, Any]:
    loaded = load_yaml(path)
    assert isinstance(loaded, dict), path
    return loaded


@lru_cache(maxsize=1)
def red_flag_finder() -> RedFlagFinder:
    """The project's finder, made once."""
    return RedFlagFinder.load(KNOWLEDGE)
