"""Several questions in one message: all are answered, each with its own sources; the talk goes on from the last."""

from __future__ import annotations

import pytest

from stillnight.channels.message import Choice, Reply
from stillnight.content.catalogue import catalogue
from tests.dialogue.understood import Talk

BOTH = "what is plmd and is it bad for the heart?"
COFFEE_AND_MAGNESIUM = "does coffee make it worse and can i take magnesium?"


def text_of(name: str) -> str:
    return catalogue().text(name)


def texts(replies: list[Reply]) -> list[str]:
    return [reply.text for reply in replies]


# -- as typed


async def test_both_questions_are_answered_in_their_order(talk: Talk) -> None:
    assert texts(await talk.say(BOTH)) == [text_of("utter_faq/what_is_plmd"), text_of("utter_faq/heart")]


async def test_each_answer_has_its_own_sources_and_suggestions(talk: Talk) -> None:
    for reply, slug in zip(await talk.say(BOTH), ("what_is_plmd", "heart"), strict=True):
        answer = catalogue().answers[f"utter_faq/{slug}"]
        assert [source.id for source in reply.sources] == list(answer.sources)
        assert [choice.payload for choice in reply.choices] == [button.sent for button in answer.buttons]


async def test_each_tell_me_more_says_of_what_and_leads_there(talk: Talk) -> None:
    first, second = await talk.say(COFFEE_AND_MAGNESIUM)
    of_coffee, of_magnesium = first.choices[0], second.choices[0]
    assert (of_coffee.title, of_magnesium.title) == ("Tell me more", f"Tell me more: {catalogue().title('magnesium')}")
    assert texts(await talk.choose(of_magnesium)) == [text_of("utter_more_magnesium")]
    assert texts(await talk.choose(of_coffee)) == [text_of("utter_more_caffeine_alcohol")]


async def test_sources_of_both_answers_are_named(talk: Talk) -> None:
    cited = dict.fromkeys(source for reply in await talk.say(COFFEE_AND_MAGNESIUM) for source in reply.sources)
    for _ in range(2):
        (named,) = await talk.say("where is this from?")
        assert named.sources == tuple(cited)
        assert all(source.spoken in named.text for source in cited)


async def test_one_question_has_one_answer(talk: Talk) -> None:
    assert texts(await talk.say("is rls bad for my heart")) == [text_of("utter_faq/heart")]


async def test_what_is_said_next_is_answered_once(talk: Talk) -> None:
    await talk.say(BOTH)
    assert texts(await talk.say("thank you")) == [text_of("utter_thanks")]


async def test_talk_goes_on_from_the_second_answer(talk: Talk) -> None:
    await talk.say(COFFEE_AND_MAGNESIUM)
    assert texts(await talk.say("tell me more")) == [text_of("utter_more_magnesium")]


async def test_both_answers_are_said_again(talk: Talk) -> None:
    both = texts(await talk.say(BOTH))
    assert texts(await talk.say("say that again")) == both


@pytest.mark.parametrize(
    ("said", "circumstance"),
    [
        ("im 30 weeks pregnant and my legs wont rest", "pregnancy"),
        ("im on dialysis three times a week and my legs jump", "dialysis"),
    ],
)
async def test_both_answers_go_by_what_is_known_of_the_person(talk: Talk, said: str, circumstance: str) -> None:
    await talk.say(said)
    expected = [
        catalogue().varied[f"utter_faq/{slug}", circumstance].text for slug in ("caffeine_alcohol", "magnesium")
    ]
    assert texts(await talk.say(COFFEE_AND_MAGNESIUM)) == expected


async def test_danger_stands_alone(talk: Talk) -> None:
    replies = await talk.say(f"i want to kill myself tonight. {BOTH}")
    assert replies[0].contacts
    assert not {text_of("utter_faq/what_is_plmd"), text_of("utter_faq/heart")} & set(texts(replies))


async def test_after_danger_nothing_is_left_over(talk: Talk) -> None:
    await talk.say(f"i want to kill myself tonight. {BOTH}")
    assert text_of("utter_faq/heart") not in texts(await talk.say("i am safe now"))


# -- as understood


async def test_second_question_is_answered_after_a_task_too(talk: Talk) -> None:
    replies = await talk.hear(
        "is it my sertraline, and is it bad for the heart?", "medication_check", also=["faq/heart"]
    )
    assert "sertraline" in replies[0].text.lower()
    assert replies[-1].text == text_of("utter_faq/heart")
    assert len(replies) == 2


async def test_three_questions_are_answered_in_their_order(talk: Talk) -> None:
    replies = await talk.say("is it genetic? will it get worse? what can i do myself?")
    assert texts(replies) == [text_of(f"utter_faq/{slug}") for slug in ("genetics", "progression", "lifestyle")]


async def test_question_that_leans_on_the_one_before_it_is_answered_for_that(talk: Talk) -> None:
    replies = await talk.say("what helps and is it dangerous")
    assert texts(replies) == [text_of("utter_faq/treatments"), text_of("utter_faq/complications")]


async def test_task_is_answered_behind_a_topic(talk: Talk) -> None:
    first, second = await talk.say("what is plmd and can you make a note for my doctor")
    assert first.text == text_of("utter_faq/what_is_plmd")
    assert "page for your doctor" in second.text


async def test_privacy_is_told_behind_another_answer(talk: Talk) -> None:
    first, second = await talk.say("are you a robot and what do you do with my data")
    assert first.text == text_of("utter_bot_challenge")
    assert second.text


async def test_same_question_twice_is_answered_once(talk: Talk) -> None:
    assert texts(await talk.hear("heart? and the heart?", "faq/heart", also=["faq/heart"])) == [
        text_of("utter_faq/heart")
    ]


async def test_value_told_in_the_same_message_is_the_last_thing_spoken_of(talk: Talk) -> None:
    replies = await talk.hear(
        "my ferritin is 18 ng/ml. what is plmd and is it bad for the heart?", "faq/what_is_plmd", also=["faq/heart"]
    )
    assert replies[0].text == text_of("utter_faq/what_is_plmd")
    assert "18" in replies[-1].text
    assert text_of("utter_faq/heart") not in texts(replies)


async def test_question_about_a_value_stays_open_and_the_last_thing_asked(talk: Talk) -> None:
    asked = (await talk.say("my vitamin b12 is 150"))[-1]
    replies = await talk.hear(BOTH, "faq/what_is_plmd", also=["faq/heart"])
    assert texts(replies)[0] == text_of("utter_faq/what_is_plmd")
    assert texts(replies)[-1] == asked.text


async def test_pressed_button_has_one_answer(talk: Talk) -> None:
    await talk.say(BOTH)
    assert texts(await talk.choose(Choice("Iron", "/faq/iron"))) == [text_of("utter_faq/iron")]
