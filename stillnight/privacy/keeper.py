"""The store in which the conversation of this turn is kept, for the one action that tells what stands there."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any, Final

from rasa.core.tracker_store import TrackerStore

from stillnight.conversations.store import ConversationStore

# Set by the agent's own endpoint around each action.
STORE: Final[ContextVar[TrackerStore | None]] = ContextVar("tracker_store", default=None)


async def events_of(person: str) -> list[dict[str, Any]] | None:
    """All events that are kept, of all sessions; None when the store is not this process's to ask.

    Raises:
        StoreError: when they cannot be read.
    """
    store = STORE.get()
    if store is None:
        return None
    tracker = await store.retrieve_full_tracker(person)
    return [event.as_dict() for event in tracker.events] if tracker is not None else []


async def opinions_of(person: str) -> int:
    """How many answers somebody judged. Raises StoreError when that cannot be read."""
    store = STORE.get()
    if not isinstance(store, ConversationStore):
        return 0
    return len((await store.export(person))["feedback"])
