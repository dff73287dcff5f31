"""A question beside an insult is answered: “you stupid bot what is ferritin” comes from somebody who slept badly."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from stillnight.nlu.decision import Decision
from stillnight.nlu.labels import FAQ, OUT_OF_SCOPE, base

INSULT: Final = f"{OUT_OF_SCOPE}/insult"
# Tasks that a question can be; “repeat” and its like are what bare insults resemble most.
_ASKED: Final = frozenset({FAQ, "dose_request", "lab_explain", "medication_check", "stop_medication"})
# An insult alone has fewer words or leaves next to nothing for any of our questions, and no one of them stands out.
# Chosen on twenty insults with a question and thirty without.
_WORDS_LEAST: Final = 4
_SHARE_LEAST: Final = 0.05
_PART_LEAST: Final = 0.45


def about_question(decision: Decision, text: str) -> Decision:
    """The question's label in place of the insult's.

    Args:
        decision: what the model makes of the message.
        text: the message.
    """
    if decision.label != INSULT or len(text.split()) < _WORDS_LEAST:
        return decision
    ours = [(label, share) for label, share in decision.ranking if base(label) != OUT_OF_SCOPE]
    label, share = ours[0]
    stands_out = share >= max(_SHARE_LEAST, _PART_LEAST * sum(each for _, each in ours))
    return replace(decision, label=label, confidence=share) if stands_out and base(label) in _ASKED else decision
