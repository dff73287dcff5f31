"""The check of symptoms in a conversation: begun, answered by buttons and in words, steered, changed, and its end."""

from __future__ import annotations

import pytest

from stillnight.channels.message import Reply
from stillnight.content.catalogue import catalogue
from stillnight.dialogue.symptom_answers import symptom_answers
from tests.dialogue.understood import Talk

piece = symptom_answers().text
QUESTIONS = ("urge", "rest", "movement", "evening", "other", "often", "effect", "background")
START = "symptom check please"


def text_of(replies: list[Reply]) -> str:
    return "\n".join(reply.text for reply in replies)


def asks(replies: list[Reply], question: str) -> bool:
    """Whether the last thing said is this question."""
    return piece(f"ask_{question}") in replies[-1].text


async def said(talk: Talk, *messages: str) -> list[Reply]:
    replies: list[Reply] = []
    for message in messages:
        replies = await talk.say(message)
    return replies


async def press(talk: Talk, replies: list[Reply], title: str) -> list[Reply]:
    choice = next(choice for reply in replies for choice in reply.choices if choice.title == title)
    return await talk.choose(choice)


async def through(talk: Talk, *titles: str) -> list[Reply]:
    """From the start by buttons alone."""
    replies = await talk.say(START)
    for title in titles:
        replies = await press(talk, replies, title)
    return replies


FITTING = ("Yes", "Yes", "Yes", "Only then", "None of these", "1 or 2 a week", "A little", "None of these")


# -- beginning


async def test_starts_and_says_once_how_to_skip_and_stop(talk: Talk) -> None:
    replies = await talk.say(START)
    assert text_of(replies[:1]) == piece("start") and asks(replies, "urge")
    later = await press(talk, replies, "Yes")
    assert "skip" not in text_of(later)


async def test_do_i_have_it_offers_the_check_and_what_was_told_with_it_is_not_asked(talk: Talk) -> None:
    replies = await talk.say("do i have restless legs? they crawl at night")
    assert text_of(replies) == catalogue().text("utter_diagnosis_request")
    begun = await press(talk, replies, "Check my symptoms")
    assert piece("noted", facts=piece("fact_evening_only")) in text_of(begun)
    third = await said(talk, "yes", "yes", "yes")
    assert asks(third, "other")


async def test_every_question_by_button_and_the_outcome(talk: Talk) -> None:
    replies = await talk.say(START)
    for question, title in zip(QUESTIONS, FITTING):
        assert asks(replies, question)
        replies = await press(talk, replies, title)
    text = text_of(replies)
    assert piece("picture_all_four") in text and piece("see_next_visit") in text
    assert piece("ask_about_iron") in text
    assert "not_fit" not in text and piece("fits_not", features="")[:18] not in text


# -- answers in one's own words


async def test_one_text_answers_several_questions_and_is_said_back(talk: Talk) -> None:
    replies = await said(
        talk, START, "i get a crawling in my calves every evening on the sofa and have to walk, then it stops"
    )
    text = text_of(replies)
    for fact in ("urge_felt", "rest_at_rest", "movement_eased", "evening_only", "often_often"):
        assert piece(f"fact_{fact}") in text
    assert asks(replies, "other")


async def test_answers_in_words_to_the_end(talk: Talk) -> None:
    replies = await said(
        talk,
        START,
        "yes",
        "only when i sit in the evening, like clockwork",
        "a bit",
        "dunno",
        "a couple of nights a week",
        "not really",
    )
    assert asks(replies, "background")
    replies = await talk.say("my mum has it and i take sertraline")
    text = text_of(replies)
    assert piece("picture_all_four_rest_open") in text
    assert piece("ask_about_medicines_named", medicines="sertraline") in text and piece("ask_about_family") in text


async def test_not_understood_is_asked_once_more_and_then_passed_over(talk: Talk) -> None:
    once = await said(talk, START, "banana phone")
    assert piece("again") in text_of(once) and asks(once, "urge") and once[-1].choices
    twice = await talk.say("purple banana")
    assert piece("passed") in text_of(twice) and asks(twice, "rest")


async def test_several_by_number(talk: Talk) -> None:
    replies = await through(talk, *FITTING[:4])
    replies = await said(talk, "1 and 2", "less often", "no", "none")
    assert piece("look_cramps") in text_of(replies) and piece("look_nerves") in text_of(replies)


async def test_restless_since_a_new_medicine_is_answered_at_once(talk: Talk) -> None:
    replies = await through(talk, *FITTING[:4], "New medicine")
    assert piece("at_once_new_medicine") in text_of(replies) and asks(replies, "often")
    replies = await said(talk, "every night", "a lot", "none")
    assert piece("see_new_medicine") in text_of(replies)


# -- skip, back, change, stop, go on


async def test_skip_and_back(talk: Talk) -> None:
    replies = await said(talk, START, "skip")
    assert asks(replies, "rest")
    assert asks(await talk.say("back"), "urge")
    assert asks(await talk.say("no"), "rest")


async def test_button_of_an_earlier_question_changes_its_answer(talk: Talk) -> None:
    first = await talk.say(START)
    await press(talk, first, "Yes")
    replies = await press(talk, first, "No")
    assert asks(replies, "rest")
    replies = await said(talk, "show me the result")
    assert piece("fact_urge_felt") not in text_of(replies)


async def test_earlier_answer_is_changed_in_words(talk: Talk) -> None:
    replies = await through(talk, "Yes", "Yes")
    replies = await talk.say("sorry, there is no urge to move")
    assert piece("fact_urge_absent") in text_of(replies) and asks(replies, "movement")


@pytest.mark.parametrize("stop", ["stop", "stop there, I'm tired. Will you keep it for tomorrow?"])
async def test_stop_then_yes_goes_on(talk: Talk, stop: str) -> None:
    stopped = await said(talk, START, "yes", stop)
    assert text_of(stopped) == piece("paused")
    replies = await talk.say("go on")
    assert piece("resumed") in text_of(replies) and asks(replies, "rest")


@pytest.mark.parametrize(
    "stop",
    [
        "stop for now im falling asleep, can i finish it tomorrow",
        "wait hes asleep i cant ask him. leave it, tomorrow",
        "Stop there a minute my daughter's at the door",
        "give me a sec",
    ],
)
@pytest.mark.parametrize("back", ["ok back", "morning. where were we", "lets finish it"])
async def test_pause_and_coming_back_in_real_talk(talk: Talk, stop: str, back: str) -> None:
    stopped = await said(talk, START, "yes", stop)
    assert text_of(stopped) == piece("paused")
    replies = await talk.say(back)
    assert piece("resumed") in text_of(replies) and asks(replies, "rest")


async def test_back_to_a_question_by_its_name(talk: Talk) -> None:
    await through(talk, *FITTING[:5])
    replies = await talk.say(
        "actually go back, i want to change the one about moving. it helps for maybe a minute not completely"
    )
    assert piece("noted", facts=piece("fact_movement_partly")) in text_of(replies) and asks(replies, "often")
    assert asks(await talk.say("can i change the answer about sitting"), "rest")
    assert asks(await talk.say("yes"), "often")


@pytest.mark.parametrize("asked", ["so whats the verdict", "so what is it then", "what did you find"])
@pytest.mark.parametrize("before", [(), ("stop",)])
async def test_asked_for_the_verdict_half_way_it_says_what_fits(talk: Talk, asked: str, before: tuple[str]) -> None:
    await said(talk, START, "yes", "yes", "yes", *before)
    text = text_of(await talk.say(asked))
    assert piece("feature_urge") in text and piece("after") in text
    assert asks(await talk.say("go on"), "evening")


async def test_question_is_said_in_other_words(talk: Talk) -> None:
    replies = await said(talk, START, "yes", "what do you mean by that")
    assert piece("help_rest") in text_of(replies) and asks(replies, "rest")
    assert asks(await talk.say("yes"), "movement")


@pytest.mark.parametrize(
    "text",
    [
        "Hello, I have question about legs in the night",
        "about four nights out of the week I would say maybe five it depends how long Ive sat",
    ],
)
async def test_talk_of_legs_alone_begins_no_check(talk: Talk, text: str) -> None:
    assert piece("start") not in text_of(await talk.say(text))


async def test_taken_up_again_after_other_things_were_spoken_of(talk: Talk) -> None:
    await said(talk, START, "yes", "stop")
    other = await said(talk, "can magnesium help restless legs")
    assert text_of(other) == catalogue().text("utter_faq/magnesium")
    assert asks(await talk.say("symptom check"), "rest")


async def test_answer_is_changed_after_the_end(talk: Talk) -> None:
    await through(talk, *FITTING)
    replies = await talk.say("in the day too but worse at night")
    assert piece("fact_evening_worse") in text_of(replies)
    assert asks(await talk.say("back"), "background")


async def test_done_check_begins_anew(talk: Talk) -> None:
    await through(talk, *FITTING)
    await talk.say("thank you")
    replies = await talk.say("i want to do the symptom check")
    assert asks(replies, "urge")


# -- for whom


async def test_for_a_child(talk: Talk) -> None:
    replies = await talk.say("can you do the symptom check with my son, he is 8")
    assert "their legs" in text_of(replies) and "own words" in text_of(replies)
    replies = await said(
        talk,
        "he says there are bugs in his legs",
        "he cant sit still at dinner",
        "yes",
        "yes",
        "no",
        "every night",
        "a bit",
    )
    assert "pregnant" not in text_of(replies)
    text = text_of(await talk.say("no"))
    for name in ("see_child", "ask_about_child"):
        assert symptom_answers().text(name) in text


async def test_pregnancy_that_was_told_is_not_asked_and_counts(talk: Talk) -> None:
    await talk.say("im 30 weeks pregnant and my legs wont rest")
    replies = await through(talk, *FITTING[:-1])
    assert piece("item_background_pregnancy") not in replies[-1].text
    assert "Pregnant" not in [choice.title for choice in replies[-1].choices]
    text = text_of(await talk.say("none"))
    assert piece("see_pregnant") in text and piece("ask_about_pregnancy") in text


async def test_ferritin_and_medicine_that_were_told_are_not_asked(talk: Talk) -> None:
    await said(talk, "my ferritin is 18 ng/ml", "i take sertraline")
    replies = await through(talk, *FITTING[:-1])
    for item in ("iron", "medicines"):
        assert piece(f"item_background_{item}") not in replies[-1].text
    text = text_of(await talk.say("none"))
    assert piece("ask_about_iron_told") in text
    assert piece("ask_about_medicines_named", medicines="sertraline") in text


@pytest.mark.parametrize("question", QUESTIONS)
def test_titles_fit_a_phone(question: str) -> None:
    for button in catalogue().answers[f"utter_symptom_check_ask_{question}"].buttons:
        assert len(button.title) <= 20
