"""Of whom a circumstance is told: “my husband is on dialysis” says nothing of the person's own values."""

from __future__ import annotations

import re
from typing import Final

from stillnight.clinical.circumstances import circumstances
from stillnight.clinical.labs.definitions import MAN
from stillnight.clinical.labs.questions import CHILD
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.replies import OFFSPRING, lab_replies

# One's own, as the owner of a circumstance.
OWN: Final = ""
# Of a longer message only the beginning: each clause is read by itself.
_CHARACTERS_READ: Final = 4_000
_CLAUSES_READ: Final = 100
_CLAUSE: Final = re.compile(r"[.,;!?\n]+|\b(?:and|but|so|because)\b")
_HE: Final = re.compile(r"\b(?:he|she|his|her|hers|him|they|their|he'?s|she'?s|they'?re)\b")
# “and my sister is 12 weeks”, behind one's own pregnancy.
_WEEKS: Final = re.compile(r"\b(?:is|at|too)\s+(?:about |now |only )?\d{1,2}\s*(?:weeks?|wks?|months?)\b(?! old)")
# Of these “12 weeks” is an age.
_NOT_PREGNANT: Final = frozenset({MAN, CHILD, OFFSPRING})
_I: Final = re.compile(r"\b(?:i|i'?m|i'?ve|me|myself)\b")


def told_of(text: str, last_owner: str | None) -> dict[str, str]:
    """Pregnancy, a child, dialysis: what a message tells, and of whom (`OWN`, or the word for somebody else).

    Args:
        text: the message.
        last_owner: of whom was spoken before: “she is pregnant” means them.
    """
    told: dict[str, str] = {}
    spoken_of = last_owner
    for clause in _CLAUSE.split(text[:_CHARACTERS_READ].lower(), _CLAUSES_READ)[:_CLAUSES_READ]:
        owners = lab_reader().spoken_of(clause).owners
        spoken_of = owners[0] if owners else spoken_of
        theirs = bool(owners or _HE.search(clause)) and not _I.search(clause)
        for circumstance in circumstances().after((), clause):
            told.setdefault(circumstance, spoken_of if theirs and spoken_of else OWN)
    return told


def so_many_weeks(text: str) -> list[str]:
    """Who is “12 weeks” in a message; where pregnancy is spoken of, they are pregnant too."""
    found = []
    for clause in _CLAUSE.split(text[:_CHARACTERS_READ].lower(), _CLAUSES_READ)[:_CLAUSES_READ]:
        owners = lab_reader().spoken_of(clause).owners if _WEEKS.search(clause) else ()
        found += [owner for owner in owners[:1] if lab_replies().group_of(owner) not in _NOT_PREGNANT]
    return found
