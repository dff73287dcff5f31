"""A range bar for one lab value: what it shows, in plain characters and in words. `bar_png` draws it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from stillnight.clinical.labs.definitions import Lab, Range

# With two signs for each range, the line, the value and the mark of one that lies beyond: 32 characters in a row.
_FILLERS: Final = 25
_VALUE: Final = "●"
_USUAL: Final = ("[", "]")
_PREFERRED: Final = ("(", ")")
_LINE: Final = "|"
_INSIDE: Final = "="
_OUTSIDE: Final = "-"
_PERCENT: Final = "%"
_BEYOND: Final = {-1: "<", 1: ">"}


@dataclass(frozen=True)
class BarWords:
    """All words that are shown.

    value: whose value it is (“you”). beyond: for a value that lies outside the picture. below, inside, above, at: where
    the value lies, with {range} for the name of a range or line. span: from {low} to {high}.
    """

    usual: str
    own: str
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


def as_text(bar: Bar, words: BarWords) -> str:
    """The bar in plain characters, at most 32 in a row, with a line for each sign.

    Every sign stands in the order of its number, so that the bar is right in fonts whose characters differ in width.
    """
    step = (bar.scale.high - bar.scale.low) / _FILLERS
    middles = [bar.scale.low + (place + 0.5) * step for place in range(_FILLERS)]
    signs = [(each, 0, _INSIDE if bar.usual.low <= each <= bar.usual.high else _OUTSIDE) for each in middles]
    # What opens a range stands before the number where it begins, what closes it behind.
    signs += [(bar.usual.low, -2, _USUAL[0]), (bar.usual.high, 3, _USUAL[1])]
    if bar.preferred:
        signs += [(bar.preferred.low, -1, _PREFERRED[0]), (bar.preferred.high, 2, _PREFERRED[1])]
    if bar.line is not None:
        signs.append((bar.line, 1, _LINE))
    signs.append((bar.value, {"<": -3, ">": 4}.get(bar.comparator or "", 0), _VALUE))
    row = "".join(sign for _, _, sign in sorted(signs))
    row = f"{_BEYOND[-1]}{row}" if bar.beyond < 0 else f"{row}{_BEYOND[1]}" if bar.beyond else row
    means = {"value": _VALUE, "usual": _INSIDE.join(_USUAL), "line": _LINE, "preferred": _INSIDE.join(_PREFERRED)}
    legend = [f"{means[key]} {text}" for key, text in shown(bar, words).items()]
    return "\n".join([f"{bar.title}: {bar.said}", row, *legend])


def shown(bar: Bar, words: BarWords, unit: bool = True) -> dict[str, str]:
    """What each sign means, for a legend: `value` and `usual`, then `line` and `preferred` where there are any.

    Args:
        bar: what is shown.
        words: how it is said.
        unit: whether the unit stands behind the numbers.
    """
    texts = {
        "value": f"{words.value} ({words.beyond})" if bar.beyond else words.value,
        "usual": f"{_usual(bar, words)}: {_numbers(bar, words, bar.usual, unit)}",
    }
    if bar.line is not None:
        texts["line"] = f"{words.line}: {_numbers(bar, words, bar.line, unit)}"
    if bar.preferred:
        texts["preferred"] = f"{words.preferred}: {_numbers(bar, words, bar.preferred, unit)}"
    return texts


def described(bar: Bar, words: BarWords) -> str:
    """What the picture shows, in words: for those who do not see it."""
    return f"{bar.title}: {description(bar, words)}"


def description(bar: Bar, words: BarWords) -> str:
    """The same without the title."""
    places = [_placed(bar, words, bar.usual, _usual(bar, words))]
    if bar.line is not None:
        places.append(_placed(bar, words, bar.line, words.line))
    text = f"{', '.join([bar.said, *places])}."
    if bar.preferred:
        aim = f"{words.preferred} {_numbers(bar, words, bar.preferred)}."
        text += f" {aim[:1].upper()}{aim[1:]}"
    return text


def _placed(bar: Bar, words: BarWords, what: Range | float, name: str) -> str:
    """Where the value lies beside a range or the line, and its numbers."""
    if isinstance(what, Range):
        span, inside = what, words.inside
    else:
        span, inside = Range(what, what), words.at
    template = {-1: words.below, 0: inside, 1: words.above, None: "{range}"}[bar.place(span)]
    return f"{template.format(range=name)} ({_numbers(bar, words, what)})"


def _usual(bar: Bar, words: BarWords) -> str:
    return words.own if bar.own else words.usual


def _numbers(bar: Bar, words: BarWords, what: Range | float, unit: bool = True) -> str:
    ends = [number(each) for each in ((what.low, what.high) if isinstance(what, Range) else (what,))]
    text = words.span.format(low=ends[0], high=ends[1]) if len(ends) > 1 else ends[0]
    return f"{text}{'' if bar.unit == _PERCENT else ' '}{bar.unit}" if unit else text


def number(value: float) -> str:
    """A number without needless zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value >= 1 else f"{value:.3g}"
