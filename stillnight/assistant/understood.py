"""What was understood of the last messages: the same words are understood but once."""

from __future__ import annotations

import pickle
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from stillnight.recent import recently


class Understood:
    """A processor's understanding, which looks at nothing of a message but its words, with its last results kept."""

    def __init__(self, processor: MessageProcessor) -> None:
        """`processor` holds the trained graph."""
        self._understand = processor._parse_message_with_graph
        self._kept = recently(self._packed)

    def __call__(
        self, message: UserMessage, tracker: DialogueStateTracker, only_output_properties: bool = True
    ) -> dict[str, Any]:
        """The parsed message, which is the caller's own to change. Takes Rasa's arguments and raises its errors."""
        if not only_output_properties:
            # Everything that components wrote, with what is the message's own: for those who look inside.
            return dict(self._understand(message, tracker, only_output_properties))
        return dict(pickle.loads(self._kept(message.text)))  # noqa: S301 - packed below

    def _packed(self, text: str | None) -> bytes:
        return pickle.dumps(self._understand(UserMessage(text), DialogueStateTracker.from_events("", []), True))
