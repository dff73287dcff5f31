"""Where everything stands in the picture of the range bar, and how much room its texts take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stillnight.clinical.labs.bar.model import Bar
from stillnight.clinical.labs.bar.words import number
from stillnight.clinical.labs.definitions import Range

# The picture is laid out 320 wide, so that its units are pixels on a small phone.
WIDTH: Final = 320.0
EDGE: Final = 8.0
# Beside the track there is room for the arrow of a value that lies beyond it.
TRACK: Final = Range(28.0, 292.0)
FONT: Final = 14.0

_GAP: Final = 8.0
# So far a value that lies outside the usual range keeps from its end, however little it differs.
_CLEAR: Final = 3.0
# Widths in em of DejaVu Sans Bold, which is wider than what “sans-serif” means on most phones and computers.
_NARROW: Final = frozenset(" .,:;'|()[]/-ijltfI")
_WIDE: Final = frozenset("mwMW%@")
_NORMAL_TO_BOLD: Final = 0.93


@dataclass(frozen=True)
class Label:
    """Lines of text, one below the other, around `centre`. width: the most that they may take."""

    lines: tuple[str, ...]
    centre: float
    width: float


@dataclass(frozen=True)
class Geometry:
    """Where everything stands: 0 is the left end of the track, 1 the right one. Labels in the units of the picture.

    under: the part of the usual range under the line. beyond: -1 when the value lies left of the track, 1 when right,
    else 0.
    """

    value: float
    beyond: int
    usual: Range
    under: Range | None
    line: float | None
    preferred: Range | None
    value_label: Label
    usual_labels: tuple[Label, ...]
    preferred_labels: tuple[Label, ...]


def geometry(bar: Bar) -> Geometry:
    """Where everything stands in the picture. Labels of a row do not overlap, and none leaves the picture."""

    def at(value: float) -> float:
        share = (value - bar.scale.low) / (bar.scale.high - bar.scale.low)
        return min(max(share, 0.0), 1.0)

    def row(*values: float) -> tuple[Label, ...]:
        return _row({number(each): x(at(each)) for each in sorted(values)})

    value, where, clear = at(bar.value), bar.place(bar.usual), _CLEAR / (TRACK.high - TRACK.low)
    if where == -1:
        value = min(value, at(bar.usual.low) - clear)
    elif where == 1:
        value = max(value, at(bar.usual.high) + clear)
    said = wrapped(bar.said, WIDTH - 2 * EDGE, bold=True)
    width = max(text_width(line, bold=True) for line in said)
    return Geometry(
        value,
        bar.beyond,
        Range(at(bar.usual.low), at(bar.usual.high)),
        Range(at(bar.under_line.low), at(bar.under_line.high)) if bar.under_line else None,
        None if bar.line is None else at(bar.line),
        Range(at(bar.preferred.low), at(bar.preferred.high)) if bar.preferred else None,
        Label(said, min(max(x(value), EDGE + width / 2), WIDTH - EDGE - width / 2), width),
        row(bar.usual.low, bar.usual.high, *(() if bar.line is None else (bar.line,))),
        row(bar.preferred.low, bar.preferred.high) if bar.preferred else (),
    )


def x(position: float) -> float:
    """A position of the track in the picture."""
    return TRACK.low + position * (TRACK.high - TRACK.low)


def _row(texts: dict[str, float]) -> tuple[Label, ...]:
    """Labels beside one another, each as near as can be to where it belongs."""
    centres, widths = list(texts.values()), [text_width(text) for text in texts]
    rightwards = _pushed(centres, widths)
    leftwards = [WIDTH - each for each in _pushed([WIDTH - each for each in centres[::-1]], widths[::-1])][::-1]
    # Both ways keep the distances, so what lies halfway keeps them too; and it shifts neither label alone.
    middles = [(one + other) / 2 for one, other in zip(rightwards, leftwards)]
    return tuple(Label((text,), middle, width) for text, middle, width in zip(texts, middles, widths))


def _pushed(centres: Sequence[float], widths: Sequence[float]) -> list[float]:
    """Moved to the right where labels would overlap, then back where one would leave the picture."""
    pushed: list[float] = []
    free = EDGE
    for centre, width in zip(centres, widths):
        pushed.append(max(centre, free + width / 2))
        free = pushed[-1] + width / 2 + _GAP
    free = WIDTH - EDGE
    for place in reversed(range(len(pushed))):
        pushed[place] = min(pushed[place], free - widths[place] / 2)
        free = pushed[place] - widths[place] / 2 - _GAP
    return pushed


def text_width(text: str, bold: bool = False) -> float:
    """The most that a text may take."""
    return sum(map(_char_width, text)) * FONT * (1 if bold else _NORMAL_TO_BOLD)


def _char_width(char: str) -> float:
    if char in _NARROW:
        return 0.48
    if char in _WIDE or not char.isascii():
        return 1.17
    return 0.72 if char.islower() or char.isdigit() else 0.91


def wrapped(text: str, width: float, bold: bool = False) -> tuple[str, ...]:
    """A text in lines that fit; at least one."""
    lines = [""]
    for word in clean(text).split():
        longer = f"{lines[-1]} {word}".lstrip()
        if text_width(longer, bold) <= width:
            lines[-1] = longer
            continue
        lines.append("")
        for char in word:
            if text_width(lines[-1] + char, bold) > width:
                lines.append("")
            lines[-1] += char
    return tuple(filter(None, lines)) or ("",)


def clean(text: str) -> str:
    """Without control characters: XML knows none, not even escaped ones."""
    return "".join(char if char.isprintable() else " " for char in text)
