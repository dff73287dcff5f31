"""A night that is plainly told for the diary weighs more than what a classifier makes of its words.

What the person asks beside it is answered first: then the next likeliest label counts, and the night is noted behind
the answer (`DiaryPolicy`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from stillnight.clinical.diary.reader import Heard
from stillnight.nlu.decision import Decision
from stillnight.nlu.labels import OUT_OF_SCOPE, base, topic_of

DIARY: Final = "symptom_diary"
# From this share of what is left without the diary, what is asked beside it is clear enough.
_CLEAR: Final = 0.4
_CHOICES: Final = 3


def about_diary(decision: Decision, heard: Heard) -> Decision:
    """The decision, or the diary in its place; or what is asked beside an entry.

    Args:
        decision: what the classifier makes of the message; never one of danger.
        heard: what the message says of the diary.
    """
    if not (heard.plain or (heard.wish and heard.wish.named)):
        cued = heard.cued and not heard.past
        return decision if cued or decision.label != DIARY else _other(decision) or _in_doubt(decision)
    if not heard.asks:
        return replace(decision, label=DIARY, confidence=1.0, choices=())
    return _other(decision) or replace(decision, label=DIARY, confidence=1.0, choices=())


def _other(decision: Decision) -> Decision | None:
    """What is likeliest if it is not the diary; None when nothing is likely enough."""
    rest = 1.0 - sum(share for label, share in decision.ranking if label == DIARY)
    others = [(label, share) for label, share in decision.ranking if label != DIARY and base(label) != OUT_OF_SCOPE]
    if not others or others[0][1] < _CLEAR * rest:
        return None
    label, share = others[0]
    return replace(decision, label=label, confidence=share / rest, choices=())


def _in_doubt(decision: Decision) -> Decision:
    topics = [slug for label, _ in decision.ranking if (slug := topic_of(label))]
    return replace(decision, label=None, choices=tuple(topics[:_CHOICES]))
