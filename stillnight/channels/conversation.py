"""A kept conversation as turns: what the patient said, and the replies as they were sent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from rasa.shared.core.constants import ACTION_SESSION_START_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered

from stillnight.channels.message import Reply, reply_of
from stillnight.content.catalogue import Reference

# Key of the turn in which the assistant greets.
START = "start"


@dataclass(frozen=True)
class Turn:
    """One message of the patient, None for a greeting, and its replies.

    key: id of the message. at: seconds since 1970.
    """

    key: str
    at: float
    said: str | None = None
    replies: tuple[Reply, ...] = field(default=())


def reply_id(key: str, place: int) -> str:
    """Id of a reply: the turn's key and its place in it."""
    return f"{key}.{place}"


def turns(events: Iterable[Event], references: Mapping[str, Reference]) -> list[Turn]:
    """All turns in order; turns without a word on either side are left out.

    Args:
        events: of a tracker.
        references: by id.
    """
    found: list[Turn] = []
    for event in events:
        if isinstance(event, ActionExecuted) and event.action_name == ACTION_SESSION_START_NAME:
            found.append(Turn(f"{START}{len(found) or ''}", event.timestamp))
        elif isinstance(event, UserUttered):
            found.append(Turn(str(event.message_id), event.timestamp, event.text or ""))
        elif isinstance(event, BotUttered) and event.text and found:
            found[-1] = replace(found[-1], replies=(*found[-1].replies, _reply(event, references)))
    return [turn for turn in found if turn.said or turn.replies]


def turn_of(key: str, events: Collection[Event], references: Mapping[str, Reference]) -> Turn | None:
    """The turn that a message began, None when there is none or the message was not answered."""
    if not any(isinstance(event, UserUttered) and event.message_id == key for event in events):
        # Nearly every message is new: nothing is read back for it.
        return None
    found = (turn for turn in turns(events, references) if turn.key == key and turn.said is not None)
    return next((turn for turn in found if turn.replies), None)


def _reply(event: BotUttered, references: Mapping[str, Reference]) -> Reply:
    kept = event.metadata.get("metadata") or {}
    return reply_of({"text": event.text, "buttons": event.data.get("buttons"), "metadata": kept}, references)
