"""The chart of nights: heights, words, and what those hear who do not see it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.channels import pictures
from stillnight.clinical.diary.chart import NightChart, counts_of
from stillnight.clinical.diary.model import NIGHTS_MOST

SVG = "{http://www.w3.org/2000/svg}"
STEPS = st.lists(st.none() | st.integers(0, 4), min_size=1, max_size=NIGHTS_MOST)


def chart(*steps: int | None, start: date = date(2026, 10, 25)) -> NightChart:
    return NightChart(tuple(((start + timedelta(days=place)).isoformat(), step) for place, step in enumerate(steps)))


def columns(drawn: NightChart) -> list[float]:
    return [float(box.get("height") or 0) for box in ElementTree.fromstring(pictures.svg(drawn)).iter(f"{SVG}rect")]


def test_worse_nights_are_taller_and_the_axis_says_what_height_means() -> None:
    heights = columns(chart(0, 1, 2, 3, 4))
    assert heights == sorted(set(heights)) and heights[0] > 0
    texts = [text.text for text in ElementTree.fromstring(pictures.svg(chart(0))).iter(f"{SVG}text")]
    assert {"none", "mild", "moderate", "bad", "very bad"} <= set(texts)


def test_night_without_severity_is_marked_and_not_drawn_as_none() -> None:
    drawn = chart(None, 3)
    assert len(columns(drawn)) == 1 and "?" in pictures.svg(drawn)
    assert "25 October not told; 26 October bad" in pictures.alternative(drawn)


def test_counts_name_only_steps_that_there_are() -> None:
    assert counts_of(chart(1, 1, 4, None), pictures.chart_words()) == "mild 2, very bad 1, not told 1"


def test_png_is_made_of_a_full_diary() -> None:
    assert pictures.png(chart(*[place % 5 for place in range(NIGHTS_MOST)])).startswith(b"\x89PNG")


@given(STEPS)
@settings(max_examples=40, deadline=None)
def test_everything_stays_in_the_picture_and_it_travels(steps: list[int | None]) -> None:
    drawn = chart(*steps)
    assert pictures.picture_from_dict(asdict(drawn)) == drawn
    svg = ElementTree.fromstring(pictures.svg(drawn))
    _, _, width, height = map(float, (svg.get("viewBox") or "").split())
    for box in svg.iter(f"{SVG}rect"):
        x, y, wide, tall = (float(box.get(name) or 0) for name in ("x", "y", "width", "height"))
        assert x >= 0 and y >= 0 and x + wide <= width and y + tall <= height
    assert len(pictures.text(drawn).splitlines()[1]) == len(steps)
