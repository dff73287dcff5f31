"""What is said to a message in doubt, and to the yes or no behind it."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.doubt import ActionAskTopic, ActionTakeAnswer
from stillnight.content.catalogue import CIRCUMSTANCE_SLOT, catalogue

Event = dict[str, Any]

MORE = {"title": "Tell me more", "payload": '/more{"topic": "caffeine_alcohol"}'}


def patient(intent: str = "faq", text: str = "…") -> Event:
    return {"event": "user", "text": text, "parse_data": {"intent": {"name": intent}}}


def assistant(name: str, *buttons: dict[str, str], **own: Any) -> Event:
    return {
        "event": "bot",
        "text": "…",
        "data": {"buttons": list(buttons)},
        "metadata": {"utter_action": name, "metadata": own},
    }


COFFEE = [patient(), assistant("utter_faq/caffeine_alcohol", MORE)]


def reply(
    action: ActionAskTopic | ActionTakeAnswer,
    events: list[Event],
    intent: str,
    text: str,
    circumstance: str | None = None,
    **understood: Any,
) -> dict[str, Any]:
    """The one message that the action says to the newest message."""
    latest = {"text": text, "intent": {"name": intent}, "entities": [], **understood}
    tracker = Tracker(
        "doubt",
        {CIRCUMSTANCE_SLOT: circumstance},
        latest,
        [*events, patient(intent, text)],
        False,
        None,
        {},
        "action_listen",
    )
    dispatcher = CollectingDispatcher()
    assert action.run(dispatcher, tracker, {}) == []
    (message,) = dispatcher.messages
    return dict(message)


def asked(events: list[Event], text: str, choices: tuple[str, ...] = ("heart", "iron"), **understood: Any) -> str:
    return str(
        reply(ActionAskTopic(), events, "nlu_fallback", text, choices=list(choices), **understood)["response"]
    ).removeprefix("utter_")


def taken(events: list[Event], intent: str, circumstance: str | None = None) -> str:
    return str(reply(ActionTakeAnswer(), events, intent, "…", circumstance)["response"]).removeprefix("utter_")


def missed(*answers: Event) -> list[Event]:
    return [patient("nlu_fallback"), *answers]


# -- going on about the last topic


@pytest.mark.parametrize("text", ["even at lunchtime?", "and decaf?", "only a weak one then"])
def test_few_words_after_an_answer_go_on_about_its_topic(text: str) -> None:
    said = reply(ActionAskTopic(), COFFEE, "nlu_fallback", text, choices=["heart"])
    assert said["response"] == "utter_still_about"
    assert said["topic"] == catalogue().title("caffeine_alcohol")
    assert said["buttons"] == [MORE]


def test_topic_may_be_the_likeliest_choice_and_be_named() -> None:
    assert asked(COFFEE, "coffee at lunch?", ("caffeine_alcohol", "heart")) == "still_about"


def test_longer_message_is_asked_about() -> None:
    assert asked(COFFEE, "one two three four five") == "still_about"
    assert asked(COFFEE, "one two three four five six") == "did_you_mean"


@pytest.mark.parametrize("text", ["and the heart?", "HEART", "blood pressure though"])
def test_words_that_name_another_likely_topic_are_asked_about(text: str) -> None:
    assert asked(COFFEE, text) == "did_you_mean"


@pytest.mark.parametrize("entity", ["lab", "medicine", "medicine_class"])
def test_words_that_name_a_medicine_or_a_test_are_asked_about(entity: str) -> None:
    named = [{"entity": entity, "value": "…"}]
    assert asked(COFFEE, "and this one?", entities=named) == "did_you_mean"
    assert asked(COFFEE, "and this one?", entities=[{"entity": "country", "value": "…"}]) == "still_about"


@pytest.mark.parametrize(
    "before",
    [
        [],
        [assistant("utter_greet", MORE)],
        [*COFFEE, patient("human"), assistant("utter_human_no_contact", MORE)],
        [*COFFEE, patient("out_of_scope"), assistant("utter_out_of_scope/everyday", MORE)],
        [patient(), assistant("utter_faq/caffeine_alcohol")],
    ],
)
def test_without_a_topic_at_hand_it_is_asked_as_ever(before: list[Event]) -> None:
    assert asked(before, "even at lunchtime?") == "did_you_mean"
    assert asked(before, "even at lunchtime?", ()) == "cannot_help"


@pytest.mark.parametrize("between", ["utter_thanks", "utter_affirm", "utter_sources", "utter_no_more"])
def test_thanks_and_asides_do_not_end_a_topic(between: str) -> None:
    assert asked([*COFFEE, patient("thanks"), assistant(between)], "even at lunchtime?") == "still_about"


def test_answer_that_was_put_together_has_a_topic_too() -> None:
    explained = assistant("", {"title": "Foods with iron", "payload": "/faq/iron_foods"}, topic="iron")
    assert asked([patient("lab_report"), explained], "even at lunchtime?") == "still_about"


def test_it_is_never_said_twice_in_a_row() -> None:
    once = [*COFFEE, *missed(assistant("utter_still_about", MORE))]
    assert asked(once, "and at three?") == "cannot_help"
    # Something else was understood in between.
    assert asked([*once, *COFFEE], "and at three?") == "still_about"


def test_second_miss_in_a_row_is_told_plainly() -> None:
    assert asked([*COFFEE, *missed(assistant("utter_did_you_mean"))], "and at three?") == "cannot_help"


# -- yes and no


STILL = [*COFFEE, *missed(assistant("utter_still_about", MORE))]


def test_yes_reads_on() -> None:
    assert taken(STILL, "affirm") == "more_caffeine_alcohol"


def test_yes_after_the_second_part_says_that_there_is_no_more() -> None:
    read = [*COFFEE, patient("more"), assistant("utter_more_caffeine_alcohol", MORE)]
    assert taken([*read, *missed(assistant("utter_still_about", MORE))], "affirm") == "no_more"


def test_yes_never_leads_to_what_does_not_fit_the_person() -> None:
    assert taken(STILL, "affirm", "pregnancy") == "no_more"


def test_no_listens() -> None:
    assert taken(STILL, "deny") == "deny"


def test_yes_and_no_after_did_you_mean_are_what_they_were() -> None:
    offered = missed(assistant("utter_did_you_mean", {"title": "Iron", "payload": "/faq/iron"}))
    assert taken(offered, "affirm") == "faq/iron"
    assert taken(offered, "deny") == "cannot_help"
    assert taken(COFFEE, "affirm") == "affirm"
    assert taken(COFFEE, "deny") == "deny"
