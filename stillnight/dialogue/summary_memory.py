"""The page for the doctor of a conversation, from its slots."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from stillnight.clinical.circumstances import CHILD
from stillnight.clinical.labs.definitions import MAN, WOMAN
from stillnight.clinical.labs.judge import Person
from stillnight.clinical.labs.notebook import Notebook
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.reading.owners import is_name
from stillnight.clinical.labs.replies import lab_replies
from stillnight.clinical.labs.values import LabValue
from stillnight.clinical.symptom_check.definitions import definitions
from stillnight.clinical.symptom_check.model import Question, Whose
from stillnight.clinical.visit_summary.gather import gather
from stillnight.clinical.visit_summary.model import SELF, SOMEBODY, Edits, Heard, Section, Summary
from stillnight.clinical.visit_summary.wishes import asks_if_on
from stillnight.dialogue import history
from stillnight.dialogue.diary_memory import diary_of, night_lines
from stillnight.dialogue.lab_memory import notebook
from stillnight.dialogue.memory import CIRCUMSTANCES_SLOT
from stillnight.dialogue.symptom_memory import check_of, known
from stillnight.dialogue.told_memory import told

SLOT: Final = "visit_summary"
INTENT: Final = "visit_summary"
# Said when there is nothing to show yet.
EMPTY: Final = "utter_visit_summary_empty"
# Metadata of the message that shows the page.
SHEET: Final = "sheet"
_MINE: Final = frozenset({"me", "myself", "mine"})
# “for me, not for mum”
_FOR_ME: Final = re.compile(
    r"(?<!front )\b(?:for|about|of) (?:me|myself|mine)\b|\b(?:only|just) (?:me|mine)\b", re.IGNORECASE
)
_FOR_THEM: Final = re.compile(r"\bfor (?:(?P<she>her|hers)|(?:him|his))\b", re.IGNORECASE)
_NOT_THEM: Final = re.compile(
    r"\b(?:not|without|except|no|instead of|rather than) (?:(?:for|of|about|with|my|the) )*\w+", re.IGNORECASE
)


def edits_of(slots: Mapping[str, Any]) -> Edits | None:
    """What was changed on the page; None while none was made."""
    return Edits.from_dict(slots.get(SLOT))


def summary_of(slots: Mapping[str, Any], edits: Edits) -> Summary:
    """The page as it stands."""
    return gather(told(slots), _heard(slots), edits)


def owner_named(text: str, summary: Summary) -> str | None:
    """For whom a message wants the page, when it is another than before."""
    if asks_if_on(text):
        # “is anything of my husband's in there?” asks of the page that is shown
        return None
    spoken = lab_reader().spoken_of(_NOT_THEM.sub(" ", text))
    if _FOR_ME.search(text) and not spoken.owners:
        return SELF if SELF in summary.others else None
    called = [each for each in summary.others if is_name(each) and each.lower() in text.lower().split()]
    named = called or [each for each in spoken.owners if each in summary.others]
    theirs = _FOR_THEM.search(text)
    if theirs and not spoken.owners:
        # “a page for her doctor”: the wife's.
        wrong = MAN if theirs["she"] else WOMAN
        denied = {owner for each in _NOT_THEM.findall(text) for owner in lab_reader().spoken_of(each).owners}
        people = [each for each in (summary.owner, *summary.others) if each != SELF and each not in denied]
        # Whom the page is about already, before anybody else.
        fitting = [each for each in people if lab_replies().group_of(each) != wrong]
        named = [each for each in fitting[:1] if each != summary.owner]
    if named:
        return named[0]
    return SELF if SELF in summary.others and not _MINE.isdisjoint(spoken.words[-2:]) else None


def shown_last(events: Sequence[history.Event]) -> bool:
    """Whether the page was shown between the newest message and the one before it."""
    seen = 0
    for event in reversed(events):
        if event.get("event") == "user":
            seen += 1
            if seen == 2:
                return False
        elif seen == 1 and event.get("event") == "bot" and SHEET in history.own_metadata(event):
            return True
    return False


def awaited(events: Sequence[history.Event]) -> bool:
    """Whether the page was just asked for, and there was too little to show."""
    return any(history.response_name(event) == EMPTY for event in history.last_turn(events))


def ranges_of(book: Notebook, known: Person, summary: Summary) -> Person:
    """Whose usual ranges stand beside the values of the page."""
    value = next((line.value for line in summary.of(Section.LABS) if line.value), None)
    whose = book.person(known, value) if value else known
    child = any(line.name == CHILD for line in summary.of(Section.ABOUT))
    return replace(whose, child=whose.child or whose.maybe_child or child)


def _heard(slots: Mapping[str, Any]) -> Heard:
    book, check = notebook(slots), check_of(slots)
    circumstances = [name for name in slots.get(CIRCUMSTANCES_SLOT) or () if name not in book.only_theirs]
    answers: dict[str, Sequence[str]] = {}
    owner = SELF
    if check is not None:
        so_far = known(slots)
        for question in Question:
            options = (*check.answers.get(question, ()), *check.passing.get(question, ()))
            named = [option for option in definitions()[question].options if option in options]
            if named and check.told(question, so_far):
                answers[question.value] = named
        owner = SOMEBODY if check.whose is Whose.OTHER else SELF
    return Heard(_values(book), answers, owner, {SELF: circumstances}, night_lines(diary_of(slots), told(slots)))


def _values(book: Notebook) -> tuple[LabValue, ...]:
    """Values that were explained, that are still open, and whose unit nobody knows; no impossible ones."""
    values = [*book.told, *(each.value for each in book.open), *book.unsettled]
    kept = {(each.lab, each.owner, each.value): each for each in values if not each.impossible}
    return tuple(kept.values())
