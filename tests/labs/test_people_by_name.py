"""Values of people who go by their names alone, and values put right or moved to whom they belong."""

from __future__ import annotations

import pytest

from stillnight.clinical.circumstances import CHILD
from stillnight.clinical.labs.definitions import lab_definitions
from stillnight.clinical.labs.judge import Person
from stillnight.clinical.labs.names import listed_names
from stillnight.dialogue.lab_memory import LABS_SLOT, noticed
from stillnight.dialogue.lab_memory import notebook as book_of
from stillnight.dialogue.lab_people import COMPANY_SLOT

Owned = tuple[float, str | None]


def held(*messages: str, slots: dict[str, object] | None = None) -> dict[str, object]:
    """The slots after some messages; a value without an open question is explained at once."""
    now: dict[str, object] = dict(slots or {})
    before = ""
    for text in messages:
        now |= noticed(text, now, explained=True, said_before=before)
        book = book_of(now)
        if book.question(lab_definitions(), Person()) is None:
            now[LABS_SLOT] = book.explained().as_dict()
        before = text
    return now


def newest(slots: dict[str, object]) -> set[Owned]:
    book = book_of(slots)
    return {(each.value, each.owner) for each in (*book.newest_of_each(), *(one.value for one in book.open))}


LISTED = "Leo ferritin 31, Max ferritin 62"


@pytest.mark.parametrize(
    "text", [LISTED, "Leo's ferritin is 31 and Max's ferritin is 62", "Leo: ferritin 31\nMax: ferritin 62"]
)
def test_each_of_several_people_by_name_keeps_their_own_value(text: str) -> None:
    assert newest(held(text)) == {(31, "Leo"), (62, "Max")}


def test_names_told_the_other_way_round_are_put_right() -> None:
    slots = held(LISTED, "sorry other way round! max 31 leo 62")
    assert newest(slots) == {(62, "Leo"), (31, "Max")}
    assert len(book_of(slots).told) == 2


def test_which_one_is_low_sets_them_beside_each_other() -> None:
    slots = held(LISTED)
    slots |= noticed("so which one is low", slots, explained=True)
    assert {each.value.owner for each in book_of(slots).open} == {"Leo", "Max"}


@pytest.mark.parametrize(
    "text",
    [
        "Old ferritin 31, New ferritin 62",
        "Min ferritin 20, Max ferritin 200",
        "January ferritin 31, March ferritin 62",
        "Fasting ferritin 31, Latest ferritin 62",
        "Serum ferritin 31, Serum iron 12",
        "Leo ferritin 31",
    ],
)
def test_other_words_before_a_test_name_nobody(text: str) -> None:
    assert listed_names(text) == {}


def test_named_people_are_children_where_a_child_was_told_of() -> None:
    book = book_of(held(LISTED))
    assert all(book.person(Person(child=True), each).child for each in book.told)
    assert not any(book.person(Person(), each).child for each in book.told)


def test_correction_stays_with_whose_value_it_was() -> None:
    assert newest(held("my daughter's ferritin is 18", "oh sorry, 12")) == {(12, "daughter")}
    assert newest(held("my daughter's ferritin is 18", "sorry, mine is 12")) == {(18, "daughter"), (12, None)}


def test_weight_put_right_is_no_value() -> None:
    said = (
        "my daughter's ferritin is 18",
        "she weighs 21 kg if that helps",
        "oh sorry 12... no 21 is right, ignore me",
    )
    assert newest(held(*said)) == {(18, "daughter")}


@pytest.mark.parametrize("text", ["oh, that's hers. pg/ml", "pg/ml and that's hers", "sorry thats hers, pg/ml"])
def test_value_moves_to_her_and_takes_the_unit_that_was_asked_for(text: str) -> None:
    (value,) = (
        each
        for each in book_of(held("b12 is 190", text, slots={COMPANY_SLOT: ["wife"]})).told
        if each.lab == "vitamin_b12"
    )
    assert (value.value, value.owner, value.unit) == (190, "wife", "pg/mL")


def test_child_whom_drops_are_for_is_known() -> None:
    slots = held("what is better drops or tablets for a 4 year old with low ferritin")
    assert ("", CHILD) in book_of(slots).circumstances
