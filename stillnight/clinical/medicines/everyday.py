"""Which words are no medicine: everyday words, words of the field, and slips of either."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from stillnight.clinical.medicines.words import words_in
from stillnight.language.sound import sound
from stillnight.language.spelling import english_words
from stillnight.yaml_files import load_yaml

# How often the English word list has seen a word that people are likely to have meant.
_COMMON: Final = 500
_FURTHEST: Final = 2
_SHORTEST_SLIP: Final = 5
_SHORTEST_PART: Final = 4
_CANDIDATES: Final = 12
_REMEMBERED: Final = 5_000
# The English word list is American.
_AMERICAN: Final = tuple(
    (re.compile(british), american)
    for british, american in (
        *(("our", "or"), ("re$", "er"), ("is(?=e|ing|ation)", "iz"), ("ys(?=e|ing)", "yz"), ("ll", "l")),
        *(("ae|oe", "e"), ("ogue", "og"), ("nce$", "nse")),
    )
)


class Everyday:
    """Knows words that are no medicine."""

    def __init__(self, own: Iterable[str], others: Iterable[str], names: Iterable[str]) -> None:
        """Three sorts of words.

        Args:
            own: words of the field. What is as near to one of them as to a medicine is no medicine.
            others: words that only count as they are.
            names: names that can be meant; they are no everyday words, whatever the lists say.
        """
        named, field = frozenset(names), frozenset(own)
        # “havent”: apostrophes are left out of all words that are looked up.
        contracted = {word.replace("'", "") for word in english_words() if "'" in word}
        # Beside the English words, which are too many to be kept twice.
        self._words = (field | frozenset(others) | contracted) - named
        self._named = named
        self._own_long = sorted(word for word in field - named if len(word) >= _SHORTEST_SLIP)
        self._common = sorted(word for word in common_words() if word not in named)
        self._distance = lru_cache(maxsize=_REMEMBERED)(self._nearest)
        self.has = lru_cache(maxsize=_REMEMBERED)(self._has)

    def _has(self, word: str) -> bool:
        """Whether this is an everyday word: by itself, in the plural, or with its last “g” left out (“stoppin”)."""
        forms = {word, word.removesuffix("s"), f"{word}g" if word.endswith("in") else word}
        forms |= {british.sub(american, form) for form in forms for british, american in _AMERICAN}
        return not forms.isdisjoint(self._words) or any(
            form in english_words() and form not in self._named for form in forms
        )

    def explains(self, word: str, slips: float, by_ear: float) -> bool:
        """Whether an everyday word is the better reading of a misspelt word than a medicine is.

        Args:
            word: what was typed.
            slips: how many slips away the medicine is.
            by_ear: how far away it sounds.
        """
        own, common = self._distance(word)
        if own[0] <= slips or common < (slips, by_ear):
            return True
        return slips > 1 and self._is_two_words(word)

    def _nearest(self, word: str) -> tuple[tuple[float, float], tuple[float, float]]:
        return _least(word, self._own_long), _least(word, self._common)

    def _is_two_words(self, word: str) -> bool:
        """“longterm”, “stillnight”."""
        places = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        return any(word[:at] in common_words() and word[at:] in common_words() for at in places)


def _least(word: str, words: list[str]) -> tuple[float, float]:
    """The least number of slips to one of the words, and how far that one sounds."""
    near = process.extract(word, words, scorer=OSA.distance, score_cutoff=_FURTHEST, limit=_CANDIDATES)
    heard = sound(word)
    return min(((float(d), float(OSA.distance(heard, sound(other)))) for other, d, _ in near), default=(99.0, 99.0))


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """English words that many people use."""
    seen = SpellChecker(language="en").word_frequency.dictionary
    # Of the English words, not of the list just read, so that each is in memory once.
    return frozenset(word for word in english_words() if len(word) >= _SHORTEST_PART and seen[word] >= _COMMON)


def field_words(knowledge: Path) -> frozenset[str]:
    """Words of the project's own field: tests, illnesses, ways of writing on a phone."""
    labs = load_yaml(knowledge / "labs.yml")
    terms = load_yaml(knowledge / "terms.yml")
    spelling = load_yaml(knowledge / "spelling.yml")
    # Of a lab's names the first is the right spelling; the others are what people make of it.
    phrases = [str(facts["names"][0]) for facts in labs.values()]
    phrases += [str(term) for term in (*terms["set_aside"], *spelling["keep"], *spelling["phone_words"])]
    return frozenset(word.text for phrase in phrases for word in words_in(phrase))
