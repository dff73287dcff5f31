"""The conversations that were read or written last, to be used only when it is known that they still stand."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from stillnight.conversations.hold import Hold, current
from stillnight.conversations.records import Head
from stillnight.conversations.tracker import KeptTracker

# Of all conversations together; about 40 MB.
EVENTS_MAX: Final = 10_000


class Cache:
    """Trackers by conversation id, the least used dropped first."""

    def __init__(self, events: int = EVENTS_MAX) -> None:
        """`events`: the most that are held of all conversations together."""
        self._most = events
        self._trackers: OrderedDict[str, KeptTracker] = OrderedDict()
        self._events = 0
        self._seen: dict[str, Hold] = {}

    def __contains__(self, sender: str) -> bool:
        """Whether it is held, maybe as it was before."""
        return sender in self._trackers

    def get(self, sender: str, head: Head | None) -> KeptTracker | None:
        """A copy to go on with, if the conversation is as far as `head`."""
        tracker = self._trackers.get(sender)
        if tracker is None:
            return None
        if head is None or (tracker.kept.conversation, tracker.kept.place) != (head.conversation, head.place):
            self.drop(sender)
            return None
        return self._copy(sender, tracker)

    def get_held(self, sender: str) -> KeptTracker | None:
        """A copy to go on with, if this is the hold in which it was read or written last: then nobody else did."""
        tracker, hold = self._trackers.get(sender), current(sender)
        if tracker is None or hold is None or self._seen.get(sender) is not hold:
            return None
        return self._copy(sender, tracker)

    def _copy(self, sender: str, tracker: KeptTracker) -> KeptTracker:
        self._see(sender)
        self._trackers.move_to_end(sender)
        return tracker.copy()

    def _see(self, sender: str) -> None:
        hold = current(sender)
        if hold is not None:
            self._seen[sender] = hold

    def put(self, tracker: KeptTracker) -> None:
        """Hold a tracker, which nobody else changes."""
        self.drop(tracker.sender_id)
        self._trackers[tracker.sender_id] = tracker
        self._see(tracker.sender_id)
        self._events += len(tracker.events)
        while self._events > self._most and len(self._trackers) > 1:
            self.drop(next(iter(self._trackers)))

    def drop(self, sender: str) -> None:
        """Let go of one."""
        tracker = self._trackers.pop(sender, None)
        self._seen.pop(sender, None)
        if tracker is not None:
            self._events -= len(tracker.events)

    def clear(self) -> None:
        """Let go of all."""
        self._trackers.clear()
        self._seen.clear()
        self._events = 0
