"""Pages to draw."""

from __future__ import annotations

from datetime import date

from stillnight.clinical.labs.judge import Person
from stillnight.clinical.visit_summary.sheet import Sheet
from stillnight.dialogue.summary_answers import summary_answers
from tests.visit_summary.conversations import page

DAY = date(2026, 11, 22)
TALK = [
    ("My legs crawl when I lie down, I sleep five hours", "diagnosis_request"),
    ("I take sertraline 50 mg and amlodipine", "medication_check"),
    ("Ferritin 23 ng/mL in March, tsat 12%, hb 12.1 g/dL", "lab_report"),
    ("I tried magnesium <b>& bananas</b>", "faq"),
]


def sheet(
    messages: list[tuple[str, str]] | None = None, country: str | None = None, person: Person | None = None
) -> Sheet:
    """The page of a conversation."""
    return summary_answers().sheet(page(messages or TALK), person or Person(), DAY, country)
