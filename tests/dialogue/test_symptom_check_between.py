"""What comes between the questions of a check: other questions, lab values, danger, a goodbye, a night."""

from __future__ import annotations

import pytest
from rasa.shared.core.events import Event

from stillnight.assistant.sessions import start_session
from stillnight.channels.message import Collector, Reply
from stillnight.content.catalogue import catalogue
from tests.dialogue.test_symptom_check import START, asks, piece, press, said, text_of
from tests.dialogue.understood import Talk

DAY_SECONDS = 24 * 3600.0


async def begun(talk: Talk) -> list[Reply]:
    """A check whose second question is open."""
    return await said(talk, START, "yes")


# -- other questions


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("can magnesium help restless legs?", "utter_faq/magnesium"),
        ("what is plmd", "utter_faq/what_is_plmd"),
        ("are you a robot?", "utter_bot_challenge"),
    ],
)
async def test_question_is_answered_and_the_open_question_comes_again(talk: Talk, question: str, answer: str) -> None:
    await begun(talk)
    replies = await talk.say(question)
    assert replies[0].text == catalogue().text(answer)
    assert piece("stay") in replies[-1].text and asks(replies, "rest") and replies[-1].choices
    assert asks(await talk.say("yes"), "movement")


async def test_button_of_an_answer_in_between_is_no_answer(talk: Talk) -> None:
    await begun(talk)
    replies = await talk.say("can magnesium help restless legs?")
    more = await press(talk, replies, replies[0].choices[0].title)
    assert asks(more, "rest") and len(more) == 2


async def test_yes_with_a_question_is_both(talk: Talk) -> None:
    await begun(talk)
    replies = await talk.say("yes. what is plmd?")
    assert replies[0].text == catalogue().text("utter_faq/what_is_plmd")
    assert asks(replies, "movement")


async def test_list_is_shown_once_and_what_is_not_so_is_said_back(talk: Talk) -> None:
    first = await said(talk, START, "yes", "yes", "yes", "only at night")
    assert asks(first, "other")
    [reply] = await talk.say("not pregnant, no kidney trouble, 3 or 4 nights a week")
    assert all(piece(f"fact_{fact}") in reply.text for fact in ("often_often", "background_no_kidney"))
    assert not asks([reply], "other") and reply.choices
    assert asks(await said(talk, "1 and 2", "a little"), "background")


async def test_too_many_other_questions_let_it_wait(talk: Talk) -> None:
    await begun(talk)
    replies = await said(talk, "what is plmd?", "can magnesium help restless legs?", "are you a robot?")
    assert piece("waits") in text_of(replies)
    other = await talk.say("what is plmd?")
    assert text_of(other) == catalogue().text("utter_faq/what_is_plmd")
    assert asks(await talk.say("back to the check"), "rest")


async def test_why_is_answered(talk: Talk) -> None:
    await begun(talk)
    replies = await talk.hear("why do you ask that?", "ask_why", choices=[])
    assert text_of(replies).startswith(piece("why")) and asks(replies, "rest")


async def test_yes_is_no_answer_to_a_question_that_was_not_asked_just_before(talk: Talk) -> None:
    await begun(talk)
    other = await talk.say("can i talk to a person please")
    assert not asks(other, "rest")
    replies = await talk.say("yes")
    assert piece("stay") in text_of(replies) and asks(replies, "rest")


# -- lab values and medicines


async def test_lab_value_is_explained_and_the_check_goes_on(talk: Talk) -> None:
    await begun(talk)
    replies = await talk.say("my ferritin is 18 ng/ml")
    assert "18 ng/mL" in replies[0].text and asks(replies, "rest")


async def test_question_about_a_lab_value_comes_first(talk: Talk) -> None:
    await begun(talk)
    asked = await talk.say("my magnesium is 0.85")
    assert not any(piece("ask_rest") in reply.text for reply in asked)
    replies = await talk.say("mmol/l")
    assert asks(replies, "rest")


async def test_question_about_a_medicine_is_answered(talk: Talk) -> None:
    await begun(talk)
    replies = await talk.say("does sertraline make restless legs worse?")
    assert "sertraline" in replies[0].text.lower() and asks(replies, "rest")


async def test_stopped_medicine_has_its_warning_before_the_check_goes_on(talk: Talk) -> None:
    await begun(talk)
    replies = await talk.hear(
        "i stopped my pramipexole last night and now i cant sit still",
        "stop_medication",
        choices=[],
        entities=[{"entity": "medicine", "value": "pramipexole"}],
    )
    assert "pramipexole" in replies[0].text
    assert piece("fact_rest_at_rest") in replies[-1].text and asks(replies, "movement")


# -- danger


async def test_danger_comes_first_and_the_check_is_offered_when_it_is_over(talk: Talk) -> None:
    await begun(talk)
    danger = await talk.say("i want to die")
    assert "emergency number" in text_of(danger) and piece("ask_rest") not in text_of(danger)
    held = await talk.say("yes")
    assert piece("ask_movement") not in text_of(held) and piece("ask_rest") not in text_of(held)
    over = await talk.say("im safe now, my wife is with me")
    assert piece("ask_rest") not in text_of(over)
    offered = await talk.say("ok")
    assert piece("offer") in text_of(offered)
    replies = await talk.say("yes")
    assert piece("resumed") in text_of(replies) and asks(replies, "rest")


async def test_offer_that_is_declined_is_not_repeated(talk: Talk) -> None:
    await said(talk, START, "yes", "i want to die", "im safe now, my wife is with me", "ok")
    assert text_of(await talk.say("no")) == piece("paused")
    assert piece("offer") not in text_of(await talk.say("what is plmd?"))


async def test_same_day_danger_in_an_answer_is_heard(talk: Talk) -> None:
    await begun(talk)
    danger = await talk.say("one calf is swollen, red and hot since yesterday")
    assert piece("ask_movement") not in text_of(danger) and "doctor" in text_of(danger)


# -- leaving and coming back


async def test_goodbye_asks_nothing_more(talk: Talk) -> None:
    await begun(talk)
    assert text_of(await talk.say("bye")) == catalogue().text("utter_goodbye")


async def test_taken_up_again_the_next_day(talk: Talk) -> None:
    await said(talk, START, "yes", "only when i sit in the evening")
    await a_day_passes(talk)
    replies = await talk.say("symptom check")
    assert piece("resumed") in text_of(replies) and asks(replies, "movement")


async def test_next_day_other_things_are_not_taken_for_answers(talk: Talk) -> None:
    await begun(talk)
    await a_day_passes(talk)
    replies = await talk.say("can magnesium help restless legs?")
    assert text_of(replies) == catalogue().text("utter_faq/magnesium")


async def a_day_passes(talk: Talk) -> None:
    """Everything that was said was said a day earlier; then the person opens the chat again."""
    store = talk.agent.tracker_store
    tracker = await store.retrieve(talk.sender)
    events: list[Event] = list(tracker.events)
    for event in events:
        event.timestamp -= DAY_SECONDS
    await store.save(tracker)
    await start_session(talk.agent, talk.sender, Collector(catalogue()))
