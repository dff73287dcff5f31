"""What follows from a check, by the tables of `knowledge/symptom_check.yml`: what fits, never who has what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.symptom_check.definitions import FILE, Definition, definitions, read_definitions
from stillnight.clinical.symptom_check.model import CORE, FEATURES, Known, Question
from stillnight.clinical.symptom_check.state import Check
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml


class Feature(str, Enum):
    """What the answers say of a feature. open: not known, or something was told that could explain it."""

    FITS = "fits"
    FITS_NOT = "fits_not"
    OPEN = "open"


class HowSoon(str, Enum):
    """How soon to see somebody: today, within weeks, when there is a visit anyway."""

    NOW = "now"
    SOON = "soon"
    NEXT_VISIT = "next_visit"


_CHILD: Final = "child"
_PREGNANT: Final = "pregnant"
_ADULT: Final = "adult"
_PERSONS: Final = frozenset({_CHILD, _PREGNANT, _ADULT})
_FERRITIN: Final = "ferritin"
_MEDICINES: Final = "medicines"
_KNOWN: Final = frozenset({_FERRITIN, _MEDICINES})
_LISTS: Final = frozenset({"fits", "fits_not", "open", "told", "not_told", "person", "known", "not_known"})


@dataclass(frozen=True)
class Facts:
    """What the tables are asked about."""

    features: Mapping[Question, Feature]
    told: frozenset[str]
    person: frozenset[str]
    known: frozenset[str]


@dataclass(frozen=True)
class Row:
    """One row of a table. `when`: see the file. sources: what it rests on. how_soon: in the table `see` alone."""

    table: str
    name: str
    when: Mapping[str, Any]
    sources: tuple[str, ...]
    how_soon: HowSoon | None = None

    @property
    def sentence(self) -> str:
        """Which piece of data/symptom_check_answers.yml says it."""
        return f"{self.table}_{self.name}"

    def holds(self, facts: Facts) -> bool:
        """Whether everything under `when` is so."""
        when = self.when
        return (
            all(facts.features[Question(name)] is state for state in Feature for name in when.get(state.value, ()))
            and all(_count(facts, Feature(name)) >= least for name, least in when.get("at_least", {}).items())
            and ("told" not in when or bool(facts.told.intersection(when["told"])))
            and facts.told.isdisjoint(when.get("not_told", ()))
            and ("person" not in when or bool(facts.person.intersection(when["person"])))
            and facts.known.issuperset(when.get("known", ()))
            and facts.known.isdisjoint(when.get("not_known", ()))
        )


@dataclass(frozen=True)
class Tables:
    """The decision tables: the first row of `picture` and `see` that holds counts, and every one of the others."""

    picture: tuple[Row, ...]
    see: tuple[Row, ...]
    look: tuple[Row, ...]
    ask_about: tuple[Row, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row."""
        return (*self.picture, *self.see, *self.look, *self.ask_about)


@dataclass(frozen=True)
class Outcome:
    """What came out. features: in their order. medicines: names that may worsen restless legs."""

    features: Mapping[Question, Feature]
    picture: Row
    see: Row
    look: tuple[Row, ...]
    ask_about: tuple[Row, ...]
    medicines: tuple[str, ...] = ()

    def of(self, state: Feature) -> tuple[Question, ...]:
        """Features of which the same is known."""
        return tuple(question for question in FEATURES if self.features[question] is state)

    @property
    def how_soon(self) -> HowSoon:
        """How soon to see somebody."""
        assert self.see.how_soon is not None
        return self.see.how_soon


def outcome(check: Check, known: Known, tables: Tables | None = None) -> Outcome:
    """What follows from the answers and from what the chat told before."""
    rows = tables or outcome_tables()
    facts = facts_of(check, known)
    return Outcome(
        facts.features,
        next(row for row in rows.picture if row.holds(facts)),
        next(row for row in rows.see if row.holds(facts)),
        tuple(row for row in rows.look if row.holds(facts)),
        tuple(row for row in rows.ask_about if row.holds(facts)),
        known.medicines,
    )


def facts_of(check: Check, known: Known) -> Facts:
    """The answers as the tables want them."""
    told = {question: check.told(question, known) or () for question in Question}
    pregnant = "pregnancy" in told[Question.BACKGROUND] and not known.man
    persons = {_CHILD: known.child, _PREGNANT: pregnant, _ADULT: not known.child}
    chat = {_FERRITIN: known.ferritin, _MEDICINES: bool(known.medicines)}
    return Facts(
        {question: _feature(definitions()[question], told[question]) for question in FEATURES},
        frozenset(f"{question.value} {option}" for question, options in told.items() for option in options),
        frozenset(name for name, is_so in persons.items() if is_so),
        frozenset(name for name, is_so in chat.items() if is_so),
    )


def _feature(definition: Definition, told: Iterable[str]) -> Feature:
    said = set(told)
    if said & definition.fits:
        return Feature.FITS
    return Feature.FITS_NOT if said & definition.fits_not else Feature.OPEN


def _count(facts: Facts, state: Feature) -> int:
    return sum(facts.features[question] is state for question in CORE)


def load_tables(knowledge: Path) -> Tables:
    """Read the file. Raises KnowledgeError for a row that asks for what there is not."""
    with reading(FILE):
        raw = load_yaml(knowledge / FILE)
        known = read_definitions(raw["questions"])
        tables = {
            name: tuple(_row(name, row, known) for row in raw[name]) for name in ("picture", "see", "look", "ask_about")
        }
        for name in ("picture", "see"):
            if tables[name][-1].when:
                raise ValueError(f"{name}: the last row must always hold (`when: {{}}`)")
        return Tables(**tables)


def _row(table: str, raw: Mapping[str, Any], known: Mapping[Question, Definition]) -> Row:
    where = f"{table} {raw['name']}"
    when: dict[str, Any] = dict(raw["when"])
    for condition in when.keys() - _LISTS - {"at_least"}:
        raise ValueError(f"{where}: there is no condition “{condition}”")
    for name in (*when.get("told", ()), *when.get("not_told", ())):
        question, _, option = str(name).partition(" ")
        if option not in known[Question(question)].options:
            raise ValueError(f"{where}: there is no answer “{name}”")
    for condition, allowed in (("person", _PERSONS), ("known", _KNOWN), ("not_known", _KNOWN)):
        for name in when.get(condition, ()):
            if name not in allowed:
                raise ValueError(f"{where}: there is no {condition} “{name}”")
    for name in (*when.get("fits", ()), *when.get("fits_not", ()), *when.get("open", ())):
        if Question(name) not in FEATURES:
            raise ValueError(f"{where}: “{name}” is no feature")
    for name in when.get("at_least", {}):
        Feature(name)
    how_soon = HowSoon(raw["how_soon"]) if table == "see" else None
    return Row(table, str(raw["name"]), when, tuple(raw["sources"]), how_soon)


@lru_cache(maxsize=1)
def outcome_tables() -> Tables:
    """The project's, read once."""
    return load_tables(KNOWLEDGE)
