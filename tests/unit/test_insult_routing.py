"""A question beside an insult is answered; an insult alone is not."""

from __future__ import annotations

import pytest

from stillnight.nlu.decision import Decision
from stillnight.nlu.insult_routing import INSULT, about_question

TEXT = "you stupid bot what is ferritin"


def insult(*ours: tuple[str, float], label: str = INSULT) -> Decision:
    ranking = ((INSULT, 1.0 - sum(share for _, share in ours)), *ours)
    return Decision(label, 0.96, ranking, (), outside=0.96)


@pytest.mark.parametrize("label", ["lab_explain", "faq/iron", "medication_check"])
def test_question_that_stands_out_is_answered(label: str) -> None:
    decision = about_question(insult((label, 0.18), ("my_labs", 0.02)), TEXT)
    assert (decision.label, decision.confidence) == (label, 0.18)


@pytest.mark.parametrize(
    ("decision", "text"),
    [
        (insult(("lab_explain", 0.04)), TEXT),
        (insult(("lab_explain", 0.1), ("faq/iron", 0.09), ("faq/iron_foods", 0.09)), TEXT),
        (insult(("repeat", 0.18)), TEXT),
        (insult(("stop_medication", 0.1)), "fuck off"),
        (insult(("lab_explain", 0.18), label="out_of_scope/everyday"), TEXT),
    ],
)
def test_whatever_else_stays_what_it_was(decision: Decision, text: str) -> None:
    assert about_question(decision, text) is decision
