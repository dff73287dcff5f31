"""A message in another language is told so in that language, whatever its words resemble in English.

Danger comes first all the same, and a bare “hola” or “gracias” is a greeting or thanks like any other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from stillnight.nlu.decision import Decision
from stillnight.nlu.labels import OUT_OF_SCOPE, RED_FLAG, base

# Key of the parsed message, and the label that such a message gets.
LANGUAGE: Final = "language"
OTHER_LANGUAGE: Final = f"{OUT_OF_SCOPE}/language"
# Tasks that are known in a few other languages too.
_SMALL_TALK: Final = frozenset({"affirm", "deny", "goodbye", "greet", "thanks"})
_CLEAR_ABOVE: Final = 0.5


def about_language(decision: Decision, language: str | None) -> Decision:
    """The decision, or the word about languages in its place.

    Args:
        decision: what was made of the message.
        language: code of the language that it is in; None for English.
    """
    label = decision.label
    if language is None or (label is not None and base(label) == RED_FLAG):
        return decision
    if label in _SMALL_TALK and decision.confidence > _CLEAR_ABOVE:
        return decision
    return replace(decision, label=OTHER_LANGUAGE, confidence=1.0, choices=(), also=())
