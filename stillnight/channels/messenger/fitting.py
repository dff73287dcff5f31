"""Texts cut to what a messenger carries, at places where a reader would not stumble."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
from typing import Final

from wcwidth import iter_graphemes

ELLIPSIS: Final = "…"

_ASTRAL: Final = 0xFFFF
_PARAGRAPH: Final = re.compile(r"\n[^\S\n]*\n")
_LINE: Final = re.compile(r"\n")
_SENTENCE: Final = re.compile(r"(?<=[.!?…])[\"'”’)\]]*(?=\s)|(?<=[。！？।۔])(?=.)")
# White space but for the spaces that are made not to break.
_SPACE: Final = re.compile(r"[^\S\u00a0\u2007\u202f]")
_ADDRESS: Final = re.compile(r"(?:https?://|www\.|tel:|mailto:)\S+|[\w.+-]{1,64}@[\w.-]{1,255}", re.IGNORECASE)
# A telephone number or an amount, with its groups.
_NUMBER: Final = re.compile(r"[(]?(?:[<>≤≥~≈]=? ?)?[+]?\d+(?:(?:[ .,:/·×^'’–-]|\) ?| \()\d+)*(?: ?%)?")
_LOOSE_ENDS: Final = " \t\n,;:.–—-(/&"


def length(text: str) -> int:
    """Characters as messengers count at most: UTF-16 units, of which an emoji has two or more."""
    return len(text) + sum(ord(char) > _ASTRAL for char in text)


def cut(text: str, limit: int) -> str:
    """One line of the text, with “…” where it had to be cut: after a word if that leaves half of it.

    Args:
        text: anything.
        limit: most characters, as `length` counts them; below 1 nothing is left.
    """
    line = " ".join(text.split())
    if length(line) <= limit:
        return line
    if limit < 1:
        return ""
    marks = _Marks(line)
    most = _reach(line, 0, limit - 1)
    end = marks.last(_SPACE, 0, most, most // 2) or marks.last_edge(0, most)
    return line[:end].rstrip(_LOOSE_ENDS) + ELLIPSIS


def split(text: str, limit: int, whole: Sequence[str] = ()) -> list[str]:
    """Pieces of at most `limit` characters that together hold every word, in order; none for a text of white space.

    They end after a paragraph, a line or a sentence where one ends in the second half of what fits, else after a word.
    A number, an address or what a reader sees as one character is broken only when it alone is longer than the limit.

    Args:
        text: anything.
        limit: most characters of a piece, as `length` counts them.
        whole: more that must not be broken, such as telephone numbers of the text.

    Raises:
        ValueError: when the limit is below 2, where not every character fits.
    """
    if limit < 2:
        raise ValueError("a piece needs room for two characters")
    text = text.strip()
    if length(text) <= limit:
        return [text] if text else []
    return list(_pieces(text, limit, _Marks(text, whole)))


def _pieces(text: str, limit: int, marks: _Marks) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = most = _reach(text, start, limit)
        if most < len(text):
            half = start + (most - start) // 2
            end = (
                marks.last(_PARAGRAPH, start, most, half)
                or marks.last(_LINE, start, most, half)
                or marks.last(_SENTENCE, start, most, half)
                or marks.last(_SPACE, start, most, start)
                or marks.last_edge(start, most)
            )
        yield text[start:end].rstrip()
        start = marks.past_space(end)


def _reach(text: str, start: int, limit: int) -> int:
    """Where the most that fits ends."""
    end = min(len(text), start + limit)
    over = length(text[start:end]) - limit
    while over > 0:
        end -= 1
        over -= length(text[end])
    return end


class _Marks:
    """Where a text may be broken."""

    def __init__(self, text: str, whole: Sequence[str] = ()) -> None:
        self._text = text
        self._edges = [0, *accumulate(len(cluster) for cluster in iter_graphemes(text))]
        self._edge_set = frozenset(self._edges)
        self._bound = bytearray(len(text) + 1)
        named = [re.compile(re.escape(each)) for each in whole if each]
        for match in chain.from_iterable(each.finditer(text) for each in (_ADDRESS, _NUMBER, *named)):
            for place in range(match.start() + 1, match.end()):
                self._bound[place] = 1

    def last(self, pattern: re.Pattern[str], start: int, most: int, least: int) -> int | None:
        """The last place from `least` to `most`, behind `start`, that the pattern marks and that may be broken."""
        found = None
        # Two characters more, which the pattern may want to see behind the place.
        for match in pattern.finditer(self._text, start + 1, min(len(self._text), most + 2)):
            place = match.end() if pattern is _SENTENCE else match.start()
            if least <= place <= most and place > start and place in self._edge_set and not self._bound[place]:
                found = place
        return found

    def last_edge(self, start: int, most: int) -> int:
        """The last place up to `most` between two characters; inside a number or a character if it must be."""
        edges = self._edges[bisect_right(self._edges, start) : bisect_right(self._edges, most)]
        free = (edge for edge in reversed(edges) if not self._bound[edge])
        return next(free, edges[-1] if edges else most)

    def past_space(self, place: int) -> int:
        """Where text goes on."""
        following = bisect_right(self._edges, place)
        while place < len(self._text) and self._text[place : self._edges[following]].isspace():
            place = self._edges[following]
            following += 1
        return place
