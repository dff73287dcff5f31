"""Of two people's numbers in one message each belongs to its own person."""

from __future__ import annotations

import pytest

from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.reading.owners import SOMEBODY
from stillnight.clinical.labs.values import LabReading
from stillnight.clinical.labs.whose import so_many_weeks
from stillnight.dialogue.lab_memory import LABS_SLOT, noticed
from stillnight.dialogue.lab_memory import notebook as book_of
from stillnight.dialogue.lab_people import COMPANY_SLOT, company
from stillnight.dialogue.lab_reading import read

Owned = tuple[float, str | None]


def owned(reading: LabReading) -> set[Owned]:
    assert not any(each.rivals for each in reading.values)
    return {(each.value, each.owner) for each in reading.values}


def held(*messages: str) -> dict[str, object]:
    """The slots after some messages, every value explained at once."""
    slots: dict[str, object] = {}
    for text in messages:
        slots |= noticed(text, slots, explained=True)
        slots |= company(text, slots)
        slots[LABS_SLOT] = book_of(slots).explained().as_dict()
    return slots


def told(*messages: str) -> set[Owned]:
    return {(each.value, each.owner) for each in book_of(held(*messages)).told}


@pytest.mark.parametrize(
    "text",
    [
        "my ferritin 16 hers 52",
        "my ferritin is 16, hers is 52",
        "My ferritin is 16. Hers is 52.",
        "ferritin: mine 16, his 52",
        "ferritin 16 for me, hers came back at 52",
        "my ferritin 16 his one is 52",
        "my ferritin 16 her 52",
        "ferritin 16 mine, 52 hers",
        "my ferritin was 16 and theirs 52",
        "my ferritin 16 ng/ml, hers is 52 ng/ml",
        "my ferritin is 16, ferritin 52 for him",
    ],
)
def test_number_behind_hers_is_not_ones_own(text: str) -> None:
    assert owned(lab_reader().read(text)) == {(16, None), (52, SOMEBODY)}


def test_number_behind_hers_is_of_whoever_was_named_in_the_message() -> None:
    text = "my dad is here, my sister too: my ferritin 16 hers 52 and his 70"
    assert owned(lab_reader().read(text)) == {(16, None), (52, "sister"), (70, "dad")}


@pytest.mark.parametrize(
    "text",
    [
        "my ferritin is 16 and hers is 52 years old",
        "my ferritin is 16, hers are 20 mg tablets",
        "my ferritin is 16, hers is at 9 tomorrow",
    ],
)
def test_what_is_no_value_is_none_of_hers_either(text: str) -> None:
    assert owned(lab_reader().read(text)) == {(16, None)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wait swapped!! mine is 52 and hers is 16", {(52, None), (16, SOMEBODY)}),
        ("hers 52 mine 16", {(16, None), (52, SOMEBODY)}),
        ("hers was 8", {(8, SOMEBODY)}),
        ("got it now, its 12", {(12, None)}),
        ("found the letter, it is 12", {(12, None)}),
    ],
)
def test_numbers_of_the_test_at_hand_keep_their_people(text: str, expected: set[Owned]) -> None:
    assert owned(read(text, ("ferritin",))) == expected


def test_numbers_told_the_wrong_way_round_change_places() -> None:
    before = ("my sister has it too", "my ferritin 16 hers 52")
    assert told(*before) == {(16, None), (52, "sister")}
    assert told(*before, "wait swapped!! mine is 52 and hers is 16") == {(52, None), (16, "sister")}
    assert told(*before, "sorry other way round") == {(52, None), (16, "sister")}


# -- a child


SON = "My son is 7 and cries every night. Could it be restless legs in a child that young?"


@pytest.mark.parametrize(
    "text",
    [
        "They took blood: ferritin 22",
        "ferritin 22",
        "We got the results, ferritin 22",
        "I have the results now. Ferritin 22",
        "my wife has the letter: ferritin 22",
    ],
)
def test_value_in_talk_of_a_child_is_the_childs(text: str) -> None:
    assert told(SON, text) == {(22, "son")}


@pytest.mark.parametrize(
    "text",
    [
        "my own ferritin is 22",
        "my ferritin is 22",
        "mine: ferritin 22",
        "I had a test as well, ferritin 22",
        "my doctor tested it, ferritin 22",
    ],
)
def test_parents_own_value_stays_their_own(text: str) -> None:
    assert told(SON, text) == {(22, None)}


def test_childs_and_parents_values_stay_apart() -> None:
    assert told(SON, "my own ferritin is 40", "they took his blood: ferritin 22") == {(40, None), (22, "son")}
    assert told(SON, "ferritin 22", "my own ferritin is 40", "tsat 12%") == {(22, "son"), (40, None), (12, None)}


def test_a_child_in_general_is_nobody() -> None:
    assert company("can a child have it", {}) == {}
    assert company("our child has it", {}) == {COMPANY_SLOT: ["child"]}


# -- pregnant too


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("im 36 weeks and my sister is 12 weeks", ["sister"]),
        ("im 36 weeks and my son is 12 weeks", []),
        ("my sister is 12 weeks old", []),
    ],
)
def test_weeks_beside_ones_own_are_a_pregnancy_and_no_age(text: str, expected: list[str]) -> None:
    assert so_many_weeks(text) == expected
