"""How much one conversation and one address may ask, with the library `limits`; shared through Redis when it is set."""

from __future__ import annotations

import logging
import math
import time
from typing import Final

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.aio.storage import Storage
from limits.aio.strategies import MovingWindowRateLimiter
from limits.errors import StorageError
from limits.storage import storage_from_string

from stillnight.settings import Settings

logger = logging.getLogger(__name__)


class TooManyError(Exception):
    """The limit is reached. `wait`: whole seconds until more is taken."""

    def __init__(self, wait: int) -> None:
        """Keep how long to wait."""
        super().__init__(f"please wait {wait} seconds")
        self.wait = wait


_NAMESPACE: Final = "stillnight.web"


class Limits:
    """Counts what is asked."""

    def __init__(self, settings: Settings) -> None:
        """Amounts and the place where they are counted come from the settings."""
        storage = storage_from_string(f"async+{settings.limits_storage}", wrap_exceptions=True)
        assert isinstance(storage, Storage)
        self._counter = MovingWindowRateLimiter(storage)
        self._messages = RateLimitItemPerMinute(settings.messages_per_minute, namespace=_NAMESPACE)
        self._requests = RateLimitItemPerMinute(settings.requests_per_minute, namespace=_NAMESPACE)
        self._sessions = RateLimitItemPerHour(settings.sessions_per_hour, namespace=_NAMESPACE)

    async def request(self, address: str) -> None:
        """Count a request of an address. Raises TooManyError."""
        await self._count(self._requests, "request", address)

    async def session(self, address: str) -> None:
        """Count a new conversation of an address. Raises TooManyError."""
        await self._count(self._sessions, "session", address)

    async def message(self, sender: str) -> None:
        """Count a message of a conversation. Raises TooManyError."""
        await self._count(self._messages, "message", sender)

    async def _count(self, limit: RateLimitItem, kind: str, who: str) -> None:
        try:
            if await self._counter.hit(limit, kind, who):
                return
            window = await self._counter.get_window_stats(limit, kind, who)
        except StorageError as error:
            # Nobody is turned away because nobody can count.
            logger.error("requests could not be counted: %s", type(error.storage_error).__name__)
            return
        raise TooManyError(max(1, math.ceil(window.reset_time - time.time())))
