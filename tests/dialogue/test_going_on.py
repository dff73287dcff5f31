"""A few words that nobody understands alone, said after an answer: they are taken as going on about its topic."""

from __future__ import annotations

from stillnight.channels.message import Reply
from stillnight.content.catalogue import catalogue
from stillnight.nlu.labels import CHOICES, FALLBACK_INTENT
from tests.dialogue.understood import Talk

COFFEE = "does coffee make restless legs worse"
STILL = catalogue().text("utter_still_about").format(topic=catalogue().title("caffeine_alcohol"))


def text_of(name: str) -> str:
    return catalogue().text(name)


async def in_doubt(talk: Talk, text: str) -> Reply:
    (reply,) = await talk.hear(text, FALLBACK_INTENT, **{CHOICES: ["heart", "iron"]})
    return reply


async def test_few_words_after_an_answer_are_offered_more_of_it(talk: Talk) -> None:
    (answer,) = await talk.say(COFFEE)
    asked = await in_doubt(talk, "even on holiday?")
    assert asked.text == STILL
    assert asked.choices == answer.choices
    (more,) = await talk.choose(asked.choices[0])
    assert more.text == text_of("utter_more_caffeine_alcohol")


async def test_yes_reads_on_and_no_listens(talk: Talk) -> None:
    await talk.say(COFFEE)
    await in_doubt(talk, "even on holiday?")
    assert [reply.text for reply in await talk.say("yes")] == [text_of("utter_more_caffeine_alcohol")]
    await in_doubt(talk, "even on holiday?")
    assert [reply.text for reply in await talk.say("no")] == [text_of("utter_deny")]


async def test_second_time_in_a_row_it_says_what_there_is(talk: Talk) -> None:
    await talk.say(COFFEE)
    await in_doubt(talk, "even on holiday?")
    assert (await in_doubt(talk, "and at three?")).text == text_of("utter_cannot_help")


async def test_sources_are_still_those_of_the_answer(talk: Talk) -> None:
    (answer,) = await talk.say(COFFEE)
    await in_doubt(talk, "even on holiday?")
    (named,) = await talk.say("where is this from?")
    assert named.sources == answer.sources


async def test_what_is_for_everybody_else_is_not_offered_to_the_pregnant(talk: Talk) -> None:
    await talk.say("im 30 weeks pregnant and my legs wont rest")
    (answer,) = await talk.say(COFFEE)
    asked = await in_doubt(talk, "even on holiday?")
    assert asked.choices == answer.choices
    (more,) = await talk.say("yes")
    assert more.text == catalogue().varied["utter_no_more", "pregnancy"].text


async def test_few_words_before_any_answer_are_asked_about(talk: Talk) -> None:
    assert (await in_doubt(talk, "even on holiday?")).text.startswith("I want to be sure")
