"""The range bar in plain characters, and in words for those who do not see the picture."""

from __future__ import annotations

from typing import Final

from stillnight.clinical.labs.bar.model import Bar, BarWords
from stillnight.clinical.labs.definitions import Range

# With two signs for each range, the line, the value and the mark of one that lies beyond: 32 characters in a row.
_FILLERS: Final = 25
_VALUE: Final = "●"
_USUAL: Final = ("[", "]")
_PREFERRED: Final = ("(", ")")
_LINE: Final = "|"
_INSIDE: Final = "="
_UNDER: Final = ":"
_OUTSIDE: Final = "-"
_PERCENT: Final = "%"
_BEYOND: Final = {-1: "<", 1: ">"}


def as_text(bar: Bar, words: BarWords) -> str:
    """The bar in plain characters, at most 32 in a row, with a line for each sign.

    Every sign stands in the order of its number, so that the bar is right in fonts whose characters differ in width.
    """
    step = (bar.scale.high - bar.scale.low) / _FILLERS
    middles = [bar.scale.low + (place + 0.5) * step for place in range(_FILLERS)]
    signs = [(each, 0, _sign(bar, each)) for each in middles]
    # What opens a range stands before the number where it begins, what closes it behind.
    signs += [(bar.usual.low, -2, _USUAL[0]), (bar.usual.high, 3, _USUAL[1])]
    if bar.preferred:
        signs += [(bar.preferred.low, -1, _PREFERRED[0]), (bar.preferred.high, 2, _PREFERRED[1])]
    if bar.line is not None:
        signs.append((bar.line, 1, _LINE))
    signs.append((bar.value, {"<": -3, ">": 4}.get(bar.comparator or "", 0), _VALUE))
    row = "".join(sign for _, _, sign in sorted(signs))
    row = f"{_BEYOND[-1]}{row}" if bar.beyond < 0 else f"{row}{_BEYOND[1]}" if bar.beyond else row
    means = {"value": _VALUE, "usual": _INSIDE.join(_USUAL), "under": _UNDER, "line": _LINE}
    means["preferred"] = _INSIDE.join(_PREFERRED)
    legend = [f"{means[key]} {text}" for key, text in shown(bar, words).items()]
    return "\n".join([f"{bar.title}: {bar.said}", row, *legend])


def _sign(bar: Bar, value: float) -> str:
    """For a place without a number of its own."""
    under = bar.under_line
    if under and under.low <= value <= under.high:
        return _UNDER
    return _INSIDE if bar.usual.low <= value <= bar.usual.high else _OUTSIDE


def shown(bar: Bar, words: BarWords, unit: bool = True) -> dict[str, str]:
    """What each sign means, for a legend: `value`, `usual`; then `under`, `line`, `preferred` where there are any.

    Args:
        bar: what is shown.
        words: how it is said.
        unit: whether the unit stands behind the numbers.
    """
    texts = {
        "value": f"{words.value} ({words.beyond})" if bar.beyond else words.value,
        "usual": f"{_usual(bar, words)}: {_numbers(bar, words, bar.usual, unit)}",
    }
    if bar.under_line:
        texts["under"] = words.under
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
        # Inside the usual range but under the line: the line matters more, so it comes first.
        hidden = bar.place(bar.usual) == 0 and bar.place(Range(bar.line, bar.line)) == -1
        first = 0 if hidden else len(places)
        places.insert(first, _placed(bar, words, bar.line, words.line))
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
