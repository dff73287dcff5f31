"""Deleting what is older than it may be, once an hour."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Final

from stillnight.channels.inbox.worker import KEPT_SECONDS
from stillnight.conversations.store import ConversationStore

logger = logging.getLogger(__name__)

# Deletes what was finished in the messengers' inbox before then; may wait for a database.
ClearInbox = Callable[[float], None]

_EVERY_SECONDS: Final = 3600.0
_DAY_SECONDS: Final = 24 * 3600.0
# A clock that was set, or a machine that slept, is off by more.
_DRIFT_SECONDS: Final = 600.0


class Retention:
    """Keeps conversations for so many days. Several processes may do so at once."""

    def __init__(
        self,
        store: ConversationStore,
        days: int,
        clear_inbox: ClearInbox | None = None,
        clock: Callable[[], float] = time.time,
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        """What is deleted, and how it is known to be old.

        Args:
            store: of the conversations.
            days: after its last message a conversation is kept for so long.
            clear_inbox: None when there is no inbox.
            clock: seconds since 1970.
            stopwatch: seconds that nobody can set.
        """
        self._store, self._days, self._clear_inbox = store, days, clear_inbox
        self._clock, self._stopwatch = clock, stopwatch
        self._seen = clock() - stopwatch()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self.once()
            await asyncio.sleep(_EVERY_SECONDS)

    async def once(self) -> None:
        """One round. What fails is tried again in the next."""
        now = self._clock()
        offset, self._seen = self._seen, now - self._stopwatch()
        if abs(self._seen - offset) > _DRIFT_SECONDS:
            # By a wrong clock everything is old. If it is right now, nothing is lost by an hour.
            logger.error("the clock jumped by %d s: nothing is deleted in this round", self._seen - offset)
            return
        try:
            deleted = await self._store.expire(now - self._days * _DAY_SECONDS)
            if deleted:
                logger.info("%d conversations were older than %d days and are deleted", deleted, self._days)
        except Exception as error:
            logger.error("old conversations could not be deleted: %s", type(error).__name__)
        if self._clear_inbox is None:
            return
        try:
            await asyncio.to_thread(self._clear_inbox, now - KEPT_SECONDS)
        except Exception as error:
            logger.error("the inbox could not be cleared: %s", type(error).__name__)
