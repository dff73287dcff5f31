"""Waiting for a database without holding up the event loop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TypeVar

from stillnight.channels.inbox.room import UNREACHABLE

logger = logging.getLogger(__name__)

_Result = TypeVar("_Result")


async def aside(work: Callable[[], _Result]) -> _Result:
    """Something that waits for a disk or a database, in a thread."""
    return await asyncio.to_thread(work)


async def surely(work: Callable[[], _Result], stop: asyncio.Event) -> _Result:
    """Write down what happened, however long the database is away: nobody else knows it.

    Raises:
        Exception: what the database raises, when it is not a matter of time or when `stop` is set.
    """
    while True:
        try:
            return await aside(work)
        except UNREACHABLE as error:
            if stop.is_set():
                raise
            logger.error("the inbox could not be written: %s", type(error).__name__)
            await until(stop, 1.0)


async def until(stop: asyncio.Event, seconds: float) -> None:
    """Wait so long, or until `stop`."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except asyncio.TimeoutError:
        return
