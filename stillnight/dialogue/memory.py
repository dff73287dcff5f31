"""What is remembered of a person for the conversation, as slots."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any, Final

from stillnight.clinical.circumstances import DIALYSIS, PREGNANCY, circumstances
from stillnight.clinical.labs.reader import lab_reader
from stillnight.content.catalogue import CIRCUMSTANCE_SLOT as CIRCUMSTANCE_SLOT

CIRCUMSTANCES_SLOT: Final = "circumstances"
MEDICINES_SLOT: Final = "medicines"


# Words by which a message is about the person alone, and words by which it is about the other.
_OWN: Final = re.compile(
    r"\b(?:can|could|should|shall|may|do|if) i (?:also |still |just )*(?:take|have|use|try|need|stop|drink)\b"
    r"|\bi (?:also |too )?(?:have|get|take|got|suffer)\b|\b(?:for|about|and) me\b|\b(?:me|myself) too\b"
    r"|\bmy (?:own|legs?|ferritin|iron|magnesium|sleep|night)\b|\bi'?(?:m| am) (?:on|taking)\b|\bmine\b|\bmyself\b"
)
_THEIRS: Final = re.compile(r"\b(?:he|she|him|her|his|hers|he'?s|she'?s|they|them|their)\b")


def in_play(text: str, known: Sequence[str], theirs: Collection[str], now: str | None) -> dict[str, Any]:
    """The slot that answers go by, where it changes: a partner's dialysis is none of the person's own.

    Args:
        text: the message.
        known: circumstances of the conversation.
        theirs: those of them that were told of others only.
        now: what answers go by so far.
    """
    said = text.lower()
    if DIALYSIS in known and DIALYSIS not in theirs and known[0] == DIALYSIS:
        others = lab_reader().spoken_of(text).owners
        meant = None if others and _THEIRS.search(said) else DIALYSIS if _OWN.search(said) else now
        return {} if meant == now else {CIRCUMSTANCE_SLOT: meant}
    if not set(theirs) & set(known):
        return {}
    if _THEIRS.search(said) or lab_reader().spoken_of(text).owners:
        meant = known[0]
    elif _OWN.search(said):
        meant = next((each for each in known if each not in theirs), None)
    else:
        return {}
    return {} if meant == now else {CIRCUMSTANCE_SLOT: meant}


def noticed(text: str, known: Sequence[str]) -> dict[str, Any]:
    """Slots that change with one more message; empty when nothing does."""
    now = circumstances().after(known, text)
    if now == tuple(known):
        return {}
    # “im breastfeeding”, behind “baby is 6 weeks old”, speaks of oneself.
    of_oneself = PREGNANCY in now and PREGNANCY not in known and _OWN.search(text.lower())
    return {CIRCUMSTANCES_SLOT: list(now), CIRCUMSTANCE_SLOT: PREGNANCY if of_oneself else now[0] if now else None}
