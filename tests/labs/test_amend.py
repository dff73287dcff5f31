"""A short message behind an explanation: another person, another test, the unit at last, or the same asked again."""

from __future__ import annotations

import pytest

from stillnight.clinical.labs.amend import amendments
from stillnight.clinical.labs.definitions import lab_definitions
from stillnight.clinical.labs.judge import Person
from stillnight.clinical.labs.notebook import AGAIN, WORRIED, Notebook
from stillnight.clinical.labs.questions import Question
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.whose import OWN, told_of


def explained(text: str) -> Notebook:
    return Notebook().heard(lab_reader().read(text)).explained()


def amended(before: str, text: str, asked: bool = True) -> Notebook | None:
    return amendments().of(text, explained(before), asked)


def values(book: Notebook | None) -> list[tuple[str, float, str | None, str | None]]:
    assert book is not None
    return [(each.value.lab, each.value.value, each.value.unit, each.value.owner) for each in book.open]


@pytest.mark.parametrize(
    "text", ["sorry its my husbands", "thats my husband's", "Oh no, those are my husband's results", "it's my husbands"]
)
def test_values_move_to_the_person_who_is_named(text: str) -> None:
    book = amended("ferritin 22", text)
    assert values(book) == [("ferritin", 22, "ng/mL", "husband")]
    assert book is not None and not book.told


@pytest.mark.parametrize("text", ["no its mine", "sorry that was mine", "it is mine, not my mums"])
def test_values_move_back_to_oneself(text: str) -> None:
    if "mums" in text:
        assert amended("my mum's ferritin is 22", text) is None
    else:
        assert values(amended("my mum's ferritin is 22", text)) == [("ferritin", 22, "ng/mL", None)]


@pytest.mark.parametrize("text", ["sorry thats tsat", "oops i meant the transferrin saturation", "its the tsat sorry"])
def test_number_moves_to_the_test_that_is_named(text: str) -> None:
    book = amended("ferritin 22", text)
    assert values(book) == [("transferrin_saturation", 22, "%", None)]
    assert book is not None and not book.told


def test_a_test_of_which_the_unit_is_not_known_is_asked_again() -> None:
    assert values(amended("ferritin 300", "sorry thats b12")) == [("vitamin_b12", 300, None, None)]


@pytest.mark.parametrize("text", ["other way round", "sorry, mixed them up", "oh i swapped them"])
def test_two_numbers_change_places(text: str) -> None:
    assert values(amended("ferritin 120 and hb 12", text)) == [
        ("ferritin", 12, "ng/mL", None),
        ("hemoglobin", 120, "g/L", None),
    ]


def test_of_three_numbers_none_changes_its_place() -> None:
    assert amended("ferritin 120, hb 12 and tsh 2", "other way round") is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("so is it low?", AGAIN),
        ("is that bad", AGAIN),
        ("what does that mean for my legs", AGAIN),
        ("is that normal then?", AGAIN),
        ("is that dangerous?", WORRIED),
        ("should i be worried about this", WORRIED),
    ],
)
def test_the_same_value_is_asked_about_once_more(text: str, why: str) -> None:
    book = amended("ferritin 18", text)
    assert values(book) == [("ferritin", 18, "ng/mL", None)]
    assert book is not None and book.again == why


@pytest.mark.parametrize(
    "text",
    [
        "is rls dangerous",
        "what is ferritin",
        "is magnesium good for this",
        "can i take ibuprofen with that",
        "does it get worse in winter",
        "what does augmentation mean",
        "my wife thinks it is bad",
        "thanks",
        "thats great thanks",
        "",
    ],
)
def test_other_subjects_leave_the_values_alone(text: str) -> None:
    book = amended("ferritin 18", text)
    assert book is None or text == "thats great thanks"


def test_without_an_explanation_before_nothing_is_asked_again() -> None:
    assert amended("ferritin 18", "is that low?", asked=False) is None
    assert amendments().of("is that low?", Notebook(), asked=True) is None


@pytest.mark.parametrize("text", ["pg/ml", "its pg/mL", "found it, pg/ml"])
def test_unit_that_is_found_later_settles_the_value(text: str) -> None:
    book = Notebook().heard(lab_reader().read("b12 180"))
    unknown = book.given_up(_question(book)).explained()
    assert values(amendments().of(text, unknown, asked=True)) == [("vitamin_b12", 180, "pg/mL", None)]


def _question(book: Notebook) -> Question:
    question = book.question(lab_definitions(), Person())
    assert question is not None
    return question


@pytest.mark.parametrize(
    ("text", "last", "told"),
    [
        ("my husband is on dialysis and his ferritin is 600", None, {"dialysis": "husband"}),
        ("my wife is pregnant, her hb is 10.9", None, {"pregnancy": "wife"}),
        ("im pregnant and my mums ferritin is 12", None, {"pregnancy": OWN}),
        ("i am on dialysis", "husband", {"dialysis": OWN}),
        ("hes 12", "son", {"child": "son"}),
        ("shes pregnant", "daughter", {"pregnancy": "daughter"}),
        ("ferritin 12", "son", {}),
    ],
)
def test_circumstance_is_that_of_the_person_it_is_told_of(text: str, last: str | None, told: dict[str, str]) -> None:
    assert told_of(text, last) == told


@pytest.mark.parametrize("text", ["no you swapped them", "Swap them all"])
def test_of_two_peoples_lists_every_value_goes_to_the_other_while_a_unit_is_asked(text: str) -> None:
    told = lab_reader().read("my ferritin is 22, my husband's ferritin is 240, my b12 is 200, my husband's b12 is 400")
    book = amendments().of(text, Notebook().heard(told), asked=False)
    assert sorted(values(book), key=str) == sorted(
        [
            ("ferritin", 22, "ng/mL", "husband"),
            ("ferritin", 240, "ng/mL", None),
            ("vitamin_b12", 200, None, "husband"),
            ("vitamin_b12", 400, None, None),
        ],
        key=str,
    )
