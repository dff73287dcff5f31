"""Which names a misspelt word can mean: by letters and by sound, with rapidfuzz."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from stillnight.language.sound import sound

SHORTEST: Final = 5
# Lengths from which two and three slips are allowed.
_MIDDLING: Final = 8
LONG: Final = 10
# Vowels are mixed up most: in names from this length they may all differ.
_FRAMED: Final = 7
_ONLY_SOUND: Final = 0.5
_OTHER_FIRST_LETTER: Final = 1
_NEAR_NAMES: Final = 8


def allowed(word: str) -> int:
    """How many slips a word of this length may hold."""
    return 1 if len(word) < _MIDDLING else 2 if len(word) < LONG else 3


class Nearest:
    """Single-word names, ready to compare."""

    def __init__(self, names: Iterable[str], friends: Mapping[str, set[str]]) -> None:
        """`friends`: names that are easily taken for one another; near one of them the other is thought of as well."""
        self._names = sorted(names)
        self._friends = friends
        self._by_sound: defaultdict[str, list[str]] = defaultdict(list)
        for name in self._names:
            self._by_sound[sound(name)].append(name)
        self._sounds = sorted(self._by_sound)
        self._by_frame: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for name in self._names:
            if len(name) >= _FRAMED:
                self._by_frame[_frame(name)].append(name)

    def to(self, word: str) -> list[str]:
        """Names that the word can mean: one when it is clear, several when it is not, none when nothing is near."""
        scored = sorted((distance, -_alike(word, name), name) for name, distance in self._distances(word).items())
        if not scored:
            return []
        best = scored[0][0]
        names = self._best_heard(word, [name for distance, _, name in scored if distance == best])
        friends = {friend for name in names for friend in self._friends.get(name, ())}
        nearly = (name for distance, _, name in scored if distance <= best + 1 and name in friends)
        return names + [name for name in nearly if name not in names]

    @staticmethod
    def _best_heard(word: str, names: list[str]) -> list[str]:
        """Of names with as many slips those that sound most like the word."""
        heard = sound(word)
        by_ear = {name: OSA.distance(heard, sound(name)) for name in names}
        return [name for name in names if by_ear[name] == min(by_ear.values())]

    def heard_as(self, word: str, furthest: int) -> list[str]:
        """Names that sound like the word, for names that were spelt by ear."""
        near = process.extract(sound(word), self._sounds, scorer=OSA.distance, score_cutoff=furthest, limit=2)
        least = min((distance for _, distance, _ in near), default=0)
        return [name for like, distance, _ in near if distance == least for name in self._by_sound[like]]

    def _distances(self, word: str) -> dict[str, float]:
        furthest = allowed(word)
        spelt = process.extract(word, self._names, scorer=OSA.distance, score_cutoff=furthest, limit=_NEAR_NAMES)
        heard = process.extract(
            sound(word), self._sounds, scorer=OSA.distance, score_cutoff=furthest - 1, limit=_NEAR_NAMES
        )
        near: dict[str, float] = {name: distance for name, distance, _ in spelt}
        for like, distance, _ in heard:
            for name in self._by_sound[like]:
                # Spelt by ear there can be many slips, but then it must sound the same.
                if distance == 0 or name in near:
                    near[name] = min(near.get(name, furthest + 1), distance + _ONLY_SOUND)
        for name in self._by_frame.get(_frame(word), ()):
            near.setdefault(name, furthest)
        penalised = {name: distance + (name[0] != word[0]) * _OTHER_FIRST_LETTER for name, distance in near.items()}
        return {name: distance for name, distance in penalised.items() if distance <= min(furthest, allowed(name))}


def _frame(word: str) -> tuple[str, int]:
    """The first letter, the consonants and the length: “xeralto” and “xarelto” share them."""
    return word[:1] + re.sub("[aeiouy]", "", word[1:]), len(word)


def _alike(word: str, name: str) -> int:
    """How many letters at the start are the same."""
    return next((at for at, (one, other) in enumerate(zip(word, name)) if one != other), min(len(word), len(name)))


def slips(word: str, name: str) -> tuple[float, float]:
    """How many slips lie between them, and how far apart they sound."""
    by_ear = OSA.distance(sound(word), sound(name))
    spelt = OSA.distance(word, name) + (name[:1] != word[:1]) * _OTHER_FIRST_LETTER
    return min(spelt, by_ear + 1.0), float(by_ear)
