"""The chart of nights as an SVG, in black and a mid-tone: height and words tell the step, colour alone nothing."""

from __future__ import annotations

import hashlib
from typing import Final
from xml.etree import ElementTree

from stillnight.clinical.diary.chart import ChartWords, NightChart, described, title_of
from stillnight.clinical.labs.bar.layout import EDGE, FONT, WIDTH, clean, text_width, wrapped

# It stands out by 3:1 from the chat page by day and by night.
FILL: Final = "#5b7fd1"
_STEP: Final = 24.0
_STEPS: Final = 5
_LINE: Final = 20.0
_BASELINE: Final = 15.0
_WIDEST: Final = 26.0
# A night without trouble has a column, too: else it would look like a night that was not told.
_STUB: Final = 5.0
_GAP: Final = 6.0


def as_svg(chart: NightChart, words: ChartWords) -> str:
    """The picture, as wide as what it stands in. Without styles, so that every content security policy lets it pass."""
    svg = ElementTree.Element("svg", xmlns="http://www.w3.org/2000/svg", width="100%", viewBox="")
    _head(svg, chart, words)
    title = wrapped(title_of(chart, words), WIDTH - 2 * EDGE)
    y = EDGE / 2
    for line in title:
        _text(svg, line, EDGE, y + _BASELINE)
        y += _LINE
    left = EDGE + max(text_width(name) for name in (*words.steps, "00")) + _GAP
    foot = y + _GAP + _STEPS * _STEP
    for step, name in enumerate(words.steps):
        at = foot - _top(step)
        _text(svg, name, left - _GAP, at + FONT / 3, "end")
        _line(svg, left, at, WIDTH - EDGE, at, "0.25")
    _columns(svg, chart, left, foot)
    svg.set("viewBox", f"0 0 {_px(WIDTH)} {_px(foot + 2 * _LINE + EDGE)}")
    return ElementTree.tostring(svg, encoding="unicode")


def _columns(svg: ElementTree.Element, chart: NightChart, left: float, foot: float) -> None:
    pitch = (WIDTH - EDGE - left) / max(len(chart.nights), 8)
    wide = min(pitch * 0.7, _WIDEST)
    free, month = 0.0, 0
    for place, (day, (_, step)) in enumerate(zip(chart.days, chart.nights)):
        middle = left + (place + 0.5) * pitch
        if step is None:
            _text(svg, "?", middle, foot - 4, "middle", "bold")
        else:
            height = _top(step)
            look = {"fill": FILL, "stroke": "currentColor", "stroke-width": "1"}
            box = {"x": middle - wide / 2, "y": foot - height, "width": wide, "height": height}
            ElementTree.SubElement(svg, "rect", {**{name: _px(size) for name, size in box.items()}, **look})
        # Days that have room; the month where a new one begins.
        if middle - text_width("00") / 2 >= free:
            _text(svg, str(day.day), middle, foot + _BASELINE + 2, "middle")
            if day.month != month:
                _text(svg, f"{day:%b}", middle, foot + _LINE + _BASELINE, "middle")
                month = day.month
            free = middle + text_width("00") / 2 + _GAP
    _line(svg, left, foot, WIDTH - EDGE, foot, "1")


def _head(svg: ElementTree.Element, chart: NightChart, words: ChartWords) -> None:
    # Pictures of one page need ids of their own, and the same chart has to give the same bytes.
    name = f"nights-{hashlib.sha256(repr((chart, words)).encode()).hexdigest()[:12]}"
    for key, value in (
        ("role", "img"),
        ("aria-labelledby", f"{name}-title {name}-text"),
        ("font-family", "sans-serif"),
        ("font-size", _px(FONT)),
        ("fill", "currentColor"),
    ):
        svg.set(key, value)
    ElementTree.SubElement(svg, "title", id=f"{name}-title").text = clean(title_of(chart, words))
    ElementTree.SubElement(svg, "desc", id=f"{name}-text").text = clean(described(chart, words))


def _top(step: int) -> float:
    """Height of a column."""
    return _STUB + step * _STEP


def _text(
    svg: ElementTree.Element, words: str, x: float, y: float, anchor: str = "start", weight: str = "normal"
) -> None:
    place = {"x": _px(x), "y": _px(y), "text-anchor": anchor, "font-weight": weight}
    ElementTree.SubElement(svg, "text", place).text = clean(words)


def _line(svg: ElementTree.Element, x1: float, y1: float, x2: float, y2: float, opacity: str) -> None:
    # No `line`: the widget lets no attribute pass whose name holds a digit.
    look = {"stroke": "currentColor", "stroke-opacity": opacity, "fill": "none"}
    ElementTree.SubElement(svg, "path", {"d": f"M{_px(x1)} {_px(y1)}L{_px(x2)} {_px(y2)}", **look})


def _px(length: float) -> str:
    """To a hundredth: the same on every machine."""
    return f"{length:.2f}".rstrip("0").rstrip(".")
