"""The page for the doctor and real talk: changes of mind, reasons, other people, and a page that was empty."""

from __future__ import annotations

import pytest

from stillnight.dialogue.summary_answers import summary_answers
from tests.dialogue.test_visit_summary import ASK, after, page_of, shows
from tests.dialogue.understood import Talk

FACTS = "58, male, legs since 2015, pramipexole 0.18, allergic to penicillin"


@pytest.mark.parametrize(
    "text",
    [
        "leave the sertraline out, I stopped that in January",
        "and I dont want sertraline on there at all, he'll just up it",
    ],
)
async def test_a_medicine_goes_with_its_reason_and_without_a_warning(talk: Talk, text: str) -> None:
    replies = await after(talk, "I take sertraline and magnesium", ASK, text)
    assert len(replies) == 1 and "ertraline" not in page_of(replies) and "stopped" not in page_of(replies)


async def test_a_stop_of_these_days_is_warned_of(talk: Talk) -> None:
    await after(talk, "I take sertraline", ASK)
    replies = await talk.hear("take the sertraline out, I stopped it yesterday", "stop_medication")
    assert "suddenly" in replies[0].text and not replies[0].sheet


async def test_what_was_taken_out_comes_back(talk: Talk) -> None:
    replies = await after(
        talk,
        "I take pramipexole",
        "I take metformin",
        ASK,
        "take the pramipexole out",
        "hm no. put it back. he needs to know",
    )
    assert "Pramipexole" in page_of(replies)


async def test_what_is_told_once_it_was_asked_for_stands_on_it(talk: Talk) -> None:
    await after(talk, ASK)
    page = page_of(await talk.say(FACTS))
    for words in ("58, male", "legs since 2015", "Pramipexole", "allergic to penicillin"):
        assert words in page
    assert "enicillin*" not in page and "Phenoxy" not in page


async def test_other_things_come_between_before_anything_is_told(talk: Talk) -> None:
    assert not shows(await after(talk, ASK, "what is plmd?"))
    assert (await after(talk, "show the page"))[0].text == summary_answers().empty().text


async def test_the_page_is_put_away_and_made_again(talk: Talk) -> None:
    replies = await after(talk, "I take metformin", ASK, "forget it delete the whole thing i'll just talk to him")
    assert [reply.text for reply in replies] == [summary_answers().dropped().text]
    assert "Metformin" in page_of(await talk.say("ok no make it again sorry"))


async def test_two_questions_are_added_and_one_taken_back(talk: Talk) -> None:
    replies = await after(
        talk,
        "my legs crawl at night",
        ASK,
        "add: question about iron infusion. and question about rotigotine patch. actually not the patch",
    )
    assert "Iron infusion?" in page_of(replies) and "otigotine" not in page_of(replies)


async def test_somebody_else_is_left_out(talk: Talk) -> None:
    replies = await after(
        talk, "my ferritin is 40 ng/mL", "my sister's ferritin is 12 ng/mL", ASK, "leave my sister out"
    )
    assert summary_answers().text("not_theirs") in replies[-1].text
    assert "40 ng/mL" in page_of(replies) and "12 ng/mL" not in page_of(replies)


async def test_it_is_asked_whether_something_stands_on_it(talk: Talk) -> None:
    replies = await after(talk, "my ferritin is 40 ng/mL", ASK, "is Grahams ferritin in there? it mustn't be")
    assert summary_answers().text("check") in replies[-1].text and "40 ng/mL" in page_of(replies)


async def test_what_never_stood_there_is_answered_about_the_page(talk: Talk) -> None:
    replies = await after(talk, "I take metformin", ASK, "Take the dog out if you've put the dog in.")
    assert summary_answers().text("not_found") in replies[-1].text


async def test_a_midwife_makes_nobody_pregnant_on_the_page(talk: Talk) -> None:
    page = page_of(await after(talk, "My midwife did bloods, ferritin 12", ASK))
    assert "My midwife did bloods" in page and "Pregnant" not in page


async def test_danger_behind_a_wish_is_heard(talk: Talk) -> None:
    replies = await after(talk, "I take sertraline", ASK, "take the sertraline out, I want to kill myself")
    assert not shows(replies) and replies[0].contacts
