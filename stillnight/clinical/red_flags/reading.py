"""A message as a row of plain words, the way the rules read it.

Spelling, phone words, fillers, contractions and numbers are made uniform here, once, so that a rule is written in plain
words ("want to die", "took 9 tablets") and still meets what people type.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from stillnight.clinical.red_flags.mending import Mender

# What is read of one message; the rest of a longer one cannot be typed by hand.
CHARACTERS_MAX: Final = 20_000

NUMBER: Final = "9"
LARGE: Final = "99"
SENTENCE_END: Final = "."
COMMA: Final = ","

_TOKEN: Final = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+(?:'[^\W_]+)*|[.!?;\n]+|,|[^\w\s]")
_CURLY: Final = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "…": ".", "—": " , ", "–": " , ", "_": " "})
_SPACED: Final = re.compile(r"(?<!\w)(?:[a-z] ){3,}[a-z](?!\w)")
_MANY: Final = re.compile(r"([a-z])\1{2,}")
_LEET: Final = str.maketrans("013457$@!", "oieastsai")
_LEET_WORD: Final = re.compile(r"(?<![\w$@!])(?=[\w$@!*]*[a-z])[a-z0-9$@!*]*[0-9$@!*][a-z0-9$@!*]*[a-z](?![\w$@])")
# A count from here on is written as LARGE as well, unless a unit stands behind it.
_LARGE_FROM: Final = 4


@dataclass(frozen=True)
class Reading:
    """Words of a message.

    sentence: for each word the number of its sentence. comma_before: whether a comma stands before it. large: places of
    counts of four or more.
    """

    words: tuple[str, ...]
    sentence: tuple[int, ...]
    comma_before: tuple[bool, ...]
    large: frozenset[int]

    def __len__(self) -> int:
        """Number of words."""
        return len(self.words)


class Reader:
    """Reads messages. `rewritten` gives a phrase in plain words; `fillers` are words that carry no meaning here."""

    def __init__(
        self,
        vocabulary: Iterable[str],
        rewritten: Mapping[str, str],
        fillers: Iterable[str],
        number_words: Mapping[str, int],
        units: Iterable[str],
    ) -> None:
        """Words are mended towards `vocabulary`, the words that the rules know."""
        words = {word for word in vocabulary if word.isalpha()}
        self._vocabulary = words
        self._fillers = frozenset(fillers)
        self._number_words = dict(number_words)
        self._units = frozenset(units)
        single = {old: new for old, new in rewritten.items() if " " not in old}
        self._rewritten = single
        self._pairs = {tuple(old.split()): new for old, new in rewritten.items() if " " in old}
        self._longest = max((len(pair) for pair in self._pairs), default=1)
        self._mender = Mender(words)

    def read(self, text: str) -> Reading:
        """Read one message, whatever it is."""
        words: list[str] = []
        sentence: list[int] = []
        commas: list[bool] = []
        counts: set[int] = set()
        number, comma = 0, False
        for token in self._plain(self._tokens(text)):
            if token[0] in ".!?;\n":
                number, comma = number + 1, False
            elif token == COMMA:
                comma = True
            elif token not in self._fillers:
                if token == LARGE:
                    counts.add(len(words))
                words.append(NUMBER if token == LARGE else token)
                sentence.append(number)
                commas.append(comma)
                comma = False
        large = frozenset(at for at in counts if at + 1 == len(words) or words[at + 1] not in self._units)
        return Reading(tuple(words), tuple(sentence), tuple(commas), large)

    def _tokens(self, text: str) -> list[str]:
        folded = unicodedata.normalize("NFKC", text[:CHARACTERS_MAX]).translate(_CURLY).lower()
        seen = "".join(char for char in folded if unicodedata.category(char) not in {"Cf", "Mn"})
        seen = _SPACED.sub(lambda match: self._joined(match.group()), seen)
        seen = _LEET_WORD.sub(lambda match: self._unleet(match.group()), seen)
        return _TOKEN.findall(seen)

    def _joined(self, spaced: str) -> str:
        word = spaced.replace(" ", "")
        return word if word in self._vocabulary else spaced

    def _unleet(self, typed: str) -> str:
        word = typed.translate(_LEET).replace("*", "u")
        return word if word in self._vocabulary else typed.replace("*", "")

    def _plain(self, tokens: list[str]) -> list[str]:
        words = [word for token in tokens for word in self._rewrite(token).split(" ")]
        plain: list[str] = []
        at = 0
        while at < len(words):
            for length in range(min(self._longest, len(words) - at), 1, -1):
                new = self._pairs.get(tuple(words[at : at + length]))
                if new is not None:
                    plain += new.split(" ")
                    at += length
                    break
            else:
                plain.append(words[at])
                at += 1
        return [word for word in plain if word]

    def _rewrite(self, token: str) -> str:
        if not token[0].isalnum():
            return SENTENCE_END + token if token[0] in ".!?;\n" else (token if token == COMMA else COMMA)
        if token[0].isdigit():
            return LARGE if _value(token) >= _LARGE_FROM else NUMBER
        if token in self._number_words:
            return LARGE if self._number_words[token] >= _LARGE_FROM else NUMBER
        if token in self._rewritten:
            return self._rewritten[token]
        word = token.replace("'", "")
        if token.endswith("'s") and word not in self._vocabulary and word not in self._rewritten:
            word = token.removesuffix("'s").replace("'", "")
        if word in self._rewritten:
            return self._rewritten[word]
        if word in self._vocabulary:
            return word
        if _MANY.search(word):
            for shorter in (_MANY.sub(r"\1\1", word), _MANY.sub(r"\1", word)):
                if shorter in self._vocabulary:
                    return shorter
        mended = self._mender.mend(word)
        return self._rewritten.get(mended, mended)


def _value(token: str) -> float:
    try:
        return float(token.replace(",", "."))
    except ValueError:
        return 0.0
