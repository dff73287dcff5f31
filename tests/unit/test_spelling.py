"""Help with spelling."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.language.spelling import Speller, english_words, names_in
from stillnight.paths import KNOWLEDGE as PROJECT_KNOWLEDGE

EXAMPLES = (
    ["can low iron cause restless legs", "my restless legs wake me at night", "which medicine helps at night"]
    + ["what does augmentation mean", "is my sertraline the reason", "my legs form a knot"]
    + ["mirtazapin again"] * 4
)
any_text = settings(derandomize=True, deadline=None, database=None, max_examples=300)


def made_speller() -> Speller:
    """A speller whose words are fixed, none of them a short form of another."""
    return Speller(
        {"cant": "can't", "alot": "a lot", "idk": "i don't know"},
        frozenset({"cpap"}),
        {"restless": 5, "legs": 9, "night": 4, "augmentation": 2, "form": 1, "from": 3},
    )


MADE = made_speller()


@pytest.fixture(scope="module")
def speller(knowledge: Path) -> Speller:
    return Speller.learn(EXAMPLES, knowledge)


def test_names_come_from_medicines_brands_and_the_right_spelling_of_labs(knowledge: Path) -> None:
    names = names_in(knowledge)
    assert {"pramipexole", "mirapex", "tylenol", "enacarbil", "ferritin", "transferrin", "saturation"} <= names
    assert not names & {"feratin", "stores"}


@pytest.mark.parametrize(
    ("slip", "mended"),
    [
        ("restles legs", "restless legs"),
        ("my legs at nihgt", "my legs at night"),
        ("pramipexol", "pramipexole"),
        ("pramapexole makes me ill", "pramipexole makes me ill"),
        ("benedryl", "benadryl"),
        ("feratin", "ferritin"),
        ("Augmentaton?", "augmentation?"),
    ],
)
def test_misspelt_word_of_the_field_is_mended(speller: Speller, slip: str, mended: str) -> None:
    assert speller.mend(slip) == mended


@pytest.mark.parametrize(
    ("short", "long"),
    [("I cant sleep", "i can't sleep"), ("my hubby", "my husband"), ("it hurts alot.", "it hurts a lot.")],
)
def test_phone_word_is_written_out(speller: Speller, short: str, long: str) -> None:
    assert speller.mend(short) == long


@pytest.mark.parametrize(
    "text",
    [
        "letters and nights",
        "the cpap and rls",
        "can't won't it's",
        "iron 50 mg, b12!",
        "mirtazapin",
        "kicking legs jerked",
        "zzzzzzz qqqqqq",
        "leg",
        "sertraline",
        "ferritin's gone",
    ],
)
def test_right_or_unknown_word_stays_as_it_is(speller: Speller, text: str) -> None:
    assert speller.mend(text) == text


def test_spelling_used_by_many_is_no_slip(knowledge: Path) -> None:
    seldom = Speller.learn(["pramipexol helps"] * 3, knowledge)
    often = Speller.learn(["pramipexol helps"] * 4, knowledge)
    assert seldom.mend("pramipexol") == "pramipexole"
    assert often.mend("pramipexol") == "pramipexol"


def test_short_form_used_by_many_is_still_written_out(knowledge: Path) -> None:
    assert Speller.learn(["my hubby"] * 9, knowledge).mend("hubby") == "husband"


def test_four_letters_are_mended_only_when_two_are_swapped() -> None:
    assert MADE.mend("lges") == "legs"
    assert MADE.mend("legz") == "legz"


def test_short_word_is_mended_over_one_slip_and_a_long_one_over_two() -> None:
    assert MADE.mend("nigth") == "night"
    assert MADE.mend("ngiht") == "night"
    assert MADE.mend("nxgxt") == "nxgxt"
    assert MADE.mend("rstles") == "restless"
    assert MADE.mend("rstlez") == "rstlez"


def test_english_word_with_an_ending_is_no_slip() -> None:
    assert "formes" not in english_words()
    assert MADE.mend("formes") == "formes"


def test_far_word_with_another_first_letter_is_left() -> None:
    assert MADE.mend("testlesz") == "testlesz"
    assert MADE.mend("testless") == "restless"


def test_nearer_word_goes_before_the_more_frequent_one() -> None:
    words = Speller({}, frozenset(), {"gabapentin": 1, "gabapenten": 50})
    assert words.mend("gabapentinn") == "gabapentin"


def test_among_equally_near_words_the_frequent_one_is_meant() -> None:
    rare_first = Speller({}, frozenset(), {"zopiclona": 1, "zopiclone": 7})
    assert rare_first.mend("zopiclonx") == "zopiclone"
    frequent_first = Speller({}, frozenset(), {"zopiclona": 7, "zopiclone": 1})
    assert frequent_first.mend("zopiclonx") == "zopiclona"


def test_stored_speller_mends_alike(speller: Speller) -> None:
    again = Speller.from_dict(json.loads(json.dumps(speller.as_dict())))
    assert again.as_dict() == speller.as_dict()
    for text in ("restles", "pramipexol", "cant", "mirtazapin", "nihgt", "cpap"):
        assert again.mend(text) == speller.mend(text)


def test_english_list_knows_everyday_words_and_no_single_letters() -> None:
    assert {"night", "because", "doctor"} <= english_words()
    assert not {"a", "i", "x"} & english_words()


@any_text
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=60))
def test_mend_takes_any_text(text: str) -> None:
    assert isinstance(MADE.mend(text), str)


# Only while no word to mend towards is itself a short form, see `made_speller`.
@any_text
@given(
    st.lists(
        st.sampled_from(["cant", "alot", "idk", "restles", "nihgt", "frmo", "lges", "cpap", "é", "'", " ", "-", "7"])
        | st.text(alphabet="abcdeghilnorstu'é ", max_size=9),
        max_size=8,
    )
)
def test_mended_text_needs_no_mending(parts: list[str]) -> None:
    once = MADE.mend("".join(parts).lower())
    assert MADE.mend(once) == once


@any_text
@given(st.text(alphabet="0123456789 .,!?'\"()🦵éßжツ", max_size=40))
def test_mend_leaves_everything_but_latin_words(text: str) -> None:
    assert MADE.mend(text) == text.lower()


def test_slip_is_not_mended_to_a_short_form(knowledge: Path) -> None:
    assert Speller.learn(["i cant sleep"], knowledge).mend("acant") == "acant"


def test_phone_word_with_a_digit_is_written_out(knowledge: Path) -> None:
    assert Speller.learn(["before bed"], PROJECT_KNOWLEDGE).mend("b4 bed") == "before bed"


def test_word_with_an_accent_stays_whole(knowledge: Path) -> None:
    assert Speller.learn(["my depression"] * 5, knowledge).mend("dépression") == "dépression"
