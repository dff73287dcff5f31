"""A tracker that knows how much of it is kept, and is copied without replaying the conversation."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import AnySlotDict, DialogueStateTracker


@dataclass(frozen=True)
class Kept:
    """What the database holds of a tracker.

    conversation: its number, 0 when there is none. place: of its newest event. read_from: place of the tracker's first
    event that was written by itself. carried: how many events stand before that one for all that came earlier.
    """

    conversation: int = 0
    place: int = 0
    read_from: int = 1
    carried: int = 0

    @property
    def events(self) -> int:
        """How many of the tracker's events are kept."""
        return self.carried + self.place - self.read_from + 1

    def place_of(self, index: int) -> int:
        """Where the event at an index of the tracker stands in the conversation; it is none of the carried."""
        return self.read_from + index - self.carried


class KeptTracker(DialogueStateTracker):
    """Rasa's tracker, made by the store. `kept` is moved on by the store alone."""

    kept: Kept = Kept()

    @classmethod
    def of(cls, sender: str, events: Iterable[Event], slots: Iterable[Slot] | None, kept: Kept) -> KeptTracker:
        """A tracker of events that are kept."""
        made: KeptTracker = cls.from_events(sender, list(events), slots)
        made.kept = kept
        return made

    def copy(self) -> KeptTracker:
        """The same state and the same events.

        Rasa replays every event for a copy and makes a copy for every action. The state is nothing but what these
        fields hold; `tests/conversations_store/test_tracker.py` compares with a replay.
        """
        # Without a domain every slot is known.
        slots = None if isinstance(self.slots, AnySlotDict) else self.slots.values()
        made = KeptTracker(self.sender_id, slots, self._max_event_history, self.sender_source, self.is_rule_tracker)
        for name, slot in self.slots.items():
            # Making a tracker resets the slots.
            made.slots[name].__dict__.update(slot.__dict__)
        made.events = copy.copy(self.events)
        made._paused = self._paused
        made.followup_action = self.followup_action
        made.latest_action = self.latest_action
        made.latest_message = self.latest_message
        made.latest_bot_utterance = self.latest_bot_utterance
        made.active_loop = replace(self.active_loop) if self.active_loop else None
        made.kept = self.kept
        return made
