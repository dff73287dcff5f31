"""What somebody typed instead of pressing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillnight.channels.messenger.choosing import chosen
from stillnight.channels.messenger.outgoing import Option
from stillnight.content.catalogue import catalogue


def options(*titles: str) -> list[Option]:
    return [Option(f"id-{number}", title) for number, title in enumerate(titles, 1)]


def number_of(text: str, offered: list[Option], numbers: bool = True) -> int | None:
    option = chosen(text, offered, numbers)
    return None if option is None else offered.index(option) + 1


IRON = options("Tell me more", "Iron tablets and drips", "Which blood tests?")
ALARM = options("I am safe now", "Not what I meant", "Change country")
DELETE = options("Yes, delete it", "No, keep it")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("1.", 1),
        (" 2 ", 2),
        ("(2)", 2),
        ("3)", 3),
        ("3?", 3),
        ("#2", 2),
        ("one", 1),
        ("TWO!", 2),
        ("one please", 1),
        ("first", 1),
        ("the second one", 2),
        ("2nd one, please", 2),
        ("the last one", 3),
        ("number 3", 3),
        ("no. 3", 3),
        ("option 2 please", 2),
        ("Option two", 2),
        ("i'll take the third option", 3),
        ("I’d like number 2", 2),
        ("please 2", 2),
        ("1️⃣", 1),
        ("②", 2),
        ("３", 3),
    ],
)
def test_number(text: str, number: int) -> None:
    assert number_of(text, IRON) == number


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "4",
        "12",
        "100",
        "four",
        "the fourth one",
        "option 9",
        "-1",
        "1.5",
        "1,5",
        "1/2",
        "5%",
        "1 2",
        "1 and 2",
        "both",
    ],
)
def test_number_of_no_option(text: str) -> None:
    assert chosen(text, IRON) is None


@pytest.mark.parametrize(
    "text",
    [
        "2 mg",
        "1 tablet",
        "I take 2",
        "2 times a night",
        "no one",
        "the one",
        "one of them",
        "no, 2",
        "first aid",
        "second time",
    ],
)
def test_number_that_counts_something_else(text: str) -> None:
    assert chosen(text, IRON) is None


@pytest.mark.parametrize(
    "text", ["2", "two", "2.", "the second one", "second", "number 2", "no. 2", "answer 2", "last"]
)
def test_number_that_may_answer_a_question_is_no_choice_then(text: str) -> None:
    assert chosen(text, IRON, numbers=False) is None


@pytest.mark.parametrize("text", ["option 2", "#2", "the second option", "button two please", "Iron tablets and drips"])
def test_what_says_that_an_option_is_meant_always_counts(text: str) -> None:
    assert number_of(text, IRON, numbers=False) == 2


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("tell me more", 1),
        ("TELL ME MORE!!", 1),
        ("Tell me more please", 1),
        ("please, tell me more", 1),
        ("tellme more", 1),
        ("1. Tell me more", 1),
        ("2  iron tablets and drips", 2),
        ("which blood tests", 3),
    ],
)
def test_title(text: str, number: int) -> None:
    assert number_of(text, IRON) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("Tell me mroe", 1), ("iron tabelts and drips", 2), ("which blod tests", 3), ("wich blood tests?", 3)],
)
def test_title_with_a_slip(text: str, number: int) -> None:
    assert number_of(text, IRON) == number


@pytest.mark.parametrize(
    "text",
    [
        "2. Tell me more",
        "tell me",
        "tell me more about iron",
        "iron",
        "iron tablets and drops",
        "which blood test would you do",
        "",
    ],
)
def test_other_words_than_a_title(text: str) -> None:
    assert chosen(text, IRON) is None


@pytest.mark.parametrize(
    "text",
    [
        "I am unsafe now",
        "I am not safe now",
        "I am safe no",
        "am I safe now",
        "what I meant",
        "Not what I mean",
        "Change county",
    ],
)
def test_words_that_turn_a_title_round_are_no_slips(text: str) -> None:
    assert chosen(text, ALARM) is None


@pytest.mark.parametrize(("text", "number"), [("i am safe now", 1), ("I am sfae now", 1), ("chnage country", 3)])
def test_button_of_an_alarm(text: str, number: int) -> None:
    assert number_of(text, ALARM) == number


@pytest.mark.parametrize(
    ("text", "number"), [("Yes", 1), ("no.", 2), ("yes please", 1), ("no thanks", 2), ("yes delet it", 1)]
)
def test_yes_and_no(text: str, number: int) -> None:
    assert number_of(text, DELETE) == number


@pytest.mark.parametrize("text", ["ye", "yse", "yess", "nope", "n", "on", "not"])
def test_yes_and_no_are_never_guessed(text: str) -> None:
    assert chosen(text, DELETE) is None
    assert chosen(text, options("Yes", "No")) is None


@pytest.mark.parametrize(("text", "titles"), [("irno", ["Iron"]), ("Nxt what I meant", ["Not what I meant"])])
def test_slip_in_a_short_word_is_never_guessed(text: str, titles: list[str]) -> None:
    assert chosen(text, options(*titles)) is None


def test_first_word_of_another_title_is_not_enough() -> None:
    assert chosen("coffee", options("Coffee, tea and alcohol", "Iron")) is None


def test_tie_is_nobody() -> None:
    assert chosen("symptxms", options("Symptoms", "Symptoms")) is None
    assert chosen("symptoms", options("Symptoms", "Symptoms")) is None
    assert chosen("test results a", options("Test results b", "Test results c")) is None
    assert chosen("baltz", options("Waltz", "Balts")) is None


def test_title_that_is_a_number_comes_before_the_number() -> None:
    assert number_of("1", options("2", "1")) == 2


def test_nothing_offered_and_long_text() -> None:
    assert chosen("1", []) is None
    assert chosen("1" + " " * 500, IRON) is None


def test_every_title_of_the_project_is_chosen_by_itself_and_by_its_number() -> None:
    for answer in catalogue().answers.values():
        offered = options(*(button.title for button in answer.buttons))
        for number, option in enumerate(offered, 1):
            assert number_of(option.title, offered) == number_of(option.title.upper(), offered) == number
            assert number_of(f"{number}", offered) == number_of(f"option {number}", offered, numbers=False) == number


@given(st.text(), st.lists(st.text(max_size=30), max_size=5), st.booleans())
def test_any_text_is_an_option_that_was_offered_or_none(text: str, titles: list[str], numbers: bool) -> None:
    offered = options(*titles)
    option = chosen(text, offered, numbers)
    assert option is None or option in offered


@given(st.integers(0, 10_000), st.integers(0, 9))
def test_bare_number_chooses_only_what_there_is(number: int, count: int) -> None:
    offered = options(*(f"Topic {'abcdefghi'[place]}" for place in range(count)))
    assert number_of(str(number), offered) == (number if 0 < number <= count else None)
