"""When the word about languages takes the place of what the classifier made of a message."""

from __future__ import annotations

import pytest

from stillnight.nlu.decision import Decision
from stillnight.nlu.language_routing import OTHER_LANGUAGE, about_language

RANKING = (("faq/iron", 0.4), ("greet", 0.3))
SMALL_TALK = ["greet", "goodbye", "thanks", "affirm", "deny"]


def label(before: str | None, language: str | None, confidence: float = 0.9) -> str | None:
    return about_language(Decision(before, confidence, RANKING, ("iron",)), language).label


@pytest.mark.parametrize(
    "before", [None, "faq/iron", "out_of_scope/other_health", "lab_report", "medication_check", "out_of_scope/too_long"]
)
def test_message_in_another_language_is_told_so(before: str | None) -> None:
    assert label(before, "es") == OTHER_LANGUAGE


@pytest.mark.parametrize("before", [None, "faq/iron", OTHER_LANGUAGE, "greet"])
def test_english_stays_what_it_is(before: str | None) -> None:
    decision = Decision(before, 0.3, RANKING, ("iron",))
    assert about_language(decision, None) is decision


@pytest.mark.parametrize("confidence", [0.1, 0.9])
def test_danger_comes_first(confidence: float) -> None:
    assert label("red_flag/self_harm", "es", confidence) == "red_flag/self_harm"


@pytest.mark.parametrize("task", SMALL_TALK)
def test_small_talk_that_is_clear_stays_small_talk(task: str) -> None:
    assert label(task, "es", 0.51) == task
    assert label(task, "es", 0.5) == OTHER_LANGUAGE


def test_decision_is_certain_and_asks_nothing() -> None:
    before = Decision("faq/iron", 0.4, RANKING, ("iron",), outside=0.2, also=("faq/heart",))
    assert about_language(before, "de") == Decision(OTHER_LANGUAGE, 1.0, RANKING, (), outside=0.2)
