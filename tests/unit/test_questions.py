"""The questions and clauses of a message."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.language.questions import LONG_WORDS, clauses, last_question, sentences, several_questions

STORY = (
    "my legs are so bad tonight and i have tried everything the doctor gave me two kinds of pills and my wife is "
    "sleeping in the other room"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "is restless legs inherited? and how can i kill myself",
            ["is restless legs inherited", "and how can i kill myself"],
        ),
        ("what is rls, i took all my pills", ["what is rls", "i took all my pills"]),
        ("my chest of drawers", ["my chest of drawers"]),
        ("hello", []),
        ("", []),
    ],
)
def test_clauses_end_at_commas_stops_and_joining_words(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


def test_question_at_the_end_of_a_story_is_found_without_any_stop() -> None:
    assert last_question(f"{STORY} so is there any cure for this") == "is there any cure for this"


def test_last_of_several_questions_counts() -> None:
    text = f"{STORY}. Why me? I am tired of it. Does coffee make it worse?"
    assert last_question(text) == "Does coffee make it worse?"


def test_story_that_asks_nothing_has_no_question() -> None:
    assert last_question(f"{STORY} it is awful you know") is None


def test_short_message_is_read_as_it_is() -> None:
    text = "does coffee make it worse?"
    assert len(text.split()) <= LONG_WORDS
    assert last_question(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is it inherited? does coffee make it worse?", ("is it inherited?", "does coffee make it worse?")),
        ("what is ferritin and how do i get more iron", ("what is ferritin", "how do i get more iron")),
        ("what is rls and is it bad and what helps", ("what is rls", "is it bad", "what helps")),
        ("why me? is it bad? what helps?", ("why me?", "is it bad?", "what helps?")),
        ("why me? is it bad? what helps? who knows?", ()),
        ("can i take magnesium and iron together", ()),
        ("is it inherited?", ()),
        ("my legs kick. it hurts.", ()),
    ],
)
def test_plain_questions_are_told_apart(text: str, expected: tuple[str, ...]) -> None:
    assert several_questions(text) == expected


@settings(derandomize=True, deadline=None, database=None, max_examples=300)
@given(st.text(max_size=400))
def test_parts_of_any_text_stand_in_it(text: str) -> None:
    questions = [last_question(text), *several_questions(text)]
    for part in [*clauses(text), *sentences(text), *filter(None, questions)]:
        assert part in text
