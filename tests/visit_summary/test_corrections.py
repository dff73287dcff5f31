"""What is put right on the page: the line that holds what is wrong is changed, and nothing else is lost."""

from __future__ import annotations

import pytest

from stillnight.clinical.visit_summary.corrections import replacements, wishes_change
from stillnight.clinical.visit_summary.model import Section
from tests.visit_summary.conversations import page, words_on


def quotes(*messages: str) -> list[str]:
    lines = page([(text, "correction" if place else "faq") for place, text in enumerate(messages)]).lines
    return [line.quote for line in lines if line.quote]


@pytest.mark.parametrize(
    ("told", "correction", "stands"),
    [
        ("My legs are bad since 2016", "The start was 2019, not 2016", "My legs are bad since 2019"),
        ("My legs are bad since 2016", "2016 is wrong, it was 2019", "My legs are bad since 2019"),
        ("My legs are bad since 2016", "it is not 2016 but 2019.", "My legs are bad since 2019"),
        ("My legs crawl from 8pm", "the 8pm is wrong, it starts at 9pm", "My legs crawl from 9pm"),
        ("My legs twitch 3 nights a week", "it is 5 nights a week, not 3", "My legs twitch 5 nights a week"),
        (
            "I kick her every twenty seconds",
            "scratch that i said every twenty seconds she says more like every thirty so change that",
            "I kick her every thirty seconds",
        ),
        ("I kick on Monday nights", "change Monday to Tuesday", "I kick on Tuesday nights"),
        (
            "My legs got worse in march",
            "it says worse in march? it was february. change that",
            "My legs got worse in february",
        ),
    ],
)
def test_the_line_that_holds_what_is_wrong_is_changed(told: str, correction: str, stands: str) -> None:
    assert quotes(told, correction) == [stands]


def test_a_changed_line_names_both_messages() -> None:
    summary = page([("My legs are bad since 2016", "faq"), ("it was 2019, not 2016", "correction")])
    assert [line.sources for line in summary.of(Section.SYMPTOMS)] == [(1, 2)]


def test_two_things_are_put_right_in_one_message() -> None:
    told = [("My legs are bad since 2016", "faq"), ("I take amitriptyline", "medication_check")]
    summary = page([*told, ("The start was 2019, not 2016, and it's nortriptyline not amitriptyline", "correction")])
    assert "since 2019" in words_on(summary.lines)
    assert [line.name for line in summary.of(Section.MEDICINES)] == ["nortriptyline"]


def test_what_else_the_message_tells_is_kept() -> None:
    assert quotes("My legs are bad since 2016", "it was 2019, not 2016. My arms ache too") == [
        "My legs are bad since 2019",
        "My arms ache too",
    ]


def test_an_age_that_is_wrong_is_changed() -> None:
    told = "My son is 7 and his legs crawl 7 nights a week"
    assert quotes(told, "his age is wrong maybe, he turned 8 last week, can you change it") == [
        "My son is 8",
        "his legs crawl 7 nights a week",
    ]


def test_an_age_that_is_denied_first_leaves_nothing_behind() -> None:
    told = "My son is 8 and his legs crawl"
    assert quotes(told, "He's not 8 by the way, he turned 9 last week, please correct that") == [
        "My son is 9",
        "his legs crawl",
    ]


def test_the_day_of_a_value_is_put_right() -> None:
    told = [
        ("ferritin 55 from April, tsat 22% from April", "lab_report"),
        ("Ferritin was from August not April", "faq"),
    ]
    days = {line.name: line.when for line in page(told).of(Section.LABS)}
    assert days == {"ferritin": "August", "transferrin_saturation": "April"}


@pytest.mark.parametrize(
    "text", ["I am restless, not tired, and I kick", "My age is 67", "I sleep at 11, not that it helps", "2016 was bad"]
)
def test_telling_puts_nothing_right(text: str) -> None:
    assert not replacements(text)


def test_a_word_is_not_put_in_place_of_a_number() -> None:
    assert quotes("My ferritin test hurt me in 2016", "ferritin is wrong, it is 43")[0] == (
        "My ferritin test hurt me in 2016"
    )


@pytest.mark.parametrize("text", ["that is wrong, please change it", "can you correct that", "scratch that"])
def test_it_is_heard_that_something_is_wrong(text: str) -> None:
    assert wishes_change(text)
