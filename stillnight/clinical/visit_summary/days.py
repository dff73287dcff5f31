"""The date of a lab value, in the words in which it was told. Nothing is worked out."""

from __future__ import annotations

import re
from typing import Final

from stillnight.clinical.labs.reading.dates import dates
from stillnight.clinical.visit_summary.words import summary_words

_LINE: Final = re.compile(r"\n|(?<=[^\d\s])[.!?;](?=\s)|(?<=\d)[.!?;](?=\s+[A-Za-z])")
# A number, its unit, and small words before a date.
_BESIDE: Final = re.compile(
    r"\d(?:[\d.,]*\d)?\s*%?\s*[a-zµμ/%]*\s*[(\[]?\s*(?:was |is )?(?:back )?(?:in|on|from|of)?\s*", re.IGNORECASE
)
_EDGES: Final = " ,()[]:;.\t"


def when_told(text: str, value: float) -> str:
    """The words for the day of a value: in its own sentence, else the only ones of the message; empty without any."""
    spans = spans_of_dates(text)
    if not spans:
        return ""
    place = place_of(text, value, spans)
    if place is None:
        return _words(text, spans[0]) if len(spans) == 1 else ""
    start, end = _sentence(text, place)
    near = [span for span in spans if start <= span[0] < end]
    if not near:
        # A line with nothing but a date stands above what it dates.
        return _words(text, spans[0]) if len(spans) == 1 else ""
    beside = next((span for span in near if span[0] > place and _BESIDE.fullmatch(text[place : span[0]])), None)
    before = [span for span in near if span[1] <= place]
    if beside or before:
        return _words(text, beside or before[-1])
    return _words(text, near[0]) if len(near) == 1 else ""


def spans_of_dates(text: str) -> list[tuple[int, int]]:
    """Where the words for days stand in a text."""
    plain = text.lower()
    found = [(day.start, day.end) for day in dates(plain)]
    found += [match.span() for match in summary_words().times.finditer(plain)]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def place_of(text: str, value: float, past: list[tuple[int, int]] | None = None) -> int | None:
    """Where a number stands in a text, outside of the spans of dates; None when it is written in another way."""
    whole = f"{value:.10g}"
    pattern = re.escape(whole).replace(r"\.", "[.,]")
    for match in re.finditer(rf"(?<![\d.,]){pattern}(?:[.,]0+)?(?![.,]?\d)", text):
        if not _inside(match.start(), past or []):
            return match.start()
    return None


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _sentence(text: str, place: int) -> tuple[int, int]:
    start = 0
    for match in _LINE.finditer(text):
        if match.start() >= place:
            return start, match.start()
        start = match.end()
    return start, len(text)


def _words(text: str, span: tuple[int, int]) -> str:
    said = text[span[0] : span[1]].strip(_EDGES)
    return re.sub(r"^(?:in|on|from|of|since)\s+", "", said, flags=re.IGNORECASE)
