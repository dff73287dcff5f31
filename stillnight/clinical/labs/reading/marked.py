"""A message with the marks of what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from stillnight.clinical.labs.reading.marks import BREAK, BUILT, DATE, UNIT, Mark


@dataclass(frozen=True)
class Text:
    """A message with its marks. plain: small letters, every character where it was typed."""

    plain: str
    marks: Sequence[Mark]

    @property
    def built(self) -> list[Mark]:
        """What a layout is made of."""
        return [mark for mark in self.marks if mark.what in BUILT]

    def cues(self, start: int, end: int) -> list[Mark]:
        """Cues between two places."""
        return [mark for mark in self.marks if mark.what not in BUILT and start <= mark.start and mark.end <= end]

    def kinds(self, start: int, end: int) -> list[str]:
        """Kinds of the cues between two places, in order."""
        return [cue.what for cue in self.cues(start, end)]

    def gap(self, start: int, end: int) -> list[str]:
        """Words between two places, without those of dates and units."""
        days = [mark for mark in self.marks if mark.what in (DATE, UNIT)]
        return [
            match.group().removesuffix("'s")
            for match in re.finditer(r"[^\W\d_]+(?:'[^\W\d_]+)?", self.plain[start:end])
            if not any(day.start <= start + match.start() < day.end for day in days)
        ]

    def sentence(self, place: int) -> tuple[int, int]:
        """From where to where the sentence or line goes in which a place lies."""
        stops = [mark for mark in self.marks if mark.what == BREAK]
        start = max((mark.end for mark in stops if mark.end <= place), default=0)
        return start, min((mark.start for mark in stops if mark.start >= place), default=len(self.plain))

    def cue_behind(self, mark: Mark, kinds: Sequence[str], words: int = 2) -> Mark | None:
        """The cue of one of these kinds that stands right behind a mark, in the same sentence."""
        for cue in self.marks:
            if cue.start >= mark.end and cue.what in kinds:
                between = self.plain[mark.end : cue.start]
                return cue if not re.search(r"[\d\n;.]", between) and len(between.split()) <= words else None
        return None
