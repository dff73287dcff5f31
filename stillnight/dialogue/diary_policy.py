"""When a message belongs to the diary.

Rules answer what the model takes for the diary. This policy knows what they cannot: what answers or corrects the last
words of the diary, that “remove monday” means a night, and that an entry beside a question is noted once that is
answered.
"""

from __future__ import annotations

from typing import Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from stillnight.clinical.diary.commands import Command, Wish
from stillnight.clinical.diary.days import Day, NightError
from stillnight.clinical.diary.model import Diary
from stillnight.clinical.diary.reader import Heard, diary_reader
from stillnight.clinical.symptom_check.model import Stage
from stillnight.dialogue import lab_policy, symptom_policy
from stillnight.dialogue.also_policy import waits
from stillnight.dialogue.diary_memory import ANSWER, INTENT, Clock, diary_of, said_before
from stillnight.dialogue.lab_memory import notebook
from stillnight.dialogue.newest import done_since, intent_of, is_typed_in_english
from stillnight.dialogue.summary_memory import shown_last
from stillnight.dialogue.sure_policy import SurePolicy
from stillnight.dialogue.symptom_memory import check_of, spoke_last
from stillnight.nlu.labels import CHOICES, FALLBACK_INTENT, OUT_OF_SCOPE, RED_FLAG

KEEP: Final = "action_keep_diary"
ASK: Final = "ask"
ASK_CLEAR: Final = "ask_clear"
# After these the night that they name can be put right.
_ABOUT_NIGHT: Final = frozenset({ASK, "kept", "changed", "there"})
# What a few words are taken for that only answer.
_WEAK: Final = frozenset({FALLBACK_INTENT, OUT_OF_SCOPE, INTENT, "affirm", "deny", "correction", "more", "repeat"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class DiaryPolicy(SurePolicy):
    """Predicts `action_keep_diary` and then to listen, or nothing. It learns nothing; `priority` puts it first."""

    def action_for(self, tracker: DialogueStateTracker) -> str | None:
        """What the diary calls for."""
        return next_action(tracker)


def next_action(tracker: DialogueStateTracker) -> str | None:
    """What the diary calls for now, None when others decide."""
    message = tracker.latest_message
    if message is None:
        return None
    if tracker.latest_action_name == KEEP:
        return None if _others_wait(tracker) else ACTION_LISTEN_NAME
    intent = intent_of(message)
    if tracker.latest_action_name == ACTION_LISTEN_NAME:
        return KEEP if _is_ours(tracker, message, intent) else None
    return KEEP if _is_left(tracker, message, intent) else None


def _is_ours(tracker: DialogueStateTracker, message: UserUttered, intent: str) -> bool:
    if any(entity["entity"] == ANSWER for entity in message.entities):
        return True
    if not is_typed_in_english(message) or intent == RED_FLAG:
        return False
    heard = diary_reader().read(str(message.text or ""))
    if heard.plain:
        # A question beside it is answered first.
        return intent == INTENT or not heard.asks
    diary = diary_of(tracker.current_slot_values())
    events = [event.as_dict() for event in tracker.events]
    before = said_before(events)
    if heard.wish:
        return heard.wish.named or _means_night(heard.wish, diary, tracker, before)
    if ASK_CLEAR in before:
        return intent in ("affirm", "deny") or diary_reader().agrees(str(message.text)) is not None
    if heard.past or tracker.active_loop_name:
        return False
    if before and heard.grade and heard.tells and heard.opens and not heard.asks and diary.graded(heard.grade):
        return True
    if heard.day and heard.corrects and heard.pure and not before & _ABOUT_NIGHT:
        # “Tonight wasn't bad, it was moderate. Fix it”, of a night that is kept
        return _is_kept(heard.day, diary, tracker)
    if diary.latest and before & _ABOUT_NIGHT:
        return _puts_right(heard, intent, ASK in before, another_asks=spoke_last(events) is not None)
    return False


def _means_night(wish: Wish, diary: Diary, tracker: DialogueStateTracker, before: frozenset[str]) -> bool:
    """Whether a wish that does not name the diary means it all the same."""
    if (
        wish.command is Command.EXPORT
        and diary.nights
        and not shown_last([event.as_dict() for event in tracker.events])
    ):
        # “Export it please”, although another answer came between.
        return True
    if wish.command is not Command.REMOVE:
        return bool(before)
    if wish.grade:
        return bool(diary.graded(wish.grade))
    return bool(before & _ABOUT_NIGHT) if wish.day is None else _is_kept(wish.day, diary, tracker)


def _is_kept(day: Day, diary: Diary, tracker: DialogueStateTracker) -> bool:
    """Whether something is kept of the night of that day."""
    message = tracker.latest_message
    assert message is not None
    try:
        night = Clock(tracker.current_slot_values(), message.as_dict()).night(day)
    except NightError:
        return False
    return diary.of(night) is not None


def _puts_right(heard: Heard, intent: str, asked: bool, another_asks: bool) -> bool:
    if heard.asks:
        return False
    if heard.corrects and heard.opens and (heard.tells or (heard.day and not heard.entry.note)):
        return True
    if another_asks:
        # What is told answers the question of the symptom check.
        return False
    return heard.pure or (asked and heard.entry.severity is not None and intent in _WEAK)


def _is_left(tracker: DialogueStateTracker, message: UserUttered, intent: str) -> bool:
    """Whether a message was answered, and the entry in it is not yet noted."""
    if intent == RED_FLAG or CHOICES not in (message.parse_data or {}) or tracker.active_loop_name or waits(tracker):
        return False
    if KEEP in done_since(tracker):
        return False
    book = notebook(tracker.current_slot_values())
    if book.fresh or book.held:
        return False
    return diary_reader().read(str(message.text or "")).plain


def _others_wait(tracker: DialogueStateTracker) -> bool:
    """Whether something else of the message, or a question that was open, has its turn now."""
    slots = tracker.current_slot_values()
    check = check_of(slots)
    asks = check is not None and check.stage is Stage.ASKING and symptom_policy.next_action(tracker) is not None
    return asks or waits(tracker) or lab_policy.next_action(tracker, notebook(slots)) is not None
