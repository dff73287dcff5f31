"""When the assistant turns to lab values by itself."""

from __future__ import annotations

import pytest
from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from stillnight.clinical.labs.notebook import ASKED_MAX, Notebook, Open
from stillnight.clinical.labs.values import LabValue
from stillnight.content.catalogue import catalogue
from stillnight.dialogue.lab_memory import FORM, LABS_SLOT
from stillnight.dialogue.lab_policy import LabPolicy, next_action
from stillnight.paths import PROJECT

LISTEN = "action_listen"
ASK = "action_ask_lab_answer"
EXPLAIN = "action_explain_labs"
AGAIN = "utter_lab_ask_again"
FERRITIN = Open(LabValue("ferritin", 18, "ng/mL"))
TOLD_NOW = Notebook(open=(FERRITIN,), fresh=True)
WAITING = Notebook(open=(FERRITIN,), asked=1)
HELD = Notebook(open=(FERRITIN,), held=True)
NOTHING = Notebook(told=(FERRITIN.value,), fresh=True)


@pytest.fixture(scope="module")
def domain() -> Domain:
    return Domain.load(str(PROJECT / "domain.yml"))


def heard(intent: str, lab: str | None = None) -> UserUttered:
    return UserUttered("words", {"name": intent}, [{"entity": "lab", "value": lab}] if lab else [])


def after(*events: Event, form: bool = False) -> DialogueStateTracker:
    """A conversation; `form`: in which a question about a value is open."""
    start: list[Event] = [ActionExecuted("action_session_start"), SessionStarted()]
    opened: list[Event] = [ActionExecuted(FORM), ActiveLoop(FORM)] if form else []
    return DialogueStateTracker.from_events("policy", [*start, *opened, ActionExecuted(LISTEN), *events])


# -- a value told just now


@pytest.mark.parametrize(
    "intent", ["nlu_fallback", "out_of_scope", "lab_report", "lab_explain", "my_labs", "correction", "affirm", "deny"]
)
def test_value_in_a_message_that_asks_nothing_else_is_explained_at_once(intent: str) -> None:
    assert next_action(after(heard(intent)), TOLD_NOW) == FORM


@pytest.mark.parametrize("intent", ["faq", "medication_check", "stop_medication", "human", "greet", "red_flag"])
def test_value_beside_another_question_waits_for_its_answer(intent: str) -> None:
    assert next_action(after(heard(intent)), TOLD_NOW) is None
    assert next_action(after(heard(intent), ActionExecuted("utter_faq")), TOLD_NOW) == FORM


@pytest.mark.parametrize("done", [FORM, ASK, EXPLAIN])
def test_value_is_explained_once(done: str) -> None:
    assert next_action(after(heard("faq"), ActionExecuted(done)), TOLD_NOW) is None


@pytest.mark.parametrize("form", [False, True])
@pytest.mark.parametrize("intent", ["lab_report", "nlu_fallback", "faq", "lab_explain"])
def test_rules_decide_when_nothing_is_open(intent: str, form: bool) -> None:
    assert next_action(after(heard(intent, "ferritin"), form=form), NOTHING) is None
    assert next_action(after(heard(intent, "ferritin"), ActionExecuted("utter_faq"), form=form), NOTHING) is None


def test_nothing_is_done_before_the_first_message() -> None:
    tracker = after()
    tracker.latest_message = None
    assert next_action(tracker, TOLD_NOW) is None


# -- a value kept from before


def test_value_that_was_kept_is_explained_when_its_test_is_asked_about() -> None:
    assert next_action(after(heard("lab_explain", "ferritin")), WAITING) == FORM


def test_value_that_was_kept_waits_while_another_test_is_asked_about() -> None:
    assert next_action(after(heard("lab_explain", "tsh")), WAITING) is None
    assert next_action(after(heard("lab_explain")), WAITING) is None


@pytest.mark.parametrize("intent", ["faq", "greet", "affirm", "nlu_fallback"])
def test_value_that_was_kept_does_not_come_up_by_itself(intent: str) -> None:
    assert next_action(after(heard(intent)), WAITING) is None
    assert next_action(after(heard(intent), ActionExecuted("utter_faq")), WAITING) is None


def test_value_that_waits_for_an_urgent_one_comes_after_the_next_answer() -> None:
    assert next_action(after(heard("faq")), HELD) is None
    assert next_action(after(heard("faq"), ActionExecuted("utter_faq")), HELD) == FORM
    assert next_action(after(heard("lab_report"), ActionExecuted(EXPLAIN)), HELD) is None


# -- while a question is open


@pytest.mark.parametrize("intent", ["lab_report", "faq", "nlu_fallback", "affirm"])
def test_form_hears_the_answer_first(intent: str) -> None:
    assert next_action(after(heard(intent), form=True), WAITING) is None


def test_question_comes_again_when_something_else_was_answered() -> None:
    assert next_action(after(heard("faq"), ActionExecuted("utter_faq"), form=True), WAITING) == FORM
    assert next_action(after(heard("greet"), ActionExecuted("utter_greet"), form=True), WAITING) == FORM


@pytest.mark.parametrize("done", [FORM, ASK, EXPLAIN])
def test_question_is_asked_once_in_a_turn(done: str) -> None:
    assert next_action(after(heard("faq"), ActionExecuted(done), form=True), WAITING) is None


def rejected(intent: str) -> DialogueStateTracker:
    return after(heard(intent), ActionExecutionRejected(FORM), form=True)


def test_what_nobody_understands_is_said_not_to_be_caught() -> None:
    assert next_action(rejected("nlu_fallback"), WAITING) == AGAIN
    said = after(heard("nlu_fallback"), ActionExecutionRejected(FORM), ActionExecuted(AGAIN), form=True)
    assert next_action(said, WAITING) == FORM


def test_what_somebody_understands_is_left_to_the_rules() -> None:
    assert next_action(rejected("faq"), WAITING) is None


def test_question_that_was_asked_often_enough_is_let_go() -> None:
    often = Notebook(open=(FERRITIN,), asked=ASKED_MAX)
    assert next_action(rejected("nlu_fallback"), often) is None


# -- as a policy of Rasa


def prediction(domain: Domain, book: Notebook, intent: str) -> dict[str, float]:
    policy = LabPolicy(
        LabPolicy.get_default_config(), None, Resource("lab_policy"), ExecutionContext(None, node_name="lab_policy")
    )
    tracker = DialogueStateTracker.from_events(
        "policy", [ActionExecuted(LISTEN), heard(intent), SlotSet(LABS_SLOT, book.as_dict())], slots=domain.slots
    )
    probabilities = policy.predict_action_probabilities(tracker, domain).probabilities
    return {name: share for name, share in zip(domain.action_names_or_texts, probabilities) if share}


def test_policy_reads_the_notebook_and_is_sure(domain: Domain) -> None:
    assert prediction(domain, TOLD_NOW, "lab_report") == {FORM: 1.0}


def test_policy_keeps_silent_when_it_knows_nothing(domain: Domain) -> None:
    assert prediction(domain, NOTHING, "lab_report") == {}
    assert prediction(domain, TOLD_NOW, "faq") == {}


def test_policy_stands_above_the_rules() -> None:
    assert LabPolicy.get_default_config()["priority"] > 6


@pytest.mark.parametrize("action", [FORM, ASK, EXPLAIN, AGAIN])
def test_every_action_that_is_spoken_of_exists(domain: Domain, action: str) -> None:
    assert action in domain.action_names_or_texts or action in catalogue().answers
