"""Whether this process lives (`/healthz`) and whether it can do its work (`/readyz`)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json, text

logger = logging.getLogger(__name__)

# Whether a part can be used; whatever it raises means no.
Check = Callable[[], Awaitable[bool]]

STOPPING: Final = "stopping"
_SECONDS: Final = 3.0
# However often it is asked, the parts are asked once in this time.
_FRESH_SECONDS: Final = 1.0


class Readiness:
    """Asks each part, all at once and never for long."""

    def __init__(self, parts: Mapping[str, Check]) -> None:
        """Checks by the names of the parts."""
        self.stopping = False
        self._parts = parts
        # One that hangs is not asked again before it is back.
        self._asking: dict[str, asyncio.Task[bool]] = {}
        self._round: asyncio.Task[tuple[str, ...]] | None = None
        self._asked_at = 0.0

    async def missing(self) -> tuple[str, ...]:
        """Parts that cannot be used; none when the process is ready."""
        if self.stopping:
            return (STOPPING,)
        now = asyncio.get_running_loop().time()
        if self._round is None or (self._round.done() and now - self._asked_at > _FRESH_SECONDS):
            self._asked_at = now
            self._round = asyncio.create_task(self._ask())
        return await asyncio.shield(self._round)

    async def _ask(self) -> tuple[str, ...]:
        for name, check in self._parts.items():
            if name not in self._asking or self._asking[name].done():
                self._asking[name] = asyncio.create_task(_usable(name, check))
        await asyncio.wait(self._asking.values(), timeout=_SECONDS)
        return tuple(name for name, task in self._asking.items() if not (task.done() and task.result()))


async def _usable(name: str, check: Check) -> bool:
    try:
        return await check()
    except Exception as error:
        # Its words may hold an address.
        logger.warning("%s cannot be used: %s", name, type(error).__name__)
        return False


def health_routes(readiness: Readiness) -> Blueprint:
    """`/healthz` and `/readyz`, for supervisors, orchestrators and balancers."""
    routes = Blueprint("stillnight_health")

    @routes.get("/healthz", name="alive")
    async def alive(_: Request) -> HTTPResponse:
        return text("alive", headers={"Cache-Control": "no-store"})

    @routes.get("/readyz", name="ready")
    async def ready(_: Request) -> HTTPResponse:
        missing = await readiness.missing()
        told = {"ready": not missing, "not_ready": list(missing)}
        return json(told, status=503 if missing else 200, headers={"Cache-Control": "no-store"})

    return routes
