"""Questions and units while a value waits to be confirmed, or right behind its explanation, with the real model."""

from __future__ import annotations

import pytest

from stillnight.channels.message import Reply
from stillnight.commands.converse import Conversation
from stillnight.dialogue.lab_answers import lab_answers

piece = lab_answers().wording.text


async def said(talk: Conversation, *messages: str) -> list[Reply]:
    replies: list[Reply] = []
    for message in messages:
        replies = await talk.say(message)
    return replies


@pytest.mark.parametrize("question", ["is it low?", "is that bad?", "so is it high"])
async def test_value_that_is_not_confirmed_is_not_judged_but_asked_for_again(talk: Conversation, question: str) -> None:
    (first,) = await said(talk, "my ferritin is 4312")
    replies = await said(talk, question)
    assert [reply.text for reply in replies] == [piece("why_sure"), first.text]


async def test_unit_with_of_course_behind_a_value_is_the_one_it_was_read_in(talk: Conversation) -> None:
    (reply,) = await said(talk, "creatinine was 78", "a woman", "umol/l of course")
    assert reply.text == piece("unit_same", values="creatinine 78 umol/L")


@pytest.mark.parametrize("unit", ["\u00b5g/l", "\u03bcg/L"])
async def test_unit_with_a_greek_letter_is_a_unit_and_no_language(talk: Conversation, unit: str) -> None:
    (reply,) = await said(talk, "my ferritin is 31", unit)
    assert reply.text == piece("unit_same", values="ferritin 31 ng/mL")


async def test_people_by_name_are_called_by_it(talk: Conversation) -> None:
    text = "\n".join(reply.text for reply in await said(talk, "Leo ferritin 31, Max ferritin 62"))
    for name, number in (("Leo", 31), ("Max", 62)):
        assert piece("value_of_named", owner=name, lab="ferritin", value=f"{number} ng/mL") in text


async def test_child_whom_drops_are_for_is_not_graded_like_an_adult(talk: Conversation) -> None:
    told = ("what is better drops or tablets for a 4 year old with low ferritin", "ferritin 15 btw")
    text = "\n".join(reply.text for reply in await said(talk, *told))
    assert "15 ng/mL" in text and "usual range" not in text


async def test_weight_put_right_takes_no_value_off_the_list(talk: Conversation) -> None:
    told = (
        "my daughter's ferritin is 18",
        "she weighs 21 kg if that helps",
        "oh sorry 12... no 21 is right, ignore me",
    )
    replies = await said(talk, *told, "what was her ferritin?")
    assert "18 ng/mL" in "".join(reply.text for reply in replies)
