"""Where everything stands in the picture of the range bar."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageFont

from stillnight.clinical.labs.bar import png
from stillnight.clinical.labs.bar.layout import EDGE, FONT, WIDTH, Label, geometry, text_width, x
from stillnight.clinical.labs.bar.model import Bar
from stillnight.clinical.labs.bar.svg import as_svg
from stillnight.clinical.labs.bar.words import as_text
from tests.unit.lab_bars import LABS, WORDS, bar, bars, near

REAL_FONTS = [ImageFont.truetype(str(font), 100) for font in png.fonts()]


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


def test_line_at_the_end_of_the_range_has_one_number() -> None:
    assert [label.lines for label in geometry(bar("transferrin_saturation", 30)).usual_labels] == [("20",), ("50",)]


@pytest.mark.parametrize("bold", [False, True])
def test_text_is_never_wider_than_it_was_taken_for(bold: bool) -> None:
    # Kerning only brings letters together, so the letters say enough.
    letters = [chr(code) for code in range(0x180) if chr(code).isprintable()]
    for letter in [*letters, *"“”‘’≤≥–—→…•"]:
        assert REAL_FONTS[bold].getlength(letter) * FONT / 100 <= text_width(letter, bold) + 0.01, letter
