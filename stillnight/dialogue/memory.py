"""What is remembered of a person for the conversation, as slots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from stillnight.clinical.circumstances import circumstances
from stillnight.content.catalogue import CIRCUMSTANCE_SLOT as CIRCUMSTANCE_SLOT

CIRCUMSTANCES_SLOT: Final = "circumstances"
MEDICINES_SLOT: Final = "medicines"
# A circumstance that a lab value tells: answers about iron then say no iron.
HIGH_IRON: Final = "high_iron"


def noticed(text: str, known: Sequence[str]) -> dict[str, Any]:
    """Slots that change with one more message; empty when nothing does."""
    now = circumstances().after(known, text)
    if now == tuple(known):
        return {}
    return {CIRCUMSTANCES_SLOT: list(now), CIRCUMSTANCE_SLOT: now[0] if now else None}
