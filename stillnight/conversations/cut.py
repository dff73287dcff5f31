"""What of a long conversation is read for the next turn: the newest messages, and what stands for all before them.

Whatever Rasa does in a turn takes longer with every event of the session. Past some messages the older events are
replaced by few: every slot that was set, and what the assistant said, since it goes back to that (the topic last
answered, a warning that is given once). They stay in the database as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SessionStarted, SlotSet, UserUttered

from stillnight.conversations.tracker import KeptTracker
from stillnight.dialogue.history import last_topic

# A cut is made when there are more messages than `CUT_ABOVE`, and leaves `MESSAGES_LEFT` of them. The dialogue looks
# back further than six of the patient's messages only for what is carried. Figures: docs/decisions/0012.
CUT_ABOVE: Final = 16
MESSAGES_LEFT: Final = 8
_UTTERANCES_CARRIED: Final = 12


def last_session(events: Sequence[Event]) -> int:
    """Index of the event from which the last session counts, 0 when none was begun in between."""
    return next((at for at in range(len(events) - 1, -1, -1) if isinstance(events[at], SessionStarted)), 0)


def cut(tracker: KeptTracker) -> tuple[int, list[Event]] | None:
    """Where to begin reading from now on, None for where it was.

    Returns:
        Index of the first event that is read as it is, and the events that stand for those before it.
    """
    events = list(tracker.events)
    messages = [at for at, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(messages) <= CUT_ABOVE:
        return None
    for at in reversed(messages[: len(messages) - MESSAGES_LEFT + 1]):
        first = _turn_start(events, at)
        if first <= tracker.kept.carried:
            return None
        before = KeptTracker.from_events(tracker.sender_id, events[:first], tracker.slots.values())
        if _is_at_rest(before):
            return first, _carried(before, events[first].timestamp)
    return None


def _turn_start(events: Sequence[Event], message: int) -> int:
    """The listening that a message ends: Rasa goes back to there when it takes a message back."""
    for at in range(message - 1, -1, -1):
        event = events[at]
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME:
            return at
    return 0


def _is_at_rest(tracker: KeptTracker) -> bool:
    """Whether nothing is going on that only the events tell: no form is open, nothing is to follow."""
    return tracker.active_loop is None and not tracker.is_paused() and tracker.followup_action in (None, _LISTENS)


_LISTENS: Final = ACTION_LISTEN_NAME


def _carried(before: KeptTracker, at: float) -> list[Event]:
    utterances: dict[str, BotUttered] = {}
    topic: BotUttered | None = None
    for event in reversed(before.events):
        if not isinstance(event, BotUttered) or not event.text:
            continue
        if last_topic([event.as_dict()]) is not None:
            topic = topic or event
        else:
            utterances.setdefault(event.text, event)
    carried: list[Event] = list(islice(utterances.values(), _UTTERANCES_CARRIED))[::-1]
    if topic is not None:
        carried.append(topic)
    slots = (slot for slot in before.slots.values() if slot.has_been_set)
    return [*carried, *(SlotSet(slot.name, slot.value, timestamp=at) for slot in slots)]
