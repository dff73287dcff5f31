"""Messages that go on about the test that was named last, and those that name another one."""

from __future__ import annotations

import pytest

from stillnight.clinical.labs.values import LabValue
from stillnight.dialogue.lab_reading import read


def told(text: str, *last: str) -> list[tuple[str, float]]:
    return [_pair(each) for each in read(text, last).values]


def _pair(value: LabValue) -> tuple[str, float]:
    return value.lab, value.value


@pytest.mark.parametrize("text", ["crp 14 mg/l", "CRP was 14 mg/L", "14 mg/l crp", "and esr 30 mm/h", "urea 21 mmol/l"])
def test_number_beside_another_tests_name_is_never_the_last_tests(text: str) -> None:
    assert told(text, "transferrin_saturation") == []
    assert read(text, ["transferrin_saturation"]).others


@pytest.mark.parametrize("text", ["14 %", "its 14 percent"])
def test_number_without_a_name_is_the_last_tests(text: str) -> None:
    assert told(text, "transferrin_saturation") == [("transferrin_saturation", 14)]


@pytest.mark.parametrize(
    "text",
    [
        "ferritin was never measured i think. or there is a result from last year, 48",
        "I don't think they did ferritin. Oh wait, I have an old result: 48",
    ],
)
def test_result_that_turned_up_after_all_is_of_the_test_named_before(text: str) -> None:
    assert told(text) == [("ferritin", 48)]


@pytest.mark.parametrize("text", ["ferritin was never measured. there is a bus at 48", "ferritin? there is a result"])
def test_other_numbers_are_no_result_that_turned_up(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text", ["I don't know the unit, it just says 48", "no unit, just 48", "i cant see a unit but it says 48"]
)
def test_number_is_read_beside_the_word_that_its_unit_is_not_known(text: str) -> None:
    assert told(text, "ferritin") == [("ferritin", 48)]


@pytest.mark.parametrize("text", ["also my fair written was thirty five", "fair a tin 35", "my ferret in is 35"])
def test_ferritin_as_a_phone_hears_it(text: str) -> None:
    assert told(text) == [("ferritin", 35)]
