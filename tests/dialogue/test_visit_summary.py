"""The page for the doctor in a conversation: made on request, changed in chat, with other things in between."""

from __future__ import annotations

import pytest

from stillnight.channels.message import Reply
from stillnight.clinical.visit_summary.sheet_text import as_text
from stillnight.dialogue.summary_answers import summary_answers
from tests.dialogue.understood import Talk

ASK = "make me a note for the doctor"


async def after(talk: Talk, *messages: str) -> list[Reply]:
    replies: list[Reply] = []
    for message in messages:
        replies = await talk.say(message)
    return replies


def page_of(replies: list[Reply]) -> str:
    """The page that was shown."""
    sheet = next(reply.sheet for reply in reversed(replies) if reply.sheet)
    return as_text(sheet)


def shows(replies: list[Reply]) -> bool:
    return any(reply.sheet for reply in replies)


async def test_without_anything_told_it_is_said_what_to_tell(talk: Talk) -> None:
    [reply] = await after(talk, ASK)
    assert reply.text == summary_answers().empty().text and reply.sheet is None


async def test_nothing_is_shown_before_somebody_asks(talk: Talk) -> None:
    for message in ("my legs crawl at night", "my ferritin is 23 ng/mL", "I take sertraline"):
        assert not shows(await talk.say(message))


async def test_person_gets_what_they_told_and_nothing_else(talk: Talk) -> None:
    replies = await after(
        talk,
        "my legs crawl every night from 10pm",
        "my ferritin was 23 ng/mL in March",
        "I take sertraline 50 mg every night",
        "my husband takes pramipexole",
        "does magnesium help?",
        ASK,
    )
    text = page_of(replies)
    for words in (
        "my legs crawl every night from 10pm",
        "Ferritin 23 ng/mL (March)",
        "Sertraline*",
        "50 mg every night",
    ):
        assert words in text
    assert "pramipexole" not in text.lower()
    assert "Does magnesium" in text
    assert "your husband" in replies[-1].text


async def test_medicine_is_taken_out_and_comes_back_when_told_again(talk: Talk) -> None:
    replies = await after(talk, "I take sertraline 50 mg", "I take metformin", ASK, "take the sertraline out")
    assert "ertraline" not in page_of(replies) and "Metformin" in page_of(replies)
    assert "Sertraline" in page_of(await after(talk, "I take sertraline 100 mg", ASK))


async def test_value_is_put_right_and_the_page_follows_its_explanation(talk: Talk) -> None:
    replies = await after(talk, "my ferritin was 23 ng/mL", ASK, "ferritin was 32 not 23")
    assert "Your ferritin is 32 ng/mL" in replies[0].text
    assert "32 ng/mL" in page_of(replies) and "23 ng/mL" not in page_of(replies)


async def test_something_is_added(talk: Talk) -> None:
    replies = await after(talk, "my legs crawl at night", ASK, "add that I tried magnesium")
    assert "“I tried magnesium”" in page_of(replies)


async def test_question_is_added_and_another_taken_out(talk: Talk) -> None:
    await after(talk, "my legs crawl at night", "what are the treatments?", "is iron important?", ASK)
    text = page_of(await talk.say("add a question: should I get an iron infusion?"))
    assert "3. Should I get an iron infusion?" in text
    text = page_of(await talk.say("remove the second question"))
    assert "2. Should I get an iron infusion?" in text and "Could low iron" not in text


async def test_what_is_not_there_cannot_be_taken_out(talk: Talk) -> None:
    replies = await after(talk, "I take sertraline", ASK, "take the warfarin out")
    assert summary_answers().text("not_found") in replies[-1].text and "Sertraline" in page_of(replies)


async def test_other_questions_come_between(talk: Talk) -> None:
    await after(talk, "I take sertraline", ASK)
    assert not shows(await talk.say("what is restless legs?"))
    assert not shows(await talk.say("thank you"))
    assert "ertraline" not in page_of(await talk.say("take the sertraline out please"))


async def test_danger_in_between_is_answered_alone(talk: Talk) -> None:
    await after(talk, "I take sertraline", ASK)
    replies = await talk.say("I want to kill myself, take the sertraline out")
    assert not shows(replies) and replies[0].contacts


async def test_what_is_told_right_after_the_page_stands_on_it(talk: Talk) -> None:
    replies = await after(talk, "it comes every night", ASK, "sorry, that's wrong, it is only twice a week")
    assert "twice a week" in page_of(replies)


async def test_page_of_somebody_else_is_made_on_request(talk: Talk) -> None:
    await after(talk, "my ferritin is 40 ng/mL", "my mum's ferritin is 12 ng/mL", ASK)
    text = page_of(await talk.say("make a page for my mum"))
    assert "12 ng/mL" in text and "40 ng/mL" not in text
    text = page_of(await talk.say("make a page for me"))
    assert "40 ng/mL" in text and "12 ng/mL" not in text


async def test_pregnancy_stands_on_it_and_adult_ranges_do_not(talk: Talk) -> None:
    text = page_of(await after(talk, "I am 28 weeks pregnant", "hb 10.8 g/dl", ASK))
    assert "28 weeks pregnant" in text and "usual" not in text


async def test_answers_of_the_symptom_check_stand_on_it(talk: Talk) -> None:
    replies = await talk.say("symptom check please")
    for _ in range(3):
        replies = await talk.choose(replies[-1].choices[0])
    text = page_of(await after(talk, "stop", ASK))
    assert "Urge to move the legs: yes" in text and "Moving eases it: yes" in text


@pytest.mark.parametrize("message", ["take the sertraline out", "add that I snore", "remove the first question"])
async def test_without_a_page_there_is_nothing_to_change(talk: Talk, message: str) -> None:
    assert not shows(await after(talk, "I take sertraline", message))


async def test_a_question_behind_the_page_gets_only_its_answer(talk: Talk) -> None:
    await after(talk, "my legs crawl at night", "I take sertraline", ASK)
    assert not shows(await talk.say("So if it started before it, does that rule the sertraline out?"))
    assert not shows(await talk.say("What even is an iron infusion, does it hurt?"))


async def test_what_is_told_beside_a_question_is_noted_without_the_page(talk: Talk) -> None:
    replies = await after(talk, "my legs crawl at night", ASK, "I take sertraline. Does it make the legs worse?")
    assert not shows(replies) and replies[-1].text == summary_answers().noted().text
    assert "Sertraline" in page_of(await talk.say("show me the note so far"))


async def test_fact_told_behind_the_page_shows_it_again(talk: Talk) -> None:
    await after(talk, "my legs crawl at night", ASK)
    replies = await talk.say("Second, I take levothyroxine")
    assert "Levothyroxine" in page_of(replies) and summary_answers().text("show_again") in replies[-1].text


async def test_it_is_said_plainly_when_a_correction_has_no_place(talk: Talk) -> None:
    await after(talk, "my legs crawl at night", ASK)
    replies = await talk.say("that is wrong, please change it")
    assert replies[-1].text.startswith(summary_answers().text("not_placed"))


async def test_number_is_put_right_long_after_the_page(talk: Talk) -> None:
    await after(talk, "my legs are bad since 2016", ASK, "what is ferritin?", "thank you")
    text = page_of(await talk.say("The start was 2019, not 2016"))
    assert "since 2019" in text and "2016" not in text


@pytest.mark.parametrize("message", ["Lovely. Final version please", "the final one", "print it", "show me the page"])
async def test_page_is_shown_as_it_stands(talk: Talk, message: str) -> None:
    replies = await after(talk, "my legs crawl at night", ASK, "what is ferritin?", message)
    assert shows(replies) and replies[-1].text.startswith(summary_answers().text("show_now"))


async def test_removal_that_is_taken_back_removes_nothing(talk: Talk) -> None:
    await after(talk, "my legs crawl at night", "I take sertraline", ASK)
    replies = await talk.say("take the sertraline out. No wait, keep it")
    assert "Sertraline" in page_of(replies) and replies[-1].text.startswith(summary_answers().text("kept"))


async def test_question_for_the_doctor_is_added_though_it_has_an_answer(talk: Talk) -> None:
    await after(talk, "my legs crawl at night", ASK)
    text = page_of(await talk.say("Add: who do I call if I get worse between visits?"))
    assert "Who do I call if I get worse between visits?" in text


async def test_name_is_left_out_and_that_is_said(talk: Talk) -> None:
    replies = await after(talk, "my legs crawl at night", ASK, "add that my name is Bert Miller and that I snore")
    assert "“I snore”" in page_of(replies) and "Bert" not in page_of(replies)
    assert summary_answers().text("no_names") in replies[-1].text


async def test_amount_is_left_out_and_put_back(talk: Talk) -> None:
    await after(talk, "I lost $4,000 on slots and my legs crawl at night")
    text = page_of(await talk.say("Can you write a note for my doctor. Don't put the amount in."))
    assert "4,000" not in text and "on slots" in text
    replies = await talk.say("Actually do put the amount in. He needs to know.")
    assert "$4,000" in page_of(replies) and len(replies) == 1


async def test_medicine_that_was_taken_out_is_put_back(talk: Talk) -> None:
    await after(talk, "my legs crawl at night", "I take sertraline", ASK, "remove the sertraline")
    text = page_of(await talk.say("put the sertraline back in please"))
    assert "Sertraline" in text and "back in" not in text
