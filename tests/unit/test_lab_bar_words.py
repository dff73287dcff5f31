"""The range bar in plain characters, and the words instead of the picture."""

from __future__ import annotations

import pytest
from hypothesis import given

from stillnight.clinical.labs.bar.model import Bar
from stillnight.clinical.labs.bar.words import as_text, described, number
from tests.unit.lab_bars import WORDS, bar, bars


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.85, "0.85"), (18.0, "18"), (4.0, "4"), (0.0, "0"), (0.4, "0.4"), (20.025, "20.02"), (1e5, "100000")],
)
def test_numbers_have_no_needless_zeros(value: float, written: str) -> None:
    assert number(value) == written


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
        "--●[::(::|=======)====]--------",
        "● you",
        "[=] usual range: 20 to 200 ng/mL",
        ": low for restless legs",
        "| restless legs line: 75 ng/mL",
        "(=) some clinics aim for: 50 to 150 ng/mL",
    ]


@pytest.mark.parametrize(
    ("value", "row"), [(2000, "--[::(::|=======)====]--------●>"), (-2, "<●--[::(::|=======)====]--------")]
)
def test_text_bar_of_a_value_beyond(value: float, row: str) -> None:
    assert as_text(bar("ferritin", value), WORDS).splitlines()[1] == row


# Instead of the picture.


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (
            bar("ferritin", 50),
            "Ferritin: 50 ng/mL, below restless legs line (75 ng/mL), inside usual range (20 to 200 ng/mL). "
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
