"""The lab tests of `knowledge/labs.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stillnight.clinical.knowledge import reading
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

FILE: Final = "labs.yml"
_OF_BAND: Final = frozenset({"kind", "urgent", "inside", "below_own"})
WOMAN: Final = "woman"
MAN: Final = "man"
PREGNANT: Final = "pregnant"
# Of ranges pregnant women have none of their own: labs seldom print one.
SEXES: Final = (WOMAN, MAN)
GROUPS: Final = (WOMAN, MAN, PREGNANT)


@dataclass(frozen=True)
class Limits:
    """Where something begins, in the lab's own unit: below, at most, above, at least. What is not set has no limit."""

    below: float | None = None
    at_most: float | None = None
    above: float | None = None
    at_least: float | None = None

    def passed(self, value: float) -> bool:
        """Whether a value lies beyond one of them."""
        return (
            (self.below is not None and value < self.below)
            or (self.at_most is not None and value <= self.at_most)
            or (self.above is not None and value > self.above)
            or (self.at_least is not None and value >= self.at_least)
        )

    @property
    def number(self) -> float | None:
        """The one limit that is set, of several the first."""
        return next(
            (limit for limit in (self.below, self.at_most, self.above, self.at_least) if limit is not None), None
        )


@dataclass(frozen=True)
class Range:
    """From which to which value, both included."""

    low: float
    high: float


class Kind(str, Enum):
    """Where a value lies."""

    LOW = "low"
    USUAL = "usual"
    HIGH = "high"


class Urgent(str, Enum):
    """How soon somebody has to be asked."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    SOON = "soon"


@dataclass(frozen=True)
class Band:
    """A stretch of values that mean the same. limits: by `woman`, `man` and `pregnant`; None: everything else.

    inside, below: the band that it becomes when the sheet's own range holds the value, or begins above it.
    """

    name: str
    kind: Kind
    limits: Mapping[str, Limits] | None = None
    urgent: Urgent | None = None
    inside: str = Kind.USUAL.value
    below: str = Kind.LOW.value

    def holds(self, value: float, group: str) -> bool:
        """Whether a value of somebody of a group belongs here, if no band before this one holds it."""
        return self.limits is None or self.limits[group].passed(value)


@dataclass(frozen=True)
class Unit:
    """A unit of a lab.

    pint: in the words of pint. written: as people write it, in small letters without spaces. bare: between which
    values a number without a unit may be meant so, None when the unit must be written.
    """

    name: str
    pint: str
    written: frozenset[str]
    bare: Range | None


@dataclass(frozen=True)
class Lab:
    """A lab test. usual, preferred: by `woman` and `man`, the same range twice where they do not differ.

    line: where doctors who treat restless legs begin to look at iron. scale: from where to where the picture goes.
    bands: in the order in which they are tried. above_own, below_own: the band of a value that lies outside the
    sheet's own range and is usual elsewhere.
    """

    key: str
    title: str
    names: tuple[str, ...]
    symbols: tuple[str, ...]
    beside_number: tuple[str, ...]
    unit: str
    molar_mass: float | None
    units: Mapping[str, Unit]
    usual: Mapping[str, Range]
    preferred: Mapping[str, Range]
    impossible: Limits
    doubtful: Limits
    line: Limits | None
    scale: Range
    bands: Mapping[str, Band]
    above_own: str
    below_own: str
    sources: tuple[str, ...]

    @property
    def differs_by_sex(self) -> bool:
        """Whether women and men have different usual ranges."""
        return self.usual[WOMAN] != self.usual[MAN]


@reading(FILE)
def load_labs(knowledge: Path) -> dict[str, Lab]:
    """Every lab by its key, in file order. Raises KnowledgeError for an entry that does not fit."""
    labs = {}
    for key, facts in load_yaml(knowledge / FILE).items():
        with reading(f"{FILE}: {key}"):
            labs[str(key)] = _lab(str(key), facts)
    return labs


def _lab(key: str, facts: Mapping[str, Any]) -> Lab:
    units = {str(name): _unit(str(name), unit) for name, unit in facts["units"].items()}
    if facts["unit"] not in units:
        raise ValueError(f"unit {facts['unit']} is none of its units")
    return Lab(
        key,
        facts["title"],
        tuple(map(str, facts["names"])),
        tuple(map(str, facts.get("symbols") or ())),
        tuple(map(str, facts.get("beside_number") or ())),
        facts["unit"],
        facts.get("molar_mass"),
        units,
        _ranges(facts["usual"]),
        _ranges(facts["preferred"]),
        Limits(**facts["impossible"]),
        Limits(**facts["doubtful"]),
        Limits(**facts["line"]) if "line" in facts else None,
        Range(float(facts["scale"]["low"]), float(facts["scale"]["high"])),
        {str(name): _band(str(name), band) for name, band in facts["bands"].items()},
        str(facts.get("above_own", Kind.HIGH.value)),
        str(facts.get("below_own", Kind.LOW.value)),
        tuple(facts["sources"]),
    )


def _band(name: str, facts: Mapping[str, Any]) -> Band:
    limits = {key: limit for key, limit in facts.items() if key not in _OF_BAND}
    urgent = facts.get("urgent")
    return Band(
        name,
        Kind(facts["kind"]),
        {group: Limits(**{key: _of(limit, group) for key, limit in limits.items()}) for group in GROUPS}
        if limits
        else None,
        Urgent(urgent) if urgent else None,
        str(facts.get("inside", Kind.USUAL.value)),
        str(facts.get("below_own", name if facts["kind"] == Kind.LOW.value else Kind.LOW.value)),
    )


def _of(limit: float | Mapping[str, float], group: str) -> float:
    return float(limit.get(group, limit[WOMAN]) if isinstance(limit, Mapping) else limit)


def _unit(name: str, facts: Mapping[str, Any]) -> Unit:
    bare = facts.get("bare")
    written = frozenset({name.lower().replace(" ", ""), *map(str, facts["written"])})
    return Unit(name, str(facts["is"]), written, Range(*map(float, bare)) if bare else None)


def _ranges(facts: Mapping[str, Any]) -> dict[str, Range]:
    by_sex = facts if WOMAN in facts else {WOMAN: facts, MAN: facts}
    return {sex: Range(float(by_sex[sex]["low"]), float(by_sex[sex]["high"])) for sex in SEXES}


@lru_cache(maxsize=1)
def lab_definitions() -> dict[str, Lab]:
    """The project's, read once."""
    return load_labs(KNOWLEDGE)
