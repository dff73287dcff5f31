"""Writing down what nobody else knows, however long the inbox is away."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Final, TypeVar

from stillnight.aside import aside, until
from stillnight.database import UNREACHABLE

logger = logging.getLogger(__name__)

_Result = TypeVar("_Result")
_AGAIN_SECONDS: Final = 1.0


async def surely(work: Callable[[], _Result], stop: asyncio.Event) -> _Result:
    """Write down what happened.

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
            await until(stop, _AGAIN_SECONDS)
