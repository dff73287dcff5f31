"""What is said, turn by turn, with the real model and the real actions."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from stillnight.channels.message import Choice, Reply
from stillnight.commands.converse import Conversation
from stillnight.commands.understand import understand
from stillnight.content.catalogue import catalogue
from stillnight.settings import settings

_numbers = itertools.count()


@pytest.fixture
def talk(agent: Any) -> Conversation:
    return Conversation(agent, catalogue(), f"test-{next(_numbers)}")


# Words that fit several topics a little and none well.
SMALL_WORDS = ("so", "this", "other", "thing", "which", "stuff", "better", "maybe", "one")
VAGUE = [" ".join(words) for words in itertools.combinations(SMALL_WORDS, 3)]


@pytest.fixture(scope="session")
def in_doubt(agent: Any) -> str:
    """A text about which the model of today is in doubt between topics."""
    understood = list(understand(agent, catalogue(), VAGUE))
    return next(result.text for result in understood if len(result.choices) > 1)


def text_of(name: str) -> str:
    return catalogue().text(name)


def only(replies: list[Reply]) -> Reply:
    assert len(replies) == 1, replies
    return replies[0]


async def test_new_patient_is_greeted_once(talk: Conversation) -> None:
    assert only(await talk.start()).text == text_of("utter_greet")
    answer = only(await talk.say("what is restless legs syndrome"))
    assert answer.text == text_of("utter_faq/what_is_rls")


async def test_patient_who_begins_with_a_question_hears_who_answers(talk: Conversation) -> None:
    greeting, answer = await talk.say("can low iron cause restless legs")
    assert greeting.text == text_of("utter_greet")
    assert answer.text == text_of("utter_faq/iron")


async def test_patient_asks_how_long_after_iron(talk: Conversation) -> None:
    await talk.start()
    await talk.say("can low iron cause restless legs")
    answer = only(await talk.say("and how long does that take?"))
    assert answer.text == text_of(catalogue().follow_up("iron", "how_long"))


async def test_patient_asks_how_long_before_anything_else(talk: Conversation) -> None:
    await talk.start()
    assert only(await talk.say("how long does that take?")).text == text_of("utter_faq/timeline")


async def test_patient_asks_for_more_twice(talk: Conversation) -> None:
    await talk.start()
    await talk.say("what treatments are there for restless legs")
    assert only(await talk.say("tell me more")).text == text_of("utter_more_treatments")
    assert only(await talk.say("tell me more")).text == text_of("utter_no_more")


async def test_patient_asks_for_more_of_nothing(talk: Conversation) -> None:
    await talk.start()
    assert only(await talk.say("tell me more")).text == text_of("utter_which_topic")


async def test_patient_asks_where_an_answer_is_from(talk: Conversation) -> None:
    await talk.start()
    answer = only(await talk.say("is rls bad for my heart"))
    named = only(await talk.say("where is this from?"))
    assert [source.id for source in named.sources] == [source.id for source in answer.sources]
    for source in answer.sources:
        assert source.spoken in named.text
        assert str(source.year) in source.spoken


async def test_patient_asks_where_a_greeting_is_from(talk: Conversation) -> None:
    await talk.start()
    assert only(await talk.say("where is this from?")).text == text_of("utter_no_source")


async def test_patient_has_the_sources_of_a_second_part_named(talk: Conversation) -> None:
    await talk.start()
    await talk.say("what treatments are there for restless legs")
    more = only(await talk.say("tell me more"))
    named = only(await talk.say("where is this from?"))
    assert named.sources == more.sources


async def test_patient_has_the_greeting_repeated(talk: Conversation) -> None:
    greeting = only(await talk.start())
    assert only(await talk.say("say that again")).text == greeting.text


async def test_patient_in_doubt_is_asked_and_says_yes(talk: Conversation, in_doubt: str) -> None:
    await talk.start()
    asked = only(await talk.say(in_doubt))
    assert asked.text.startswith("I want to be sure")
    assert 2 <= len(asked.choices) <= 3
    assert asked.choices[0].title in asked.text
    answer = only(await talk.say("yes"))
    slug = asked.choices[0].payload.removeprefix("/faq/")
    assert answer.text == text_of(f"utter_faq/{slug}")


async def test_patient_in_doubt_presses_a_button(talk: Conversation, in_doubt: str) -> None:
    await talk.start()
    asked = only(await talk.say(in_doubt))
    slug = asked.choices[1].payload.removeprefix("/faq/")
    assert only(await talk.choose(asked.choices[1])).text == text_of(f"utter_faq/{slug}")


async def test_patient_not_understood_twice_hears_what_there_is(talk: Conversation, in_doubt: str) -> None:
    await talk.start()
    await talk.say(in_doubt)
    assert only(await talk.say(in_doubt)).text == text_of("utter_cannot_help")
    await talk.say("thank you")
    assert only(await talk.say(in_doubt)).text.startswith("I want to be sure")


async def test_patient_says_no_to_what_was_offered(talk: Conversation, in_doubt: str) -> None:
    await talk.start()
    await talk.say(in_doubt)
    assert only(await talk.say("no")).text == text_of("utter_cannot_help")


async def test_patient_presses_a_lab_button(talk: Conversation) -> None:
    await talk.start()
    asked = only(await talk.say("what is tsat"))
    explained = only(await talk.choose(next(choice for choice in asked.choices if choice.title == "What is ferritin?")))
    assert "ferritin" in explained.text.lower()
    assert "75" in explained.text


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("what is a normal ferritin", "75"),
        ("what is tsat", "20"),
        ("whats creatinine for", "kidney"),
        ("what is plmi", "hour"),
    ],
)
async def test_patient_asks_what_a_test_means(talk: Conversation, question: str, word: str) -> None:
    await talk.start()
    assert word in only(await talk.say(question)).text.lower()


async def test_patient_wants_a_person_where_no_contact_is_set(talk: Conversation) -> None:
    await talk.start()
    assert only(await talk.say("i want to talk to a real person")).text == text_of("utter_human_no_contact")


async def test_patient_wants_a_person_where_a_contact_is_set(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STILLNIGHT_CLINIC_CONTACT", "the desk on the second floor")
    settings.cache_clear()
    try:
        await talk.start()
        assert "the desk on the second floor" in only(await talk.say("i want to talk to a real person")).text
    finally:
        settings.cache_clear()


async def test_every_button_of_every_answer_leads_to_an_answer(agent: Any) -> None:
    payloads = {button.sent: button.title for answer in catalogue().answers.values() for button in answer.buttons}
    for number, (payload, title) in enumerate(sorted(payloads.items())):
        replies = await Conversation(agent, catalogue(), f"button-{number}").choose(Choice(title, payload))
        assert replies[-1].text, payload
        assert replies[-1].text != text_of("utter_apology"), payload
        assert replies[-1].text != text_of("utter_default"), payload
