"""The range bar as an SVG."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given

from stillnight.clinical.labs.bar.layout import FONT, WIDTH, geometry, text_width
from stillnight.clinical.labs.bar.model import Bar, BarWords
from stillnight.clinical.labs.bar.png import as_png
from stillnight.clinical.labs.bar.svg import PREFERRED, UNDER, USUAL, as_svg
from stillnight.clinical.labs.bar.words import as_text, described, number
from stillnight.clinical.labs.definitions import Range
from tests.unit.lab_bars import WORDS, bar, bars

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of every text, at its widest."""
    found = []
    for text in parsed(svg).iter(f"{SVG}text"):
        width = text_width(text.text or "", text.get("font-weight") == "bold")
        left = float(text.attrib["x"]) - (width / 2 if text.get("text-anchor") == "middle" else 0)
        base = float(text.attrib["y"])
        found.append((left, base - 0.8 * FONT, left + width, base + 0.25 * FONT))
    return found


@given(bars())
def test_every_number_stands_below_its_place(found: Bar) -> None:
    places = geometry(found)
    drawn = [text.text for text in parsed(as_svg(found, WORDS)).iter(f"{SVG}text")]
    for label in (places.value_label, *places.usual_labels, *places.preferred_labels):
        for line in label.lines:
            drawn.remove(line)


@given(bars())
def test_svg_is_well_formed_and_has_nothing_that_a_strict_page_forbids(found: Bar) -> None:
    svg = parsed(as_svg(found, WORDS))
    assert svg.get("role") == "img" and svg.get("width") == "100%"
    for element in svg.iter():
        assert element.tag.removeprefix(SVG) in {"svg", "title", "desc", "text", "path", "rect"}
        assert not {key for key in element.attrib if key in ("style", "class", "href") or key.startswith("on")}
        colours = {element.get("fill", "none"), element.get("stroke", "none")}
        assert colours <= {"none", "currentColor", USUAL, UNDER, PREFERRED}


@pytest.mark.parametrize(
    ("found", "under"),
    [
        (bar("ferritin", 45), True),
        (bar("ferritin", 45, own_range=Range(10, 290)), True),
        (bar("ferritin", 90, own_range=Range(80, 290)), False),
        (bar("transferrin_saturation", 25), False),
        (bar("tsh", 2), False),
    ],
)
def test_usual_range_is_green_only_where_restless_legs_have_no_line_above_it(found: Bar, under: bool) -> None:
    rects = [(rect.get("fill"), float(rect.attrib["x"])) for rect in parsed(as_svg(found, WORDS)).iter(f"{SVG}rect")]
    assert (UNDER in dict(rects)) == under
    if under:
        # Drawn over the green, from the very beginning of the range.
        assert [fill for fill, _ in rects[:2]] == [USUAL, UNDER] and rects[0][1] == rects[1][1]


def test_svg_is_named_by_its_title_and_text() -> None:
    found = bar("ferritin", 18)
    svg = parsed(as_svg(found, WORDS))
    named = [element for element in svg if element.get("id")]
    assert svg.get("aria-labelledby") == " ".join(element.attrib["id"] for element in named)
    assert ": ".join(element.text or "" for element in named) == described(found, WORDS)


def test_two_pictures_have_ids_of_their_own() -> None:
    one, other = (set(re.findall(r' id="([^"]+)"', as_svg(bar("ferritin", each), WORDS))) for each in (18, 19))
    assert len(one) == len(other) == 2 and not one & other


@given(bars())
def test_texts_of_the_picture_keep_apart_and_inside(found: Bar) -> None:
    svg = as_svg(found, WORDS)
    left, top, width, height = map(float, parsed(svg).attrib["viewBox"].split())
    assert (left, top, width) == (0, 0, WIDTH)
    texts = boxes(svg)
    for text in texts:
        assert text[0] >= 0 and text[1] >= 0 and text[2] <= width and text[3] <= height
    for one, other in combinations(texts, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_text_is_large_enough_on_a_small_phone() -> None:
    assert FONT * 280 / WIDTH >= 12


@given(bars())
def test_picture_shows_every_number_and_word(found: Bar) -> None:
    shown = " ".join(text.text or "" for text in parsed(as_svg(found, WORDS)).iter(f"{SVG}text"))
    ends = [found.usual.low, found.usual.high]
    ends += [] if found.line is None else [found.line]
    ends += [] if found.preferred is None else [found.preferred.low, found.preferred.high]
    for text in (found.said, WORDS.own if found.own else WORDS.usual, WORDS.value, *map(number, ends)):
        assert text in shown
        assert text == WORDS.value or text in described(found, WORDS)
        assert text in as_text(found, WORDS)


@pytest.mark.parametrize("nasty", ['<script>alert("1")</script> & \'', "a\x00b\x0bc\ud800\ufffe", "]]>", "x" * 300])
def test_words_are_escaped(nasty: str) -> None:
    words = BarWords(**{key: f"{value} {nasty}" for key, value in vars(WORDS).items()})
    svg = parsed(as_svg(bar("ferritin", 18, nasty), words))
    assert not list(svg.iter(f"{SVG}script"))
    clean = re.sub(r"[\x00\x0b\ud800\ufffe]", " ", nasty)
    assert clean in (svg.findtext(f"{SVG}desc") or "")
    assert as_png(bar("ferritin", 18, nasty), words)


@pytest.mark.parametrize("background", ["#ffffff", "#f5f2ec", "#121212", "#182033"])
@pytest.mark.parametrize("colour", [USUAL, UNDER, PREFERRED])
def test_colours_stand_out_by_day_and_by_night(colour: str, background: str) -> None:
    darker, lighter = sorted(map(luminance, (colour, background)))
    assert (lighter + 0.05) / (darker + 0.05) >= 3


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@given(bars())
def test_same_bar_gives_the_same(found: Bar) -> None:
    assert as_svg(found, WORDS) == as_svg(found, WORDS)
    assert as_text(found, WORDS) == as_text(found, WORDS)


def test_picture_is_the_same_in_another_process() -> None:
    code = "import sys; from tests.unit.test_lab_bar_svg import *; sys.stdout.write(as_svg(bar('tsh', 3), WORDS))"
    root = Path(__file__).parents[2]
    other = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert other.stdout == as_svg(bar("tsh", 3), WORDS)
