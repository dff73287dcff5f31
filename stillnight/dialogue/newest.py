"""The newest message of a conversation, as policies look at it, and what was done since."""

from __future__ import annotations

from collections.abc import Iterator

from rasa.shared.core.events import ActionExecuted, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from stillnight.nlu.labels import CHOICES
from stillnight.nlu.language_routing import LANGUAGE


def intent_of(message: UserUttered) -> str:
    """What it was taken for."""
    return str((message.intent or {}).get("name"))


def is_typed_in_english(message: UserUttered) -> bool:
    """Whether its words may be read for more than its intent.

    A button that was pressed means what it says, and a foreign message is told that it is one.
    """
    parsed = message.parse_data or {}
    return CHOICES in parsed and not parsed.get(LANGUAGE)


def since(tracker: DialogueStateTracker) -> Iterator[Event]:
    """What happened since the newest message, newest first."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            return
        yield event


def heard(tracker: DialogueStateTracker) -> list[Event]:
    """Everything up to the newest message, oldest first, without what was done since."""
    events = list(tracker.events)
    return events[: len(events) - len(list(since(tracker)))]


def done_since(tracker: DialogueStateTracker) -> frozenset[str]:
    """Names of the actions since the newest message."""
    return frozenset(str(event.action_name) for event in since(tracker) if isinstance(event, ActionExecuted))
