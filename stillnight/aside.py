"""Work that waits for a disk or a database, beside the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Result = TypeVar("_Result")


async def aside(work: Callable[[], _Result]) -> _Result:
    """What `work` returns or raises, however long it takes: for a process that nobody waits for."""
    return await asyncio.to_thread(work)


async def until(stop: asyncio.Event, seconds: float) -> None:
    """Wait so long, or until `stop`."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except asyncio.TimeoutError:
        return


class Aside:
    """Threads for one database, whose work never takes longer than it may: somebody waits for an answer.

    A database that is frozen answers nobody, and no driver gives up by itself. While something has been waiting for
    longer than it may, everything else is refused at once: it would only wait too, and the threads would run out.
    """

    def __init__(self, name: str, seconds: float, threads: int, too_late: type[Exception]) -> None:
        """Nothing runs yet.

        Args:
            name: of the threads.
            seconds: the longest that anything may take.
            threads: how many.
            too_late: raised when something takes longer.
        """
        self._seconds, self._too_late = seconds, too_late
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._late = 0

    async def run(
        self,
        work: Callable[[], _Result],
        seconds: float | None = None,
        undo: Callable[[], object] | None = None,
    ) -> _Result:
        """What `work` returns or raises.

        Who is cancelled meanwhile waits for the end of it: somebody else's turn must not begin while this one's
        transaction may still be under way.

        Args:
            work: run in a thread.
            seconds: the longest that it may take, when it is no work for somebody who waits.
            undo: run in a thread when `work` gave something true, and nobody was waiting for it any more.

        Raises:
            Exception: `too_late` when it takes too long; it may still end well later.
        """
        if self._late:
            raise self._too_late("the database does not answer")
        begun = self._threads.submit(work)
        future = asyncio.wrap_future(begun)
        cancelled = False
        deadline = asyncio.get_running_loop().time() + (seconds or self._seconds)
        while not future.done():
            left = deadline - asyncio.get_running_loop().time()
            if left <= 0:
                break
            try:
                await asyncio.wait({future}, timeout=left)
            except asyncio.CancelledError:
                cancelled = True
        in_time = future.done()
        if not in_time and not begun.cancel():
            self._late += 1
            future.add_done_callback(lambda ended: self._ended(ended, undo))
        elif in_time and cancelled:
            self._undo(future, undo)
        if cancelled:
            raise asyncio.CancelledError
        if not in_time:
            raise self._too_late("the database does not answer")
        return future.result()

    def _ended(self, future: asyncio.Future[_Result], undo: Callable[[], object] | None) -> None:
        self._late -= 1
        self._undo(future, undo)

    def _undo(self, future: asyncio.Future[_Result], undo: Callable[[], object] | None) -> None:
        # Its error is looked at here, so that nobody is told of one that was never fetched.
        if not future.cancelled() and future.exception() is None and future.result() and undo:
            self._threads.submit(undo)
