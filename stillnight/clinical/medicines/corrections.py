"""Medicines that the person takes back: “not sertraline, cetirizine”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from stillnight.clinical.medicines.finder import Mention
from stillnight.clinical.medicines.words import words_in

_CLAUSE_ENDS: Final = re.compile(r"[,.;:!?()\n–—]|\bbut\b", re.IGNORECASE)
# Words that can stand between the “not” and the name.
_BETWEEN: Final = frozenset(
    {"a", "an", "any", "my", "of", "on", "that", "the", "this"}
    | {
        "been",
        "had",
        "has",
        "have",
        "having",
        "mean",
        "meant",
        "take",
        "taken",
        "taking",
        "took",
        "use",
        "used",
        "using",
    }
)
_BETWEEN_MAX: Final = 3
# At the start of a clause these ask: “isn't sertraline bad?”
_ASKING: Final = frozenset({"isnt", "arent", "wasnt"})
_LIKEWISE: Final = frozenset({"or", "nor"})


def taken_back(text: str, mentions: Sequence[Mention], negators: frozenset[str]) -> frozenset[str]:
    """Medicines that the person says are not theirs.

    Args:
        text: the message.
        mentions: what was found in it, in order.
        negators: words that take back the name behind them, without apostrophes.
    """
    back: set[str] = set()
    kept: set[str] = set()
    was_back, end = False, 0
    for mention in mentions:
        between = text[end : mention.start]
        words = [word.text for word in words_in(_CLAUSE_ENDS.split(between)[-1])]
        was_back = _takes_back(words, negators) or (was_back and bool(words) and _LIKEWISE.issuperset(words))
        end = mention.end
        if was_back:
            back |= set(mention.medicines)
        elif mention.together or len(mention.medicines) == 1:
            kept |= set(mention.medicines)
    return frozenset(back - kept)


def _takes_back(words: Sequence[str], negators: frozenset[str]) -> bool:
    for passed, word in enumerate(reversed(words)):
        if word in negators:
            return word not in _ASKING or passed < len(words) - 1
        if word not in _BETWEEN or passed == _BETWEEN_MAX:
            return False
    return False
