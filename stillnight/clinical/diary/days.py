"""Which night a message speaks of: words for a day, and the day that they mean at the hour at which they are typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Final

# Until then “tonight” is the night that ends with this morning.
NOON: Final = 12
# Until then it is the night itself: who is awake calls this one “tonight”, and “last night” the one before.
_DAWN: Final = 5
DAYS_BACK_MOST: Final = 60
# A date without a year that lies so far ahead was last year's.
_LAST_YEARS: Final = 300


class Kind(str, Enum):
    """What words for a day count from."""

    TONIGHT = "tonight"
    AGO = "ago"
    WEEKDAY = "weekday"
    DATE = "date"
    MONTH_DAY = "month_day"
    FUTURE = "future"


class NightError(ValueError):
    """A night that the diary cannot take; `too_old` or `future`."""

    def __init__(self, why: str) -> None:
        """`why`: the name of the sentence that says so."""
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Day:
    """Words for a day, as they were read.

    number: calendar days before today, or at night before the day on which the night began (`AGO`), weekday from 0 for
    Monday, or the day of the month. past: whether today's weekday means the one a week ago (“last monday”). month,
    year: of a date; a year of 0 was not told. swappable: whether the date was written in two numbers either of which
    can be the month (“3/11”).
    """

    kind: Kind
    number: int = 0
    past: bool = False
    month: int = 0
    year: int = 0
    swappable: bool = False


TONIGHT: Final = Day(Kind.TONIGHT)


def tonight(now: datetime) -> date:
    """The day of the newest night: from noon on it is today's, before noon yesterday's."""
    return now.date() if now.hour >= NOON else now.date() - timedelta(days=1)


def night_of(day: Day, now: datetime, month_first: bool = False) -> date:
    """The day on whose evening the night begins.

    Args:
        day: what was said.
        now: the time where the person is.
        month_first: whether 3/11 is the eleventh of March there.

    Raises:
        NightError: when it lies ahead, or more than 60 days back.
    """
    found = _found(day, now, month_first)
    # A date is a day of the calendar: this morning one may already tell of this evening's date.
    if found is None or found > max(now.date(), tonight(now)):
        raise NightError("future")
    if now.date() - found > timedelta(days=DAYS_BACK_MOST):
        raise NightError("too_old")
    return found


def _found(day: Day, now: datetime, month_first: bool) -> date | None:
    today, newest = now.date(), tonight(now)
    if day.kind is Kind.TONIGHT:
        return newest
    if day.kind is Kind.AGO:
        return (newest if now.hour < _DAWN else today) - timedelta(days=day.number)
    if day.kind is Kind.WEEKDAY:
        back = (newest.weekday() - day.number) % 7
        return newest - timedelta(days=back or 7 * day.past)
    if day.kind is Kind.MONTH_DAY:
        return _month_day(day.number, today)
    return _dated(day, today, month_first) if day.kind is Kind.DATE else None


def _month_day(number: int, today: date) -> date | None:
    """“The 20th”: the newest one."""
    for back in range(62):
        each = today - timedelta(days=back)
        if each.day == number:
            return each
    return None


def _dated(day: Day, today: date, month_first: bool) -> date | None:
    number, month = (day.month, day.number) if day.swappable and month_first else (day.number, day.month)
    if day.year:
        return _date(day.year, month, number) or date.min
    found = _date(today.year, month, number)
    if found is None or (found - today).days > _LAST_YEARS:
        found = _date(today.year - 1, month, number)
    return found or date.min


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
