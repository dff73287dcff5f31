"""The range bar as a narrow strip in black and grey, for a line of a printed page, which says it in words too."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree

from stillnight.clinical.labs.bar.model import Bar

WIDTH: Final = 180.0
HEIGHT: Final = 16.0
_EDGE: Final = 6.0
_GREY: Final = "#b0b0b0"
_BLACK: Final = "#000000"


def as_strip(bar: Bar, described: str) -> str:
    """The picture. `described`: the same in words, for those who do not see it."""
    size = {"viewBox": f"0 0 {WIDTH:g} {HEIGHT:g}", "width": f"{WIDTH:g}", "height": f"{HEIGHT:g}"}
    svg = ElementTree.Element(
        "svg", {"xmlns": "http://www.w3.org/2000/svg", "role": "img", "aria-label": described, **size}
    )
    middle = HEIGHT / 2
    _line(svg, _EDGE, middle, WIDTH - _EDGE, middle, "1")
    low, high = _x(bar, bar.usual.low), _x(bar, bar.usual.high)
    band = {"x": f"{low:.1f}", "y": f"{middle - 4:g}", "width": f"{max(high - low, 1):.1f}", "height": "8"}
    ElementTree.SubElement(svg, "rect", {**band, "fill": _GREY, "stroke": _BLACK, "stroke-width": "0.75"})
    if bar.line is not None:
        at = _x(bar, bar.line)
        _line(svg, at, 1, at, HEIGHT - 1, "1.5").set("stroke-dasharray", "3 2")
    at = _x(bar, bar.value)
    half = 4.0
    points = f"{at - half:.1f},0 {at + half:.1f},0 {at:.1f},{middle + 1:g}"
    if bar.beyond:
        # A mark that points out of the picture.
        tip, back = at + bar.beyond * half, at - bar.beyond * half
        points = f"{tip:.1f},{middle:g} {back:.1f},{middle - 5:g} {back:.1f},{middle + 5:g}"
    ElementTree.SubElement(svg, "polygon", {"points": points, "fill": _BLACK})
    return ElementTree.tostring(svg, encoding="unicode")


def _line(svg: ElementTree.Element, x1: float, y1: float, x2: float, y2: float, width: str) -> ElementTree.Element:
    ends = {"x1": f"{x1:.1f}", "y1": f"{y1:g}", "x2": f"{x2:.1f}", "y2": f"{y2:g}"}
    return ElementTree.SubElement(svg, "line", {**ends, "stroke": _BLACK, "stroke-width": width})


def _x(bar: Bar, value: float) -> float:
    span = bar.scale.high - bar.scale.low
    share = (min(max(value, bar.scale.low), bar.scale.high) - bar.scale.low) / span
    return _EDGE + share * (WIDTH - 2 * _EDGE)
