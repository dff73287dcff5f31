"""A message as a row of words, of which what is understood is marked, so that the person's own words are left over."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Final

from stillnight.language.text import normalized

NOTE_MOST: Final = 100

_TOKEN: Final = re.compile(r"[12](?:nite|night|day)\b|\d+|[^\W\d_]+(?:'[^\W\d_]+)*|\S", re.IGNORECASE)
_HYPHEN: Final = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_FRACTIONS: Final = {"½": ".5", "¼": ".25", "¾": ".75"}
_FRACTION: Final = re.compile(r"(\d?)\s?([½¼¾])")
_ENDS: Final = frozenset(",.;:!?()-")
_MARKED: Final = "·"
# They turn round what stands behind them. At the beginning of a message a “no” puts something right instead.
_DENIALS: Final = frozenset({"no", "not", "couldnt", "cant", "could"})


class Said:
    """One message. words: in small letters without apostrophes, mended; marks stand among them."""

    def __init__(self, text: str, mend: Callable[[str], str]) -> None:
        """`mend` puts the spelling of one word right."""
        plain = _FRACTION.sub(lambda match: f"{match[1] or '0'}{_FRACTIONS[match[2]]}", text)
        self.text = _HYPHEN.sub(" ", normalized(plain))
        tokens = list(_TOKEN.finditer(self.text))
        self.spans = [match.span() for match in tokens]
        self.words = [mend(match.group().lower().replace("'", "")).replace(" ", "") for match in tokens]
        self.marked = [False] * len(tokens)
        self._starts = list(accumulate((len(word) + 1 for word in self.words), initial=0))

    @property
    def line(self) -> str:
        """All words with one space between; what is marked is only as long as it was."""
        return " ".join(_MARKED * len(word) if marked else word for word, marked in zip(self.words, self.marked))

    def places(self, span: tuple[int, int]) -> range:
        """Which words a part of the line holds."""
        first = bisect_right(self._starts, span[0]) - 1
        return range(first, bisect_right(self._starts, max(span[0], span[1] - 1)))

    def mark(self, span: tuple[int, int]) -> None:
        """Mark the words of a part of the line as understood."""
        for place in self.places(span):
            self.marked[place] = True

    def clauses(self) -> Iterator[range]:
        """Words between marks, without them."""
        start = 0
        for place, word in enumerate([*self.words, "."]):
            if word in _ENDS and not self._is_decimal(place):
                if place > start:
                    yield range(start, place)
                start = place + 1

    def left(self, clause: range, small: frozenset[str]) -> str:
        """The person's own words in a clause, from the first to the last that says more than what was understood."""
        content = [
            place
            for place in clause
            if not self.marked[place] and self.words[place] not in small and any(map(str.isalnum, self.words[place]))
        ]
        return self.text[self.spans[self._start(clause, content[0])][0] : self.spans[content[-1]][1]] if content else ""

    def _start(self, clause: range, first: int) -> int:
        """Where the person's own words begin: “no patch” keeps its “no”, “legs and arms” its legs."""
        while first > max(clause.start, 1) and self.words[first - 1] in _DENIALS and not self.marked[first - 1]:
            first -= 1
        start = first - 2
        joined = start >= clause.start and self.words[first - 1] == "and" and not any(self.marked[start:first])
        return start if joined else first

    def part(self, first: int, stop: int) -> str:
        """The words from one place up to another, as they were typed."""
        return self.text[self.spans[first][0] : self.spans[stop - 1][1]] if stop > first else ""

    def whole(self, clause: range) -> str:
        """A clause as it was typed."""
        return self.text[self.spans[clause[0]][0] : self.spans[clause[-1]][1]]

    def _is_decimal(self, place: int) -> bool:
        """Whether a mark stands inside a number or a time: “2.5”, “11:30”."""
        if not 0 < place < len(self.words) - 1:
            return False
        together = self.spans[place - 1][1] == self.spans[place][0] and self.spans[place][1] == self.spans[place + 1][0]
        return together and self.words[place - 1].isdigit() and self.words[place + 1].isdigit()


def shortened(note: str) -> str:
    """A note that is not longer than there is room for, cut behind a word."""
    if len(note) <= NOTE_MOST:
        return note
    return (
        note[: NOTE_MOST - 1].rpartition(" ")[0].rstrip(" ,.;") + "…" if " " in note[:NOTE_MOST] else note[:NOTE_MOST]
    )
