"""What stands beside a number and belongs to it: the range that the sheet prints, and a unit of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from stillnight.clinical.labs.definitions import Range
from stillnight.clinical.labs.reading.groups import Group
from stillnight.clinical.labs.reading.marked import Text
from stillnight.clinical.labs.reading.marks import DATE, LAB, NAMES, NUMBER, RANGE, UNIT, Mark


class Beside:
    """Adds ranges and units to the numbers of one message."""

    def __init__(self, text: Text, units: Mapping[str, frozenset[str]]) -> None:
        """`units`: for each lab how its units are written."""
        self._text = text
        self._units = units

    def add(self, groups: Sequence[Group], marks: Sequence[Mark]) -> None:
        """Look at one sentence or line.

        Args:
            groups: all tests so far, with their numbers.
            marks: of the sentence or line.
        """
        self._ranges(groups, marks)
        self._lone_units(groups, marks)

    def fits(self, name: Mark, number: Mark) -> bool:
        """Whether a number may be of this test, by its unit: “b12 injection 1000 mcg” is a dose."""
        if name.what != LAB or not number.unit:
            return True
        return number.unit in self._units[name.key]

    def _ranges(self, groups: Sequence[Group], marks: Sequence[Mark]) -> None:
        """A range behind a number is the sheet's own range of its test, and may tell the unit."""
        taken = {id(number): group for group in groups for number in group.numbers}
        last: Mark | None = None
        ahead: Mark | None = None
        for at, mark in enumerate(marks):
            if mark.what == NUMBER:
                last = mark
                if ahead is not None and id(mark) in taken:
                    # “B12 [138-652 pmol/L] 174”
                    self._print_range(taken[id(mark)], mark, ahead)
                ahead = None
            elif mark.what in NAMES or mark.what == DATE:
                last, ahead = None, None
            elif mark.what == RANGE and last is None and at and marks[at - 1].what in NAMES:
                ahead = mark
            elif mark.what == RANGE and last is None and len(marks) == 1 and groups:
                # The range stands in a line of its own.
                group = groups[-1]
                group.own_ranges.setdefault(len(group.numbers) - 1, Range(mark.value, mark.high))
            elif mark.what == RANGE and last is not None and id(last) in taken:
                self._print_range(taken[id(last)], last, mark)
                last = None

    def _print_range(self, group: Group, number: Mark, printed: Mark) -> None:
        at = next(place for place, each in enumerate(group.numbers) if each is number)
        if not number.unit and printed.unit and self.fits(group.name, printed):
            group.numbers[at] = replace(number, unit=printed.unit)
        group.own_ranges[at] = Range(printed.value, printed.high)

    def _lone_units(self, groups: Sequence[Group], marks: Sequence[Mark]) -> None:
        """“in pmol/L it was 88”: the unit of the one number that has none, or another unit for the last one."""
        for mark in (each for each in marks if each.what == UNIT):
            measured = [group for group in groups if group.name.what == LAB and self.fits(group.name, mark)]
            if not measured:
                continue
            group = measured[-1]
            last = group.numbers[-1]
            corrected = last.end < mark.start and "instead" in self._text.kinds(last.end, mark.start)
            if not last.unit or corrected:
                group.numbers[-1] = replace(last, unit=mark.unit)
