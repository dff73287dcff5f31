"""A range bar for one lab value: everything that it shows, and the words for it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stillnight.clinical.labs.definitions import Lab, Range


@dataclass(frozen=True)
class BarWords:
    """All words that are shown.

    under: the part of a usual range that lies under the line. value: whose value it is (“you”). beyond: for a value
    that lies outside the picture. below, inside, above, at: where the value lies, with {range} for the name of a range
    or line. span: from {low} to {high}.
    """

    usual: str
    own: str
    under: str
    line: str
    preferred: str
    value: str
    beyond: str
    below: str
    inside: str
    above: str
    at: str
    span: str


@dataclass(frozen=True)
class Bar:
    """Everything that is drawn; all numbers in the lab's own unit.

    said: the value as it is shown (“less than 5 ng/mL”). usual: the range of the lab sheet when `own`, else the one
    that most labs print. line: where doctors who treat restless legs begin to look at iron.
    """

    title: str
    unit: str
    value: float
    said: str
    comparator: str | None
    usual: Range
    own: bool
    line: float | None
    preferred: Range | None
    scale: Range

    @property
    def beyond(self) -> int:
        """-1 when the value lies left of the picture, 1 when right, else 0."""
        return (self.value > self.scale.high) - (self.value < self.scale.low)

    @property
    def under_line(self) -> Range | None:
        """The part of the usual range that reaches up to the line; None when there is none."""
        if self.line is None or self.line <= self.usual.low:
            return None
        return Range(self.usual.low, min(self.line, self.usual.high))

    def place(self, span: Range) -> int | None:
        """-1 when the value lies below a range, 0 inside, 1 above; None when “less than” or “more than” hide it."""
        least = -math.inf if self.comparator in ("<", "<=") else self.value
        most = math.inf if self.comparator in (">", ">=") else self.value
        if most < span.low or (most == span.low and self.comparator == "<"):
            return -1
        if least > span.high or (least == span.high and self.comparator == ">"):
            return 1
        return 0 if span.low <= least and most <= span.high else None


def bar_of(
    lab: Lab,
    value: float,
    said: str,
    comparator: str | None = None,
    sex: str | None = None,
    own_range: Range | None = None,
) -> Bar:
    """The bar of a value.

    Args:
        lab: its lab.
        value: in the lab's own unit.
        said: the value with its unit, as it is shown.
        comparator: `<`, `<=`, `>` or `>=` when no more than that is known.
        sex: a key of the lab's ranges; while it is not known, the usual range is everybody's.
        own_range: what the lab sheet prints, in the lab's own unit; left aside when it cannot be meant so.
    """
    own = own_range is not None and own_range.low < own_range.high and not lab.impossible.passed(own_range.high)
    usual = own_range if own_range and own else _of(lab.usual, sex) or _everybodys(lab.usual)
    preferred = _of(lab.preferred, sex)
    return Bar(
        title=lab.title[:1].upper() + lab.title[1:],
        unit=lab.unit.replace("_", " "),
        value=value,
        said=said,
        comparator=comparator,
        usual=usual,
        own=own,
        line=_line(lab),
        preferred=None if preferred == usual else preferred,
        # A printed range that is wider than the picture makes it wider.
        scale=Range(min(lab.scale.low, usual.low), max(lab.scale.high, usual.high)),
    )


def _of(ranges: Mapping[str, Range], sex: str | None) -> Range | None:
    if sex is not None and sex in ranges:
        return ranges[sex]
    return next(iter(ranges.values())) if len(set(ranges.values())) == 1 else None


def _line(lab: Lab) -> float | None:
    if lab.line is None:
        return None
    return lab.line.below if lab.line.at_most is None else lab.line.at_most


def _everybodys(ranges: Mapping[str, Range]) -> Range:
    return Range(min(each.low for each in ranges.values()), max(each.high for each in ranges.values()))


def bar_from_dict(facts: Mapping[str, Any]) -> Bar:
    """The bar of which `dataclasses.asdict` made these facts."""
    ranges = {key: Range(**facts[key]) if facts[key] else None for key in ("usual", "preferred", "scale")}
    return Bar(**{**facts, **ranges})
