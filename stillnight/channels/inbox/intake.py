"""Taking deliveries fast: what comes at once is written at once, only then acknowledged, and put in its place later."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Sequence
from typing import Final

import sqlalchemy as sa

from stillnight.channels.inbox.inbox import Inbox
from stillnight.channels.inbox.shapes import Delivered
from stillnight.channels.inbox.spool import Spool
from stillnight.channels.messenger.incoming import Kind
from stillnight.conversations.sealing import Seal
from stillnight.database import UNREACHABLE

logger = logging.getLogger(__name__)

# What comes within this time goes into the inbox together; nobody who asked notices it.
_GATHER_SECONDS: Final = 0.05
_AGAIN_SECONDS: Final = 1.0
_LAST_SECONDS: Final = 3.0
# When the inbox is away, so many deliveries are kept beside it; more are refused and come again.
_BESIDE_MAX: Final = 20_000
# In one transaction: the worker waits for no more. A database takes only so many values in one statement, too.
_RECEIPTS_AT_ONCE: Final = 50
_MESSAGES_AT_ONCE: Final = 500
# The inbox itself is damaged, whatever comes into it; and not one of their kinds, which tell of a single message.
_DAMAGED: Final = (sa.exc.DatabaseError, sa.exc.InternalError)


class InboxAwayError(RuntimeError):
    """The inbox was away for long, and no more can be kept beside it."""


class Intake:
    """Keeps deliveries. With a spool they are on disk when `take` returns, and soon in the inbox; else in the inbox."""

    def __init__(self, inbox: Inbox, spool: Spool | None = None) -> None:
        """Takes up what an earlier process left in the spool; call it in a running event loop.

        Raises:
            StoreRefusedError: when it was encrypted, and none of the inbox's keys opens it.
        """
        self._inbox, self._spool = inbox, spool
        self._waiting: list[tuple[Delivered, asyncio.Future[None]]] = []
        self._beside: list[Delivered] = _read(spool.left(), inbox.seal) if spool else []
        self._writing = asyncio.Lock()
        self._writer: asyncio.Task[None] | None = None
        self._mover: asyncio.Task[None] | None = None
        self._move_soon()

    async def take(self, delivered: Delivered) -> None:
        """Return when a delivery is kept.

        Raises:
            Exception: whatever the disk or the database raises; then it may not be acknowledged.
        """
        if not delivered:
            return
        if len(self._beside) > _BESIDE_MAX:
            raise InboxAwayError
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((delivered, kept))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        await kept

    async def close(self) -> None:
        """Put what is kept beside the inbox in its place, if that works at once; else the next process does."""
        while self._writer is not None and not self._writer.done():
            await self._writer
        if self._mover is not None:
            await asyncio.wait([self._mover], timeout=_LAST_SECONDS)
            self._mover.cancel()
        if self._spool is not None:
            self._spool.close()

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            error = await self._keep([delivered for delivered, _ in batch])
            if error is None or len(batch) == 1 or isinstance(error, (*UNREACHABLE, OSError)):
                for _, kept in batch:
                    _settle(kept, error)
                continue
            # One of them is no good; the others need not come again for that.
            for delivered, kept in batch:
                _settle(kept, await self._keep([delivered]))

    async def _keep(self, batch: Sequence[Delivered]) -> Exception | None:
        spool = self._spool
        try:
            if spool is None:
                await asyncio.to_thread(put, self._inbox, batch)
                return None
            seal = self._inbox.seal
            lines = [seal.close(json.dumps(delivered.as_dict())).encode() for delivered in batch]
            async with self._writing:
                await asyncio.to_thread(spool.append, lines)
                self._beside += batch
        except Exception as error:
            return error
        self._move_soon()
        return None

    def _move_soon(self) -> None:
        if self._beside and (self._mover is None or self._mover.done()):
            self._mover = asyncio.create_task(self._move())

    async def _move(self) -> None:
        """From the spool into the inbox, until nothing is left."""
        spool = self._spool
        assert spool is not None
        while self._beside:
            await asyncio.sleep(_GATHER_SECONDS)
            async with self._writing:
                moving, self._beside = self._beside, []
                spool.turn()
            while not await self._moved(moving):
                await asyncio.sleep(_AGAIN_SECONDS)
            spool.clear()

    async def _moved(self, moving: Sequence[Delivered]) -> bool:
        """Whether all of them are where they belong; one that the inbox can never take is given up."""
        try:
            await asyncio.to_thread(put, self._inbox, moving)
        except Exception as error:
            if isinstance(error, UNREACHABLE) or type(error) in _DAMAGED:
                # They were acknowledged: they wait until somebody has put it right.
                logger.error("deliveries wait beside the inbox: %s", type(error).__name__)
                return False
            if len(moving) > 1:
                return all([await self._moved([delivered]) for delivered in moving])
            logger.error("a delivery was dropped: %s", type(error).__name__)
        return True


def put(inbox: Inbox, batch: Sequence[Delivered]) -> None:
    """Deliveries into the inbox: again, it changes nothing."""
    now = time.time()
    arrivals = [arrival for delivered in batch for arrival in delivered.arrivals]
    for first in range(0, len(arrivals), _MESSAGES_AT_ONCE):
        inbox.take(arrivals[first : first + _MESSAGES_AT_ONCE], now)
    for arrival in arrivals:
        withdrawn = arrival.message.about
        if arrival.message.kind in (Kind.DELETED, Kind.EDITED) and withdrawn:
            # What was not answered yet is not answered any more: its writer took it back.
            inbox.withdraw(arrival.channel, arrival.person, withdrawn, arrival.message.kind.value, now)
    for channel in {delivered.channel for delivered in batch}:
        receipts = [receipt for delivered in batch if delivered.channel == channel for receipt in delivered.receipts]
        for first in range(0, len(receipts), _RECEIPTS_AT_ONCE):
            inbox.note_receipts(channel, receipts[first : first + _RECEIPTS_AT_ONCE], now)


def _read(lines: Sequence[bytes], seal: Seal) -> list[Delivered]:
    found = []
    for line in lines:
        try:
            found.append(Delivered.from_dict(json.loads(seal.open(line.decode()))))
        except (ValueError, TypeError, KeyError) as error:
            logger.error("a delivery could not be read: %s", type(error).__name__)
    return found


def _settle(kept: asyncio.Future[None], error: Exception | None) -> None:
    # Whoever waited may have gone.
    if kept.done():
        return
    if error is None:
        kept.set_result(None)
    else:
        kept.set_exception(error)
