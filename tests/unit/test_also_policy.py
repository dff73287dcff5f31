"""When the further questions of a message are answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.also import ActionAnswerAlso
from stillnight.content.catalogue import catalogue
from stillnight.dialogue import history
from stillnight.dialogue.also_policy import ANSWER_ALSO, AlsoPolicy, waits
from stillnight.dialogue.lab_memory import FORM
from stillnight.nlu.labels import ALSO, parse_data_of_choice
from stillnight.paths import PROJECT
from stillnight.yaml_files import load_yaml

LISTEN = ActionExecuted("action_listen")
FAQ = ActionExecuted("utter_faq")
SECOND = ActionExecuted(ANSWER_ALSO)


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(PROJECT / "domain.yml"))


def heard(label: str = "faq/iron", also: Sequence[str] | None = None) -> UserUttered:
    asked = {} if also is None else {ALSO: list(also)}
    understood: dict[str, Any] = {**parse_data_of_choice(f"/{label}", "words"), **asked}
    return UserUttered("words", understood["intent"], understood["entities"], understood)


def both(label: str = "faq/iron", *also: str) -> UserUttered:
    return heard(label, also or ("faq/heart",))


def uttered(name: str) -> BotUttered:
    return BotUttered("…", metadata={"utter_action": name})


def after(*events: Event) -> DialogueStateTracker:
    start: list[Event] = [ActionExecuted("action_session_start"), SessionStarted(), LISTEN]
    return DialogueStateTracker.from_events("policy", [*start, *events])


ANSWERED: tuple[Event, ...] = (FAQ, uttered("utter_faq/iron"))


# -- when


def test_second_question_is_answered_after_the_first() -> None:
    assert waits(after(both(), *ANSWERED))


@pytest.mark.parametrize("action", ["action_check_medicines", "action_stop_medication", "utter_lab_explain"])
def test_second_question_is_answered_after_a_task_too(action: str) -> None:
    assert waits(after(both("medication_check"), ActionExecuted(action)))


def test_first_question_is_answered_first() -> None:
    assert not waits(after(both()))


def test_nothing_is_done_before_the_first_message() -> None:
    tracker = after()
    tracker.latest_message = None
    assert not waits(tracker)


def test_second_question_is_answered_once() -> None:
    assert not waits(after(both(), *ANSWERED, SECOND, uttered("utter_faq/heart")))
    # Even when its answer could not be said.
    assert not waits(after(both(), *ANSWERED, SECOND))


def test_answer_of_a_message_before_does_not_count() -> None:
    before = (both(), *ANSWERED, SECOND, uttered("utter_faq/heart"), LISTEN)
    assert waits(after(*before, both(), *ANSWERED))
    assert not waits(after(*before, both()))


def test_turn_that_is_over_stays_over() -> None:
    assert not waits(after(both(), *ANSWERED, LISTEN))


@pytest.mark.parametrize("message", [heard(), heard(also=[])])
def test_message_with_one_question_has_one_answer(message: UserUttered) -> None:
    assert not waits(after(message, *ANSWERED))


def test_same_answer_is_not_given_twice() -> None:
    assert not waits(after(both("faq/iron", "faq/iron"), *ANSWERED))


@pytest.mark.parametrize(
    ("label", "action"),
    [
        ("red_flag/self_harm", "utter_red_flag"),
        ("nlu_fallback", "action_ask_topic"),
        ("out_of_scope/everyday", "utter_out_of_scope"),
    ],
)
def test_danger_doubt_and_refusal_stand_alone(label: str, action: str) -> None:
    assert not waits(after(both(label), ActionExecuted(action)))


@pytest.mark.parametrize("done", [FORM, "action_explain_labs", "action_ask_lab_answer", "action_default_fallback"])
def test_nothing_follows_a_lab_value(done: str) -> None:
    assert not waits(after(both("lab_report"), ActionExecuted(done)))
    assert not waits(after(both(), *ANSWERED, ActionExecuted(done)))


def test_nothing_comes_between_a_question_about_a_value_and_its_answer() -> None:
    asked = (ActionExecuted(FORM), ActiveLoop(FORM), SlotSet("requested_slot", "lab_answer"), LISTEN)
    assert not waits(after(*asked, both(), *ANSWERED))


# -- as a policy of Rasa


def prediction(domain: Domain, *events: Event) -> dict[str, float]:
    policy = AlsoPolicy(
        AlsoPolicy.get_default_config(), None, Resource("also_policy"), ExecutionContext(None, node_name="also_policy")
    )
    probabilities = policy.predict_action_probabilities(after(*events), domain).probabilities
    return {name: share for name, share in zip(domain.action_names_or_texts, probabilities) if share}


def test_policy_is_sure_of_the_second_answer(domain: Domain) -> None:
    assert prediction(domain, both(), *ANSWERED) == {ANSWER_ALSO: 1.0}


def test_policy_keeps_silent_otherwise(domain: Domain) -> None:
    assert prediction(domain, both()) == {}
    assert prediction(domain, heard(), *ANSWERED) == {}


def test_policy_stands_above_the_rules_and_beneath_the_lab_values() -> None:
    policies = {policy["name"].rpartition(".")[2]: policy for policy in load_yaml(PROJECT / "config.yml")["policies"]}
    assert policies["LabPolicy"]["priority"] > policies["AlsoPolicy"]["priority"] > 6
    assert policies["RulePolicy"].get("priority", 6) <= 6
    assert AlsoPolicy.get_default_config()["priority"] > 6


# -- the action


async def answers(*also: str, **slots: str) -> list[dict[str, Any]]:
    tracker = after(both("faq/iron", *also), *ANSWERED)
    events = [event.as_dict() for event in tracker.events]
    dispatcher = CollectingDispatcher()
    state = {**tracker.current_state(), "slots": slots, "events": events}
    assert await ActionAnswerAlso().run(dispatcher, Tracker.from_dict(state), {}) == []
    return dispatcher.messages


async def second_answer(also: str, **slots: str) -> dict[str, Any]:
    (message,) = await answers(also, **slots)
    return message


async def test_action_answers_all_others_in_their_order() -> None:
    names = [message["utter_action"] for message in await answers("faq/heart", "faq/magnesium")]
    assert names == ["utter_faq/heart", "utter_faq/magnesium"]


async def test_task_is_answered_beside_a_topic() -> None:
    (message,) = await answers("dose_request")
    assert message["response"] == "utter_dose_request"


async def test_question_that_leans_is_answered_for_the_topic_before_it() -> None:
    target = catalogue().follow_up("heart", "what_helps")
    names = [message["utter_action"] or message["response"] for message in await answers("faq/heart", "ask_what_helps")]
    assert names == ["utter_faq/heart", target]


async def test_what_was_just_said_is_not_said_again() -> None:
    assert await answers("faq/iron") == []


async def test_action_utters_the_second_answer_under_its_name() -> None:
    message, answer = await second_answer("faq/heart"), catalogue().answers["utter_faq/heart"]
    assert (message["utter_action"], message["text"]) == (answer.name, answer.text)
    assert message["metadata"] == answer.metadata


async def test_action_utters_the_variation_for_the_person() -> None:
    message = await second_answer("faq/magnesium", circumstance="pregnancy")
    assert message["text"] == catalogue().varied["utter_faq/magnesium", "pregnancy"].text


async def test_button_to_more_of_the_second_answer_names_its_topic() -> None:
    more, *others = (await second_answer("faq/heart"))["buttons"]
    written = catalogue().answers["utter_faq/heart"].buttons
    assert more == {"title": f"Tell me more: {catalogue().title('heart')}", "payload": '/more{"topic": "heart"}'}
    assert others == [{"title": button.title, "payload": button.payload} for button in written[1:]]


def test_action_has_the_name_that_the_policy_predicts() -> None:
    assert ActionAnswerAlso().name() == ANSWER_ALSO


def test_topic_that_is_remembered_is_the_second() -> None:
    events = [event.as_dict() for event in (both(), *ANSWERED, SECOND, uttered("utter_faq/heart"), LISTEN, heard())]
    assert history.last_topic(events) == "heart"
