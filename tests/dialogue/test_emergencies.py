"""What is said in an emergency and after it, with the real model and the real actions."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet

from stillnight.channels.message import Choice, Collector, Reply
from stillnight.clinical.crisis_lines import crisis_lines
from stillnight.clinical.emergency import Open, Safety
from stillnight.commands.converse import Conversation
from stillnight.content.catalogue import catalogue
from stillnight.safety.guard import guard
from stillnight.safety.record import SLOT

_numbers = itertools.count()


@pytest.fixture
def talk(agent: Any) -> Conversation:
    return Conversation(agent, catalogue(), f"emergency-{next(_numbers)}")


def text_of(name: str) -> str:
    return catalogue().text(name)


def only(replies: list[Reply]) -> Reply:
    assert len(replies) == 1, replies
    return replies[0]


OUTRIGHT = {
    "self_harm": "i want to kill myself",
    "chest_pain_stroke_breathing": "i have crushing chest pain down my left arm",
    "overdose": "i took 30 of my gabapentin all at once",
    "iron_poisoning": "my toddler swallowed a handful of iron tablets",
    "cauda_equina": "numb between my legs and i cant control my pee",
    "nms_serotonin": "he has a high fever, stiff muscles and is confused since the haloperidol",
    "withdrawal_seizure": "i stopped clonazepam three days ago and had a seizure",
    "bleeding": "my stool is black and sticky like tar",
    "pregnancy_danger": "im 34 weeks and the baby has stopped moving",
    "injury": "she fell and hit her head on the sink and now she is very drowsy",
    "allergic_reaction": "my lips are thick and i have an itchy rash since the iron drip today",
    "cold_leg": "my leg has suddenly gone cold and blue and i cant feel it",
}
SAME_DAY = {
    "clot": "my left calf is swollen hot and painful",
    "sudden_sleep_driving": "i fell asleep at the wheel today",
    "impulse_control_urges": "since pramipexole i cant stop gambling",
    "infected_foot": "there is a black spot under my big toe and it smells",
    "heavy_period": "i go through a tampon an hour",
    "akathisia": "i cant sit still all day since they started me on haloperidol",
}


@pytest.mark.parametrize(("category", "text"), OUTRIGHT.items())
async def test_patient_in_an_emergency_hears_one_short_answer_with_numbers(
    talk: Conversation, category: str, text: str
) -> None:
    reply = only(await talk.say(text))
    said, *numbers = reply.text.split("\n")
    assert said == text_of(f"utter_red_flag/{category}")
    assert len(said.split()) <= 60
    assert numbers[0].startswith("Your local emergency number (112, 911, 999, 000")
    assert [choice.title for choice in reply.choices] == ["I am safe now", "Not what I meant", "Change country"]


@pytest.mark.parametrize(("category", "text"), SAME_DAY.items())
async def test_patient_who_should_be_seen_today_hears_so_once_and_can_go_on(
    talk: Conversation, category: str, text: str
) -> None:
    await talk.start()
    first = only(await talk.say(text))
    assert first.text.startswith(text_of(f"utter_red_flag/{category}"))
    assert only(await talk.say("can low iron cause restless legs")).text == text_of("utter_faq/iron")
    again = only(await talk.say(text))
    assert again.text.startswith(text_of(f"utter_red_flag_again_{category}"))


@pytest.mark.parametrize(
    ("category", "text"),
    [
        ("self_harm", "my family would sleep better without me"),
        ("pregnancy_danger", "5 months pregnant and bleeding also legs"),
        ("overdose", "my son got into my gabapentin"),
        ("overdose", "is my husband breathing ok he snores on oxycodone"),
        ("chest_pain_stroke_breathing", "both legs swollen and breathless at night"),
        ("allergic_reaction", "rash and wheeze started after the iron infusion"),
        ("injury", "gran banged her head on the bath and keeps vomiting"),
    ],
)
async def test_what_stands_is_not_taken_back(talk: Conversation, category: str, text: str) -> None:
    assert only(await talk.say(text)).text.startswith(text_of(f"utter_red_flag/{category}"))


@pytest.mark.parametrize(
    "text", ["i want it to end", "my daughter says she wants to disappear", "no reason to wake up"]
)
async def test_hint_at_suicide_is_asked_about_with_the_numbers(talk: Conversation, text: str) -> None:
    reply = only(await talk.say(text))
    assert reply.text.startswith(text_of("utter_possible_self_harm"))
    assert reply.contacts


@pytest.mark.parametrize("text", ["is this going to hurt the baby", "i read that it could harm the baby"])
async def test_fear_for_an_unborn_child_is_no_wish_to_harm_it(talk: Conversation, text: str) -> None:
    await talk.say("29 weeks pregnant and my legs never rest")
    assert not any("Crisis lines" in reply.text for reply in await talk.say(text))


@pytest.mark.parametrize("text", ["im going to hurt the baby", "is it wrong that i think im going to hurt the baby"])
async def test_wish_to_harm_a_child_is_answered_as_danger(talk: Conversation, text: str) -> None:
    assert only(await talk.say(text)).text.startswith(text_of("utter_red_flag/self_harm"))


async def test_who_makes_little_of_a_nap_at_the_wheel_is_told_once_more(talk: Conversation) -> None:
    await talk.say("i take ropinirole 2mg and i nodded off at the wheel today")
    answer = only(await talk.say("it was only a second nothing happened"))
    assert answer.text.startswith(text_of("utter_red_flag_again_sudden_sleep_driving"))


async def test_mere_knock_to_the_head_is_told_what_to_watch_for(talk: Conversation) -> None:
    assert only(await talk.say("bumped my head on the bunk yesterday")).text.startswith(
        text_of("utter_possible_injury")
    )
    assert only(await talk.say("i feel fine")).text == text_of("utter_check_in_safe")


async def test_feeling_well_does_not_end_a_bad_knock(talk: Conversation) -> None:
    await talk.say(OUTRIGHT["injury"])
    assert only(await talk.say("she feels fine now")).text.startswith(text_of("utter_check_in_call_all_the_same"))


async def test_knock_to_the_head_under_a_blood_thinner_keeps_its_own_answer(talk: Conversation) -> None:
    reply = only(await talk.say("im on apixaban and knocked my head on the cupboard"))
    assert reply.text.startswith(text_of("utter_red_flag/bleeding"))


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "quiero morirme"), ("ar", "أريد أن أموت"), ("hi", "main marna chahti hu"), ("he", "אני רוצה למות")],
)
async def test_answer_begins_in_the_language_in_which_danger_was_told(
    talk: Conversation, language: str, text: str
) -> None:
    reply = only(await talk.say(text))
    assert reply.text.startswith(f"{text_of(f'utter_danger_{language}')}\n{text_of('utter_red_flag/self_harm')}")
    assert (reply.languages[0], reply.languages[-1], bool(reply.contacts)) == (language, "en", True)


async def test_suicide_message_stands_alone_and_the_lab_question_is_kept_for_later(talk: Conversation) -> None:
    reply = only(await talk.say("my ferritin is 12 and i want to die"))
    assert "iron" not in reply.text.lower()
    assert "ferritin" not in reply.text.lower()
    assert "988" in reply.text
    assert "116 123" in reply.text
    asked = only(await talk.say("what does 12 mean"))
    assert asked.text.startswith(text_of("utter_check_in"))
    safe, offer = await talk.say("i am safe now")
    assert safe.text == text_of("utter_check_in_safe")
    assert "your ferritin" in offer.text
    assert "ferritin" in only(await talk.choose(offer.choices[0])).text.lower()


async def test_person_is_asked_again_and_not_told_the_same_at_every_line(talk: Conversation) -> None:
    first = only(await talk.say("i want to kill myself"))
    lines = ["ok", "what is rls", "can low iron cause it"]
    later = [only(await talk.say(line)).text for line in lines]
    assert first.text not in later
    assert later[0].startswith(text_of("utter_check_in"))
    assert all(text.startswith(text_of("utter_check_in_again")) for text in later[1:])
    assert all("emergency number" in text for text in later)


async def test_person_who_repeats_the_danger_hears_a_short_answer_with_the_numbers(talk: Conversation) -> None:
    await talk.say("i want to kill myself")
    again = only(await talk.say("i want to die"))
    assert again.text.startswith(text_of("utter_red_flag_again_self_harm"))
    assert "988" in again.text


async def test_person_who_names_another_danger_hears_about_that(talk: Conversation) -> None:
    await talk.say("crushing chest pain")
    assert only(await talk.say("i want to kill myself")).text.startswith(text_of("utter_red_flag/self_harm"))


@pytest.mark.parametrize("text", ["I meant it as a joke", "no no thats not what i meant", "figure of speech sorry"])
async def test_person_who_was_misunderstood_is_understood(talk: Conversation, text: str) -> None:
    await talk.say("i want to kill myself")
    assert only(await talk.say(text)).text == text_of("utter_check_in_misunderstood")
    assert only(await talk.say("can low iron cause restless legs")).text == text_of("utter_faq/iron")


async def test_person_who_jokes_about_not_joking_is_taken_seriously(talk: Conversation) -> None:
    await talk.say("i want to kill myself")
    assert only(await talk.say("im not joking")).text.startswith(text_of("utter_check_in_unsafe"))


async def test_yes_is_an_answer_only_to_the_question(talk: Conversation) -> None:
    await talk.say("i want to kill myself")
    assert only(await talk.say("yes")).text.startswith(text_of("utter_check_in"))
    assert only(await talk.say("yes")).text == text_of("utter_check_in_safe")


async def test_person_who_waits_for_the_ambulance_is_kept_company(talk: Conversation) -> None:
    await talk.say("my dad collapsed")
    assert only(await talk.say("the ambulance is on its way")).text.startswith(text_of("utter_check_in_help_coming"))
    assert only(await talk.say("he is ok now")).text == text_of("utter_check_in_safe")


async def test_buttons_beneath_an_emergency_do_what_they_say(talk: Conversation) -> None:
    reply = only(await talk.say("i want to kill myself"))
    safe, other, country = reply.choices
    chooser = only(await talk.choose(country))
    assert {choice.title for choice in chooser.choices} == {each.title for each in crisis_lines().countries.values()}
    british = next(choice for choice in chooser.choices if choice.title == "United Kingdom")
    assert "999 or 112" in only(await talk.choose(british)).text
    assert "116 123" in only(await talk.say("i want to die")).text
    assert only(await talk.choose(safe)).text == text_of("utter_check_in_safe")
    await talk.say("i want to kill myself")
    assert only(await talk.choose(other)).text == text_of("utter_check_in_misunderstood")


async def test_person_names_a_country_in_an_emergency(talk: Conversation) -> None:
    await talk.say("i want to kill myself")
    assert "Lifeline: 13 11 14" in only(await talk.say("im in sydney")).text
    assert only(await talk.say("hello?")).text.startswith(text_of("utter_check_in"))


async def test_crisis_line_stays_while_the_emergency_is_open(talk: Conversation) -> None:
    await talk.say("i want to kill myself")
    await talk.say("im in canada")
    for line in ("ok thanks", "hmm"):
        assert "9-8-8" in only(await talk.say(line)).text


async def test_person_chooses_a_country_before_anything_happened(talk: Conversation) -> None:
    await talk.start()
    chooser = only(await talk.say("change my country please"))
    assert "Emergency: 111" in only(await talk.choose(_choice(chooser, "New Zealand"))).text
    assert "1737" in only(await talk.say("i want to kill myself")).text


def _choice(reply: Reply, title: str) -> Choice:
    return next(choice for choice in reply.choices if choice.title == title)


@pytest.mark.parametrize(
    ("hints", "number"),
    [
        ({"locale": "en-GB,en;q=0.9"}, "999"),
        ({"locale": "en-US"}, "911"),
        ({"phone": "+919812345678", "locale": "en-US"}, "112"),
        ({"phone": "6421123456"}, "111"),
    ],
)
async def test_country_is_guessed_from_what_the_channel_knows(agent: Any, hints: dict[str, str], number: str) -> None:
    collector = Collector(catalogue())
    await guard().hear(agent, UserMessage("crushing chest pain", collector, f"guess-{next(_numbers)}", metadata=hints))
    reply = only(collector.replies)
    assert "if that is where you are" in reply.text
    assert number in reply.text
    assert number in [contact.say for contact in reply.contacts]


async def test_clot_with_breathlessness_is_an_emergency(talk: Conversation) -> None:
    reply = only(await talk.say("my left calf is swollen and hot and i cant breathe"))
    assert reply.text.startswith("Call")
    assert "I am safe now" in [choice.title for choice in reply.choices]


async def test_danger_in_a_form_is_heard_and_the_form_waits(agent: Any) -> None:
    sender = f"form-{next(_numbers)}"
    tracker = await agent.tracker_store.get_or_create_tracker(sender)
    for event in (
        ActionExecuted("action_session_start"),
        SessionStarted(),
        ActiveLoop("lab_form"),
        ActionExecuted("action_listen"),
    ):
        tracker.update(event)
    await agent.tracker_store.save(tracker)
    talk = Conversation(agent, catalogue(), sender)
    reply = only(await talk.say("evenings mostly, but right now i have crushing chest pain"))
    assert reply.text.startswith(text_of("utter_red_flag/chest_pain_stroke_breathing"))
    kept = await agent.tracker_store.get_or_create_tracker(sender)
    assert kept.active_loop_name == "lab_form"
    assert kept.latest_action_name == "action_listen"


async def test_second_net_says_that_it_may_be_wrong(talk: Conversation) -> None:
    text = "the envelopes are labelled, one for each of them, and I feel strangely calm about Friday"
    assert guard().finder.find(text) == ()
    reply = only(await talk.say(text))
    assert reply.text.startswith("I may be wrong, but")
    assert "emergency number" in reply.text
    assert only(await talk.say("I am fine, it is my daughter's wedding")).text == text_of("utter_check_in_safe")


@pytest.mark.parametrize("back", ["it started again", "it came back", "actually it is back"])
async def test_danger_that_comes_back_after_it_was_closed_is_raised_again(talk: Conversation, back: str) -> None:
    await talk.start()
    await talk.say("crushing chest pain")
    await talk.say("that is not what i meant")
    reply = only(await talk.say(back))
    assert reply.text.startswith(text_of("utter_red_flag/chest_pain_stroke_breathing"))


async def test_joke_that_was_none_raises_the_danger_again(talk: Conversation) -> None:
    await talk.start()
    await talk.say("i took 30 amitriptyline")
    assert only(await talk.say("only joking")).text.startswith(text_of("utter_check_in_misunderstood"))
    reply = only(await talk.say("i did take them"))
    assert reply.text.startswith(text_of("utter_red_flag/overdose"))


async def test_legs_that_start_again_raise_nothing(talk: Conversation) -> None:
    await talk.start()
    await talk.say("crushing chest pain")
    await talk.say("that is not what i meant")
    for text in ("my legs started again tonight", "the restlessness is back"):
        assert not (await talk.say(text))[0].text.startswith(text_of("utter_red_flag/chest_pain_stroke_breathing"))


async def test_feeling_well_after_an_overdose_is_not_the_end_of_it(talk: Conversation) -> None:
    await talk.start()
    await talk.say("i took 30 amitriptyline")
    assert only(await talk.say("i feel fine")).text.startswith(text_of("utter_check_in_call_all_the_same"))
    assert only(await talk.say("i am safe now")).text.startswith(text_of("utter_check_in_safe"))


@pytest.mark.parametrize(
    ("category", "asks"),
    [
        ("clot", "should i rub it"),
        ("clot", "can it wait till monday"),
        ("sudden_sleep_driving", "can i drive tomorrow"),
    ],
)
async def test_question_after_a_same_day_danger_is_answered_with_it_in_mind(
    talk: Conversation, category: str, asks: str
) -> None:
    await talk.start()
    await talk.say(SAME_DAY[category])
    assert only(await talk.say(asks)).text.startswith(text_of(f"utter_red_flag_again_{category}"))


_ON_TOPIC = ("what foods have iron", "what is plmd", "does magnesium help", "is rls inherited", "what is a sleep study")
_ALONE, _BESIDE, _DOOR = "alone", "beside", "door"


_HOLDS = tuple(text_of(f"utter_check_in{which}") for which in ("", "_again", "_call", "_call_if_so"))


async def _how_each_is_taken(talk: Conversation, messages: Sequence[str]) -> list[str]:
    """Of each message: asked if all is safe instead, asked so beneath the answer, or answered with an open door."""
    ways = []
    for message in messages:
        *answers, last = [reply.text for reply in await talk.say(message)]
        if not answers:
            assert last.startswith(_HOLDS)
            ways.append(_ALONE)
        elif last == text_of("utter_open_door"):
            ways.append(_DOOR)
        else:
            assert last.startswith(text_of("utter_check_in_beside"))
            assert "emergency number" in last
            ways.append(_BESIDE)
    return ways


async def _in_doubt(agent: Any, category: str) -> Conversation:
    """A conversation in which the second net alone heard a danger."""
    sender = f"emergency-{next(_numbers)}"
    talk = Conversation(agent, catalogue(), sender)
    await talk.start()
    tracker = await agent.processor.get_tracker(sender)
    tracker.update(SlotSet(SLOT, Safety(Open(category, certain=False)).as_dict()))
    await agent.processor.save_tracker(tracker)
    return talk


@pytest.mark.parametrize(
    ("category", "ways"),
    [("overdose", [_DOOR]), ("self_harm", [_BESIDE, _DOOR])],
)
async def test_question_in_a_doubtful_alarm_is_answered_and_the_alarm_soon_let_go(
    agent: Any, category: str, ways: list[str]
) -> None:
    talk = await _in_doubt(agent, category)
    assert await _how_each_is_taken(talk, _ON_TOPIC[: len(ways)]) == ways


async def test_thanks_and_goodbye_end_a_doubtful_alarm_once_it_was_asked_about(agent: Any) -> None:
    talk = await _in_doubt(agent, "overdose")
    assert await _how_each_is_taken(talk, ["thank you", "goodbye"]) == [_ALONE, _DOOR]


@pytest.mark.parametrize(
    ("category", "ways"),
    [
        ("overdose", [_ALONE, _ALONE, _BESIDE]),
        ("self_harm", [_ALONE, _ALONE, _ALONE, _BESIDE, _BESIDE]),
    ],
)
async def test_alarm_that_a_rule_raised_asks_first(talk: Conversation, category: str, ways: list[str]) -> None:
    await talk.start()
    await talk.say(OUTRIGHT[category])
    assert await _how_each_is_taken(talk, _ON_TOPIC[: len(ways)]) == ways
    holds = "utter_check_in_again" if category == "self_harm" else "utter_check_in_call"
    assert only(await talk.say("thank you")).text.startswith(text_of(holds))
    assert only(await talk.say("i feel worse")).text.startswith(text_of("utter_check_in_unsafe"))


async def test_who_has_called_for_help_is_answered(talk: Conversation) -> None:
    await talk.start()
    await talk.say(OUTRIGHT["chest_pain_stroke_breathing"])
    await talk.say("my son is calling the ambulance")
    assert await _how_each_is_taken(talk, _ON_TOPIC[:2]) == [_BESIDE, _DOOR]


async def test_who_comes_back_from_hospital_is_answered(talk: Conversation) -> None:
    await talk.start()
    await talk.say(OUTRIGHT["chest_pain_stroke_breathing"])
    ways = await _how_each_is_taken(talk, ["back after 3 days. what is plmd", "is it inherited"])
    assert ways == [_BESIDE, _DOOR]


async def test_alarm_of_days_ago_holds_nobody_up(
    talk: Conversation, agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk.start()
    await talk.say(OUTRIGHT["chest_pain_stroke_breathing"])
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 7 * 3600)
    assert await _how_each_is_taken(talk, _ON_TOPIC[:2]) == [_BESIDE, _DOOR]


@pytest.mark.parametrize("text", ["its probably nothing, can it wait till monday", "i dont want to make a fuss"])
async def test_who_puts_it_off_hears_that_it_cannot_wait(talk: Conversation, text: str) -> None:
    await talk.start()
    await talk.say(OUTRIGHT["chest_pain_stroke_breathing"])
    assert only(await talk.say(text)).text.startswith(text_of("utter_red_flag_again"))


async def test_restless_all_day_after_a_medicine_that_blocks_dopamine_is_akathisia(talk: Conversation) -> None:
    await talk.start()
    await talk.say("is haloperidol bad for the legs")
    assert only(await talk.say("he cant keep still all day")).text.startswith(text_of("utter_red_flag/akathisia"))
