"""The range bar as a picture: an SVG for the chat page, and a PNG made from it for channels that take nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from stillnight.clinical.labs.bar import Bar, BarWords, description, number, shown
from stillnight.clinical.labs.definitions import Range

# The picture is laid out 320 wide, so that its units are pixels on a small phone.
WIDTH: Final = 320.0
EDGE: Final = 8.0
# Beside the track there is room for the arrow of a value that lies beyond it.
TRACK: Final = Range(28.0, 292.0)
FONT: Final = 14.0
# Mid-tones that stand out by 3:1 from the chat page by day and by night; text and value have the colour of the text.
USUAL: Final = "#2b8f63"
PREFERRED: Final = "#5b7fd1"

_GAP: Final = 8.0
_ROW: Final = 20.0
_BASELINE: Final = 15.0
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

    beyond: -1 when the value lies left of the track, 1 when right, else 0.
    """

    value: float
    beyond: int
    usual: Range
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
    for word in _clean(text).split():
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


def _clean(text: str) -> str:
    # XML knows no control characters, not even escaped ones.
    return "".join(char if char.isprintable() else " " for char in text)


def as_svg(bar: Bar, words: BarWords) -> str:
    """The picture, as wide as what it stands in. Without styles, so that every content security policy lets it pass."""
    return ElementTree.tostring(_Drawing(bar, words).svg, encoding="unicode")


class _Drawing:
    """Draws from top to bottom; `_y` is where the next thing begins."""

    def __init__(self, bar: Bar, words: BarWords) -> None:
        self.svg = ElementTree.Element("svg", xmlns="http://www.w3.org/2000/svg", width="100%", viewBox="")
        self._places = geometry(bar)
        self._y = EDGE / 2
        self._head(bar, words)
        self._value(bar)
        self._band()
        self._bracket()
        self._y += 10
        for key, text in shown(bar, words, unit=False).items():
            self._legend(key, text)
        self.svg.set("viewBox", f"0 0 {_px(WIDTH)} {_px(self._y + EDGE)}")

    def _head(self, bar: Bar, words: BarWords) -> None:
        # Pictures of one page need ids of their own, and the same bar has to give the same bytes.
        name = f"bar-{hashlib.sha256(repr((bar, words)).encode()).hexdigest()[:12]}"
        self.svg.set("role", "img")
        self.svg.set("aria-labelledby", f"{name}-title {name}-text")
        for key, value in (("font-family", "sans-serif"), ("font-size", _px(FONT)), ("fill", "currentColor")):
            self.svg.set(key, value)
        ElementTree.SubElement(self.svg, "title", id=f"{name}-title").text = _clean(bar.title)
        ElementTree.SubElement(self.svg, "desc", id=f"{name}-text").text = _clean(description(bar, words))
        self._text(wrapped(f"{bar.title} ({bar.unit})", WIDTH - 2 * EDGE), EDGE)
        self._y += 8

    def _value(self, bar: Bar) -> None:
        label = self._places.value_label
        self._text(label.lines, label.centre, anchor="middle", weight="bold")
        self._y += 5
        if self._places.beyond:
            return
        place = x(self._places.value)
        self._triangle(place, self._y, 7, 11)
        if bar.comparator:
            away = -1 if bar.comparator.startswith("<") else 1
            middle = self._y + 5
            self._path(f"M{_px(place + 9 * away)} {_px(middle)}h{_px(7 * away)}", stroke="currentColor", width=2)
            self._sideways(place + 20 * away, middle, away, 5, 6)

    def _band(self) -> None:
        top, places = self._y + 12, self._places
        middle, low, high = top + 10, x(places.usual.low), x(places.usual.high)
        track = self._path(f"M{_px(x(0))} {_px(middle)}H{_px(x(1))}", stroke="currentColor", width=2)
        track.set("stroke-opacity", "0.45")
        self._rect(low, top, max(high - low, 2.0), 20)
        if places.line is not None:
            self._dashes(x(places.line), top - 7, 34)
        if places.beyond:
            self._sideways(x(places.beyond > 0) + 20 * places.beyond, middle, places.beyond, 10, 14)
        else:
            self._path(f"M{_px(x(places.value))} {_px(top - 3)}v23", stroke="currentColor", width=3)
        self._y = top + 26
        self._labels(places.usual_labels)

    def _bracket(self) -> None:
        if self._places.preferred:
            low, high = x(self._places.preferred.low), x(self._places.preferred.high)
            self._y += 6
            self._bracket_at(low, high, self._y)
            self._y += 9
            self._labels(self._places.preferred_labels)

    def _legend(self, key: str, text: str) -> None:
        middle, begin, end = self._y + _ROW / 2, EDGE, EDGE + 28.0
        if key == "usual":
            self._rect(begin, middle - 6, end - begin, 12)
        elif key == "line":
            self._dashes((begin + end) / 2, middle - 8, 16)
        elif key == "preferred":
            self._bracket_at(begin, end, middle - 3)
        elif self._places.beyond:
            self._sideways((begin + end) / 2 + 7 * self._places.beyond, middle, self._places.beyond, 8, 14)
        else:
            self._triangle((begin + end) / 2, middle - 5, 7, 11)
        self._text(wrapped(text, WIDTH - EDGE - end - 10), end + 10)

    def _labels(self, labels: Sequence[Label]) -> None:
        top = self._y
        for label in labels:
            self._y = top
            self._text(label.lines, label.centre, anchor="middle")

    def _text(self, lines: Sequence[str], at: float, anchor: str = "start", weight: str = "normal") -> None:
        for line in lines:
            place = {"x": _px(at), "y": _px(self._y + _BASELINE), "text-anchor": anchor, "font-weight": weight}
            ElementTree.SubElement(self.svg, "text", place).text = line
            self._y += _ROW

    def _rect(self, left: float, top: float, width: float, height: float) -> None:
        place = {"x": _px(left), "y": _px(top), "width": _px(width), "height": _px(height)}
        ElementTree.SubElement(self.svg, "rect", place, rx="2", fill=USUAL)

    def _triangle(self, middle: float, top: float, half: float, height: float) -> None:
        self._path(f"M{_px(middle - half)} {_px(top)}h{_px(2 * half)}l{_px(-half)} {_px(height)}z")

    def _sideways(self, tip: float, middle: float, away: int, half: float, length: float) -> None:
        self._path(f"M{_px(tip)} {_px(middle)}l{_px(-away * length)} {_px(-half)}v{_px(2 * half)}z")

    def _dashes(self, at: float, top: float, height: float) -> None:
        dashes = self._path(f"M{_px(at)} {_px(top)}v{_px(height)}", stroke="currentColor", width=2)
        dashes.set("stroke-dasharray", "4 2")

    def _bracket_at(self, low: float, high: float, top: float) -> None:
        self._path(f"M{_px(low)} {_px(top)}v6H{_px(high)}v-6", stroke=PREFERRED, width=2.5)

    def _path(self, shape: str, stroke: str = "", width: float = 0) -> ElementTree.Element:
        look = {"fill": "none", "stroke": stroke, "stroke-width": _px(width)} if stroke else {}
        return ElementTree.SubElement(self.svg, "path", {"d": shape, **look})


def _px(length: float) -> str:
    """To a hundredth: the same on every machine."""
    return f"{length:.2f}".rstrip("0").rstrip(".")


def as_png(bar: Bar, words: BarWords, width: int = 640) -> bytes:
    """The picture in black on white, `width` pixels wide."""
    # Imported late: most processes never draw.
    from resvg_py import svg_to_bytes

    svg = as_svg(bar, words).replace("currentColor", "#000000")
    fonts = [str(font) for font in _fonts()]
    return bytes(
        svg_to_bytes(
            svg_string=svg,
            width=width,
            background="#ffffff",
            # Servers often have no fonts at all, and with those of the machine the picture would differ by machine.
            skip_system_fonts=True,
            font_files=fonts,
            sans_serif_family="DejaVu Sans",
        )
    )


def _fonts() -> list[Path]:
    """DejaVu Sans, normal and bold, out of matplotlib, which Rasa brings along: no font of our own to keep and license.

    Found without importing matplotlib, which takes long and writes a cache.
    """
    spec = find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("matplotlib, whose fonts the picture needs")
    folder = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf"
    return [folder / "DejaVuSans.ttf", folder / "DejaVuSans-Bold.ttf"]
