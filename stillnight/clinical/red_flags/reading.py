"""A message as a row of plain words, the way the rules read it.

Spelling, phone words, fillers, contractions and numbers are made uniform here, once, so that a rule is written in plain
words ("want to die", "took 9 tablets") and still meets what people type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from stillnight.clinical.red_flags.numbers import sign_of
from stillnight.language.spelling import Speller, english_words
from stillnight.language.text import folded
from stillnight.recent import recent

# What is read of one message; the rest of a longer one cannot be typed by hand.
CHARACTERS_MAX: Final = 20_000

SENTENCE_END: Final = "."
COMMA: Final = ","
COLON: Final = ":"

_TOKEN: Final = re.compile(r"\d+(?:[.,:]\d+)*|[^\W_]+(?:'[^\W_]+)*|\.{2,}|[.!?;\n]+|[^\w\s]")
_CURLY: Final = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "…": " , ", "—": " , ", "–": " , ", "_": " "})
_SHORTEST_MENDED: Final = 4
_SHORTEST_SQUEEZED: Final = 4
_DOUBLE: Final = re.compile(r"([a-z])\1")
_SPACED: Final = re.compile(r"(?<!\w)(?:[a-z] ){3,}[a-z](?!\w)")
_MANY: Final = re.compile(r"([a-z])\1{2,}")
_LEET: Final = str.maketrans("013457$@!", "oieastsai")
# Its parts are looked for one by one: a single pattern for “k1ll”, “s*icide” takes hours over a page of stars.
_LEET_RUN: Final = re.compile(r"(?<![\w$@!])[a-z0-9$@!*]+")
_LEET_END: Final = re.compile(r"[a-z](?![\w$@])")
_LEET_SIGN: Final = re.compile(r"[0-9$@!*]")


@dataclass(frozen=True)
class Reading:
    """Words of a message, and for each: the number of its sentence, of its clause, and what stood before it.

    comma_before: a comma, a quotation mark or the like. asked_before: a colon or a question mark, as in a form.
    """

    words: tuple[str, ...]
    sentence: tuple[int, ...]
    comma_before: tuple[bool, ...]
    clause: tuple[int, ...]
    asked_before: tuple[bool, ...]

    def __len__(self) -> int:
        """Number of words."""
        return len(self.words)


class Reader:
    """Reads messages. `rewritten` gives a phrase in plain words; `fillers` are words that carry no meaning here."""

    def __init__(self, vocabulary: Iterable[str], rewritten: Mapping[str, str], fillers: Iterable[str]) -> None:
        """Words are mended towards `vocabulary`, the words that the rules know."""
        words = {word for word in vocabulary if word.isalpha()}
        self._vocabulary = words
        self._fillers = frozenset(fillers)
        single = {old: new for old, new in rewritten.items() if " " not in old}
        self._rewritten = single
        self._pairs = {tuple(old.split()): new for old, new in rewritten.items() if " " in old}
        self._longest = max((len(pair) for pair in self._pairs), default=1)
        # Doubled letters typed once: the commonest slip of all.
        self._squeezed = {
            squeezed: word
            for word in sorted(words)
            if len(squeezed := _DOUBLE.sub(r"\1", word)) >= _SHORTEST_SQUEEZED and squeezed != word
        }
        self._english = english_words()
        self._speller = Speller(
            phone_words={},
            left_alone=frozenset(single),  # English words are left alone by every speller
            targets={word: 1 for word in words if len(word) >= _SHORTEST_MENDED},
        )

    @recent
    def read(self, text: str) -> Reading:
        """Read one message, whatever it is."""
        tokens = self._tokens(text)
        words: list[str] = []
        sentence: list[int] = []
        commas: list[bool] = []
        clauses: list[int] = []
        asked: list[bool] = []
        number, clause, comma, colon = 0, 0, False, False
        for token in self._plain(tokens):
            if token[0] in ".!?;\n":
                colon = "?" in token
                number, clause, comma = number + 1, clause + 1, False
            elif token in {COMMA, COLON}:
                comma, colon, clause = True, token == COLON, clause + 1
            elif token not in self._fillers:
                words.append(token)
                sentence.append(number)
                commas.append(comma)
                clauses.append(clause)
                asked.append(colon)
                comma = colon = False
        return Reading(tuple(words), tuple(sentence), tuple(commas), tuple(clauses), tuple(asked))

    def _tokens(self, text: str) -> list[str]:
        seen = folded(text[:CHARACTERS_MAX]).translate(_CURLY)
        seen = _SPACED.sub(lambda match: self._joined(match.group()), seen)
        return _TOKEN.findall(_LEET_RUN.sub(self._with_letters, seen))

    def _joined(self, spaced: str) -> str:
        word = spaced.replace(" ", "")
        return word if word in self._vocabulary else spaced

    def _with_letters(self, run: re.Match[str]) -> str:
        """A run of letters and signs, its word with letters alone when it is one: it ends in a letter."""
        ends = [end.end() for end in _LEET_END.finditer(run.string, run.start(), run.end() + 1)]
        word = run.string[run.start() : ends[-1]] if ends else ""
        if not _LEET_SIGN.search(word):
            return run.group()
        return self._unleet(word) + run.string[ends[-1] : run.end()]

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
            if token[0] in ".!?;\n" and not token.startswith(".."):
                return SENTENCE_END + token
            return COLON if token == COLON else COMMA
        if token[0].isdigit():
            return sign_of(token)
        if token in self._rewritten:
            return self._rewritten[token]
        word = token.replace("'", "")
        if word in self._rewritten:
            return self._rewritten[word]
        if word in self._vocabulary:
            return word
        mended = self._mended(token.removesuffix("'s").replace("'", ""))
        return self._rewritten.get(mended, mended)

    def _mended(self, word: str) -> str:
        if _MANY.search(word):
            for shorter in (_MANY.sub(r"\1\1", word), _MANY.sub(r"\1", word)):
                if shorter in self._vocabulary:
                    return shorter
        if word.endswith("in") and word + "g" in self._vocabulary:
            return word + "g"
        if word not in self._english:
            squeezed = self._squeezed.get(_DOUBLE.sub(r"\1", word))
            if squeezed is not None:
                return squeezed
        return self._speller.mend(word)
