"""The diary as a table in a file: CSV, which spreadsheets open and which they cannot be made to run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from stillnight.clinical.diary.model import Night

COLUMNS: Final = ("date", "severity", "hours", "slept", "note")
# A cell that begins with one of these is a formula to spreadsheets, white space before it or not.
_FORMULA: Final = re.compile(r"^\s*[=+\-@|%]")
# Else Excel takes UTF-8 for an old Windows page.
_MARK: Final = "\ufeff"


def as_csv(nights: Iterable[Night], headings: Sequence[str], severities: Mapping[str, str]) -> str:
    """One line for each night, oldest first; what was not told is empty.

    Args:
        nights: of the diary.
        headings: of `COLUMNS`, in that order.
        severities: how each step is called.
    """
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(headings)
    for night in sorted(nights, key=lambda each: each.day):
        entry = night.entry
        severity = severities[entry.severity.value] if entry.severity else ""
        writer.writerow(
            [night.day.isoformat(), severity, _number(entry.hours), _number(entry.slept), harmless(entry.note)]
        )
    return _MARK + out.getvalue()


def harmless(note: str) -> str:
    """A note as a spreadsheet shows it and does not run it: with a quotation mark in front where it must be."""
    # Old readers end at a NUL.
    line = " ".join("".join(char if char.isprintable() else " " for char in note).split())
    return f"'{line}" if _FORMULA.match(line) else line


def _number(hours: float | None) -> str:
    return "" if hours is None else f"{hours:g}"
