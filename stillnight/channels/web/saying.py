"""What the assistant says in one turn: never silence."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol

from stillnight.channels.message import Collector, Reply, static_reply
from stillnight.channels.web.asked import BadRequestError
from stillnight.content.catalogue import catalogue
from stillnight.conversations.errors import StoreError
from stillnight.safety.guard import IdReusedError

logger = logging.getLogger(__name__)

Speak = Callable[[Collector], Awaitable[Any]]


class Send(Protocol):
    """Takes a reply as soon as it is made, with its place in the turn."""

    async def __call__(self, reply: Reply, place: int) -> None:
        """Send it on."""
        ...


async def replies(speak: Speak, send: Send | None = None) -> Sequence[Reply]:
    """What the assistant says; an apology when it fails or says nothing.

    What could not be kept counts as not said, but for a danger, of which the guard tells nobody that it failed.

    Args:
        speak: makes the assistant speak to a collector.
        send: gets each reply as it comes.

    Raises:
        BadRequestError: when the id of the message belongs to another one.
    """
    collector = _Sender(send) if send else Collector(catalogue())
    try:
        await speak(collector)
    except IdReusedError as error:
        raise BadRequestError(f"{error}; make a new Idempotency-Key for every message") from error
    except StoreError as error:
        logger.error("a turn could not be kept: %s", type(error).__name__)
        unsaved = static_reply(catalogue(), "utter_not_saved")
        if send:
            await send(unsaved, len(collector.replies))
        return [unsaved]
    except Exception as error:
        # The message text stays out of the log.
        logger.error("a turn could not be answered: %s", type(error).__name__)
    if not collector.replies:
        apology = static_reply(catalogue(), "utter_apology")
        collector.replies.append(apology)
        if send:
            await send(apology, 0)
    return collector.replies


class _Sender(Collector):
    """Sends each reply on as it comes."""

    def __init__(self, send: Send) -> None:
        super().__init__(catalogue())
        self._send = send

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        place = len(self.replies)
        await super().send_response(recipient_id, message)
        if len(self.replies) > place:
            await self._send(self.replies[-1], place)
