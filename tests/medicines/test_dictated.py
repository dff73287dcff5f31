"""Names as a telephone writes down what it hears."""

from __future__ import annotations

import pytest

from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.medicines.register import register


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("i take sir trailing", "sertraline"),
        ("the doctor put me on Sir Trailing 50 mg", "sertraline"),
        ("does sir trailing make my legs worse", "sertraline"),
        ("ser trolling", "sertraline"),
        ("gabba pentin is what i have", "gabapentin"),
        ("does prammy pexole make it worse", "pramipexole"),
        ("row pinerole", "ropinirole"),
        ("rope in a role 3 times a day", "ropinirole"),
        ("met a clopramide for sickness", "metoclopramide"),
        ("pre gabba lin", "pregabalin"),
        ("i took die fen hydra mean to sleep", "diphenhydramine"),
    ],
)
def test_dictated_name_is_the_medicine_that_was_said(text: str, name: str) -> None:
    found = medicine_finder().find(text)
    assert [(each.medicines, each.sure) for each in found] == [((name,), True)]


@pytest.mark.parametrize(
    "text",
    [
        "yes sir, trailing behind the others",
        "yes sir trailing behind the others",
        "i take, sir, trailing plants",
        "she played a rope in a role play",
        "we met a clown",
        "i was ser trolling people online",
    ],
)
def test_ordinary_speech_is_no_medicine(text: str) -> None:
    assert medicine_finder().find(text) == ()


def test_every_dictated_form_is_found_where_it_is_said_to_be_taken() -> None:
    forms = {form: each.name for each in register().medicines.values() for form in each.heard_as}
    found = {form: [each.medicines for each in medicine_finder().find(f"i take {form}")] for form in forms}
    wrong = {form: found[form] for form, name in forms.items() if found[form] != [(name,)]}
    assert forms and not wrong


def test_name_is_shown_as_it_is_written_right() -> None:
    assert [each.name for each in medicine_finder().find("i take sir trailing")] == ["sertraline"]
