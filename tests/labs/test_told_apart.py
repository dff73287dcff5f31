"""Numbers of two people that were told the wrong way round, and a slip put right in the middle of a sentence."""

from __future__ import annotations

import pytest

from stillnight.clinical.labs.notebook import Notebook
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.told_apart import told_apart
from stillnight.dialogue.lab_reading import read


def _both() -> Notebook:
    book = Notebook()
    for text in ("my TSH 1.9, ferritin 210", "my wife's TSH 6.8, ferritin 19"):
        book = book.heard(lab_reader().read(text)).explained()
    return book


@pytest.mark.parametrize(
    "text",
    [
        "No hang on, I've mixed two up. The 6.8 was mine, hers is 1.9. The rest is right.",
        "no, the 6.8 is mine and the 1.9 hers",
        "wait hers is the 1.9 and mine the 6.8",
        "the 1.9 belongs to my wife and the 6.8 to me",
        "I got the TSHs the wrong way round, mine is 6.8",
        "swap the TSHs, the ferritins are right",
        "the 6.8 is not hers, it is mine",
    ],
)
def test_the_two_numbers_of_one_test_change_people(text: str) -> None:
    now = told_apart(text, _both())
    assert now is not None
    assert {(each.lab, each.owner): each.value for each in now.explained().told} == {
        ("tsh", None): 6.8,
        ("tsh", "wife"): 1.9,
        ("ferritin", None): 210,
        ("ferritin", "wife"): 19,
    }


@pytest.mark.parametrize("text", ["was the 6.8 mine and the 1.9 hers?", "mine is now 2.4", "mine is 6.8", "we swapped"])
def test_nothing_changes_people_by_a_question_or_a_new_number(text: str) -> None:
    assert told_apart(text, _both()) is None


@pytest.mark.parametrize(
    "text",
    ["sorry read it wrong, that's 13 not 31. does that change anything?", "actually i had it backwards, 13. is it ok?"],
)
def test_slip_is_put_right_within_a_sentence(text: str) -> None:
    reading = read(text, ["ferritin"])
    assert reading.corrects and [each.value for each in reading.values] == [13]


@pytest.mark.parametrize(
    "text", ["no, my son is 7, not 8", "sorry, I mean 2, both legs", "sorry, i meant 2 hours, not 3"]
)
def test_other_numbers_put_right_are_no_values(text: str) -> None:
    assert not read(text, ["ferritin"]).values


@pytest.mark.parametrize(
    "text", ["creatinine was 1.2 in last year and 2.1 now", "creatinine 1.2 last year and it is 2.1"]
)
def test_newer_of_two_is_not_of_before(text: str) -> None:
    older, newer = lab_reader().read(f"Actually {text}").values
    assert (older.value, older.older, newer.value, newer.past) == (1.2, True, 2.1, False)
