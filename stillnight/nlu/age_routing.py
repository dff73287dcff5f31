"""The topic of children is no answer to somebody grown up: “shes 84, legs jumping in bed every nite”."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from stillnight.clinical.circumstances import circumstances
from stillnight.nlu.decision import Decision
from stillnight.nlu.labels import FAQ, base

CHILDREN: Final = f"{FAQ}/children"


def about_grown_ups(decision: Decision, text: str) -> Decision:
    """The likeliest other topic, where a message says that the person is an adult and speaks of no child.

    Args:
        decision: what the model makes of the message.
        text: the message.
    """
    if decision.label != CHILDREN or not circumstances().is_grown(text):
        return decision
    others = [(label, share) for label, share in decision.ranking if base(label) == FAQ and label != CHILDREN]
    return replace(decision, label=others[0][0], confidence=others[0][1]) if others else decision
