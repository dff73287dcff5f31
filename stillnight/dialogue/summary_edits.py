"""What a message changes on the page for the doctor, and what is then said above the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.visit_summary.additions import ANYTHING, EVERYTHING, addition, restoration
from stillnight.clinical.visit_summary.changes import medicines_of, targets
from stillnight.clinical.visit_summary.clauses import Tells, clauses
from stillnight.clinical.visit_summary.commands import is_change, is_showing
from stillnight.clinical.visit_summary.corrections import wishes_change
from stillnight.clinical.visit_summary.model import Edits, Removed, Summary
from stillnight.clinical.visit_summary.removals import Removal, removal
from stillnight.clinical.visit_summary.wishes import asks_if_on
from stillnight.dialogue.summary_memory import INTENT, owner_named, summary_of
from stillnight.dialogue.told_memory import puts_right, told

# What is said above the page; without the page only `NOTED`.
SHOW: Final = "show"
AGAIN: Final = "show_again"
NOW: Final = "show_now"
KEPT: Final = "kept"
NOT_FOUND: Final = "not_found"
NOT_PLACED: Final = "not_placed"
NOT_THEIRS: Final = "not_theirs"
CHECK: Final = "check"
NOTED: Final = "noted"


def changed(text: str, slots: Mapping[str, Any], edits: Edits) -> tuple[Edits, bool | None]:
    """The page with what a message wants taken out, put back, or made for somebody else.

    Returns:
        Whether what is to be taken out was found; None when nothing is.
    """
    out = removal(text)
    if out is not None:
        return (edits, None) if out.withdrawn else _without(out, slots, edits)
    back = _back(text, slots, edits)
    if back:
        return replace(edits, removed=tuple(each for each in edits.removed if each.key not in back)), None
    owner = owner_named(text, summary_of(slots, edits))
    return (edits if owner is None else replace(edits, owner=owner)), None


def finds(out: Removal, slots: Mapping[str, Any], edits: Edits, words_alone: bool = False) -> bool:
    """Whether what is to be taken out stands on the page; `words_alone`: in the person's own words, and only there."""
    found = targets(out, summary_of(slots, edits), edits.questions)
    return bool(found) and not (words_alone and any(key.startswith(("lab ", "medicine ", "check ")) for key in found))


def puts_back(text: str, slots: Mapping[str, Any], edits: Edits) -> bool:
    """Whether a message wants back on the page what was taken out of it."""
    return bool(_back(text, slots, edits))


def wants_change(text: str, slots: Mapping[str, Any], last: bool) -> bool:
    """Whether a message speaks of something on the page that is to be put right by words alone.

    Args:
        text: as typed.
        slots: of the conversation.
        last: whether the page was shown just before.
    """
    if lab_reader().read(text).values:
        return False
    return (last and wishes_change(text)) or puts_right(text, told(slots)[:-1])


def lead(text: str, intent: str, summary: Summary, before: Edits | None, found: bool | None) -> str:
    """The name of what is said above the page: that it was changed only where it was.

    Args:
        text: the newest message, as typed.
        intent: as it was understood.
        summary: the page as it stands now.
        before: as it was changed before this message; None when it was not shown yet.
        found: whether what is to be taken out was found; None when nothing is.
    """
    out = removal(text)
    if found is False:
        return NOT_THEIRS if out is not None and lab_reader().spoken_of(out.target).owners else NOT_FOUND
    if before is None or not before.shown:
        return SHOW
    if out is not None and out.withdrawn:
        return KEPT
    if asks_if_on(text):
        return CHECK
    is_changed = summary.digest != before.shown
    if is_changed and intent != INTENT and asks_beside(text):
        return NOTED
    wishes = out is not None or wishes_change(text) or addition(text) is not None or restoration(text) is not None
    if found or (is_changed and (wishes or intent != INTENT) and not is_showing(text)):
        return AGAIN
    return NOT_PLACED if wishes_change(text) and not is_changed else NOW


def asks_beside(text: str) -> bool:
    """Whether a message asks something and wants nothing of the page: its answer is enough."""
    if is_change(text) or is_showing(text) or restoration(text) or wishes_change(text):
        return False
    return "?" in text or any(part.tells is Tells.ASKS for part in clauses(text))


def _without(out: Removal, slots: Mapping[str, Any], edits: Edits) -> tuple[Edits, bool]:
    messages = {each.number: each.text for each in told(slots)}
    keys = targets(out, summary_of(slots, edits), edits.questions, messages)
    until = max((each.number for each in told(slots)), default=0)
    kept = tuple(each for each in edits.removed if each.key not in keys)
    # A medicine that the same message took back is gone from the page already.
    off = {name for each in told(slots)[-1:] for name in each.off}
    found = bool(keys) or not off.isdisjoint(medicines_of(out))
    return replace(edits, removed=(*kept, *(Removed(key, until) for key in keys))), found


def _back(text: str, slots: Mapping[str, Any], edits: Edits) -> frozenset[str]:
    """Keys of what was taken out and is wanted back."""
    what = restoration(text)
    if what is None or not edits.removed:
        return frozenset()
    if what in ANYTHING:
        last = max(each.until for each in edits.removed)
        return frozenset(each.key for each in edits.removed if each.until == last or what in EVERYTHING)
    whole = summary_of(slots, replace(edits, removed=()))
    return frozenset(targets(Removal(what), whole, ())) & {each.key for each in edits.removed}
