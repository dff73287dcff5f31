"""The page as plain text: for the chat, and for those who hear it instead of seeing it."""

from __future__ import annotations

from typing import Final

from stillnight.clinical.visit_summary.sheet import Part, Row, Sheet

_MARK: Final = "*"


def as_text(sheet: Sheet, chat: bool = False) -> str:
    """Every line of the page, without blank lines.

    Args:
        sheet: the page.
        chat: whether it stands in the chat itself, where nobody needs to be told where it comes from.
    """
    lines = [] if chat else [sheet.title, sheet.made]
    for part in sheet.parts:
        lines.append(f"{part.heading.upper()}")
        lines += [_line(row, part, place) for place, row in enumerate(part.rows, 1)]
        lines += [part.foot] if part.foot else []
    return "\n".join(lines if chat else [*lines, sheet.foot])


def _line(row: Row, part: Part, place: int) -> str:
    start = f"{place}. " if part.numbered else "• "
    return f"{start}{_said(row)}"


def _said(row: Row) -> str:
    """One line without its bar and its sources."""
    text = f"{row.text}{_MARK}" if row.mark else row.text
    if row.value:
        text = f"{text} {row.value} ({row.when})"
        text += f", {row.usual}" if row.usual else ""
    quote = f"“{row.said}”" if row.said else ""
    said = f"{text}: {quote}" if text and quote else text or quote
    return f"{said} ({row.after})" if row.after else said
