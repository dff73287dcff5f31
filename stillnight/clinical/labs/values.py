"""A lab value as somebody told it, and what is open about it: its unit, a slip, a doubt."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from stillnight.clinical.labs.definitions import Lab, Range
from stillnight.clinical.labs.judge import Measured
from stillnight.clinical.labs.units import convert

# A printed range is in the unit in which its middle lies near the usual range: by no more than a tenth beyond it.
_NEAR: Final = 0.1
_SLIPS: Final = (0.1, 10.0, 0.01, 100.0)


@dataclass(frozen=True)
class LabValue:
    """One value as it was told.

    lab: key of the lab. value: as typed, in `unit`. unit: name of one of the lab's units, None while it is open.
    choices: the units that a value without one may be in. said: whether the unit was typed. own_range: the range that
    the sheet prints. owner: whose it is, None for one's own. older: whether a newer one was told beside it.
    impossible, doubtful: by the lab's limits. computed: from iron and binding capacity. rivals: other numbers that may
    be meant instead. past: told as one of before (“last month's 12”). mine: told as one's own in so many words.
    when: its day, in the words in which it was told behind the explanation.
    """

    lab: str
    value: float
    unit: str | None = None
    comparator: str | None = None
    choices: tuple[str, ...] = ()
    said: bool = False
    own_range: Range | None = None
    owner: str | None = None
    older: bool = False
    impossible: bool = False
    doubtful: bool = False
    computed: bool = False
    rivals: tuple[float, ...] = ()
    past: bool = False
    mine: bool = False
    when: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For a slot: what differs from a plain value."""
        kept = {key: value for key, value in asdict(self).items() if value not in (None, False, (), "")}
        return {key: list(value) if isinstance(value, tuple) else value for key, value in kept.items()} | {
            "value": self.value
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> LabValue:
        """From a slot."""
        own = kept.get("own_range")
        facts: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in kept.items()}
        facts["own_range"] = Range(own["low"], own["high"]) if own else None
        return cls(**facts)

    def measured(self, lab: Lab) -> Measured:
        """In the lab's own unit. Raises ValueError while the unit is open."""
        if self.unit is None:
            raise ValueError("the unit is not known yet")
        own = self.own_range
        in_own_unit = Range(convert(own.low, lab, self.unit), convert(own.high, lab, self.unit)) if own else None
        return Measured(lab, convert(self.value, lab, self.unit), self.comparator, in_own_unit)


@dataclass(frozen=True)
class LabReading:
    """Everything that a message says of lab values.

    others: other tests that were named with a number. corrects: it takes something back.
    """

    values: tuple[LabValue, ...]
    others: tuple[str, ...] = ()
    corrects: bool = False


def weighed(told: LabValue, lab: Lab) -> LabValue:
    """The same value with its unit, as far as only one can be meant, and whether it is a slip or doubtful.

    Args:
        told: with the unit that was typed (`said`), or without one.
        lab: its lab.
    """
    options = [told.unit] if told.said and told.unit else _possible(lab, told.value, told.own_range)
    unit = options[0] if len(options) == 1 else None
    usual = convert(told.value, lab, unit) if unit else None
    impossible = not options or (usual is not None and lab.impossible.passed(usual))
    # “more than 2,000” lies beyond 2,000.
    least = usual if usual is None or told.comparator != ">" else math.nextafter(usual, math.inf)
    return replace(
        told,
        unit=unit if options else lab.unit,
        choices=tuple(options) if unit is None else (),
        impossible=impossible,
        doubtful=not impossible and least is not None and lab.doubtful.passed(least),
    )


def likely_slips(told: LabValue, lab: Lab) -> tuple[LabValue, ...]:
    """What may have been meant instead of an impossible value: another unit, or a dot or digit that slipped."""
    units = [replace(told, unit=unit, said=True) for unit in lab.units if unit != told.unit or not told.said]
    dots = [replace(told, value=float(f"{told.value * factor:.6g}")) for factor in _SLIPS]
    candidates = (weighed(each, lab) for each in (*units, *dots) if each.value > 0)
    fitting = [each for each in candidates if not each.impossible and not each.doubtful and each.unit]
    return tuple(fitting[:2])


def _possible(lab: Lab, value: float, own_range: Range | None) -> list[str]:
    """Units in which a bare number may be meant, as the sheet's own range allows."""
    names = [unit.name for unit in lab.units.values() if unit.bare and unit.bare.low <= value <= unit.bare.high]
    if own_range and len(names) > 1:
        return [name for name in names if _is_range_of(lab, name, own_range)] or names
    return names


def _is_range_of(lab: Lab, unit: str, printed: Range) -> bool:
    """Whether a printed range looks like the usual one in that unit."""
    middle = convert((printed.low + printed.high) / 2, lab, unit)
    low = min(each.low for each in lab.usual.values())
    high = max(each.high for each in lab.usual.values())
    return low * (1 - _NEAR) <= middle <= high * (1 + _NEAR)
