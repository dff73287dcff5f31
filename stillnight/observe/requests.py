"""Each HTTP request: an id that all its log lines carry, one line when it is over, and one count."""

from __future__ import annotations

import asyncio
import itertools
import logging
import re
import secrets
import time
from typing import Any, Final

from sanic import Sanic
from sanic.models.server_types import ConnInfo
from sanic.request import Request
from sanic.response import HTTPResponse
from structlog.contextvars import bind_contextvars, clear_contextvars

from stillnight.observe import metrics

logger = logging.getLogger(__name__)

HEADER: Final = "X-Request-ID"
# As nginx writes it: whoever asked had gone before the answer was out.
GONE: Final = 499
# No route of ours was asked for.
NO_ROUTE: Final = "none"

# A fresh id is unique, not secret: asking the system for chance takes longer than all the rest of it.
_PROCESS: Final = secrets.token_hex(10)
_NUMBERS: Final = itertools.count()
_ID: Final = re.compile(r"[A-Za-z0-9-]{8,64}")


def request_id(given: str | None) -> str:
    """The id that came with a request, if it is one, or a fresh one."""
    return given if given is not None and _ID.fullmatch(given) else f"{_PROCESS}{next(_NUMBERS):012x}"


def watch(app: Sanic) -> None:
    """Watch the requests of an application; call it before other middleware is added."""

    @app.on_request
    async def begin(request: Request) -> None:
        request.ctx.id, request.ctx.began = request_id(request.headers.get(HEADER)), time.perf_counter()
        clear_contextvars()
        bind_contextvars(request_id=request.ctx.id)
        if request.conn_info is not None:
            request.conn_info.ctx.request = request

    @app.on_response
    async def name(request: Request, response: HTTPResponse) -> None:
        response.headers[HEADER] = getattr(request.ctx, "id", None) or request_id(None)

    # A streamed answer ends here, and not when its first line is ready.
    @app.signal("http.lifecycle.response")
    async def end(request: Request, response: HTTPResponse) -> None:
        gone = request.transport.is_closing()  # type: ignore[attr-defined]
        _tell(request, GONE if gone else response.status)

    @app.signal("http.lifecycle.complete")
    async def closed(conn_info: ConnInfo) -> None:
        request = getattr(conn_info.ctx, "request", None)
        if request is not None:
            _tell(request, GONE)


def _tell(request: Request, status: int) -> None:
    if getattr(request.ctx, "told", False):
        return
    request.ctx.told = True
    route = route_name(request)
    spent = time.perf_counter() - getattr(request.ctx, "began", time.perf_counter())
    metrics.requested(route, status)
    # Behind what else is to be done at once: of fifty who wait for an answer nobody waits for a line in the log.
    asyncio.get_running_loop().call_soon(_note, route, status, spent)


def _note(route: str, status: int, spent: float) -> None:
    logger.info("request", extra=_fields(route, status, spent))


def _fields(route: str, status: int, seconds: float) -> dict[str, Any]:
    return {"route": route, "status": status, "ms": round(seconds * 1000, 1)}


def route_name(request: Request) -> str:
    """Name of the route that was asked for, without the application's; never what stood in the address."""
    name = str(request.route.name) if request.route is not None else NO_ROUTE
    return name.removeprefix(f"{request.app.name}.")
