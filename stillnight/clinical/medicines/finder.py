"""Finding medicines in what people type: by any name of the register, by kind, and through misspellings.

A name that fits exactly is taken. A word that no English word list knows is compared with the single-word names (rapidfuzz); it
is taken when one medicine is clearly the nearest, and asked about when two are near, or two that are often mistaken.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from stillnight.clinical.medicines.register import Register, register
from stillnight.language.spelling import english_words

_WORD: Final = re.compile(r"[^\W_]+")
_SHORTEST_MISSPELT: Final = 5
_CHARACTERS_READ: Final = 20_000
_WORDS_JOINED: Final = 3
# Lengths from which two and three slips are allowed.
_MIDDLING: Final = 7
_LONG: Final = 10
_ONLY_SOUND: Final = 0.5
_OTHER_FIRST_LETTER: Final = 1
_SOUNDS: Final = (
    ("ph", "f"), ("ck", "k"), ("ch", "k"), ("x", "ks"), ("q", "k"), ("c", "k"), ("z", "s"), ("y", "i"), ("ie", "i"), ("ei", "i"),
    ("ee", "i"), ("ea", "i"), ("oo", "u"), ("ou", "u"), ("ae", "e"), ("oe", "e"), ("ai", "e"), ("th", "t"), ("h", ""),
    ("w", "v"), ("j", "g"),
)  # fmt: skip
_TWICE: Final = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class Mention:
    """One place where medicine is spoken of.

    typed: the words there. medicines: what is meant; several when a brand means different medicines by country, or when
    the spelling leaves it open. kind: key of a class that was named without a medicine. sure: False when it must be asked.
    start, end: characters of the text.
    """

    typed: str
    start: int
    end: int
    medicines: tuple[str, ...] = ()
    kind: str | None = None
    sure: bool = True


class MedicineFinder:
    """Finds mentions. Pure: depends on the register alone."""

    def __init__(self, medicines: Register) -> None:
        """Index every name."""
        self.register = medicines
        self._by_name: defaultdict[str, list[str]] = defaultdict(list)
        for medicine in medicines.medicines.values():
            for name in medicine.names:
                key = _key(name)
                if medicine.name not in self._by_name[key]:
                    self._by_name[key].append(medicine.name)
        self._kinds = {_key(word): kind.key for kind in medicines.classes.values() for word in kind.called}
        self._longest = max(len(name.split()) for name in (*self._by_name, *self._kinds))
        single = [name for name in self._by_name if name.isalpha() and len(name) >= _SHORTEST_MISSPELT]
        self._single = sorted(single)
        self._by_sound: defaultdict[str, list[str]] = defaultdict(list)
        for name in self._single:
            self._by_sound[_sound(name)].append(name)
        self._sounds = sorted(self._by_sound)
        self._friends: defaultdict[str, set[str]] = defaultdict(set)
        for group in medicines.friends:
            for name in group:
                self._friends[_key(name)] |= {_key(other) for other in group if other != name}
        known = {word for kind in self._kinds for word in kind.split()}
        self._everyday = medicines.everyday | known

    def find(self, text: str, country: str | None = None) -> tuple[Mention, ...]:
        """Every mention in order; each medicine once, and a kind only when none of its medicines was named.

        Args:
            text: anything at all.
            country: where the person is (a key of `brands`), to settle brands that differ by country.
        """
        words = [
            (match.group(), match.start(), match.end()) for match in _WORD.finditer(_plain(text[:_CHARACTERS_READ]))
        ]
        mentions: list[Mention] = []
        at = 0
        while at < len(words):
            taken = self._exact(words, at, country) or self._misspelt(words, at)
            if taken is None:
                at += 1
                continue
            length, medicines, kind, sure = taken
            start, end = words[at][1], words[at + length - 1][2]
            mentions.append(Mention(text[start:end], start, end, medicines, kind, sure))
            at += length
        return self._once(mentions)

    def _exact(self, words: list[tuple[str, int, int]], at: int, country: str | None) -> _Taken | None:
        for length in range(min(self._longest, len(words) - at), 0, -1):
            name = " ".join(word for word, _, _ in words[at : at + length])
            for form in (name, name.removesuffix("s")):
                if form in self._by_name and form not in self.register.everyday:
                    return length, self._settled(form, self._by_name[form], country), None, True
                if form in self._kinds:
                    return length, (), self._kinds[form], True
        return None

    def _settled(self, name: str, medicines: list[str], country: str | None) -> tuple[str, ...]:
        if len(medicines) > 1 and country:
            here = [each for each in medicines if self._sold(each, name, country)]
            return tuple(here or medicines)
        return tuple(medicines)

    def _sold(self, medicine: str, name: str, country: str) -> bool:
        brands = self.register.medicines[medicine].brands.get(country, ())
        return name in {_key(brand) for brand in brands}

    def _misspelt(self, words: list[tuple[str, int, int]], at: int) -> _Taken | None:
        for length in range(1, min(_WORDS_JOINED, len(words) - at) + 1):
            pieces = [word for word, _, _ in words[at : at + length]]
            joined = "".join(pieces)
            if length > 1 and joined in self._by_name:
                return length, tuple(self._by_name[joined]), None, True
            if length == 1 and not self._is_everyday(joined):
                near = self._nearest(joined)
                if near:
                    medicines = tuple(dict.fromkeys(medicine for name in near for medicine in self._by_name[name]))
                    return 1, medicines, None, len(near) == 1
        return None

    def _is_everyday(self, word: str) -> bool:
        return (
            len(word) < _SHORTEST_MISSPELT
            or not word.isalpha()
            or word in self._everyday
            or word in english_words()
            or word.removesuffix("s") in english_words()
        )

    def _nearest(self, word: str) -> list[str]:
        """Names that a misspelt word can mean: one when it is clear, several when it is not, none when nothing is near."""
        furthest = 1 if len(word) < _MIDDLING else 2 if len(word) < _LONG else 3
        near: dict[str, float] = {}
        for name, distance, _ in process.extract(
            word, self._single, scorer=OSA.distance, score_cutoff=furthest, limit=8
        ):
            near[name] = distance
        heard = process.extract(_sound(word), self._sounds, scorer=OSA.distance, score_cutoff=furthest - 1, limit=8)
        for sound, distance, _ in heard:
            for name in self._by_sound[sound]:
                near[name] = min(near.get(name, 9), distance + _ONLY_SOUND)
        scored = sorted(
            (distance + (name[0] != word[0]) * _OTHER_FIRST_LETTER, name) for name, distance in near.items()
        )
        scored = [(distance, name) for distance, name in scored if distance <= furthest]
        if not scored:
            return []
        best = scored[0][0]
        names = [name for distance, name in scored if distance == best]
        friends = {friend for name in names for friend in self._friends.get(name, ())}
        names += [name for distance, name in scored if name in friends and distance <= best + 1 and name not in names]
        return self._distinct(names)

    def _distinct(self, names: list[str]) -> list[str]:
        """Of names of one medicine the first."""
        seen: dict[tuple[str, ...], str] = {}
        for name in names:
            seen.setdefault(tuple(self._by_name[name]), name)
        return list(seen.values())

    def _once(self, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        kept: list[Mention] = []
        named: set[tuple[str, ...]] = set()
        for mention in mentions:
            if mention.medicines not in named or mention.kind:
                kept.append(mention)
                named.add(mention.medicines)
        kinds = {self.register.medicines[name].kind.key for mention in kept for name in mention.medicines}
        return tuple(mention for mention in kept if mention.kind is None or not self._covers(mention.kind) & kinds)

    def _covers(self, kind: str) -> set[str]:
        return {kind, *self.register.classes[kind].includes}


_Taken = tuple[int, tuple[str, ...], str | None, bool]


def _plain(text: str) -> str:
    """Lower case without accents, every character where it was."""
    return "".join(unicodedata.normalize("NFKD", char)[:1] or " " for char in text).lower()[: len(text)]


def _key(name: str) -> str:
    return " ".join(_WORD.findall(_plain(name)))


def _sound(word: str) -> str:
    """Roughly how a word sounds: letters that people mix up written the same, double letters once."""
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return _TWICE.sub(r"\1", word)


@lru_cache(maxsize=1)
def medicine_finder() -> MedicineFinder:
    """The project's finder, made once."""
    return MedicineFinder(register())
