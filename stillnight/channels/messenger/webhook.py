"""What the webhooks of all messengers do with a delivery: keep it, then acknowledge."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Collection

from sanic.request import Request
from sanic.response import HTTPResponse, empty

from stillnight.channels.inbox.intake import Intake
from stillnight.channels.inbox.shapes import Arrival, Delivered
from stillnight.channels.messenger.incoming import Delivery, Incoming

logger = logging.getLogger(__name__)

_ID_BYTES = 16


def person_id(secret: str, channel: str, line: str, key: str) -> str:
    """Conversation id of whom a messenger names by `key` and who writes to our number `line`."""
    named = f"{channel}:{line}:{key}".encode("utf-8", "surrogatepass")
    return f"{channel}-{hmac.digest(secret.encode(), named, 'sha256')[:_ID_BYTES].hex()}"


class Post:
    """The way from webhooks into the inbox of one server."""

    def __init__(self, intake: Intake, secret: str) -> None:
        """`secret` makes conversation ids that tell nothing of telephone numbers."""
        self._intake, self._secret = intake, secret

    def person(self, channel: str, message: Incoming) -> str:
        """Conversation id of whoever wrote: the same for the same person, and nobody else can compute it."""
        return person_id(self._secret, channel, message.line, message.person.key)

    async def keep(self, channel: str, delivery: Delivery, lines: Collection[str] = ()) -> None:
        """Keep what is to be answered and note the rest.

        Args:
            channel: the road's name.
            delivery: as its webhook read it.
            lines: numbers of ours to answer for; empty for all.

        Raises:
            Exception: whatever the disk or the database raises; then the messenger must deliver again.
        """
        messages = [message for message in delivery.messages if not lines or message.line in lines]
        arrivals = tuple(Arrival(channel, self.person(channel, message), message) for message in messages)
        await self._intake.take(Delivered(channel, arrivals, delivery.receipts))

    async def close(self) -> None:
        """Put in its place what is kept."""
        await self._intake.close()


def post_of(request: Request) -> Post | None:
    """The post of the server that got the request; None when its inbox could not be opened."""
    post: Post | None = request.app.ctx.post
    return post


async def acknowledge(request: Request, channel: str, delivery: Delivery, lines: Collection[str] = ()) -> HTTPResponse:
    """Keep a delivery and say so; 503, on which messengers deliver again, when that did not work."""
    post = post_of(request)
    if post is None:
        return empty(status=503)
    try:
        await post.keep(channel, delivery, lines)
    except Exception as error:
        logger.error("a delivery could not be kept: %s", type(error).__name__)
        return empty(status=503)
    return empty(status=200)
