"""Whether a message is in another language than English, and in which of those that we have an answer in.

In doubt a message is English: learners, Scots, phone typing and names of medicines look strange enough to any model of
languages. In Latin letters words decide, and what the model says counts only beside words that we know. Another script
is no English in any case; there the model tells its languages apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from stillnight.language.languages import Languages, languages, plain
from stillnight.language.likeness import likeness
from stillnight.language.spelling import english_words
from stillnight.language.text import normalized

# Of a longer message only the beginning is read.
_READ: Final = 500
_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# The micro sign, or the Greek letter for it, before the Latin letters of a unit: “µg/L”, “μmol”.
_MICRO: Final = re.compile(r"[\u00b5\u03bc](?=(?:g|l|mol|mols|kat|iu|u|m|s)\b)", re.IGNORECASE)
# A word of any script, with the vowel signs of those that write them around a letter.
_RUN: Final = re.compile("[^\\W\\d_](?:[^\\W\\d_]|[\u0300-\u036f\u0591-\u0dff])*")
# What may stand behind the apostrophe of an English word that is in no list.
_ENGLISH_ENDS: Final = frozenset({"s", "t", "d", "m", "ll", "re", "ve"})
# Scripts without spaces, or with signs for whole syllables: each sign counts as a word.
_SIGNS: Final = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL"})
_LATIN: Final = "LATIN"
_PHRASE_MAX: Final = 3
_TELLS: Final = 3
# Of more words than these one foreign word is not enough.
_FEW: Final = 2
# Chosen on the examples and on sentences in twelve languages that were written for it.
_ENGLISH_MOST: Final = 0.3
_PERHAPS, _LIKELY, _SURE, _CERTAIN = 0.3, 0.5, 0.9, 0.97
_NEIGHBOUR_FROM: Final = 0.6


def foreign_language(text: str) -> str | None:
    """Code of the language that a message is in; None for English, and for a language that we have no answer in.

    Args:
        text: as it was typed.
    """
    line = _MICRO.sub("u", normalized(text)[:_READ])
    words = [plain(word) for word in _WORD.findall(line) if word.isascii() or _script(word[0]) == _LATIN]
    if not line.isascii():
        scripts = _other_scripts(line)
        if scripts.total() > sum(len(word) > 1 and _is_english(word) for word in words):
            return _of_script(line, scripts.most_common(1)[0][0])
    if all(len(word) == 1 or _is_english(word) for word in words):
        return None
    return _of_words(line, words)


@dataclass(frozen=True)
class _Evidence:
    """How the words of a message speak for one language.

    score: for comparing languages. telling: whether a word tells it alone. own: words of it that are no English. of_it:
    all words of it. english: the others that are English. strange: those that nobody knows.
    """

    score: int
    telling: bool
    own: int
    of_it: int
    english: int
    strange: int

    @property
    def is_plain(self) -> bool:
        """Whether words alone tell it."""
        length = self.of_it + self.english + self.strange
        enough = self.own > 1 or length <= _FEW
        return self.telling and enough and self.own > self.english

    def is_likely(self, sure: float) -> bool:
        """Whether they tell it together with the model, which is so sure."""
        if not self.english and self.of_it > 1 and sure >= _PERHAPS:
            return True
        little_english = self.english <= _ENGLISH_MOST * (self.of_it + self.english + self.strange)
        return little_english and sure >= (_LIKELY if self.own else _SURE)


def _of_words(line: str, words: Sequence[str]) -> str | None:
    known = languages()
    all_evidence = _evidence(words, known)
    best = sorted(((evidence.score, code) for code, evidence in all_evidence.items()), reverse=True)[:2]
    if best and (len(best) == 1 or best[0][0] > best[1][0]) and all_evidence[best[0][1]].is_plain:
        return best[0][1]
    # Strange letters are a sign too: “baldırlarım kaşınıyor”.
    unknown = _weighed(words, [_is_english(word) for word in words], [0] * len(words))
    unread = not line.isascii() and unknown.strange > 1 and not unknown.english
    # The model is asked only where it can change anything: hardly ever for English.
    if not unread and not any(evidence.is_likely(1.0) for evidence in all_evidence.values()):
        return None
    like = likeness(line.lower(), known.codes)
    code = max(like, key=lambda it: like[it])
    if code in all_evidence:
        return code if all_evidence[code].is_likely(like[code]) else None
    return code if unread and code in known.written_in(_LATIN) and like[code] >= _CERTAIN else None


def _evidence(words: Sequence[str], known: Languages) -> dict[str, _Evidence]:
    weights: dict[str, list[int]] = {}
    for size in range(1, _PHRASE_MAX + 1):
        for start in range(len(words) - size + 1):
            for code, tells in known.words.get(" ".join(words[start : start + size]), {}).items():
                weight = weights.setdefault(code, [0] * len(words))
                for place in range(start, start + size):
                    weight[place] = max(weight[place], _TELLS if tells else 1)
    english = [_is_english(word) for word in words]
    return {code: _weighed(words, english, weight) for code, weight in weights.items()}


def _weighed(words: Sequence[str], english: Sequence[bool], weight: Sequence[int]) -> _Evidence:
    of_it = [place for place, each in enumerate(weight) if each]
    others = [place for place, each in enumerate(weight) if not each and len(words[place]) > 1]
    return _Evidence(
        sum(weight),
        _TELLS in weight,
        sum(weight[place] == _TELLS or not english[place] for place in of_it),
        len(of_it),
        sum(english[place] for place in others),
        sum(not english[place] for place in others),
    )


@lru_cache(maxsize=4096)
def _is_english(word: str) -> bool:
    known = english_words()
    if word in known:
        return True
    if "-" in word:
        return all(_is_english(part) for part in word.split("-"))
    stem, apostrophe, end = word.partition("'")
    return bool(apostrophe) and end in _ENGLISH_ENDS and stem in known


def _other_scripts(line: str) -> Counter[str]:
    """Words in each of our scripts but the Latin one. Single letters are symbols, as in “µg” and “α2δ”."""
    found: Counter[str] = Counter()
    for run in _RUN.findall(line):
        if not run.isascii():
            of_run = Counter(script for char in run if (script := _script(char)) in languages().scripts - {_LATIN})
            for script, signs in of_run.items():
                found[script] += signs if script in _SIGNS else len(run) > 1
    return found


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """The first word of its Unicode name, which is that of its script."""
    return re.split("[ -]", unicodedata.name(char, ""))[0] if char.isalpha() else ""


def _of_script(line: str, script: str) -> str | None:
    known = languages()
    ours, others = known.written_in(script), known.neighbours.get(script, frozenset())
    if len(ours) == 1 and not others:
        return ours[0]
    like = likeness(line.lower(), known.codes)
    if any(like[code] >= _NEIGHBOUR_FROM for code in others):
        return None
    return max(ours, key=lambda code: like[code])
