"""Pregnancy, a child, dialysis: said once, they change later answers, until the person corrects it."""

from __future__ import annotations

import pytest

from stillnight.channels.message import Reply
from stillnight.commands.converse import Conversation
from stillnight.content.catalogue import catalogue

SAID = {
    "child": "my daughter is 7 and her legs keep her awake",
    "pregnancy": "im 30 weeks pregnant and my legs wont rest",
    "dialysis": "im on dialysis three times a week and my legs jump",
}
CORRECTED = {
    "child": "sorry, she is not a child, im asking for myself",
    "pregnancy": "im not pregnant",
    "dialysis": "im not on dialysis",
}
ASKED = "can magnesium help restless legs"


def varied(name: str, circumstance: str) -> str:
    return catalogue().varied[name, circumstance].text


async def text(talk: Conversation, said: str) -> str:
    replies: list[Reply] = await talk.say(said)
    return "\n".join(reply.text for reply in replies)


@pytest.mark.parametrize("circumstance", SAID)
async def test_circumstance_once_mentioned_changes_a_later_answer(talk: Conversation, circumstance: str) -> None:
    await talk.say(SAID[circumstance])
    assert await text(talk, "thank you") != ""
    assert await text(talk, ASKED) == varied("utter_faq/magnesium", circumstance)


@pytest.mark.parametrize("circumstance", SAID)
async def test_second_part_and_follow_up_do_not_fall_back_to_what_is_for_others(
    talk: Conversation, circumstance: str
) -> None:
    await talk.say(SAID[circumstance])
    await talk.say(ASKED)
    assert await text(talk, "tell me more") == varied("utter_no_more", circumstance)
    await talk.say(ASKED)
    assert await text(talk, "what helps") != catalogue().text("utter_more_magnesium")


@pytest.mark.parametrize("circumstance", SAID)
async def test_circumstance_can_be_corrected(talk: Conversation, circumstance: str) -> None:
    await talk.say(SAID[circumstance])
    await talk.say(CORRECTED[circumstance])
    assert await text(talk, ASKED) == catalogue().text("utter_faq/magnesium")
    assert await text(talk, "tell me more") == catalogue().text("utter_more_magnesium")


async def test_circumstance_told_in_an_emergency_is_known_afterwards(talk: Conversation) -> None:
    await talk.say("im 20 weeks pregnant and i want to kill myself")
    await talk.say("i am safe now")
    assert await text(talk, ASKED) == varied("utter_faq/magnesium", "pregnancy")
