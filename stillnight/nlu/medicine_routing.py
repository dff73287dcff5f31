"""What a message plainly says of medicines weighs more than what a classifier makes of its words.

A name alone (“keppra?”) looks like nothing to a model that knows sentences, and two medicines that are dangerous
together must be told so, whatever topic the sentence resembles.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from stillnight.clinical.medicines.speech import Speech
from stillnight.nlu.decision import Decision
from stillnight.nlu.labels import FAQ, OUT_OF_SCOPE, base

CHECK: Final = "medication_check"
# Tasks that a bare name may well be meant for. A bare question (“can i take requip”) asks for no dose.
_CLEAR: Final = frozenset({CHECK, "stop_medication", "correction", "my_medicines", "lab_report", "lab_explain"})
# Topics about medicines in general, which a list of one's own medicines resembles.
_GENERAL: Final = frozenset(
    f"{FAQ}/{topic}"
    for topic in (
        "alpha2delta",
        "benzodiazepines",
        "dopamine_agonists",
        "medications_that_worsen",
        "opioids",
        "treatments",
    )
)
_WORSENING: Final = f"{FAQ}/medications_that_worsen"
_DOUBTFUL_BELOW: Final = 0.5
_PLAIN_ABOVE: Final = 0.9


def about_medicines(decision: Decision, speech: Speech) -> Decision:
    """The decision, or the medicine check in its place.

    Args:
        decision: what the classifier makes of the message; never one of danger.
        speech: how the message speaks of medicines.
    """
    return replace(decision, label=CHECK, confidence=1.0, choices=()) if _is_check(decision, speech) else decision


def _is_check(decision: Decision, speech: Speech) -> bool:
    label = decision.label
    unclear = label is None or base(label) == OUT_OF_SCOPE
    topical = label is not None and base(label) == FAQ
    if speech.bare and not speech.what and label not in _CLEAR:
        # “tramadol” alone wants the medicine; “is horizant any good” plainly asks about the treatment.
        kind = label == _WORSENING or (label in _GENERAL and (speech.alone or decision.confidence < _PLAIN_ABOVE))
        doubtful = topical and (decision.confidence < _DOUBTFUL_BELOW or kind)
        if doubtful or not topical:
            return True
    if speech.pair and (unclear or topical):
        return True
    # A medicine is our subject, whatever the rest resembles.
    likeliest, sureness = next(iter(decision.ranking), (None, 0.0))
    if unclear and label is not None and speech.single and likeliest == CHECK and sureness >= _DOUBTFUL_BELOW:
        return True
    if label == _WORSENING:
        return speech.own or speech.single
    return label in _GENERAL and speech.own and speech.several
