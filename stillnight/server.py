"""The HTTP server: our channels and the chat page, nothing else of Rasa's API."""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
from pathlib import Path
from typing import Final

from rasa.core.channels import channel as rasa_channel
from sanic import Sanic
from sanic.exceptions import PayloadTooLarge, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse, text

from stillnight.assistant.agent import serving_agent
from stillnight.channels.messenger.channel import MessengerChannel
from stillnight.channels.messenger.opening import channels, check_inbox, open_inbox, open_intake
from stillnight.channels.messenger.service import WorkerProcess
from stillnight.channels.messenger.webhook import Post
from stillnight.channels.web.problems import Problem, problem_response
from stillnight.channels.web.script import script_route
from stillnight.content.catalogue import catalogue
from stillnight.conversations.opening import conversation_store
from stillnight.safety.guard import guard
from stillnight.settings import Settings

logger = logging.getLogger(__name__)

PAGE: Final = Path(__file__).parent / "channels" / "web" / "page"
BODY_MAX: Final = 100_000
# Meta gathers many messages in one delivery.
DELIVERY_MAX: Final = 4_000_000
_OPEN_AGAIN_SECONDS: Final = 2.0

_SECURITY_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def create_app(settings: Settings) -> Sanic:
    """The application: loads the assistant before the first request is taken."""
    # Broken content ends here, in one line, and not in front of a patient.
    catalogue()
    guard().warm_up()
    opened = channels()
    messengers = [channel for channel in opened if isinstance(channel, MessengerChannel)]
    app = Sanic("stillnight", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = DELIVERY_MAX if messengers else BODY_MAX
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.PROXIES_COUNT = settings.proxies
    app.ctx.agent, app.ctx.store, app.ctx.post = None, None, None
    rasa_channel.register(opened, app, route="/webhooks/")
    if messengers:
        check_inbox(settings)
        _open_post(app, settings)
    app.static("/", str(PAGE / "index.html"), name="page")
    app.static("/page", str(PAGE), name="page_files")
    app.static("/demo", str(PAGE / "demo.html"), name="demo")
    app.blueprint(script_route())

    @app.before_server_start
    async def load(app: Sanic, _: object) -> None:
        # Without a model the server still answers: every message gets the apology with the emergency line.
        try:
            app.ctx.store = conversation_store(settings)
            app.ctx.agent = serving_agent(settings, app.ctx.store)
        except Exception as error:
            logger.error("the assistant could not be loaded: %s", error)
        gc.freeze()
        gc.enable()

    @app.after_server_start
    async def announce(app: Sanic, _: object) -> None:
        address = f"http://{settings.host}:{settings.port}/"
        if app.ctx.agent is None:
            print(f"Running without a model, with apologies only: {address} (train with `make train`)", flush=True)
        else:
            print(f"Stillnight is ready: {address}", flush=True)

    @app.get("/healthz")
    async def healthz(request: Request) -> HTTPResponse:
        ready = app.ctx.agent is not None and app.ctx.agent.is_ready()
        return text("ready" if ready else "no model", status=200 if ready else 503)

    @app.on_response
    async def secure(request: Request, response: HTTPResponse) -> None:
        response.headers.update(_SECURITY_HEADERS)

    @app.exception(Exception)  # type: ignore[no-untyped-call]
    async def failed(request: Request, error: Exception) -> HTTPResponse:
        if isinstance(error, SanicException):
            return problem_response(
                Problem(error.status_code, type(error).__name__, "see the documentation of this API")
            )
        logger.error("a request failed: %s", type(error).__name__)
        return problem_response(Problem(500, "Something went wrong on our side", "please try again"))

    return app


def _open_post(app: Sanic, settings: Settings) -> None:
    """The inbox, and the process that answers what comes into it."""
    worker = WorkerProcess()

    @app.before_server_start
    async def open_post(app: Sanic, _: object) -> None:
        # A database that is down refuses deliveries, and messengers bring them again.
        app.ctx.post = await _post(settings)
        if app.ctx.post is None:
            app.add_task(_open_later(app, settings))

    @app.before_server_start
    async def start_worker(app: Sanic, _: object) -> None:
        # Before this process loads its own model: both take their time, and there is more than one core.
        worker.start()

    @app.before_server_stop
    async def stop_worker(app: Sanic, _: object) -> None:
        await worker.stop()

    @app.after_server_stop
    async def close_post(app: Sanic, _: object) -> None:
        if app.ctx.post is not None:
            await app.ctx.post.close()

    @app.on_request
    async def bound(request: Request) -> None:
        if not request.path.startswith("/webhooks/whatsapp_") and len(request.body) > BODY_MAX:
            raise PayloadTooLarge("the body is too large")


async def _post(settings: Settings) -> Post | None:
    try:
        inbox = await asyncio.to_thread(open_inbox, settings)
        return Post(open_intake(settings, inbox), settings.signing_secret())
    except Exception as error:
        logger.error("the inbox could not be opened: %s", type(error).__name__)
        return None


async def _open_later(app: Sanic, settings: Settings) -> None:
    """Try until the database is there."""
    while app.ctx.post is None:
        await asyncio.sleep(_OPEN_AGAIN_SECONDS)
        app.ctx.post = await _post(settings)


class PortBusyError(RuntimeError):
    """Somebody else listens on the wanted address."""


def run(settings: Settings) -> None:
    """Serve until Ctrl-C or SIGTERM, in this one process.

    Raises:
        PortBusyError: when the address is taken or cannot be listened on.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise PortBusyError(
                f"cannot listen on {settings.host}:{settings.port} ({error.strerror}). "
                "Choose another with --port or STILLNIGHT_PORT."
            ) from error
    create_app(settings).run(host=settings.host, port=settings.port, workers=1, access_log=False, motd=False)
