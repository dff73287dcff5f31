"""One message on its way through the guard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rasa.core.channels.channel import UserMessage

from stillnight.channels.message import Reply
from stillnight.clinical.hearing import Heard
from stillnight.clinical.red_flags.finder import RedFlag
from stillnight.nlu.labels import FALLBACK_INTENT


@dataclass
class Turn:
    """One message and what has been done about it so far.

    heard: what rules found in it. pressed: it came by a button, so that its meaning is known.
    """

    message: UserMessage
    heard: Heard
    pressed: bool
    spoken: bool = False

    @property
    def flags(self) -> tuple[RedFlag, ...]:
        """Dangers that rules found."""
        return self.heard.flags

    @property
    def intent(self) -> str | None:
        """Intent of a button that was pressed, or of what the model understood."""
        return str(self.message.parse_data["intent"]["name"]) if self.message.parse_data else None

    def let_go(self) -> None:
        """Take the message for one that the model did not understand, where it only sounded like a danger."""
        parsed = self.message.parse_data or {}
        self.message.parse_data = {**parsed, "intent": {"name": FALLBACK_INTENT, "confidence": 1.0}}

    async def say(self, replies: Sequence[Reply]) -> None:
        """Send what is to be said."""
        channel = self.message.output_channel
        assert channel is not None
        for reply in replies:
            await channel.send_response(self.message.sender_id, reply.as_message())
            self.spoken = True
