"""Which names a misspelt word can mean: by letters and by sound, with rapidfuzz."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from stillnight.language.sound import sound

SHORTEST: Final = 5
# Lengths from which two and three slips are allowed.
_MIDDLING: Final = 7
LONG: Final = 10
_ONLY_SOUND: Final = 0.5
_OTHER_FIRST_LETTER: Final = 1
_NEAR_NAMES: Final = 8


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

    def to(self, word: str) -> list[str]:
        """Names that the word can mean: one when it is clear, several when it is not, none when nothing is near."""
        furthest = 1 if len(word) < _MIDDLING else 2 if len(word) < LONG else 3
        scored = sorted(
            (distance + (name[0] != word[0]) * _OTHER_FIRST_LETTER, name)
            for name, distance in self._distances(word, furthest).items()
        )
        near = [(distance, name) for distance, name in scored if distance <= furthest]
        if not near:
            return []
        best = near[0][0]
        names = [name for distance, name in near if distance == best]
        friends = {friend for name in names for friend in self._friends.get(name, ())}
        return names + [name for distance, name in near if best < distance <= best + 1 and name in friends]

    def _distances(self, word: str, furthest: int) -> dict[str, float]:
        spelt = process.extract(word, self._names, scorer=OSA.distance, score_cutoff=furthest, limit=_NEAR_NAMES)
        heard = process.extract(
            sound(word), self._sounds, scorer=OSA.distance, score_cutoff=furthest - 1, limit=_NEAR_NAMES
        )
        near: dict[str, float] = {name: distance for name, distance, _ in spelt}
        for like, distance, _ in heard:
            for name in self._by_sound[like]:
                near[name] = min(near.get(name, furthest + 1), distance + _ONLY_SOUND)
        return near
