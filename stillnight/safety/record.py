"""Writing the guard's turns into the conversation as Rasa would have: the words, the answer, what is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, Final

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from stillnight.channels.message import Reply
from stillnight.nlu.labels import RED_FLAG, parse_data_of_choice

SLOT = "safety"
COUNTRY_SLOT = "country"
# How far back somebody may have told what a danger of now stands behind.
_EARLIER_READ: Final = 20


def write_turn(
    tracker: DialogueStateTracker,
    domain: Domain,
    message: UserMessage,
    label: str,
    replies: Sequence[Reply],
    slots: dict[str, Any],
) -> None:
    """Append one turn. An open form stays open: the next message finds it as it was.

    Args:
        tracker: the conversation; saved by the caller.
        domain: the model's domain.
        message: what the patient sent.
        label: how it was understood, as a full label (`red_flag/self_harm`).
        replies: what was answered.
        slots: slots to set.
    """
    text = message.text or ""
    understood = message.parse_data or parse_data_of_choice(f"/{label}", text)
    if not tracker.events:
        for start in (ActionExecuted(ACTION_SESSION_START_NAME), SessionStarted(), ActionExecuted(ACTION_LISTEN_NAME)):
            tracker.update(start, domain)
    events = [
        UserUttered(
            text,
            understood["intent"],
            understood["entities"],
            understood,
            input_channel=message.input_channel,
            message_id=message.message_id,
            metadata=message.metadata,
        ),
        *(SlotSet(name, value) for name, value in slots.items()),
        *(_said(reply) for reply in replies),
        ActionExecuted(ACTION_LISTEN_NAME),
    ]
    for event in events:
        tracker.update(event, domain)


def write_reply(tracker: DialogueStateTracker, domain: Domain, reply: Reply, slots: dict[str, Any]) -> None:
    """Append one more reply, and slots, to the turn that the assistant has just ended; saved by the caller."""
    kept = (SlotSet(name, value) for name, value in slots.items())
    for event in (*kept, _said(reply), ActionExecuted(ACTION_LISTEN_NAME)):
        tracker.update(event, domain)


def last_words(tracker: DialogueStateTracker) -> str:
    """Text of what the assistant said last; empty when it has not spoken."""
    return next((event.text or "" for event in reversed(tracker.events) if isinstance(event, BotUttered)), "")


def earlier_words(tracker: DialogueStateTracker) -> Iterator[str]:
    """The last messages that the person typed, the newest in front."""
    typed = (event.text for event in reversed(tracker.events) if isinstance(event, UserUttered))
    return islice((text for text in typed if text and not text.startswith("/")), _EARLIER_READ)


def messages_since_danger(tracker: DialogueStateTracker) -> int:
    """How many messages came since the last one that was about a danger; all of them when none was."""
    count = 0
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered):
            if event.intent.get("name") == RED_FLAG:
                break
            count += 1
    return count


def _said(reply: Reply) -> BotUttered:
    message = reply.as_message()
    return BotUttered(reply.text, {"buttons": message["buttons"]}, {"metadata": message["metadata"]})
