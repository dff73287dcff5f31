"""The worksheet: found messages, redacted, the same ones together, as a CSV file that any spreadsheet opens."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from stillnight.clinical.hearing import hearing
from stillnight.content.examples import words_of
from stillnight.language.redaction import redacted, redactor
from stillnight.learning.find import NOT_HELPFUL, NOT_UNDERSTOOD, REFUSED, UNSURE, Found
from stillnight.learning.likeness import Likeness

COLUMNS: Final = ("count", "text", "understood_as", "confidence", "why", "suggestion", "label")
SUGGESTIONS: Final = 3
# A spreadsheet takes a cell that begins like this for a formula.
_FORMULA: Final = ("=", "+", "-", "@")
_REASONS: Final = (NOT_UNDERSTOOD, REFUSED, NOT_HELPFUL, UNSURE)


class WorksheetError(ValueError):
    """A worksheet that cannot be written or read; the message says why in one sentence."""


@dataclass
class Row:
    """Messages that read alike: the first as it was typed, redacted."""

    text: str
    count: int = 0
    understood_as: Counter[str] = field(default_factory=Counter)
    confidence: float = 1.0
    why: set[str] = field(default_factory=set)
    suggestions: Counter[str] = field(default_factory=Counter)

    def add(self, found: Found) -> None:
        """Count one more of the kind."""
        self.count += 1
        self.understood_as[found.understood_as] += 1
        self.confidence = min(self.confidence, found.confidence)
        self.why.update(found.why)
        self.suggestions.update(found.suggestions)


@dataclass(frozen=True)
class LabelledRow:
    """A row as it came back. number: as a spreadsheet counts, the header being 1."""

    number: int
    text: str
    label: str


def gathered(found: Iterable[Found]) -> list[Row]:
    """Rows of messages that differ in nothing but signs and capital letters, most frequent first.

    Whatever the rules take for danger is left out, as it was typed and as it would be shown.
    """
    rows: dict[str, Row] = {}
    read_before: dict[str, Row | None] = {}
    for message in found:
        # People ask the same things in the same words.
        if message.text not in read_before:
            text = _harmless(message.text)
            read_before[message.text] = None if text is None else rows.setdefault(words_of(text), Row(text))
        row = read_before[message.text]
        if row is not None:
            row.add(message)
    return sorted(rows.values(), key=lambda row: (-row.count, row.text))


def suggested(rows: Sequence[Row], examples: Iterable[tuple[str, str]]) -> Iterator[tuple[Row, list[str]]]:
    """Each row with the labels that it may have: what the conversation tells first, then those of like examples."""
    if not rows:
        return
    alike = Likeness(examples).labels([redactor().stood_in(row.text) for row in rows])
    for row, labels in zip(rows, alike):
        told = [label for label, _ in row.suggestions.most_common()]
        understood = row.understood_as.most_common(1)[0][0]
        others = dict.fromkeys(label for label in (*told, *labels) if label != understood)
        yield row, list(others)[:SUGGESTIONS]


def write(sheet: Path, rows: Iterable[tuple[Row, list[str]]]) -> None:
    """Write a new worksheet that its owner alone can read. Raises WorksheetError, also when there is one already."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row, labels in rows:
        why = "; ".join(reason for reason in _REASONS if reason in row.why)
        understood = row.understood_as.most_common(1)[0][0]
        confidence = f"{row.confidence:.2f}"
        writer.writerow((row.count, _cell(row.text), understood, confidence, why, ", ".join(labels), ""))
    try:
        sheet.touch(mode=0o600, exist_ok=False)
        sheet.write_bytes(text.getvalue().encode("utf-8-sig"))
    except FileExistsError as error:
        raise WorksheetError(f"{sheet} is there already; give another name, so that no labels are lost") from error
    except OSError as error:
        raise WorksheetError(f"{sheet} cannot be written ({error.strerror})") from error


def read(sheet: Path) -> list[LabelledRow]:
    """Every row, as any spreadsheet may have saved it: with commas, semicolons or tabs. Raises WorksheetError."""
    try:
        text = sheet.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise WorksheetError(f"{sheet} cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise WorksheetError(f"{sheet} is not UTF-8; save it as “CSV UTF-8”") from error
    heading = text.partition("\n")[0]
    delimiter = max(",;\t", key=heading.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise WorksheetError(f"{sheet} is no CSV file ({error})") from error
    columns = [name.strip().lower() for name in rows[0]] if rows else []
    if "text" not in columns or "label" not in columns:
        raise WorksheetError(f"{sheet} needs the columns “text” and “label” in its first row")
    at_text, at_label = columns.index("text"), columns.index("label")
    return [
        LabelledRow(number, _typed(_at(row, at_text)), _at(row, at_label).strip())
        for number, row in enumerate(rows[1:], start=2)
    ]


def _harmless(typed: str) -> str | None:
    """A message redacted, or None when the rules hear danger in it."""
    text, rules = redacted(typed), hearing()
    return None if rules.hear(typed).flags or rules.hear(redactor().stood_in(text)).flags else text


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _typed(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _at(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""
