"""The range bar as an SVG, for the chat page."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree

from stillnight.clinical.labs.bar.layout import EDGE, FONT, WIDTH, Label, clean, geometry, wrapped, x
from stillnight.clinical.labs.bar.model import Bar, BarWords
from stillnight.clinical.labs.bar.words import description, shown

# Mid-tones that stand out by 3:1 from the chat page by day and by night; text and value have the colour of the text.
USUAL: Final = "#2b8f63"
UNDER: Final = "#b9701c"
PREFERRED: Final = "#5b7fd1"

_ROW: Final = 20.0
_BASELINE: Final = 15.0


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
        ElementTree.SubElement(self.svg, "title", id=f"{name}-title").text = clean(bar.title)
        ElementTree.SubElement(self.svg, "desc", id=f"{name}-text").text = clean(description(bar, words))
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
        if places.under:
            self._rect(x(places.under.low), top, max(x(places.under.high) - x(places.under.low), 2.0), 20, UNDER)
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
        elif key == "under":
            self._rect(begin, middle - 6, end - begin, 12, UNDER)
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

    def _rect(self, left: float, top: float, width: float, height: float, fill: str = USUAL) -> None:
        place = {"x": _px(left), "y": _px(top), "width": _px(width), "height": _px(height)}
        ElementTree.SubElement(self.svg, "rect", place, rx="2", fill=fill)

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
