"""Deleting what is older than it may be, once an hour, and wiping what was deleted from the files."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from stillnight.channels.inbox.house import KEPT_SECONDS, House
from stillnight.conversations.store import ConversationStore

logger = logging.getLogger(__name__)

_EVERY_SECONDS: Final = 3600.0
# What is being read cannot be wiped, and is tried again sooner.
_WIPE_EVERY_SECONDS: Final = 60.0
_DAY_SECONDS: Final = 24 * 3600.0
# A clock that was set, or a machine that slept, is off by more.
_DRIFT_SECONDS: Final = 600.0
_NIGHT: Final = 3


class Retention:
    """Keeps conversations for so many days. Several processes may do so at once."""

    def __init__(
        self,
        store: ConversationStore,
        days: int,
        inbox: Callable[[], House | None] = lambda: None,
        night: int = _NIGHT,
        clock: Callable[[], float] = time.time,
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        """What is deleted, and how it is known to be old.

        Args:
            store: of the conversations.
            days: after its last message a conversation is kept for so long.
            inbox: the messengers', None while there is none: its database may be down when this begins.
            night: hour of this machine's day in which tables may be locked for a while, 0 to 23.
            clock: seconds since 1970.
            stopwatch: seconds that nobody can set.
        """
        self._store, self._days, self._inbox, self._night = store, days, inbox, night
        self._clock, self._stopwatch = clock, stopwatch
        self._seen = clock() - stopwatch()
        self._wiped_at = 0.0

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self.once()
            due = self._stopwatch() + _EVERY_SECONDS
            while self._stopwatch() < due:
                await asyncio.sleep(_WIPE_EVERY_SECONDS)
                await self.wipe()

    async def once(self) -> None:
        """One round of deleting. What fails is tried again in the next."""
        now = self._clock()
        offset, self._seen = self._seen, now - self._stopwatch()
        if abs(self._seen - offset) > _DRIFT_SECONDS:
            # By a wrong clock everything is old. If it is right now, nothing is lost by an hour.
            logger.error("the clock jumped by %d s: nothing is deleted in this round", self._seen - offset)
            return
        await self._surely("old conversations could not be deleted", lambda: self._expire(now))
        await self._surely("the inbox could not be cleared", lambda: self._clear(now))
        await self.wipe()

    async def wipe(self) -> None:
        """Wipe what was deleted from the files: what is quickly done at once, everything at night."""
        await self._surely("what was deleted could not be wiped", self._store.tidy)
        now = self._clock()
        if datetime.fromtimestamp(now).hour != self._night or abs(now - self._wiped_at) < _DAY_SECONDS / 2:
            return
        self._wiped_at = now
        await self._surely("the conversations' tables could not be wiped", self._store.wipe)
        await self._surely("the inbox's tables could not be wiped", self._wipe_inbox)

    async def _expire(self, now: float) -> None:
        deleted = await self._store.expire(now - self._days * _DAY_SECONDS)
        if deleted:
            logger.info("%d conversations were older than %d days and are deleted", deleted, self._days)

    async def _clear(self, now: float) -> None:
        inbox = self._inbox()
        if inbox is not None:
            await asyncio.to_thread(inbox.clear, now - KEPT_SECONDS)
            await asyncio.to_thread(inbox.tidy)

    async def _wipe_inbox(self) -> None:
        inbox = self._inbox()
        if inbox is not None:
            await asyncio.to_thread(inbox.wipe)

    @staticmethod
    async def _surely(failed: str, work: Callable[[], Awaitable[object]]) -> None:
        try:
            await work()
        except Exception as error:
            logger.error("%s: %s", failed, type(error).__name__)
