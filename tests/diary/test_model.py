"""Nights that are told, told anew, put right and let go."""

from __future__ import annotations

import json
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.clinical.diary.model import NIGHTS_MOST, Diary, Entry, Severity

SATURDAY = date(2026, 11, 21)
FRIDAY = SATURDAY - timedelta(days=1)
BAD, MILD = Entry(Severity.BAD, 2.0), Entry(Severity.MILD)


def test_night_told_again_is_changed_where_it_is_told_anew() -> None:
    diary, _ = Diary().told(SATURDAY, BAD, "1")
    diary, gone = diary.told(SATURDAY, Entry(slept=5.0), "2")
    [night] = diary.nights
    assert night.entry == Entry(Severity.BAD, 2.0, 5.0) and night.messages == ("1", "2") and gone is None


def test_a_night_without_symptoms_has_no_hours_of_them() -> None:
    quiet = Entry(Severity.BAD, 2.0, 5.0).with_news(Entry(Severity.NONE))
    assert quiet == Entry(Severity.NONE, None, 5.0)
    assert quiet.with_news(Entry(hours=0.5)) == Entry(None, 0.5, 5.0)


def test_correction_moves_a_night_and_leaves_the_other_as_it_was() -> None:
    diary, _ = Diary().told(SATURDAY, MILD, "1")
    diary, _ = diary.told(SATURDAY, BAD, "2")
    diary, _ = diary.moved(FRIDAY, Entry(), "3")
    assert {night.day: night.entry for night in diary.nights} == {SATURDAY: MILD, FRIDAY: BAD}


def test_oldest_night_is_let_go() -> None:
    diary = Diary()
    for back in range(NIGHTS_MOST):
        diary, gone = diary.told(SATURDAY - timedelta(days=back), BAD, str(back))
        assert gone is None
    diary, gone = diary.told(SATURDAY + timedelta(days=1), MILD, "new")
    assert gone is not None and gone.day == SATURDAY - timedelta(days=NIGHTS_MOST - 1)
    assert len(diary.nights) == NIGHTS_MOST and diary.nights[-1].entry == MILD


_HOURS = st.none() | st.floats(0, 16).map(lambda hours: round(hours, 2))
ENTRIES = st.builds(Entry, st.none() | st.sampled_from(Severity), _HOURS, _HOURS, st.text(max_size=20))
TOLD = st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), ENTRIES), max_size=40)


@given(TOLD)
@settings(max_examples=40, deadline=None)
def test_diary_is_in_order_small_and_kept_as_json(told: list[tuple[date, Entry]]) -> None:
    diary = Diary()
    for number, (day, entry) in enumerate(told):
        diary, _ = diary.told(day, entry, str(number))
    days = [night.day for night in diary.nights]
    assert days == sorted(set(days)) and len(days) <= NIGHTS_MOST
    assert Diary.from_dict(json.loads(json.dumps(diary.as_dict()))) == diary
