"""The range bar of a lab value: the picture, the text bar and the words instead of it."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont

from stillnight.clinical.labs import bar_png
from stillnight.clinical.labs.bar import Bar, BarWords, as_text, bar_of, described, number
from stillnight.clinical.labs.bar_png import EDGE, FONT, WIDTH, Label, as_png, as_svg, geometry, text_width, x
from stillnight.clinical.labs.definitions import MAN, WOMAN, Lab, Range, lab_definitions

LABS = lab_definitions()
WORDS = BarWords(
    usual="usual range",
    own="your lab's range",
    line="restless legs line",
    preferred="some clinics aim for",
    value="you",
    beyond="beyond the picture",
    below="below {range}",
    inside="inside {range}",
    above="above {range}",
    at="on {range}",
    span="{low} to {high}",
)
REAL_FONTS = [ImageFont.truetype(str(font), 100) for font in bar_png._fonts()]
SVG = "{http://www.w3.org/2000/svg}"


def bar(lab: str, value: float, said: str | None = None, **known: Any) -> Bar:
    return bar_of(LABS[lab], value, said or f"{number(value)} {LABS[lab].unit}", **known)


def near(lab: Lab) -> st.SearchStrategy[float]:
    """Values in the picture and far beyond it."""
    wide = lab.scale.high - lab.scale.low
    ends = [lab.scale.low, lab.scale.high, *(end for each in lab.usual.values() for end in (each.low, each.high))]
    return st.one_of(
        st.floats(lab.scale.low, lab.scale.high),
        st.floats(lab.scale.low - 5 * wide, lab.scale.high + 50 * wide),
        st.sampled_from(ends),
    )


@st.composite
def bars(draw: st.DrawFn, comparators: tuple[str | None, ...] = (None, "<", "<=", ">", ">=")) -> Bar:
    lab = draw(st.sampled_from(list(LABS.values())))
    value, comparator = round(draw(near(lab)), 2), draw(st.sampled_from(comparators))
    # Narrow ones at the ends of the picture leave the least room for their numbers.
    low, high = lab.scale.low, lab.scale.high
    narrow = st.sampled_from([Range(low + 0.01, low + 0.02), Range(high - 0.02, high - 0.01)])
    wide = st.tuples(near(lab), near(lab)).map(lambda ends: Range(*sorted(round(end, 2) for end in ends)))
    own = draw(st.none() | narrow | wide)
    said = draw(st.sampled_from(["", "less than ", "between this and that and a little more, about "]))
    sex = draw(st.sampled_from([None, WOMAN, MAN]))
    return bar_of(lab, value, f"{said}{number(value)} {lab.unit}", comparator, sex, own)


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


# What the bar is of.


def test_bar_holds_the_facts_of_the_lab() -> None:
    found = bar("ferritin", 18)
    assert (found.title, found.unit, found.said) == ("Ferritin", "ng/mL", "18 ng/mL")
    lab = LABS["ferritin"]
    assert lab.line is not None
    assert (found.usual, found.preferred) == (lab.usual[WOMAN], lab.preferred[WOMAN])
    assert (found.line, found.scale, found.own) == (lab.line.at_most, lab.scale, False)


def test_line_may_begin_below_a_value_or_be_none() -> None:
    below = LABS["transferrin_saturation"].line
    assert below is not None and bar("transferrin_saturation", 30).line == below.below
    assert bar("tsh", 2).line is None


def test_bar_of_a_woman_and_of_a_man() -> None:
    lab = LABS["hemoglobin"]
    for sex in (WOMAN, MAN):
        found = bar("hemoglobin", 13, sex=sex)
        assert (found.usual, found.preferred) == (lab.usual[sex], lab.preferred[sex])


def test_while_the_sex_is_not_known_the_usual_range_is_everybodys() -> None:
    lab = LABS["hemoglobin"]
    found = bar("hemoglobin", 13)
    assert (found.usual, found.preferred) == (Range(lab.usual[WOMAN].low, lab.usual[MAN].high), None)


def test_own_range_comes_before_the_usual_one() -> None:
    found = bar("ferritin", 18, own_range=Range(13, 150))
    assert (found.usual, found.own) == (Range(13, 150), True)
    assert "your lab's range (13 to 150 ng/mL)" in described(found, WORDS)


@pytest.mark.parametrize("own", [Range(150, 13), Range(20, 20), Range(20, 10_000_000)])
def test_own_range_that_cannot_be_is_left_aside(own: Range) -> None:
    assert bar("ferritin", 18, own_range=own) == bar("ferritin", 18)


def test_picture_grows_with_the_own_range() -> None:
    assert bar("ferritin", 18, own_range=Range(20, 700)).scale == Range(0, 700)


def test_preferred_range_that_is_the_usual_one_is_not_told_twice() -> None:
    assert bar("plms_index", 4).preferred is None


@pytest.mark.parametrize(
    ("value", "comparator", "place"),
    [
        (19.9, None, -1),
        (20, None, 0),
        (200, None, 0),
        (201, None, 1),
        (20, "<", -1),
        (20, "<=", None),
        (150, "<", None),
        (200, ">", 1),
        (200, ">=", None),
        (15, ">", None),
    ],
)
def test_place_is_only_told_where_it_is_known(value: float, comparator: str | None, place: int | None) -> None:
    assert bar("ferritin", value, comparator=comparator).place(Range(20, 200)) == place


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.85, "0.85"), (18.0, "18"), (4.0, "4"), (0.0, "0"), (0.4, "0.4"), (20.025, "20.02"), (1e5, "100000")],
)
def test_numbers_have_no_needless_zeros(value: float, written: str) -> None:
    assert number(value) == written


# Where everything stands.


@given(bars(comparators=(None,)))
def test_value_stands_left_of_the_range_inside_or_right_of_it(found: Bar) -> None:
    places = geometry(found)
    if found.value < found.usual.low:
        assert places.value < places.usual.low
    elif found.value > found.usual.high:
        assert places.value > places.usual.high
    else:
        assert places.usual.low <= places.value <= places.usual.high


@pytest.mark.parametrize(("value", "side"), [(19.999, -1), (200.001, 1)])
def test_value_just_outside_the_range_is_seen_outside(value: float, side: int) -> None:
    places = geometry(bar("ferritin", value))
    end = places.usual.low if side < 0 else places.usual.high
    assert (x(places.value) - x(end)) * side >= 3


@given(bars())
def test_value_beyond_the_picture_is_marked(found: Bar) -> None:
    places = geometry(found)
    assert places.beyond == (1 if found.value > found.scale.high else -1 if found.value < found.scale.low else 0)
    assert ("(beyond the picture)" in as_svg(found, WORDS)) == bool(places.beyond)
    assert ("(beyond the picture)" in as_text(found, WORDS)) == bool(places.beyond)


@given(st.sampled_from(sorted(LABS)), st.data())
def test_greater_value_never_stands_further_left(lab: str, data: st.DataObject) -> None:
    low, high = sorted(data.draw(st.tuples(near(LABS[lab]), near(LABS[lab]))))
    assert geometry(bar(lab, low)).value <= geometry(bar(lab, high)).value
    first, second = (as_text(bar(lab, each), WORDS).splitlines()[1].lstrip("<").index("●") for each in (low, high))
    assert first <= second


@given(bars())
def test_labels_keep_apart_and_in_the_picture(found: Bar) -> None:
    places = geometry(found)
    rows: list[tuple[Label, ...]] = [(places.value_label,), places.usual_labels, places.preferred_labels]
    for row in rows:
        for label in row:
            assert label.centre - label.width / 2 >= EDGE - 0.01
            assert label.centre + label.width / 2 <= WIDTH - EDGE + 0.01
        for one, other in combinations(row, 2):
            assert other.centre - one.centre >= (one.width + other.width) / 2


def test_labels_stand_where_they_belong_when_there_is_room() -> None:
    places = geometry(bar("ferritin", 110))
    assert [label.lines for label in places.usual_labels] == [("20",), ("75",), ("200",)]
    assert [label.centre for label in places.usual_labels] == pytest.approx([x(20 / 300), x(75 / 300), x(200 / 300)])
    assert places.value_label.centre == x(places.value)


@given(bars())
def test_every_number_stands_below_its_place(found: Bar) -> None:
    places = geometry(found)
    drawn = [text.text for text in parsed(as_svg(found, WORDS)).iter(f"{SVG}text")]
    for label in (places.value_label, *places.usual_labels, *places.preferred_labels):
        for line in label.lines:
            drawn.remove(line)


def test_line_at_the_end_of_the_range_has_one_number() -> None:
    assert [label.lines for label in geometry(bar("transferrin_saturation", 30)).usual_labels] == [("20",), ("50",)]


@pytest.mark.parametrize("bold", [False, True])
def test_text_is_never_wider_than_it_was_taken_for(bold: bool) -> None:
    # Kerning only brings letters together, so the letters say enough.
    letters = [chr(code) for code in range(0x180) if chr(code).isprintable()]
    for letter in [*letters, *"“”‘’≤≥–—→…•"]:
        assert REAL_FONTS[bold].getlength(letter) * FONT / 100 <= text_width(letter, bold) + 0.01, letter


# The picture.


@given(bars())
def test_svg_is_well_formed_and_has_nothing_that_a_strict_page_forbids(found: Bar) -> None:
    svg = parsed(as_svg(found, WORDS))
    assert svg.get("role") == "img" and svg.get("width") == "100%"
    for element in svg.iter():
        assert element.tag.removeprefix(SVG) in {"svg", "title", "desc", "text", "path", "rect"}
        assert not {key for key in element.attrib if key in ("style", "class", "href") or key.startswith("on")}
        colours = {element.get("fill", "none"), element.get("stroke", "none")}
        assert colours <= {"none", "currentColor", bar_png.USUAL, bar_png.PREFERRED}


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
@pytest.mark.parametrize("colour", [bar_png.USUAL, bar_png.PREFERRED])
def test_colours_stand_out_by_day_and_by_night(colour: str, background: str) -> None:
    darker, lighter = sorted(map(luminance, (colour, background)))
    assert (lighter + 0.05) / (darker + 0.05) >= 3


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# The PNG.


def picture(found: Bar, width: int = 640) -> Image.Image:
    return Image.open(io.BytesIO(as_png(found, WORDS, width))).convert("RGB")


@pytest.mark.parametrize("width", [320, 640, 1000])
def test_png_is_as_wide_as_asked(width: int) -> None:
    png = as_png(bar("ferritin", 18), WORDS, width)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert Image.open(io.BytesIO(png)).width == width


@pytest.mark.parametrize("lab", sorted(LABS))
def test_png_is_black_on_white_up_to_its_edge(lab: str) -> None:
    scale = LABS[lab].scale
    for value, comparator in ((scale.low, "<"), (scale.high, ">"), (scale.low - 9, None), (scale.high * 9, None)):
        image = picture(bar(lab, value, comparator=comparator))
        assert (0, 0, 0) in {colour for _, colour in image.getcolors(1 << 20) or []}
        inner = image.crop((4, 4, image.width - 4, image.height - 4))
        outer = Image.new("RGB", image.size, "white")
        outer.paste(inner, (4, 4))
        assert outer.tobytes() == image.tobytes()


def test_png_has_its_own_letters() -> None:
    # The title stands alone at the top.
    top = picture(bar("ferritin", 18)).crop((0, 0, 640, 44))
    assert sum(1 for dark in top.convert("L").tobytes() if dark < 128) > 500


def test_png_changes_with_the_value() -> None:
    pictures = [picture(bar("ferritin", value, "the same")).tobytes() for value in (18, 60, 100, 250, 2000)]
    assert len(set(pictures)) == len(pictures)


@given(bars())
def test_same_bar_gives_the_same(found: Bar) -> None:
    assert as_svg(found, WORDS) == as_svg(found, WORDS)
    assert as_text(found, WORDS) == as_text(found, WORDS)


def test_same_bar_gives_the_same_png() -> None:
    assert as_png(bar("tsh", 3), WORDS) == as_png(bar("tsh", 3), WORDS)


def test_picture_is_the_same_in_another_process() -> None:
    code = "import sys; from tests.unit.test_lab_bar import *; sys.stdout.write(as_svg(bar('tsh', 3), WORDS))"
    root = Path(__file__).parents[2]
    other = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert other.stdout == as_svg(bar("tsh", 3), WORDS)


# The text bar.


@given(bars())
def test_text_bar_fits_a_phone(found: Bar) -> None:
    row = as_text(found, WORDS).splitlines()[1]
    assert len(row) <= 32 and row.count("●") == 1
    # Those make words bold, slanted or struck through on WhatsApp.
    assert not set(row) & set("*_~`")


@given(bars(comparators=(None,)))
def test_text_bar_has_everything_in_its_order(found: Bar) -> None:
    row = as_text(found, WORDS).splitlines()[1]
    place = row.index("●")
    assert (place < row.index("[")) == (found.value < found.usual.low)
    assert (place > row.index("]")) == (found.value > found.usual.high)
    if found.line is not None:
        assert (place < row.index("|")) == (found.value <= found.line)
    if found.preferred:
        assert (place < row.index("(")) == (found.value < found.preferred.low)
        assert (place > row.index(")")) == (found.value > found.preferred.high)


def test_text_bar_as_it_is_sent() -> None:
    assert as_text(bar("ferritin", 18), WORDS).splitlines() == [
        "Ferritin: 18 ng/mL",
        "--●[==(==|=======)====]--------",
        "● you",
        "[=] usual range: 20 to 200 ng/mL",
        "| restless legs line: 75 ng/mL",
        "(=) some clinics aim for: 50 to 150 ng/mL",
    ]


@pytest.mark.parametrize(
    ("value", "row"), [(2000, "--[==(==|=======)====]--------●>"), (-2, "<●--[==(==|=======)====]--------")]
)
def test_text_bar_of_a_value_beyond(value: float, row: str) -> None:
    assert as_text(bar("ferritin", value), WORDS).splitlines()[1] == row


# Instead of the picture.


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (
            bar("ferritin", 50),
            "Ferritin: 50 ng/mL, inside usual range (20 to 200 ng/mL), below restless legs line (75 ng/mL). "
            "Some clinics aim for 50 to 150 ng/mL.",
        ),
        (
            bar("transferrin_saturation", 20, "20%"),
            "Transferrin saturation: 20%, inside usual range (20 to 50%), on restless legs line (20%). "
            "Some clinics aim for 25 to 35%.",
        ),
        (bar("plms_index", 41, "41 per hour"), "PLMS index: 41 per hour, above usual range (0 to 5 per hour)."),
        (
            bar("ferritin", 100, "less than 100 ng/mL", comparator="<"),
            "Ferritin: less than 100 ng/mL, usual range (20 to 200 ng/mL), restless legs line (75 ng/mL). "
            "Some clinics aim for 50 to 150 ng/mL.",
        ),
    ],
)
def test_words_say_what_the_picture_shows(found: Bar, text: str) -> None:
    assert described(found, WORDS) == text
