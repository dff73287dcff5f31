"""Mending misspelt words towards the words of the rules, and towards nothing else.

Stricter than the help that the model gets (`stillnight.language.spelling`): a word is mended when one slip or its sound
leads to a word of the rules. It is bolder, too: of short words, and of words that look like an inflected English one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from stillnight.language.sound import sound
from stillnight.language.spelling import english_words

_SHORTEST: Final = 4
_TWO_SLIPS: Final = 8
_KEPT_MAX: Final = 20_000


class Mender:
    """Mends words; `vocabulary` are the right ones."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        """Only words of letters, not too short, are mended towards."""
        self._words = sorted(word for word in vocabulary if word.isalpha() and len(word) >= _SHORTEST)
        self._known = frozenset(self._words)
        self._by_sound: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._words:
            self._by_sound[sound(word)].append(word)
        self._mended: dict[str, str] = {}

    def mend(self, word: str) -> str:
        """The word of the rules that `word` was meant to be, or `word`."""
        if len(word) < _SHORTEST or not word.isalpha() or word in self._known or word in english_words():
            return word
        if word not in self._mended:
            # Bounded, because what is typed is without end.
            if len(self._mended) > _KEPT_MAX:
                self._mended.clear()
            self._mended[word] = self._nearest(word)
        return self._mended[word]

    def _nearest(self, word: str) -> str:
        if f"{word}g" in self._known and word.endswith("in"):
            return f"{word}g"
        alike = [each for each in self._by_sound.get(sound(word), ()) if each[0] == word[0]]
        if alike:
            return min(alike, key=lambda each: (OSA.distance(word, each), each))
        slips = 2 if len(word) >= _TWO_SLIPS else 1
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=slips, limit=5)
        # Two slips and another first letter are another word; so are four letters of which one differs.
        fitting = [
            (distance, each)
            for each, distance, _ in near
            if each[0] == word[0] and (len(word) > _SHORTEST or len(each) != len(word) or sorted(each) == sorted(word))
        ]
        return min(fitting)[1] if fitting else word
