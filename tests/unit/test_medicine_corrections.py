"""Taking back a medicine: “not sertraline, cetirizine”."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.clinical.medicines.corrections import taken_back
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.medicines.talk import talk

FINDER = medicine_finder()


def off(text: str) -> set[str]:
    return set(taken_back(text, FINDER.find(text), talk()))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "no, not sertraline",
            "it isnt sertraline",
            "It isn't sertraline",
            "i never took sertraline",
            "not my sertraline",
        ),
        *("I don't take sertraline", "I do not take Zoloft", "i am not on zoloft", "remove zoloft", "Not Zoloft!"),
        *("everything except sertraline", "it was never the sertraline", "not sertralin"),
    ],
)
def test_medicine_behind_a_no_is_taken_back(text: str) -> None:
    assert off(text) == {"sertraline"}


@pytest.mark.parametrize(
    "text",
    [
        *("not sertraline, cetirizine", "not sertraline but cetirizine", "It isn't sertraline, it's cetirizine"),
        *(
            "cetirizine instead of sertraline",
            "not sertraline. cetirizine",
            "not Zoloft, Zyrtec",
            "cetirizine, not zoloft",
        ),
    ],
)
def test_new_name_beside_the_one_taken_back_stays(text: str) -> None:
    mentions = FINDER.find(text)
    assert {name for mention in mentions for name in mention.medicines} == {"sertraline", "cetirizine"}
    assert taken_back(text, mentions, talk()) == {"sertraline"}


@pytest.mark.parametrize("text", ["it isn’t sertraline", "I don’t take sertraline"])
def test_curly_apostrophe_is_read_like_a_straight_one(text: str) -> None:
    assert off(text) == {"sertraline"}


def test_all_meanings_of_a_brand_are_taken_back() -> None:
    assert off("not Benadryl") == {"diphenhydramine", "cetirizine", "acrivastine"}


def test_name_of_two_words_is_taken_back() -> None:
    assert off("no iron sucrose") == {"iron sucrose"}
    assert off("not gabapentin enacarbil") == {"gabapentin enacarbil"}


@pytest.mark.parametrize(
    "text",
    [
        *("I take sertraline", "sertraline, not good", "i stopped sertraline", "i have no problem with sertraline"),
        *("sertraline is not working", "came off sertraline last week", "my legs are no better on sertraline"),
    ],
)
def test_no_to_something_else_takes_nothing_back(text: str) -> None:
    assert off(text) == set()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("not sertraline or zinc", {"sertraline", "zinc"}),
        ("not Tylenol PM, Tylenol", {"diphenhydramine"}),
        ("not Tylenol PM", {"diphenhydramine", "paracetamol"}),
        ("not sertraline and zinc now", {"sertraline"}),
        ("i have not been taking my sertraline", {"sertraline"}),
    ],
)
def test_no_reaches_so_far(text: str, names: set[str]) -> None:
    assert off(text) == names


@pytest.mark.parametrize(
    "text",
    ["isn't sertraline bad?", "aren’t zoloft pills bad", "came off sertraline", "i dont want to stop sertraline"],
)
def test_question_takes_nothing_back(text: str) -> None:
    assert off(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        *(
            "forget doxepin",
            "please forget doxepin",
            "delete doxepin",
            "take the doxepin off my list",
            "scrap the doxepin",
        ),
        *("doxepin was a mistake", "i dont take doxepin anymore", "no, doxepin isn't mine"),
    ],
)
def test_medicine_is_taken_back_in_other_words(text: str) -> None:
    assert off(text) == {"doxepin"}


@pytest.mark.parametrize("text", ["i forget doxepin", "i always forget my doxepin", "can doxepin make you forget"])
def test_forgetting_a_dose_takes_nothing_back(text: str) -> None:
    assert off(text) == set()


@pytest.mark.parametrize("text", ["i cant sleep without zopiclone", "is gabapentin better than pramipexole"])
def test_comparison_takes_nothing_back(text: str) -> None:
    assert off(text) == set()


WORDS = st.sampled_from(["not", "Isn't", "isn’t", "sertraline", "Benadryl", "an SSRI", "iron sucrose", ",", "but", "é"])


@settings(derandomize=True, deadline=None, database=None, max_examples=200)
@given(st.lists(WORDS, max_size=8).map(" ".join))
def test_only_what_was_named_can_be_taken_back(text: str) -> None:
    mentions = FINDER.find(text)
    assert off(text) <= {name for mention in mentions for name in mention.medicines}
