"""When a message changes the page for the doctor, and when the page is shown again after something was told for it.

Rules answer whoever asks for the page. This policy knows what they cannot: that “take the sertraline out” speaks of
the page, and that what was told right after the page belongs on it.
"""

from __future__ import annotations

import re
from typing import Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from stillnight.clinical.visit_summary.additions import addition, speaks_of_the_page
from stillnight.clinical.visit_summary.commands import is_change, is_only_removal, is_showing
from stillnight.clinical.visit_summary.model import Edits
from stillnight.clinical.visit_summary.removals import removal
from stillnight.clinical.visit_summary.wishes import drops_all, tells_of_stop
from stillnight.dialogue import symptom_policy
from stillnight.dialogue.also_policy import waits
from stillnight.dialogue.lab_memory import notebook
from stillnight.dialogue.medicine_memory import STOPS
from stillnight.dialogue.newest import done_since, intent_of, is_typed_in_english
from stillnight.dialogue.summary_edits import asks_beside, finds, puts_back, wants_change
from stillnight.dialogue.summary_memory import awaited, edits_of, owner_named, shown_last, summary_of
from stillnight.dialogue.sure_policy import SurePolicy
from stillnight.dialogue.told_memory import tells_now
from stillnight.nlu.labels import FALLBACK_INTENT, OUT_OF_SCOPE, RED_FLAG
from stillnight.nlu.red_flag_guard import RED_FLAGS

MAKE: Final = "action_make_summary"
# What a message right after the page is taken for when it only puts something right.
_WEAK: Final = frozenset({FALLBACK_INTENT, OUT_OF_SCOPE, "correction", "deny", "affirm", "repeat", "more"})
# “and one for me”
_SHORT: Final = 5
# “make the note but leave the codeine out”
_ASKS_FOR_IT: Final = re.compile(
    r"\b(?:make|write|do|prepare|create|print|show)\b[^.!?]*\b(?:note|page|summary|letter|sheet)\b", re.IGNORECASE
)
_QUESTION: Final = " question"
# Answered alone, unless they speak of the page in so many words: “add: who do I call at night?”
_ALONE: Final = frozenset({"goodbye", "human"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class SummaryPolicy(SurePolicy):
    """Predicts `action_make_summary` and then to listen, or nothing. It learns nothing; `priority` puts it first."""

    def action_for(self, tracker: DialogueStateTracker) -> str | None:
        """What the page calls for."""
        return next_action(tracker)


def next_action(tracker: DialogueStateTracker) -> str | None:
    """What the page calls for now, None when others decide."""
    message = tracker.latest_message
    if message is None:
        return None
    if tracker.latest_action_name == MAKE:
        return None if waits(tracker) or symptom_policy.next_action(tracker) else ACTION_LISTEN_NAME
    intent = intent_of(message)
    alarms = intent == RED_FLAG and not _is_heard_amiss(message)
    if alarms or tracker.active_loop_name:
        return None
    if edits_of(tracker.current_slot_values()) is None and not _shapes_the_first(tracker, message):
        return None
    if not is_typed_in_english(message) or (intent in _ALONE and not _speaks_of_it(str(message.text or ""))):
        return None
    if tracker.latest_action_name == ACTION_LISTEN_NAME:
        return MAKE if _is_change(tracker, message, intent) else None
    return MAKE if _told_since(tracker, message) else None


def _shapes_the_first(tracker: DialogueStateTracker, message: UserUttered) -> bool:
    """Whether a message speaks of a page that was not made yet: “dont put the amount of money in”, “remove the HIV”."""
    text, slots = str(message.text or ""), tracker.current_slot_values()
    out = removal(text)
    if out is None:
        return addition(text) is not None and speaks_of_the_page(text)
    # Values and medicines are remembered elsewhere too, and forgotten there, unless the page is asked for beside.
    return finds(out, slots, Edits(), words_alone=_ASKS_FOR_IT.search(text) is None)


def _is_heard_amiss(message: UserUttered) -> bool:
    """Whether the second net alone hears a danger, in words that only take something off the page."""
    by_rule = (message.parse_data or {}).get(RED_FLAGS)
    return not by_rule and is_only_removal(str(message.text or ""))


def _speaks_of_it(text: str) -> bool:
    return is_change(text) or is_showing(text)


def _is_change(tracker: DialogueStateTracker, message: UserUttered, intent: str) -> bool:
    slots, text = tracker.current_slot_values(), str(message.text or "")
    edits, events = edits_of(slots) or Edits(), [event.as_dict() for event in tracker.events]
    last = shown_last(events) or awaited(events)
    if drops_all(text):
        return last
    out = removal(text)
    if out is not None:
        if intent == STOPS and tells_of_stop(text):
            # What was stopped these days is warned of first; the page follows.
            return False
        return last or out.withdrawn or out.target.endswith(_QUESTION) or finds(out, slots, edits)
    if notebook(slots).fresh:
        # A value is explained first: it may be urgent.
        return False
    if addition(text) is not None or is_showing(text) or puts_back(text, slots, edits):
        return True
    told = tells_now(slots, str(message.message_id or ""))
    if told and awaited(events) and not asks_beside(text):
        # What was asked for is told: “58, male, legs since 2015”.
        return True
    if wants_change(text, slots, last) or (last and told and intent in _WEAK):
        return True
    short = len(text.split()) <= _SHORT
    return last and (short or intent in _WEAK) and owner_named(text, summary_of(slots, edits)) is not None


def _told_since(tracker: DialogueStateTracker, message: UserUttered) -> bool:
    """Whether the message was answered, told something new right after the page, and the page was not shown since."""
    slots = tracker.current_slot_values()
    book = notebook(slots)
    if book.fresh or book.held or book.open or waits(tracker) or symptom_policy.next_action(tracker):
        return False
    if MAKE in done_since(tracker):
        return False
    events, edits = [event.as_dict() for event in tracker.events], edits_of(slots)
    told = edits is not None and tells_now(slots, str(message.message_id or ""))
    told = told and (shown_last(events) or awaited(events))
    return told and edits is not None and summary_of(slots, edits).digest != edits.shown
