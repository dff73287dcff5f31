"""Behind an explanation: the unit at last, people side by side, a mark that the lab did not make."""

from __future__ import annotations

import pytest

from stillnight.clinical.labs.amend import amendments
from stillnight.clinical.labs.judge import Person
from stillnight.clinical.labs.notebook import CHANGED, COMPARED, FLAGGED, UNIT, Notebook
from stillnight.clinical.labs.reader import lab_reader
from stillnight.dialogue.lab_answers import lab_answers

piece = lab_answers().wording.text
COUPLE = ("my ferritin is 16", "my husband's ferritin is 52")


def explained(*texts: str) -> Notebook:
    book = Notebook()
    for text in texts:
        book = book.heard(lab_reader().read(text)).explained()
    return book


def amended(text: str, *before: str, asked: bool = True) -> Notebook | None:
    return amendments().of(text, explained(*before), asked)


def answered(text: str, *before: str, known: Person | None = None) -> str:
    book = amended(text, *before)
    assert book is not None
    return lab_answers().again(book, known or Person()).text


# -- the unit


@pytest.mark.parametrize(
    "text",
    [
        "ng/ml",
        "it says µg/L on the printout",
        "I have seen it, ng/ml",
        "micrograms per litre",
        "its in ng/mL btw",
        "the unit is mcg/l",
    ],
)
def test_unit_that_was_taken_for_granted_is_confirmed_in_a_line(text: str) -> None:
    book = amended(text, "ferritin 41")
    assert book is not None and book.again == UNIT
    assert answered(text, "ferritin 41") == piece("unit_same", values="ferritin 41 ng/mL")


def test_one_unit_for_both_confirms_both() -> None:
    values = "ferritin 16 ng/mL and your husband's ferritin 52 ng/mL"
    assert answered("both ng/ml", *COUPLE) == piece("unit_same", values=values)


@pytest.mark.parametrize("text", ["sorry it is pmol/l", "the printout says pmol/l", "not ng/ml, it is pmol/l"])
def test_another_unit_changes_the_value(text: str) -> None:
    book = amended(text, "ferritin 41")
    assert book is not None and book.again == CHANGED
    assert [each.value.unit for each in book.open] == ["pmol/L"]


@pytest.mark.parametrize(
    "text", ["what is ng/ml", "not ng/ml", "my magnesium tablets say mg", "is ng/ml used in france", "ng/ml of what"]
)
def test_talk_of_a_unit_confirms_nothing(text: str) -> None:
    book = amended(text, "ferritin 41")
    assert book is None or book.again != UNIT


# -- side by side


@pytest.mark.parametrize(
    "text",
    ["which of us is lower", "Which of us is lower then?", "so who should be more worried", "who is worse, me or him"],
)
def test_people_are_set_side_by_side(text: str) -> None:
    book = amended(text, *COUPLE)
    assert book is not None and book.again == COMPARED
    said = answered(text, *COUPLE).splitlines()
    assert said[0].startswith("Ferritin 16 ng/mL: below")
    assert said[1].startswith("Your husband's ferritin 52 ng/mL: on the low side")
    assert said[2:] == [piece("compared")]


def test_in_pregnancy_nothing_is_graded_side_by_side() -> None:
    book = amended("which of us is lower", *COUPLE)
    assert book is not None
    said = lab_answers().again(book.with_circumstance("husband", "child"), Person(group="pregnant")).text
    assert said.splitlines() == [
        "Ferritin 16 ng/mL.",
        "Your husband's ferritin 52 ng/mL.",
        piece("pregnancy"),
        piece("child"),
        piece("compared"),
    ]


@pytest.mark.parametrize("text", ["which of us is lower", "so who should be more worried"])
def test_one_persons_values_are_set_beside_nobodys(text: str) -> None:
    book = amended(text, "ferritin 16")
    assert book is None or book.again != COMPARED


@pytest.mark.parametrize("text", ["who are you", "who can read this", "which medicine is better", "who should i see"])
def test_other_questions_with_who_compare_nothing(text: str) -> None:
    assert amended(text, *COUPLE) is None


# -- not marked by the lab


@pytest.mark.parametrize(
    "text",
    [
        "why didn't they flag it",
        "Is that low then, or not? The lab didn't flag it",
        "so why was it not marked as low",
        "but its not highlighted on the sheet",
    ],
)
def test_line_for_restless_legs_is_not_that_of_the_lab(text: str) -> None:
    book = amended(text, "ferritin 27")
    assert book is not None and book.again == FLAGGED
    assert answered(text, "ferritin 27").splitlines()[1:] == [piece("no_flag_iron")]
    assert answered(text, "tsh 5").splitlines()[1:] == [piece("no_flag")]


def test_the_line_is_not_put_on_a_child_or_in_pregnancy() -> None:
    for known in (Person(child=True), Person(group="pregnant")):
        said = answered("why didn't they flag it", "ferritin 27", known=known)
        assert piece("no_flag_iron") not in said
        assert "20 to 200" not in said


def test_flag_of_a_country_is_none() -> None:
    assert amended("what does the red flag in your menu mean, which country", "ferritin 27") is None


# -- asked instead of an answer


@pytest.mark.parametrize("text", ["is it ok or on lower side?", "so is that bad", "is that low, or not?"])
def test_question_about_the_value_at_hand_is_heard(text: str) -> None:
    assert amendments().asks_on(text)


@pytest.mark.parametrize("text", ["a woman", "why do you ask", "is magnesium good", "no", "is my mum's low"])
def test_other_words_ask_nothing_of_it(text: str) -> None:
    assert not amendments().asks_on(text)
