"""The parts that a layout is put together from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stillnight.clinical.labs.definitions import Range
from stillnight.clinical.labs.reading.marks import BREAK, NUMBER, Mark


@dataclass
class Group:
    """A test with the numbers told for it, in order.

    own_ranges: what the sheet prints, by number. doubts: numbers that may be meant instead.
    """

    name: Mark
    numbers: list[Mark] = field(default_factory=list)
    own_ranges: dict[int, Range] = field(default_factory=dict)
    doubts: list[Mark] = field(default_factory=list)

    def take(self, number: Mark) -> None:
        """Add one more number."""
        self.numbers.append(number)


def segments(marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """What stands between two breaks."""
    segment: list[Mark] = []
    for mark in marks:
        if mark.what == BREAK:
            if segment:
                yield segment
            segment = []
        else:
            segment.append(mark)
    if segment:
        yield segment


def runs(items: Sequence[Mark]) -> Iterator[list[Mark]]:
    """Names together, numbers together, as they alternate."""
    run: list[Mark] = []
    for item in items:
        if run and (run[-1].what == NUMBER) != (item.what == NUMBER):
            yield run
            run = []
        run.append(item)
    if run:
        yield run
