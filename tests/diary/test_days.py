"""Which night is meant, at the hour at which it is typed."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.clinical.diary.days import TONIGHT, Day, Kind, NightError, night_of
from stillnight.dialogue.local_time import local_time

# A Sunday.
EVENING = datetime(2026, 11, 22, 21)
SMALL_HOURS = datetime(2026, 11, 22, 2)
SATURDAY, SUNDAY = date(2026, 11, 21), date(2026, 11, 22)
LAST = Day(Kind.AGO, 1)


@pytest.mark.parametrize(
    ("day", "now", "expected"),
    [
        (TONIGHT, EVENING, SUNDAY),
        (TONIGHT, SMALL_HOURS, SATURDAY),
        (TONIGHT, datetime(2026, 11, 22, 12), SUNDAY),
        (TONIGHT, datetime(2026, 11, 22, 11, 59), SATURDAY),
        (LAST, EVENING, SATURDAY),
        (LAST, SMALL_HOURS, date(2026, 11, 20)),
        (LAST, datetime(2026, 11, 22, 8), SATURDAY),
        (Day(Kind.AGO, 2), SMALL_HOURS, date(2026, 11, 19)),
        (Day(Kind.WEEKDAY, 6), EVENING, SUNDAY),
        (Day(Kind.WEEKDAY, 6), SMALL_HOURS, date(2026, 11, 15)),
        (Day(Kind.WEEKDAY, 6, past=True), EVENING, date(2026, 11, 15)),
        (Day(Kind.WEEKDAY, 0), EVENING, date(2026, 11, 16)),
        (Day(Kind.DATE, 20, month=11), EVENING, date(2026, 11, 20)),
        (Day(Kind.DATE, 30, month=12), datetime(2027, 1, 3, 9), date(2026, 12, 30)),
        (Day(Kind.MONTH_DAY, 30), EVENING, date(2026, 10, 30)),
        (Day(Kind.DATE, 3, month=11, swappable=True), EVENING, date(2026, 11, 3)),
    ],
)
def test_night_is_named_by_its_evening(day: Day, now: datetime, expected: date) -> None:
    assert night_of(day, now) == expected


def test_month_stands_first_where_it_is_written_so() -> None:
    assert night_of(Day(Kind.DATE, 11, month=3, swappable=True), EVENING, month_first=True) == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (Day(Kind.FUTURE), "future"),
        (Day(Kind.DATE, 25, month=11), "future"),
        (Day(Kind.DATE, 1, month=9), "too_old"),
        (Day(Kind.AGO, 61), "too_old"),
        (Day(Kind.DATE, 31, month=2), "too_old"),
    ],
)
def test_night_that_cannot_be_told_is_refused(day: Day, why: str) -> None:
    with pytest.raises(NightError) as refused:
        night_of(day, EVENING)
    assert refused.value.why == why


@given(st.integers(0, 6), st.booleans(), st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)))
@settings(max_examples=60)
def test_weekday_is_within_the_last_week(number: int, past: bool, now: datetime) -> None:
    night = night_of(Day(Kind.WEEKDAY, number, past=past), now)
    assert night.weekday() == number and now.date() - timedelta(days=8) <= night <= now.date()


def test_time_is_that_of_the_country() -> None:
    noon = datetime(2026, 11, 22, 12, tzinfo=timezone.utc).timestamp()
    assert local_time(noon, "GB").hour == 12 and local_time(noon, "IN").hour == 17
    # The middle of the United States is nobody's clock by more than four hours.
    assert local_time(noon, "US").hour == 6
    assert local_time(noon, None).hour == local_time(noon, "XX").hour == 12
