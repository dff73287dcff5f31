"""One turn at a time in each conversation, in the order in which messages came.

Rasa's own locks count tickets that outlive their owner: after a crash the same person waits until they expire. These
end with what holds them: a task, or a connection to PostgreSQL.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from rasa.core.lock_store import LockStore

from stillnight.aside import Aside
from stillnight.conversations.errors import BusyError, StoreDownError
from stillnight.conversations.hold import begin
from stillnight.database import UNREACHABLE
from stillnight.holding import AdvisoryHolding

_WAIT_SECONDS: Final = 60.0
_CALL_SECONDS: Final = 4.0
_LOOK_AGAIN_SECONDS: Final = (0.002, 0.005, 0.01, 0.02)
# The messengers' workers hold people by their bare ids, in the same database maybe.
_OURS: Final = "conversation:"


@dataclass
class _Queue:
    """Who waits in this process. users: tasks that hold it or wait."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class ConversationLocks(LockStore):
    """For one process. Who came first goes first."""

    def __init__(self, seconds: float = _WAIT_SECONDS) -> None:
        """`seconds` is the longest that a message waits for those before it."""
        self._seconds = seconds
        self._queues: dict[str, _Queue] = {}

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 0.0, wait_time_in_seconds: float = 0.0
    ) -> AsyncIterator[None]:
        """Hold a conversation. Rasa's other arguments mean nothing here.

        Raises:
            BusyError: when those before take too long.
            StoreDownError: when the database that knows who holds what does not answer.
        """
        queue = self._queues.setdefault(conversation_id, _Queue())
        queue.users += 1
        try:
            try:
                await asyncio.wait_for(queue.turn.acquire(), self._seconds)
            except asyncio.TimeoutError:
                raise BusyError("messages before this one are still being answered") from None
            try:
                await self._take(conversation_id)
                hold = begin(conversation_id)
                try:
                    yield
                finally:
                    hold.over = True
                    await self._release(conversation_id)
            finally:
                queue.turn.release()
        finally:
            queue.users -= 1
            if not queue.users:
                del self._queues[conversation_id]

    async def _take(self, conversation_id: str) -> None:
        """Keep other processes out."""

    async def _release(self, conversation_id: str) -> None:
        """Let other processes in."""


class SharedLocks(ConversationLocks):
    """For any number of processes, by PostgreSQL's advisory locks, which end with their process.

    Should the connection that holds them break in the middle of a turn, another process may begin one. Then the store
    keeps the turn that is written first and refuses the other: see `Records.append`.
    """

    def __init__(self, holding: AdvisoryHolding, seconds: float = _WAIT_SECONDS) -> None:
        """`holding` has a connection of its own."""
        super().__init__(seconds)
        self._holding = holding
        self._aside = Aside("locks", _CALL_SECONDS, 2, StoreDownError)

    async def _take(self, conversation_id: str) -> None:
        name = f"{_OURS}{conversation_id}"
        deadline = asyncio.get_running_loop().time() + self._seconds
        tries = 0
        while not await self._call(name):
            if asyncio.get_running_loop().time() > deadline:
                raise BusyError("another process still answers in this conversation")
            await asyncio.sleep(_LOOK_AGAIN_SECONDS[min(tries, len(_LOOK_AGAIN_SECONDS) - 1)])
            tries += 1

    async def _call(self, name: str) -> bool:
        def take() -> bool:
            try:
                return self._holding.take(name)
            except UNREACHABLE:
                # The connection broke unnoticed, with the locks that it held; the next one is new.
                return self._holding.take(name)

        try:
            return await self._aside.run(take, undo=lambda: self._holding.release(name))
        except UNREACHABLE as error:
            raise StoreDownError(f"the database could not be used ({type(error).__name__})") from None

    async def _release(self, conversation_id: str) -> None:
        try:
            await self._aside.run(lambda: self._holding.release(f"{_OURS}{conversation_id}"))
        except (StoreDownError, *UNREACHABLE):
            # The lock went with its connection, or goes as soon as the database answers.
            return
