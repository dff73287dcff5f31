"""What is told or asked behind values: whose a number is, its day, its unit, a mark, and what all of them say."""

from __future__ import annotations

import pytest

from stillnight.clinical.labs.notebook import AGAIN, CHANGED, COMPARED, DATED, FLAGGED, MARKED, RELEVANT, UNIT
from stillnight.clinical.labs.replies import lab_replies
from stillnight.clinical.labs.told_later import is_old
from stillnight.dialogue.lab_people import owners_meant
from stillnight.dialogue.lab_reading import tells_measure
from tests.labs.test_two_people import opened, talked, told

US = "I've got results for me and my husband"
MINE = "mine: ferritin 34 ng/mL, TSAT 14%"
HIS = "his: ferritin 210, creatinine 1.1"


# -- whose


@pytest.mark.parametrize("before", ["I'm breastfeeding", "my legs were awful and the baby is 7 weeks"])
def test_mother_means_her_own_values(before: str) -> None:
    assert told(before, "ferritin 22") == {(22, None)}


@pytest.mark.parametrize(
    "before", ["my baby is 5 months and I think she has it", "my son is 6 and kicks", "our little boy is 4"]
)
def test_child_that_all_is_about_keeps_its_values(before: str) -> None:
    ((_, owner),) = told(before, "they took blood: ferritin 22")
    assert owner is not None


def test_nursing_ends_the_lines_of_pregnancy_until_the_next_one() -> None:
    assert talked("I'm pregnant", "I'm breastfeeding now").is_nursing
    assert not talked("I'm breastfeeding", "I'm pregnant again").is_nursing
    assert talked("I'm breastfeeding").group == "woman"


@pytest.mark.parametrize(
    "moving",
    [
        "oh wait, the TSAT 14 was my husband's. mine is 22%",
        "the TSAT 14 is his, mine is 22%",
        "the 14 was my husbands and mine is 22%",
        "the 14 isn't mine, mine is 22%",
        "sorry, TSAT 14 belongs to my husband. mine is 22%",
    ],
)
def test_number_goes_to_whose_it_is(moving: str) -> None:
    book = talked(US, MINE, HIS, moving)
    assert book.again == CHANGED
    assert {(22, None), (14, "husband")} <= opened(book)
    assert (14, None) not in told(US, MINE, HIS, moving)


@pytest.mark.parametrize("staying", ["was the 14 my husband's?", "my husband is 14 years older", "the 14 was bad news"])
def test_number_stays_where_it_is(staying: str) -> None:
    assert (14, None) in told(US, MINE, HIS, staying)


@pytest.mark.parametrize("text", ["The PLM index was 28, I've got the letter in front of me. Sorry.", "sorry, PLMI 28"])
def test_correction_stays_with_the_one_it_was_told_of(text: str) -> None:
    assert told("My partner kicks. His PLM index was 38", text) == {(28, "partner")}


def test_ones_own_correction_stays_ones_own() -> None:
    last = "sorry, my PLM index was 28"
    assert (28, None) in told("My partner kicks. His PLM index was 38", last)


def test_only_theirs_are_deleted() -> None:
    book = talked(US, MINE, HIS).explained()
    assert owners_meant("great, delete his numbers please, keep mine", book) == ["husband"]
    assert owners_meant("delete mine, not his", book) == [None]


# -- numbers that are known


@pytest.mark.parametrize(
    "asking", ["is a ferritin of 210 with a creatinine of 1.1 odd?", "his 210 and 1.1, do they match?"]
)
def test_numbers_in_a_question_are_no_new_ones(asking: str) -> None:
    book = talked(US, MINE, HIS, asking)
    assert book.again == AGAIN
    assert opened(book) == {(210, "husband"), (1.1, "husband")}


@pytest.mark.parametrize("asking", ["so what do his look like now", "so what does his look like now, with the 210?"])
def test_all_of_somebody_is_asked_about(asking: str) -> None:
    assert opened(talked(US, MINE, HIS, asking)) == {(210, "husband"), (1.1, "husband")}


def test_theirs_stands_beside_ones_own() -> None:
    book = talked("hb 128 g/L, I am a woman", "my cousin has hemoglobin 12.8, is she lower than me?")
    assert (book.again, opened(book)) == (COMPARED, {(128, None), (12.8, "cousin")})


@pytest.mark.parametrize(
    "text", ["so does that change what you told me?", "does the change from 38 to 12 alter anything?"]
)
def test_change_is_asked_about(text: str) -> None:
    book = talked("ferritin 120", "sorry, 12 not 120", text)
    assert (book.again, opened(book)) == (AGAIN, {(12, None)})


# -- told later


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("that was 2 years ago mind you", "2 years ago"),
        ("it's from 2021", "2021"),
        ("the 41 was from 2019", "2019"),
        ("my ferritin was last year btw", "last year"),
        ("that was a long time ago", "a long time ago"),
        ("the test was done in march", "march"),
    ],
)
def test_day_is_told_later(text: str, when: str) -> None:
    book = talked("my ferritin was 41", text)
    assert book.again == DATED
    assert [each.value.when for each in book.open] == [when]
    assert [each.when for each in book.explained().told] == [when]


@pytest.mark.parametrize(
    "text", ["they are 20 years old", "my husband was nice last year", "last year was hard for me"]
)
def test_other_days_date_nothing(text: str) -> None:
    assert talked("my ferritin was 41", text).again != DATED


def test_old_is_a_year_or_more() -> None:
    assert all(map(is_old, ("2 years ago", "2019", "last year", "ages ago", "a long time ago")))
    assert not any(map(is_old, ("last month", "3 weeks ago", "march", "yesterday")))


@pytest.mark.parametrize("text", ["hemoglobin is in g/L I think, and ferritin ug/L", "ferritin ug/l, hb g/l"])
def test_units_of_several_are_told(text: str) -> None:
    book = talked("I'm pregnant", "Hb 102, ferritin 9", text)
    assert (book.again, opened(book)) == (UNIT, {(102, None), (9, None)})


def test_unit_of_one_among_several_is_put_right() -> None:
    book = talked("ferritin 40, hb 12.5", "ferritin is pmol/L and hb g/dL")
    assert [(each.value.lab, each.value.unit) for each in book.open] == [("ferritin", "pmol/L")]


def test_range_is_told_with_the_value() -> None:
    book = talked("ferritin 22", "is 22 normal? the lab says normal, range 10-150")
    assert [each.value.own_range.high for each in book.open if each.value.own_range] == [150]


@pytest.mark.parametrize("text", ["the TSH has an H next to it. Meaning?", "does that mean the H is wrong?"])
def test_mark_is_asked_about(text: str) -> None:
    book = talked("ferritin 28", "tsh 5.8", text)
    assert (book.again, opened(book)) == (MARKED, {(5.8, None)})


def test_doctors_normal_is_asked_about() -> None:
    book = talked("ferritin 75 tsat 19", "dr said 75 is normal and no iron needed. my forum says above 100. whos right")
    assert (book.again, opened(book)) == (FLAGGED, {(75, None)})


def test_which_ones_matter() -> None:
    book = talked("ferritin 28, tsat 15, tsh 2", "which ones are to do with restless legs")
    assert (book.again, opened(book)) == (RELEVANT, {(28, None), (15, None)})


@pytest.mark.parametrize("text", ["ok so overall in two sentences please", "sum up please", "in short?"])
def test_all_in_short(text: str) -> None:
    assert opened(talked("ferritin 28", "tsh 2", text)) == {(28, None), (2, None)}


def test_sex_told_late_settles_what_was_told_for_both() -> None:
    book = talked("hb 128 g/L", "ferritin 40", "I'm female, 46, still have periods")
    assert (book.again, opened(book)) == (CHANGED, {(128, None)})


# -- no value at all


@pytest.mark.parametrize("text", ["im 24", "I am 71", "it's 3am", "i weigh 92 kg", "i slept 2 hours"])
def test_number_of_something_else(text: str) -> None:
    assert tells_measure(text)


@pytest.mark.parametrize("text", ["18", "it was 18", "my result was 24 years ago", "ferritin at 3pm"])
def test_number_that_may_be_a_result(text: str) -> None:
    assert not tells_measure(text)


def test_words_for_units_are_no_numbers() -> None:
    assert lab_replies().unit_of("magnesium", "mmol/L for the first two and umol/L for the last") == "mmol/L"
