"""When the medicine check takes the place of what the classifier made of a message."""

from __future__ import annotations

import pytest

from stillnight.clinical.medicines.speech import Speech
from stillnight.nlu.decision import Decision
from stillnight.nlu.medicine_routing import CHECK, about_medicines


def label(before: str | None, speech: Speech, confidence: float = 0.9) -> str | None:
    return about_medicines(Decision(before, confidence, (), ("iron",)), speech).label


BARE = Speech(bare=True, single=True)


@pytest.mark.parametrize("unclear", [None, "out_of_scope/language", "dose_request", "human"])
def test_bare_name_is_checked_where_nothing_else_is_clear(unclear: str | None) -> None:
    assert label(unclear, BARE) == CHECK


def test_name_alone_is_checked_though_its_kind_is_a_topic() -> None:
    assert label("faq/benzodiazepines", Speech(bare=True, alone=True, single=True), 0.99) == CHECK


@pytest.mark.parametrize(("confidence", "wanted"), [(0.95, "faq/alpha2delta"), (0.7, CHECK)])
def test_plain_question_about_a_treatment_stays_with_its_topic(confidence: float, wanted: str) -> None:
    assert label("faq/alpha2delta", BARE, confidence) == wanted


@pytest.mark.parametrize("clear", ["stop_medication", "correction", "faq/magnesium", "lab_report"])
def test_bare_name_in_a_clear_message_is_not(clear: str) -> None:
    assert label(clear, BARE) == clear


def test_question_what_a_medicine_is_stays_with_its_topic() -> None:
    what = Speech(bare=True, single=True, what=True)
    assert label("faq/alpha2delta", what) == "faq/alpha2delta"


def test_bare_name_in_a_topic_that_is_only_guessed_is_checked() -> None:
    assert label("faq/magnesium", BARE, 0.3) == CHECK


@pytest.mark.parametrize("before", [None, "faq/alpha2delta", "out_of_scope/everyday"])
def test_dangerous_pair_is_checked(before: str | None) -> None:
    assert label(before, Speech(several=True, pair=True)) == CHECK


@pytest.mark.parametrize("task", ["stop_medication", "dose_request", "correction"])
def test_dangerous_pair_leaves_tasks_alone(task: str) -> None:
    assert label(task, Speech(several=True, pair=True)) == task


def test_medicine_in_the_topic_of_worsening_medicines_is_checked() -> None:
    assert label("faq/medications_that_worsen", Speech(single=True)) == CHECK
    assert label("faq/medications_that_worsen", Speech(own=True)) == CHECK
    assert label("faq/medications_that_worsen", Speech()) == "faq/medications_that_worsen"


def test_list_of_ones_own_in_a_topic_about_medicines_is_checked() -> None:
    assert label("faq/opioids", Speech(own=True, several=True)) == CHECK
    assert label("faq/opioids", Speech(own=True)) == "faq/opioids"
    assert label("faq/iron", Speech(own=True, several=True)) == "faq/iron"


def test_nothing_is_asked_about_once_it_is_checked() -> None:
    assert about_medicines(Decision(None, 0.1, (), ("iron",)), BARE) == Decision(CHECK, 1.0, (), ())
