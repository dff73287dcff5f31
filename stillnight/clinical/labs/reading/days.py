"""The day of a value, where the message tells it: beside the number, or above its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from stillnight.clinical.labs.reading.marked import Text
from stillnight.clinical.labs.reading.marks import BREAK, DATE, NUMBER, OLDER, Mark

_TODAY: Final = frozenset({"today", "now", "current", "latest", "new"})
# Later than any date.
_NOW: Final = 1e6
_OWN_DATE: Final = re.compile(r"\s*[(\[]?\s*(?:was |is )?(?:in|on|from|back in)?\s*")


def dated(text: Text) -> dict[int, float]:
    """The day of each number that has one, by where the number starts; later days are greater."""
    days: dict[int, float] = {}
    last: Mark | None = None
    ahead = 0.0
    for mark in text.built:
        if mark.what == NUMBER:
            if ahead:
                days[mark.start] = ahead
            last = mark
        elif mark.what == DATE:
            if last is not None and _OWN_DATE.fullmatch(text.plain[last.end : mark.start]):
                days[last.start] = mark.value
                ahead = 0.0
            else:
                ahead = mark.value
        elif mark.what == BREAK:
            ahead, last = 0.0, None
    return days | _by_columns(text)


def _by_columns(text: Text) -> dict[int, float]:
    """The day of each number under a line that names the columns: dates, or “now” and “last year”."""
    days: dict[int, float] = {}
    columns: list[float] = []
    start = 0
    for line in text.plain.splitlines(keepends=True):
        marks = [mark for mark in text.marks if start <= mark.start < start + len(line)]
        numbers = [mark for mark in marks if mark.what == NUMBER]
        if columns and len(numbers) == len(columns):
            days |= {number.start: day for number, day in zip(numbers, columns)}
        elif not numbers:
            columns = _columns(marks) or columns
        start += len(line)
    return days


def _columns(marks: Sequence[Mark]) -> list[float]:
    """A day for each column; of “now” and “before” only which is later. Empty for a line that names no columns."""
    days = [
        _NOW if mark.what == "newer" else mark.value
        for mark in marks
        if mark.what == DATE or (mark.what == "newer" and mark.key in _TODAY)
    ]
    kinds = list({mark.start: mark.what for mark in marks if mark.what in OLDER | {"newer"}}.values())
    if len(days) > 1:
        return days
    return [2.0 if kind == "newer" else 1.0 for kind in kinds] if len(set(kinds)) == len(kinds) == 2 else []
