"""Finding medicines in what people type: by any name of the register, by kind, and through misspellings.

A name that fits exactly is taken. A word that no English word list knows is compared with the names; it is taken when
one medicine is clearly the nearest, and asked about when two are near, or two that are often mistaken for one another.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from stillnight.clinical.medicines.nearest import LONG, SHORTEST, Nearest
from stillnight.clinical.medicines.register import Register, register
from stillnight.language.spelling import english_words

_WORD: Final = re.compile(r"[^\W_]+")
_CHARACTERS_READ: Final = 20_000
_WORDS_JOINED: Final = 3
_NUMBER: Final = re.compile(r"\W*(\d+(?:[.,]\d+)?)\s*([^\W\d_%]*)")
# A bare number behind a vitamin is a blood value up to this size, and an amount to swallow beyond it.
_BLOOD_VALUE_MAX: Final = 60


@dataclass(frozen=True)
class Mention:
    """One place where medicine is spoken of.

    typed: the words there; start, end: their characters. medicines: what is meant; several when a brand means different
    medicines by country, or when the spelling leaves it open. name: the register's name that was met, spelt right.
    kind: key of a class that was named without a medicine. sure: False when it must be asked.
    """

    typed: str
    start: int
    end: int
    medicines: tuple[str, ...] = ()
    name: str = ""
    kind: str | None = None
    sure: bool = True


@dataclass(frozen=True)
class _Found:
    words: int
    names: tuple[str, ...] = ()
    kind: str | None = None


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int


class MedicineFinder:
    """Finds mentions. Pure: depends on the register alone."""

    def __init__(self, medicines: Register) -> None:
        """Index every name."""
        self.register = medicines
        self._meaning: defaultdict[str, list[str]] = defaultdict(list)
        self._shown: dict[str, str] = {}
        for medicine in medicines.medicines.values():
            for name in medicine.names:
                if medicine.name not in self._meaning[_key(name)]:
                    self._meaning[_key(name)].append(medicine.name)
                self._shown.setdefault(_key(name), name)
        self._kinds = {_key(word): kind.key for kind in medicines.classes.values() for word in kind.called}
        self._longest = max(len(name.split()) for name in (*self._meaning, *self._kinds))
        self._everyday = medicines.everyday | {word for kind in self._kinds for word in kind.split()}
        self._run_together = {name.replace(" ", ""): name for name in self._meaning}
        self._long_run_together = sorted(
            joined for joined, name in self._run_together.items() if " " in name and len(joined) >= LONG
        )
        self._nearest = Nearest(self._mendable(), self._friends())

    def _mendable(self) -> Iterator[str]:
        """Of the words for kinds only long ones are mended: the short ones are near too much."""
        yield from (name for name in self._meaning if name.isalpha() and len(name) >= SHORTEST)
        yield from (word for word in self._kinds if word.isalpha() and len(word) >= LONG and word not in self._meaning)

    def _friends(self) -> dict[str, set[str]]:
        friends: defaultdict[str, set[str]] = defaultdict(set)
        for group in self.register.friends:
            for name in group:
                friends[_key(name)] |= {_key(other) for other in group if other != name}
        return friends

    def find(self, text: str, country: str | None = None) -> tuple[Mention, ...]:
        """Every mention in order; each medicine once, and a kind only when none of its medicines was named.

        Args:
            text: anything at all.
            country: where the person is (a key of `brands`), to settle brands that differ by country.
        """
        plain = _plain(text[:_CHARACTERS_READ])
        words = [_Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(plain)]
        mentions = [
            self._mention(text, words[at : at + found.words], found, country) for at, found in self._places(words)
        ]
        return self._once(mention for mention in mentions if not self._is_blood_value(mention, text))

    def _places(self, words: Sequence[_Word]) -> Iterator[tuple[int, _Found]]:
        at = 0
        while at < len(words):
            ahead = [word.text for word in words[at : at + max(self._longest, _WORDS_JOINED)]]
            found = self._exact(ahead) or self._misspelt(ahead)
            if found:
                yield at, found
            at += found.words if found else 1

    def _mention(self, text: str, words: Sequence[_Word], found: _Found, country: str | None) -> Mention:
        start, end = words[0].start, words[-1].end
        if found.kind:
            return Mention(text[start:end], start, end, kind=found.kind)
        meant = [self._settled(name, country) for name in found.names]
        medicines = tuple(dict.fromkeys(medicine for each in meant for medicine in each))
        return Mention(text[start:end], start, end, medicines, self._shown[found.names[0]], sure=len(set(meant)) == 1)

    def _exact(self, ahead: Sequence[str]) -> _Found | None:
        for length in range(min(self._longest, len(ahead)), 0, -1):
            name = " ".join(ahead[:length])
            for form in (name, name.removesuffix("s")):
                if form in self._meaning and form not in self.register.everyday:
                    return _Found(length, (form,))
                if form in self._kinds:
                    return _Found(length, kind=self._kinds[form])
        return None

    def _misspelt(self, ahead: Sequence[str]) -> _Found | None:
        for length in range(1, min(_WORDS_JOINED, len(ahead)) + 1):
            if all(self._is_everyday(word) for word in ahead[:length]):
                continue
            joined = "".join(ahead[:length])
            names = self._nearest.to(joined) if length == 1 else self._parted(joined)
            kinds = [self._kinds[name] for name in names if name in self._kinds]
            if kinds:
                return _Found(length, kind=kinds[0])
            if names:
                return _Found(length, tuple(names))
        return None

    def _parted(self, joined: str) -> list[str]:
        """The name that was written as several words (“gaba pentin”), or one of several words, misspelt."""
        if joined in self._run_together:
            return [self._run_together[joined]]
        if len(joined) < LONG:
            return []
        near = process.extractOne(joined, self._long_run_together, scorer=OSA.distance, score_cutoff=2)
        return [self._run_together[near[0]]] if near else []

    def _is_everyday(self, word: str) -> bool:
        if len(word) < SHORTEST or not word.isalpha() or word in self._everyday:
            return True
        return word in english_words() or word.removesuffix("s") in english_words()

    def _settled(self, name: str, country: str | None) -> tuple[str, ...]:
        medicines = self._meaning[name]
        here = [each for each in medicines if country in self.register.medicines[each].countries_of(self._shown[name])]
        return tuple(here or medicines)

    def _is_blood_value(self, mention: Mention, text: str) -> bool:
        """“potassium 4.2” is a result; “magnesium 250” and “zinc 15 mg” are swallowed."""
        if not mention.medicines or self.register.medicines[mention.medicines[0]].kind.key != "supplement":
            return False
        number = _NUMBER.match(text, mention.end)
        if number is None or number[2].lower() in self.register.amounts:
            return False
        return float(number[1].replace(",", ".")) <= _BLOOD_VALUE_MAX

    def _once(self, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        kept: dict[object, Mention] = {}
        for mention in mentions:
            kept.setdefault(mention.kind or mention.medicines, mention)
        named = {self.register.medicines[name].kind.key for mention in kept.values() for name in mention.medicines}
        return tuple(
            mention
            for mention in kept.values()
            if mention.kind is None or not {mention.kind, *self.register.classes[mention.kind].includes} & named
        )


def _plain(text: str) -> str:
    """Lower case without accents, every character where it was."""
    return "".join(unicodedata.normalize("NFKD", char)[:1].lower()[:1] or " " for char in text)


def _key(name: str) -> str:
    return " ".join(_WORD.findall(_plain(name)))


@lru_cache(maxsize=1)
def medicine_finder() -> MedicineFinder:
    """The project's finder, made once."""
    return MedicineFinder(register())
