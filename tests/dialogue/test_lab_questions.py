"""Questions about a lab value and what comes between, with the real model and actions."""

from __future__ import annotations

import pytest

from stillnight.channels.message import Choice, Reply
from stillnight.commands.converse import Conversation
from stillnight.content.catalogue import catalogue
from stillnight.dialogue.lab_answers import lab_answers

piece = lab_answers().wording.text
UNIT = f"{piece('ask_unit', lab='magnesium', value='0.85')}\n{piece('ask_unit_same_day', units='mg/dL')}"
IN_MMOL = "Your magnesium is 0.85 mmol/L (about 2.07 mg/dL)."
IN_MG = "Your magnesium is 0.85 mg/dL."
# Pressing it is a message that no topic or task fits.
GIBBERISH = Choice("the small letters on the side", "/nlu_fallback")


def only(replies: list[Reply]) -> Reply:
    assert len(replies) == 1, replies
    return replies[0]


def titles(reply: Reply) -> list[str]:
    return [choice.title for choice in reply.choices]


def button(reply: Reply, title: str) -> Choice:
    return next(choice for choice in reply.choices if choice.title == title)


async def asked_for_the_unit(talk: Conversation) -> Reply:
    asked = only(await talk.say("magnesium 0.85"))
    assert asked.text == UNIT
    return asked


async def told(talk: Conversation) -> str:
    """What was told, before a question that is still open."""
    return (await talk.say("which values did i tell you"))[0].text


async def test_unit_that_decides_is_asked_for_and_answered_by_a_button(talk: Conversation) -> None:
    asked = await asked_for_the_unit(talk)
    assert titles(asked) == ["mg/dL", "mmol/L", "mEq/L", "I do not know"]
    reply = only(await talk.choose(button(asked, "mmol/L")))
    assert reply.text.startswith(IN_MMOL)
    assert piece("magnesium_usual") in reply.text


@pytest.mark.parametrize("typed", ["mmol/L", "mmol", "0.85 mmol/l"])
async def test_unit_that_decides_can_be_typed(talk: Conversation, typed: str) -> None:
    await asked_for_the_unit(talk)
    assert only(await talk.say(typed)).text.startswith(IN_MMOL)


async def test_other_unit_makes_the_same_number_urgent(talk: Conversation) -> None:
    asked = await asked_for_the_unit(talk)
    reply = only(await talk.choose(button(asked, "mg/dL")))
    assert reply.text.startswith(piece("magnesium_very_low"))
    assert IN_MG in reply.text


async def test_range_on_the_sheet_settles_the_unit(talk: Conversation) -> None:
    text = only(await talk.say("magnesium 0.85 (0.7 - 1.0)")).text
    assert text.startswith(f"{IN_MMOL} That is inside your lab's own range, 0.7 to 1.")


async def test_unit_that_is_not_known_leaves_an_answer_that_helps(talk: Conversation) -> None:
    asked = await asked_for_the_unit(talk)
    text = only(await talk.choose(button(asked, "I do not know"))).text
    assert text.startswith(piece("unit_unknown", lab="magnesium", value="0.85"))
    assert piece("unit_if_usual", unit="mmol/L") in text
    assert piece("unit_if_low", unit="mg/dL") in text
    assert text.endswith(piece("unit_if_urgent"))


async def test_impossible_number_is_asked_about_with_the_likely_slips(talk: Conversation) -> None:
    asked = only(await talk.say("hb 145 g/dl"))
    assert asked.text == piece("ask_number", lab="haemoglobin", value="145 g/dL")
    assert titles(asked) == ["145 g/L", "14.5 g/dL", "I do not know"]
    reply = only(await talk.choose(button(asked, "14.5 g/dL")))
    assert reply.text.startswith("Your haemoglobin is 14.5 g/dL.")
    assert "145" not in await told(talk)


async def test_impossible_number_is_not_kept_until_it_is_answered(talk: Conversation) -> None:
    asked = only(await talk.say("hb 180 g/dl"))
    nothing, again = await talk.say("which values did i tell you")
    assert nothing.text == piece("told_none")
    assert again.text == asked.text


async def test_impossible_number_that_stays_open_is_not_kept(talk: Conversation) -> None:
    await talk.say("hb 180 g/dl")
    assert (await talk.say("no idea"))[0].text == piece("left_out", lab="haemoglobin")
    assert await told(talk) == piece("told_none")


async def test_doubtful_number_is_asked_about_once(talk: Conversation) -> None:
    sure = only(await talk.say("ferritin 4500"))
    assert sure.text == piece("ask_sure", lab="ferritin", value="4500 ng/mL")
    assert titles(sure) == ["Yes", "No"]
    assert piece("ferritin_very_high") in only(await talk.choose(button(sure, "Yes"))).text


async def test_doubtful_number_is_put_right(talk: Conversation) -> None:
    await talk.say("ferritin 4500")
    assert only(await talk.say("no its 45")).text.startswith("Your ferritin is 45 ng/mL.")
    assert "4500" not in await told(talk)


@pytest.mark.parametrize(
    ("between", "answer"),
    [
        ("what is restless legs syndrome", "utter_faq/what_is_rls"),
        ("can exercise help", "utter_faq/exercise_stretching"),
        ("hello", "utter_greet"),
    ],
)
async def test_question_between_is_answered_and_the_form_goes_on(talk: Conversation, between: str, answer: str) -> None:
    await asked_for_the_unit(talk)
    answered, again = await talk.say(between)
    assert answered.text == catalogue().text(answer)
    assert again.text == UNIT
    assert only(await talk.say("mmol/l")).text.startswith(IN_MMOL)


async def test_question_about_a_medicine_between_is_answered_and_the_form_goes_on(talk: Conversation) -> None:
    await asked_for_the_unit(talk)
    medicine, again = await talk.say("is sertraline making my legs worse")
    assert "Do not stop sertraline suddenly" in medicine.text
    assert again.text == UNIT
    assert only(await talk.say("mmol/l")).text.startswith(IN_MMOL)


async def test_danger_between_stands_alone_and_the_form_waits(talk: Conversation) -> None:
    await asked_for_the_unit(talk)
    danger = only(await talk.say("i want to die"))
    assert danger.text.startswith(catalogue().text("utter_red_flag/self_harm"))
    assert "magnesium" not in danger.text
    assert only(await talk.say("mmol/l")).text.startswith(catalogue().text("utter_check_in"))
    assert (await talk.say("i am safe now"))[0].text == catalogue().text("utter_check_in_safe")
    assert only(await talk.say("mmol/l")).text.startswith(IN_MMOL)


async def test_same_day_danger_between_leaves_the_form_open(talk: Conversation) -> None:
    await asked_for_the_unit(talk)
    danger = only(await talk.say("my left calf is swollen hot and painful"))
    assert danger.text.startswith(catalogue().text("utter_red_flag/clot"))
    assert only(await talk.say("mmol/l")).text.startswith(IN_MMOL)


async def test_gibberish_is_said_not_to_be_caught_and_the_question_comes_again(talk: Conversation) -> None:
    await asked_for_the_unit(talk)
    sorry, again = await talk.choose(GIBBERISH)
    assert sorry.text == piece("ask_again")
    assert again.text == UNIT
    assert only(await talk.say("mmol/l")).text.startswith(IN_MMOL)


async def test_question_is_not_asked_more_than_twice(talk: Conversation) -> None:
    await asked_for_the_unit(talk)
    assert (await talk.say("can exercise help"))[-1].text == UNIT
    caffeine, explained = await talk.say("tell me about caffeine")
    assert caffeine.text == catalogue().text("utter_faq/caffeine_alcohol")
    assert explained.text.startswith(piece("unit_unknown", lab="magnesium", value="0.85"))
    assert len(await talk.say("hello")) == 1


async def test_doubtful_number_that_nobody_confirms_is_explained_after_two_questions(talk: Conversation) -> None:
    await talk.say("ferritin 4500")
    await talk.say("can exercise help")
    _, explained = await talk.say("tell me about caffeine")
    assert piece("ferritin_very_high") in explained.text


async def test_number_is_corrected_while_its_unit_is_open(talk: Conversation) -> None:
    await asked_for_the_unit(talk)
    again = only(await talk.say("0.58 not 0.85, sorry"))
    assert again.text.startswith(piece("ask_unit", lab="magnesium", value="0.58"))
    reply = only(await talk.say("mmol/l"))
    assert reply.text.startswith("Your magnesium is 0.58 mmol/L")
    assert piece("magnesium_low") in reply.text


@pytest.mark.parametrize("another", ["ferritin 18", "my ferritin is 18 ng/ml"])
async def test_another_value_does_not_wait_for_the_open_question(talk: Conversation, another: str) -> None:
    await asked_for_the_unit(talk)
    told, again = await talk.say(another)
    assert piece("ferritin_low") in told.text
    assert again.text == UNIT
    assert only(await talk.say("mmol/l")).text.startswith("Your magnesium is 0.85 mmol/L")


async def test_button_of_an_old_question_does_no_harm(talk: Conversation) -> None:
    asked = await asked_for_the_unit(talk)
    await talk.choose(button(asked, "mmol/L"))
    await talk.say("can exercise help")
    assert only(await talk.choose(button(asked, "mg/dL"))).text == catalogue().text("utter_lab_report")
    assert await told(talk) == "You told me: magnesium 0.85 mmol/L."


async def test_button_of_an_old_question_answers_no_other_question(talk: Conversation) -> None:
    asked = await asked_for_the_unit(talk)
    await talk.choose(button(asked, "mmol/L"))
    await talk.say("vitamin b12 300")
    await talk.choose(button(asked, "mmol/L"))
    assert "vitamin B12 300. I need to know more about this one" in await told(talk)
    explained = (await talk.say("pmol/l"))[-1]
    assert explained.text.startswith("Your vitamin B12 is 300 pmol/L")
