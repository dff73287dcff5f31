"""When a lab value takes the place of what the classifier made of a message."""

from __future__ import annotations

import pytest

from stillnight.clinical.labs.values import LabReading, LabValue
from stillnight.content.catalogue import catalogue
from stillnight.nlu.decision import Decision
from stillnight.nlu.lab_routing import REPORT, about_labs

VALUE = LabReading((LabValue("ferritin", 18, "ng/mL"),))
OTHER_TEST = LabReading((), ("hba1c",))
NOTHING = LabReading(())
UNCLEAR = [None, "out_of_scope/other_health", "out_of_scope/unreadable"]
# Topics that the explanation of a value answers, and topics that it does not.
ANSWERED = ["blood_tests", "diagnosis", "iron", "iron_treatment", "kidney", "magnesium", "sleep_study"]
ELSE = ["sleep_hygiene", "pregnancy", "treatments", "what_is_rls", "caffeine_alcohol"]


def label(before: str | None, reading: LabReading, confidence: float = 0.9) -> str | None:
    return about_labs(Decision(before, confidence, (), ("iron",)), reading).label


@pytest.mark.parametrize("unclear", UNCLEAR)
def test_value_in_an_unclear_message_is_a_report(unclear: str | None) -> None:
    assert label(unclear, VALUE) == REPORT


@pytest.mark.parametrize("topic", ANSWERED)
def test_value_in_a_question_about_blood_tests_is_a_report(topic: str) -> None:
    assert label(f"faq/{topic}", VALUE) == REPORT


@pytest.mark.parametrize("topic", ELSE)
def test_question_about_another_topic_is_answered_first(topic: str) -> None:
    assert label(f"faq/{topic}", VALUE) == f"faq/{topic}"


@pytest.mark.parametrize(("confidence", "expected"), [(0.49, REPORT), (0.5, "faq/sleep_hygiene")])
def test_question_about_another_topic_that_is_only_guessed_is_not(confidence: float, expected: str) -> None:
    assert label("faq/sleep_hygiene", VALUE, confidence) == expected


@pytest.mark.parametrize("task", ["medication_check", "stop_medication", "diagnosis_request", "privacy", "human"])
@pytest.mark.parametrize("confidence", [0.2, 0.9])
def test_task_beside_a_value_is_done_first(task: str, confidence: float) -> None:
    assert label(task, VALUE, confidence) == task


@pytest.mark.parametrize(("confidence", "expected"), [(0.69, REPORT), (0.7, "dose_request")])
def test_dose_that_is_only_guessed_gives_way_to_a_value(confidence: float, expected: str) -> None:
    assert label("dose_request", VALUE, confidence) == expected


@pytest.mark.parametrize("task", ["lab_explain", "greet", "thanks", "help", "affirm", REPORT])
def test_value_weighs_more_than_small_talk(task: str) -> None:
    assert label(task, VALUE) == REPORT


@pytest.mark.parametrize("unclear", UNCLEAR)
def test_test_that_is_not_known_is_a_report_where_nothing_else_is_clear(unclear: str | None) -> None:
    assert label(unclear, OTHER_TEST) == REPORT


@pytest.mark.parametrize("clear", ["faq/iron", "medication_check", "greet", "lab_explain"])
def test_test_that_is_not_known_leaves_a_clear_message_alone(clear: str) -> None:
    assert label(clear, OTHER_TEST) == clear


@pytest.mark.parametrize("before", [*UNCLEAR, "faq/iron", "medication_check", "greet"])
def test_message_without_a_value_stays_what_it_is(before: str | None) -> None:
    decision = Decision(before, 0.3, (("iron", 0.3),), ("iron",))
    assert about_labs(decision, NOTHING) is decision


def test_report_is_certain_and_asks_about_no_topic() -> None:
    ranking = (("faq/iron", 0.1),)
    assert about_labs(Decision(None, 0.1, ranking, ("iron",)), VALUE) == Decision(REPORT, 1.0, ranking, ())


@pytest.mark.parametrize("topic", [*ANSWERED, *ELSE])
def test_topics_of_these_tests_exist(topic: str) -> None:
    assert f"utter_faq/{topic}" in catalogue().answers


def test_bare_name_of_a_test_asks_what_it_is() -> None:
    assert about_labs(Decision(REPORT, 0.6, (), ()), NOTHING, named_alone=True).label == "lab_explain"


def test_bare_name_beside_a_value_or_another_wish_does_not() -> None:
    assert about_labs(Decision(REPORT, 0.6, (), ()), VALUE, named_alone=True).label == REPORT
    assert about_labs(Decision("my_labs", 0.6, (), ()), NOTHING, named_alone=True).label == "my_labs"
    assert about_labs(Decision(REPORT, 0.6, (), ()), NOTHING).label == REPORT


@pytest.mark.parametrize(("confidence", "expected"), [(0.49, REPORT), (0.5, "faq/sleep_hygiene")])
def test_message_with_a_value_is_no_other_subject(confidence: float, expected: str) -> None:
    ranking = (("faq/sleep_hygiene", confidence), ("out_of_scope/other_sleep", 0.3))
    refused = Decision("out_of_scope/other_sleep", 0.6, ranking, ())
    assert about_labs(refused, VALUE).label == expected
    assert about_labs(refused, NOTHING) is refused
