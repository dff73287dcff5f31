"""Medicines that the person takes back: “not sertraline, cetirizine”, “forget doxepin”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from stillnight.clinical.medicines.finder import Mention
from stillnight.clinical.medicines.talk import Talk
from stillnight.clinical.medicines.words import key, words_in

_CLAUSE_ENDS: Final = re.compile(r"[,.;:!?()\n–—]|\bbut\b", re.IGNORECASE)
_BETWEEN_MAX: Final = 3
# At the start of a clause these ask: “isn't sertraline bad?”
_ASKING: Final = frozenset({"isnt", "arent", "wasnt"})
_LIKEWISE: Final = frozenset({"or", "nor"})


def taken_back(text: str, mentions: Sequence[Mention], talk: Talk) -> frozenset[str]:
    """Medicines that the person says are not theirs.

    Args:
        text: the message.
        mentions: what was found in it, in order.
        talk: the words that take back.
    """
    back: set[str] = set()
    kept: set[str] = set()
    was_back, end = False, 0
    for mention in mentions:
        between = text[end : mention.start]
        words = [word.text for word in words_in(_CLAUSE_ENDS.split(between)[-1])]
        likewise = was_back and bool(words) and _LIKEWISE.issuperset(words)
        was_back = _before(words, talk) or likewise or _behind(text[mention.end :], talk)
        end = mention.end
        if was_back:
            back |= set(mention.medicines)
        elif mention.together or len(mention.medicines) == 1:
            kept |= set(mention.medicines)
    return frozenset(back - kept)


def _before(words: Sequence[str], talk: Talk) -> bool:
    for passed, word in enumerate(reversed(words)):
        if word in talk.takes_back:
            return word not in _ASKING or passed < len(words) - 1
        if word in talk.takes_back_first:
            return talk.polite.issuperset(words[: len(words) - passed - 1])
        if word not in talk.between or passed == _BETWEEN_MAX:
            return False
    return False


def _behind(text: str, talk: Talk) -> bool:
    ahead = f"{key(_CLAUSE_ENDS.split(text)[0])} "
    return any(ahead.startswith(f"{phrase} ") for phrase in talk.takes_back_behind)
