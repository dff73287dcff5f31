"""Ending on SIGTERM without losing what was taken: not ready first, then deaf, then gone."""

from __future__ import annotations

import asyncio
import signal
from typing import Final

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from stillnight.observe.health import Readiness

# What is under way then gets so long.
FINISH_SECONDS: Final = 20.0


def stop_gently(app: Sanic, readiness: Readiness, linger: float) -> None:
    """Teach an application to end.

    Args:
        app: before it starts.
        readiness: told first, so that balancers send nothing more.
        linger: seconds between that and the end of listening; a second SIGTERM, or Ctrl-C, cuts them short.
    """
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = FINISH_SECONDS

    @app.after_server_start
    async def listen_to_signals(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        def end() -> None:
            if readiness.stopping:
                app.stop()  # type: ignore[no-untyped-call]
                return
            readiness.stopping = True
            loop.call_later(linger, app.stop)

        loop.add_signal_handler(signal.SIGTERM, end)

    @app.before_server_stop
    async def not_ready(app: Sanic, _: object) -> None:
        readiness.stopping = True

    @app.signal("http.lifecycle.response")
    async def last_of_its_connection(request: Request, response: HTTPResponse) -> None:
        # Sanic would wait for another request, and the end with it.
        if readiness.stopping and request.stream is not None:
            request.stream.keep_alive = False
