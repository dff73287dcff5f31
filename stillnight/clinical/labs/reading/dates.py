"""Dates in a message: they are no values, and they say which of two values is the newer one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR: Final = r"(?:19|20)\d{2}"
_WRITTEN: Final = re.compile(
    rf"\b(?P<iso_year>{_YEAR})(?P<iso>[-/.])(?P<iso_month>\d{{1,2}})(?P=iso)(?P<iso_day>\d{{1,2}})\b|"
    rf"\b(?P<first>\d{{1,2}})(?P<edge>[-/.])(?P<second>\d{{1,2}})(?P=edge)(?P<year>(?:{_YEAR}|\d{{2}}))\b|"
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-\s/]*(?:of\s*)?)?(?P<month>{_MONTH})\b\.?"
    rf"(?:\s*(?P<day_behind>\d{{1,2}})(?:st|nd|rd|th)?(?![\d.,]*\d)\b(?=\s*,?\s*{_YEAR}))?(?:[-\s/]*,?\s*(?P<month_year>{_YEAR})\b)?|"
    rf"\b(?P<month_number>0?[1-9]|1[0-2])/(?P<its_year>{_YEAR})\b|"
    rf"(?<![.,\d<>≤≥=])(?<![<>≤≥=]\s)(?P<lone>{_YEAR})\b(?!\s*(?:ng|pg|pmol|ug|mcg)|[.,]\d)"
)
_LABEL: Final = re.compile(r"\s*[:=]|\s+\d+[.,]\d|\s+\d{2,}\s*[a-z%]*/|\s+\d{3}")
_DAY_BEHIND: Final = re.compile(r"\s*[0-3]?\d(?:st|nd|rd|th)?(?![\d.,:]*\d)(?!\s*(?:[a-z%]+/|%|now\b|today\b))")
_CENTURY: Final = 2000


@dataclass(frozen=True)
class Day:
    """A date and where it stands. value: later ones are greater; a month without a year has none of its own (0)."""

    value: float
    start: int
    end: int


def dates(plain: str) -> Iterator[Day]:
    """Every date of a text in small letters, in order."""
    for match in _WRITTEN.finditer(plain):
        parts = match.groupdict()
        end = match.end()
        if parts["month"] and not parts["month_year"] and not parts["day"]:
            day = _DAY_BEHIND.match(plain, end)
            end = day.end() if day else end
            # “may”, “march” are words too.
            if not day and not _LABEL.match(plain, end):
                continue
        yield Day(_value(parts), match.start(), end)


def _value(parts: dict[str, str | None]) -> float:
    year = int(parts["iso_year"] or parts["year"] or parts["month_year"] or parts["its_year"] or parts["lone"] or 0)
    if parts["year"] and year < _CENTURY // 20:
        year += _CENTURY
    month = int(parts["iso_month"] or parts["month_number"] or 0)
    day = int(parts["iso_day"] or parts["day"] or parts["day_behind"] or 0)
    if parts["month"]:
        month = MONTHS[parts["month"]]
    if parts["first"] and parts["second"]:
        first, second = int(parts["first"]), int(parts["second"])
        # The day first, as most of the world writes, unless only the other can be meant.
        day, month = (second, first) if second > 12 else (first, second)
    return year * 372.0 + month * 31 + day
