"""The diary as a file that spreadsheets open."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.clinical.diary.model import Entry, Night, Severity
from stillnight.clinical.diary.table import as_csv, harmless
from tests.diary.test_model import ENTRIES

NAMES = {step.value: step.value.replace("_", " ") for step in Severity}
HEADINGS = ["date", "severity", "hours", "slept", "note"]


def rows(*nights: Night) -> list[list[str]]:
    """What a program reads that knows the byte order mark."""
    written = as_csv(nights, HEADINGS, NAMES).encode("utf-8")
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline="")))


def test_what_was_not_told_is_empty() -> None:
    nights = (
        Night(date(2026, 11, 21), Entry(Severity.VERY_BAD, 2.5, 0.0, "café, “late”")),
        Night(date(2026, 11, 3), Entry()),
    )
    assert rows(*nights) == [
        HEADINGS,
        ["2026-11-03", "", "", "", ""],
        ["2026-11-21", "very bad", "2.5", "0", "café, “late”"],
    ]


@pytest.mark.parametrize("note", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "|calc", "%0A"])
def test_note_is_no_formula(note: str) -> None:
    assert harmless(note).startswith("'")


@given(st.lists(ENTRIES, max_size=5))
@settings(max_examples=50, deadline=None)
def test_every_night_is_one_row_and_no_cell_a_formula(entries: list[Entry]) -> None:
    nights = [Night(date(2026, 11, place + 1), entry) for place, entry in enumerate(entries)]
    read = rows(*nights)
    assert len(read) == len(nights) + 1
    for cells, night in zip(read[1:], nights):
        assert len(cells) == len(HEADINGS) and cells[0] == night.day.isoformat()
        assert not any(cell.lstrip()[:1] in tuple("=+-@|%") for cell in cells if cell.strip())
        assert cells[4] == harmless(night.entry.note)
