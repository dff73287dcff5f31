"""What is remembered of a person for the conversation, as slots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from stillnight.clinical.circumstances import circumstances

CIRCUMSTANCES_SLOT: Final = "circumstances"
# The one that answers go by; Rasa chooses the variation of an answer by it.
CIRCUMSTANCE_SLOT: Final = "circumstance"
MEDICINES_SLOT: Final = "medicines"


def noticed(text: str, known: Sequence[str]) -> dict[str, Any]:
    """Slots that change with one more message; empty when nothing does."""
    now = circumstances().after(known, text)
    if now == tuple(known):
        return {}
    return {CIRCUMSTANCES_SLOT: list(now), CIRCUMSTANCE_SLOT: now[0] if now else None}
