"""A lab value in a message weighs more than what a classifier makes of its words.

“18” beside “ferritin” is a result, whatever the sentence around it resembles. What the person plainly asks besides,
about medicines or a topic that is not about blood tests, is answered first, then the value is explained (`LabPolicy`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from stillnight.clinical.labs.values import LabReading
from stillnight.nlu.decision import Decision
from stillnight.nlu.labels import FAQ, OUT_OF_SCOPE, base

REPORT: Final = "lab_report"
DOSE: Final = "dose_request"
EXPLAIN: Final = "lab_explain"
# Tasks that stay what they are, with a value in the message.
_FIRST: Final = frozenset(
    {
        "change_country",
        "diagnosis_request",
        DOSE,
        "human",
        "medication_check",
        "privacy",
        "stop_medication",
        "symptom_check",
        "visit_summary",
    }
)
# Topics that a sentence with a value resembles, and that the explanation of the value answers.
_ANSWERED: Final = frozenset(
    f"{FAQ}/{topic}"
    for topic in (
        "blood_tests",
        "diagnosis",
        "iron",
        "iron_treatment",
        "kidney",
        "magnesium",
        "other_deficiencies",
        "sleep_study",
        "what_is_plmd",
        "when_to_see_doctor",
    )
)
_DOUBTFUL_BELOW: Final = 0.5
_SURE_DOSE: Final = 0.7


def about_labs(decision: Decision, reading: LabReading, named_alone: bool = False) -> Decision:
    """The decision, or the report of a value in its place.

    Args:
        decision: what the classifier makes of the message; never one of danger.
        reading: what the message says of lab values.
        named_alone: the message is little more than the name of a test, which asks what the test is.
    """
    if reading.values:
        decision = _ours(decision)
    if _is_report(decision, reading):
        return replace(decision, label=REPORT, confidence=1.0, choices=())
    if named_alone and not reading.values and decision.label == REPORT:
        return replace(decision, label=EXPLAIN)
    return decision


def _ours(decision: Decision) -> Decision:
    """A message with a value is no other subject: what was likeliest all the same, if it is a topic of ours."""
    label, confidence = decision.ranking[0] if decision.ranking else ("", 0.0)
    refused = decision.label is not None and base(decision.label) == OUT_OF_SCOPE
    if refused and base(label) == FAQ and confidence >= _DOUBTFUL_BELOW:
        return replace(decision, label=label, confidence=confidence)
    return decision


def _is_report(decision: Decision, reading: LabReading) -> bool:
    label = decision.label
    unclear = label is None or base(label) == OUT_OF_SCOPE
    if not reading.values:
        return bool(reading.others) and unclear
    if unclear or label in _ANSWERED:
        return True
    if label is not None and base(label) == FAQ:
        return decision.confidence < _DOUBTFUL_BELOW
    # “My ferritin is 59 and I take 0.25 ropinirole” speaks of a dose, and asks for none.
    return label not in _FIRST or (label == DOSE and decision.confidence < _SURE_DOSE)
