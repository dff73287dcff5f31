"""What a value means: the band it lies in, by the sheet's own range first, and how soon somebody has to be asked."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

from stillnight.clinical.labs.definitions import (
    GROUPS,
    MAN,
    PREGNANT,
    SEXES,
    WOMAN,
    Band,
    Kind,
    Lab,
    Range,
    Urgent,
)

_LESS: Final = frozenset({"<", "<="})
_MORE: Final = frozenset({">", ">="})
# High on dialysis, and nothing new there.
CREATININE: Final = "creatinine"


@dataclass(frozen=True)
class Person:
    """Whose value it is, as far as it is known.

    group: `woman`, `man` or `pregnant`. maybe_child: a son or a daughter, of whom no age is known.
    """

    group: str | None = None
    child: bool = False
    dialysis: bool = False
    maybe_child: bool = False

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that this person may belong to."""
        return (self.group,) if self.group else GROUPS

    @property
    def sex(self) -> str | None:
        """The key of ranges by sex, None while it is not known."""
        return WOMAN if self.group == PREGNANT else self.group


@dataclass(frozen=True)
class Measured:
    """A value in its lab's own unit, with what the sheet says of it in the same unit."""

    lab: Lab
    value: float
    comparator: str | None = None
    own_range: Range | None = None


@dataclass(frozen=True)
class Judgement:
    """What a value means for a person.

    band: None when “less than” or “more than” leave it open. bands: by group, for a person who did not say more.
    place: where it lies against `span`, the sheet's own range or the usual one; None when it cannot be told.
    """

    measured: Measured
    person: Person
    band: Band | None
    bands: dict[str, Band]
    place: Kind | None
    span: Range | None

    @property
    def lab(self) -> Lab:
        """Of the value."""
        return self.measured.lab

    @property
    def own(self) -> bool:
        """Whether `span` is the sheet's own range."""
        return self.measured.own_range is not None

    @property
    def urgent(self) -> Urgent | None:
        """How soon somebody has to be asked; on dialysis a high creatinine is nothing new."""
        expected = self.person.dialysis and self.lab.key == CREATININE
        return None if self.band is None or expected else self.band.urgent

    @property
    def passes_line(self) -> bool:
        """Whether it is surely low enough for doctors who treat restless legs to look at iron."""
        line = self.lab.line
        return line is not None and self.measured.comparator not in _MORE and line.passed(self.measured.value)


def judge(measured: Measured, person: Person) -> Judgement:
    """Judge a value. Nothing is graded here for a child: whoever speaks looks at `person`."""
    bands = {group: _band(measured, group) for group in person.groups}
    known = [band for band in bands.values() if band is not None]
    settled = len(known) == len(bands) and len({band.kind for band in known}) == 1
    band = bands[person.group] if person.group else _likeliest(known) if settled else None
    span = measured.own_range or _usual(measured.lab, person)
    return Judgement(
        measured,
        person,
        band,
        {group: band for group, band in bands.items() if band is not None},
        _place(measured, span) if span else None,
        span,
    )


def needs_group(measured: Measured, person: Person) -> bool:
    """Whether it changes the answer if the person is a woman, a man or pregnant."""
    if person.group or person.child:
        return False
    bands = [_band(measured, group) for group in GROUPS]
    return all(bands) and len({band.kind for band in bands if band}) > 1


def _likeliest(bands: list[Band]) -> Band | None:
    """Of bands of one kind that of a woman or man, whichever says less."""
    return next((band for band in bands if band.name == band.kind.value), bands[0]) if bands else None


def _band(measured: Measured, group: str) -> Band | None:
    """The band for a group; None when “less than” or “more than” leave open even where it lies."""
    lab = measured.lab
    reach = [_at(lab, value, group) for value in _reach(measured, group)]
    if len({band.kind for band in reach}) > 1:
        return None
    return _by_own_range(measured, reach[0])


def _reach(measured: Measured, group: str) -> list[float]:
    """The value, and for “less than 5” one more for every band that it may lie in; the nearest first."""
    value, comparator = measured.value, measured.comparator
    if comparator is None:
        return [value]
    less = comparator in _LESS
    limits = [
        number
        for band in measured.lab.bands.values()
        if band.limits
        for number in (band.limits[group].number,)
        if number is not None and (number < value if less else number > value)
    ]
    toward = -math.inf if less else math.inf
    nearest = value if comparator in ("<=", ">=") else math.nextafter(value, toward)
    return [nearest, *limits, *(math.nextafter(limit, toward) for limit in limits)]


def _at(lab: Lab, value: float, group: str) -> Band:
    return next(band for band in lab.bands.values() if band.holds(value, group))


def _by_own_range(measured: Measured, band: Band) -> Band:
    """The sheet's own range comes first, but never hides what is urgent."""
    lab, own = measured.lab, measured.own_range
    if own is None or band.urgent:
        return band
    place = _place(measured, own)
    if place is Kind.USUAL:
        return lab.bands[band.inside]
    if place is Kind.LOW:
        return lab.bands[band.below if band.kind is Kind.LOW else lab.below_own]
    if place is Kind.HIGH and band.kind is Kind.USUAL:
        return lab.bands[lab.above_own]
    return band


def _usual(lab: Lab, person: Person) -> Range | None:
    """The range that most labs print; None for a child or in pregnancy, and while the sex is open and matters."""
    if person.child or (person.group == PREGNANT and lab.usual[WOMAN] != lab.usual[MAN]):
        return None
    ranges = {lab.usual[sex] for sex in ((person.sex,) if person.sex else SEXES)}
    return ranges.pop() if len(ranges) == 1 else None


def _place(measured: Measured, span: Range) -> Kind | None:
    least = -math.inf if measured.comparator in _LESS else measured.value
    most = math.inf if measured.comparator in _MORE else measured.value
    if most < span.low or (most == span.low and measured.comparator == "<"):
        return Kind.LOW
    if least > span.high or (least == span.high and measured.comparator == ">"):
        return Kind.HIGH
    return Kind.USUAL if span.low <= least and most <= span.high else None


def with_group(person: Person, group: str) -> Person:
    """The same person, who told more."""
    return replace(person, group=group)
