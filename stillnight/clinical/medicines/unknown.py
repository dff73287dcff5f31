"""Names that somebody clearly means as a medicine and that no list knows: “im on sertraline and zuntrapex”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stillnight.clinical.medicines.finder import Mention
from stillnight.clinical.medicines.names import Names
from stillnight.clinical.medicines.talk import Talk
from stillnight.clinical.medicines.words import Word, words_in

_SHORTEST: Final = 6
_AMOUNT_BEHIND: Final = re.compile(r"\s*\d+(?:[.,]\d+)?\s*(?:mg|mcg|µg|ug|g|ml)\b", re.IGNORECASE)
_COMMA: Final = re.compile(r"\s*,\s*")


def unknown_names(text: str, mentions: Sequence[Mention], names: Names, talk: Talk) -> tuple[str, ...]:
    """Words as they were typed, each once.

    Args:
        text: the message.
        mentions: what was found in it.
        names: knows which words are everyday ones.
        talk: the words beside which a medicine is named.
    """
    words = list(words_in(text))
    strange = (at for at, word in enumerate(words) if _is_strange(word, mentions, names))
    meant = (words[at] for at in strange if _is_meant(text, words, at, mentions, talk))
    return tuple(dict.fromkeys(text[word.start : word.end] for word in meant))


def _is_strange(word: Word, mentions: Sequence[Mention], names: Names) -> bool:
    free = not any(mention.covers(word) for mention in mentions)
    return free and word.text.isalpha() and len(word.text) >= _SHORTEST and not names.everyday.has(word.text)


def _is_meant(text: str, words: Sequence[Word], at: int, mentions: Sequence[Mention], talk: Talk) -> bool:
    word = words[at]
    before = words[at - 1].text if at else ""
    if before in talk.unknown_after or _AMOUNT_BEHIND.match(text, word.end):
        return True
    return any(_joined(gap, talk) for gap in _gaps(text, word, mentions))


def _gaps(text: str, word: Word, mentions: Sequence[Mention]) -> Iterator[str]:
    """What stands between the word and the names before and behind it."""
    yield from (text[mention.end : word.start] for mention in mentions if mention.end <= word.start)
    yield from (text[word.end : mention.start] for mention in mentions if word.end <= mention.start)


def _joined(gap: str, talk: Talk) -> bool:
    return bool(_COMMA.fullmatch(gap)) or gap.strip(" ,").lower() in talk.joins
