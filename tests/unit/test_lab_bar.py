"""What the range bar of a lab value is of."""

from __future__ import annotations

import pytest

from stillnight.clinical.labs.bar.words import described
from stillnight.clinical.labs.definitions import MAN, WOMAN, Range
from tests.unit.lab_bars import LABS, WORDS, bar


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
