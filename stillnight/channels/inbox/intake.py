"""Taking deliveries fast: what arrives at once is written at once, and only then acknowledged."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

from stillnight.channels.inbox.inbox import Inbox
from stillnight.channels.inbox.room import UNREACHABLE
from stillnight.channels.inbox.shapes import Arrival


class Intake:
    """Writes to the inbox beside the event loop. Deliveries that come while it writes share the next transaction."""

    def __init__(self, inbox: Inbox) -> None:
        """Of one inbox."""
        self._inbox = inbox
        self._waiting: list[tuple[Sequence[Arrival], asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def take(self, arrivals: Sequence[Arrival]) -> None:
        """Return when the messages are kept. Raises whatever the database raises; then nothing may be acknowledged."""
        if not arrivals:
            return
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((arrivals, kept))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await kept

    async def _write(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            error = await self._keep([arrival for arrivals, _ in batch for arrival in arrivals])
            if error is None or len(batch) == 1 or isinstance(error, UNREACHABLE):
                for _, kept in batch:
                    _settle(kept, error)
                continue
            # One of them is no good; the others need not come again for that.
            for arrivals, kept in batch:
                _settle(kept, await self._keep(arrivals))

    async def _keep(self, arrivals: Sequence[Arrival]) -> Exception | None:
        try:
            await asyncio.to_thread(self._inbox.take, arrivals, time.time())
        except Exception as error:
            return error
        return None


def _settle(kept: asyncio.Future[None], error: Exception | None) -> None:
    # Whoever waited may have gone.
    if kept.done():
        return
    if error is None:
        kept.set_result(None)
    else:
        kept.set_exception(error)
