"""Whether places in a text lie on others, in a time that grows with their number and not with its square."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from stillnight.clinical.labs.reading.marks import Mark

Place = tuple[int, int]


class Places:
    """Places, each from its first character to the one behind its last."""

    def __init__(self, places: Iterable[Place]) -> None:
        """In any order."""
        self._places: Final = sorted((start, -end) for start, end in places)
        self._starts: Final = [start for start, _ in self._places]
        # How far all reach that begin no later.
        self._reach: Final = list(accumulate((-end for _, end in self._places), max))

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> Places:
        """The places of marks."""
        return cls((mark.start, mark.end) for mark in marks)

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them has a character in common with this place."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start

    def cover(self, start: int, end: int) -> bool:
        """Whether this place lies within one of them."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= end

    def exceed(self, start: int, end: int) -> bool:
        """Whether this place is a part of one of them, and not the whole."""
        # The longest that begins at the same place stands first among those.
        first = bisect_left(self._starts, start)
        longer = first < len(self._places) and self._places[first][0] == start and -self._places[first][1] > end
        return longer or (first > 0 and self._reach[first - 1] >= end)
