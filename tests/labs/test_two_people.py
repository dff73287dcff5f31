"""Two people's results, names for people, numbers that point at a value, and of whom all the talk is."""

from __future__ import annotations

from typing import Any

import pytest

from stillnight.clinical.labs.names import names_told, with_people
from stillnight.clinical.labs.notebook import AGAIN, COMPARED, Notebook
from stillnight.dialogue.lab_memory import LABS_SLOT, heard
from stillnight.dialogue.lab_people import company

LOTS = "ferritin 22 hb 119 // ferritin 240 hb 151"
OURS = "Two lots of results here, mine and my husband Graham's"


def talked(*messages: str) -> Notebook:
    """The notebook behind the last message, the earlier ones explained."""
    slots: dict[str, Any] = {}
    book, before = Notebook(), ""
    for message in messages:
        book = heard(message, slots, (), bool(before), before)
        slots |= company(message, slots) | {LABS_SLOT: book.explained().as_dict()}
        before = message
    return book


def opened(book: Notebook) -> set[tuple[float, str | None]]:
    return {(each.value.value, each.value.owner) for each in book.open}


def told(*messages: str) -> set[tuple[float, str | None]]:
    return {(each.value, each.owner) for each in talked(*messages).explained().told}


# -- two lists


@pytest.mark.parametrize("between", [" // ", "\n"])
def test_two_lists_are_of_the_two_who_were_announced(between: str) -> None:
    lots = LOTS.replace(" // ", between)
    assert told(OURS, lots) == {(22, None), (119, None), (240, "husband"), (151, "husband")}
    assert told("my mum's results and mine", lots) == {(22, "mum"), (119, "mum"), (240, None), (151, None)}


def test_one_report_with_slashes_stays_that_of_one() -> None:
    assert told(OURS, "Hb 129 g/L // Ferritin 17 ug/L") == {(129, None), (17, None)}
    assert (22, None) in told("my husband is well", LOTS) and (240, None) in told("my husband is well", LOTS)


@pytest.mark.parametrize(
    "text", ["the first is Graham", "the first one is my husband, the second me", "mine is the 240"]
)
def test_lists_change_their_owners(text: str) -> None:
    book = talked(OURS, LOTS, text)
    assert opened(book) == {(22, "husband"), (119, "husband"), (240, None), (151, None)}
    assert not book.told


def test_lists_change_back_by_place_and_number() -> None:
    back = "No hang on I've got that backwards, the first one is me. Graham is the 240"
    assert opened(talked(OURS, LOTS, "the first is Graham", back)) == {
        (22, None),
        (119, None),
        (240, "husband"),
        (151, "husband"),
    }


@pytest.mark.parametrize(
    "text", ["the first time my husband saw a doctor", "the first is me, the second is me too", "the first is my uncle"]
)
def test_lists_keep_their_owners(text: str) -> None:
    assert (22, None) in told(OURS, LOTS, text) and (240, "husband") in told(OURS, LOTS, text)


def test_whom_iron_would_help_sets_both_side_by_side() -> None:
    book = talked("my ferritin is 22 and my husbands is 240", "which of us would iron help")
    assert book.again == COMPARED and opened(book) == {(22, None), (240, "husband")}
    assert not talked("my ferritin is 22", "would iron help").open


# -- names


def test_name_stands_for_the_person() -> None:
    names = names_told(OURS)
    assert names == {"Graham": "husband"}
    assert with_people("is Grahams ferritin in there", names) == "is my husbands ferritin in there"
    assert with_people("my husband Graham's", names) == "my husband's"


@pytest.mark.parametrize(
    "text", ["my husband takes iron", "my husband Ropinirole", "my husband Monday", "my Graham", "my mum Ferritin 20"]
)
def test_other_words_name_nobody(text: str) -> None:
    assert names_told(text) == {}


# -- a number that points


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("is his 240 too high", "husband"),
        ("is my 22 low?", None),
        ("and is 22 ok for someone with restless legs", None),
        ("is 240 bad", "husband"),
    ],
)
def test_number_told_before_points_at_its_value(text: str, owner: str | None) -> None:
    book = talked("my ferritin is 22 and my husbands is 240", text)
    assert book.again == AGAIN and {whose for _, whose in opened(book)} == {owner} and len(book.open) == 1


def test_number_told_before_answers_no_question_about_another_test() -> None:
    slots: dict[str, Any] = {LABS_SLOT: heard("my husbands ferritin is 240, b12 410", {}).as_dict()}
    open_now = {each.value.lab: each for each in heard("is his 240 too high", slots).open}
    assert open_now["vitamin_b12"].value.value == 410 and open_now["vitamin_b12"].unknown
    assert open_now["ferritin"].value.value == 240


def test_question_behind_second_thoughts_is_no_correction() -> None:
    text = "but u said earlier... no wait maybe that was the leaflet. is 96 good or bad"
    book = talked("ferritin 96", text)
    assert book.again == AGAIN and opened(book) == {(96, None)}


def test_new_number_is_a_new_value() -> None:
    assert opened(talked("ferritin 96", "is 50 good")) == {(50, None)}


# -- of whom all the talk is


DAD = ("my dad has kidney disease stage 4", "hes 78 and sleeps all day")


def test_value_in_talk_of_the_father_is_his() -> None:
    assert told(*DAD, "what does ferritin 96 mean for kidney people") == {(96, "dad")}


@pytest.mark.parametrize(
    "messages",
    [
        ("my dad has it too", "ferritin 96"),
        ("my dad has it too", "i have it for years", "he takes ropinirole", "ferritin 96"),
        (*DAD, "now my own legs are starting", "ferritin 96"),
        (*DAD, "my ferritin is 96"),
    ],
)
def test_value_of_somebody_who_spoke_of_themselves_is_their_own(messages: tuple[str, ...]) -> None:
    assert told(*messages) == {(96, None)}


# -- corrections, ages, doses


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("ferritin 53", "no sorry 35 not 53. reading it without my glasses lol", {(35, None)}),
        ("ferritin 450 ng/ml", "Sorry, decimal point. It's 45.0", {(45, None)}),
        (
            "my ferritin is 88 and my sisters is 35",
            "wait no, wrong letter. mine's 35 and hers is 88",
            {(35, None), (88, "sister")},
        ),
    ],
)
def test_correction_is_found_in_its_sentence(before: str, text: str, expected: set[tuple[float, str | None]]) -> None:
    assert told(before, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "sorry to bother you. im 45",
        "no thanks. it is 45 of them",
        "i have no idea. it was in 2019",
        "my sister has ferritin. no more to say",
        "her kids are 5 and 7",
        "my son is 12",
        "her kids are 5 and 7 and dont sleep either",
    ],
)
def test_other_messages_change_nothing(text: str) -> None:
    book = talked("ferritin 53", text)
    assert not book.open and told("ferritin 53", text) == {(53, None)}


def test_child_has_a_value_where_it_is_plainly_one() -> None:
    assert opened(talked("ferritin 53", "my son's is 12")) == {(12, "son")}


def test_newest_value_of_the_person_asked_about_beside_another_sentence() -> None:
    book = talked("my ferritin is 60 and my husbands is 15", "so is his low or not? the surgery ticked both")
    assert book.again == AGAIN and opened(book) == {(15, "husband")}
    assert not talked("my ferritin is 60 and my husbands is 15", "what about him? can he take iron").open


def test_range_on_the_sheet_in_a_longer_sentence() -> None:
    text = "it says ng/mL and next to it normal range 7 - 140 so they said its normal"
    (value,) = talked("my son is 9", "ferritin came back as 14", text).open
    assert value.value.own_range is not None and value.value.own_range.high == 140 and value.value.owner == "son"


def test_number_behind_a_dose_is_no_value() -> None:
    assert not talked("PLMI 42", "im on venlafaxine 150", "no 75. 150 was the old one").open
    assert opened(talked("PLMI 42", "im on venlafaxine", "sorry 24 not 42")) == {(24, None)}
