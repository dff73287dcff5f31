"""The HTTP server: our channels and the chat page, nothing else of Rasa's API."""

from __future__ import annotations

import asyncio
import gc
import logging
import socket
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from rasa.core.channels import channel as rasa_channel
from sanic import Sanic
from sanic.exceptions import PayloadTooLarge, SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from stillnight.assistant.agent import serving_agent
from stillnight.assistant.rehearsal import rehearse
from stillnight.channels.inbox.opening import check_inbox, open_inbox, open_intake
from stillnight.channels.messenger.channel import MessengerChannel
from stillnight.channels.messenger.opening import channels
from stillnight.channels.messenger.service import WorkerProcess
from stillnight.channels.messenger.webhook import Post
from stillnight.channels.web.privacy_page import privacy_route
from stillnight.channels.web.problems import Problem, problem_response
from stillnight.channels.web.script import script_route
from stillnight.channels.whatsapp_cloud.channel import CloudChannel
from stillnight.content.catalogue import catalogue
from stillnight.conversations.opening import conversation_store
from stillnight.observe import requests
from stillnight.observe.health import Readiness, health_routes
from stillnight.observe.logs import JSON
from stillnight.observe.metrics import REGISTRY
from stillnight.observe.page import InboxCollector, ReadyCollector, open_page
from stillnight.operations.parts import parts
from stillnight.operations.retention import Retention
from stillnight.operations.stopping import FINISH_SECONDS, stop_gently
from stillnight.safety.guard import guard
from stillnight.settings import Settings

logger = logging.getLogger(__name__)

PAGE: Final = Path(__file__).parent / "channels" / "web" / "page"
_TEMPLATE: Final = ".j2"
BODY_MAX: Final = 100_000
# Meta gathers many messages in one delivery. Twilio never does, and its forms are read before their signature can be.
DELIVERY_MAX: Final = 4_000_000
_DELIVERIES: Final = f"/webhooks/{CloudChannel.name()}/"
_OPEN_AGAIN_SECONDS: Final = 2.0
# People who connect while it works on a message; beyond that they try again after one, three, seven seconds.
_BACKLOG: Final = 2048

_SECURITY_HEADERS: Final = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class _App(Sanic):
    """Sanic tells of some twenty moments of each request, which takes longer than all that we do with a delivery."""

    def dispatch(self, event: str, **how: Any) -> Coroutine[Any, Any, Any]:
        """Tell of a moment of a request at once, and only those who listen (`ctx.heard`)."""
        if not event.startswith("http."):
            return super().dispatch(event, **how)
        return _tell(self.ctx.heard.get(event, ()), how.get("context") or {})


async def _tell(listeners: Sequence[Callable[..., Awaitable[None]]], moment: Mapping[str, Any]) -> None:
    for listener in listeners:
        await listener(**moment)


def create_app(settings: Settings) -> Sanic:
    """The application: loads the assistant before the first request is taken."""
    # Broken content ends here, in one line, and not in front of a patient.
    catalogue()
    guard().warm_up()
    opened = channels()
    messengers = [channel for channel in opened if isinstance(channel, MessengerChannel)]
    app = _App("stillnight", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = DELIVERY_MAX if messengers else BODY_MAX
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.PROXIES_COUNT = settings.proxies
    # Raises when the database is not ours to use; one that is down is waited for.
    app.ctx.store = conversation_store(settings)
    app.ctx.agent, app.ctx.post, app.ctx.inbox = None, None, None
    readiness = Readiness(parts(app, with_inbox=bool(messengers)))
    requests.watch(app)
    stop_gently(app, readiness, settings.linger_seconds)
    rasa_channel.register(opened, app, route="/webhooks/")
    if messengers:
        check_inbox(settings)
        _open_post(app, settings)
    app.static("/", str(PAGE / "index.html"), name="page")
    # Each by its name: a folder would be asked for files that are not there, and outside.
    for file in sorted(path for path in PAGE.iterdir() if path.suffix != _TEMPLATE):
        app.static(f"/page/{file.name}", str(file), name=f"page_{file.stem}_{file.suffix[1:]}")
    app.static("/demo", str(PAGE / "demo.html"), name="demo")
    app.blueprint(script_route())
    app.blueprint(privacy_route(catalogue(), settings, [channel.name() for channel in opened]))
    app.blueprint(health_routes(readiness))
    if settings.metrics_address is not None:
        _count(app, settings, readiness, with_inbox=bool(messengers))

    @app.before_server_start
    async def load(app: Sanic, _: object) -> None:
        # Without a model the server still answers: every message gets the apology with the emergency line.
        try:
            app.ctx.agent = serving_agent(settings, app.ctx.store)
            await rehearse(app.ctx.agent, guard())
        except Exception as error:
            logger.error("the assistant could not be loaded: %s", error)
        gc.freeze()
        # Most of what a request makes is gone with it: looking for cycles after every request or two finds none.
        gc.set_threshold(10_000)
        gc.enable()

    @app.after_server_start
    async def keep_house(app: Sanic, _: object) -> None:
        retention = Retention(app.ctx.store, settings.keep_days, lambda: app.ctx.inbox, settings.night_hour)
        # Sanic ends those that have a name.
        app.add_task(retention.run(), name="retention")

    @app.after_server_start
    async def announce(app: Sanic, _: object) -> None:
        _say(settings, app.ctx.agent is not None)

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

    app.ctx.heard = {}
    for signal in app.signal_router.routes:
        app.ctx.heard.setdefault(signal.ctx.definition, []).append(signal.handler)
    return app


def _say(settings: Settings, has_model: bool) -> None:
    """Where the server is; to whoever reads JSON as a line like the others."""
    if settings.log_format == JSON:
        logger.info("listening" if has_model else "listening without a model, with apologies only")
        return
    address = f"http://{settings.host}:{settings.port}/"
    if has_model:
        print(f"Stillnight is ready: {address}", flush=True)
    else:
        print(f"Running without a model, with apologies only: {address} (train with `make train`)", flush=True)


def _open_post(app: Sanic, settings: Settings) -> None:
    """The inbox, and the process that answers what comes into it."""

    @app.before_server_start
    async def open_post(app: Sanic, _: object) -> None:
        # A database that is down refuses deliveries, and messengers bring them again.
        app.ctx.post = await _post(app, settings)
        if app.ctx.post is None:
            app.add_task(_open_later(app, settings), name="inbox")

    if settings.worker:
        _keep_worker(app)

    @app.after_server_stop
    async def close_post(app: Sanic, _: object) -> None:
        if app.ctx.post is not None:
            await app.ctx.post.close()

    @app.on_request
    async def bound(request: Request) -> None:
        if not request.path.startswith(_DELIVERIES) and len(request.body) > BODY_MAX:
            raise PayloadTooLarge("the body is too large")


def _keep_worker(app: Sanic) -> None:
    worker = WorkerProcess()

    @app.before_server_start
    async def start_worker(app: Sanic, _: object) -> None:
        # Before this process loads its own model: both take their time, and there is more than one core.
        worker.start()

    @app.before_server_stop
    async def stop_worker(app: Sanic, _: object) -> None:
        # It ends what it has begun while this process does.
        worker.end()

    @app.after_server_stop
    async def see_it_end(app: Sanic, _: object) -> None:
        await worker.ended(FINISH_SECONDS)


def _count(app: Sanic, settings: Settings, readiness: Readiness, with_inbox: bool) -> None:
    """The metrics page."""

    @app.after_server_start
    async def collect(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        REGISTRY.register(ReadyCollector(readiness, loop))
        if with_inbox:
            REGISTRY.register(InboxCollector(settings.inbox_url))


async def _post(app: Sanic, settings: Settings) -> Post | None:
    try:
        inbox = app.ctx.inbox = await asyncio.to_thread(open_inbox, settings)
        return Post(open_intake(settings, inbox), settings.signing_secret())
    except Exception as error:
        logger.error("the inbox could not be opened: %s", type(error).__name__)
        return None


async def _open_later(app: Sanic, settings: Settings) -> None:
    """Try until the database is there."""
    while app.ctx.post is None:
        await asyncio.sleep(_OPEN_AGAIN_SECONDS)
        app.ctx.post = await _post(app, settings)


class PortBusyError(RuntimeError):
    """Somebody else listens on the wanted address."""


def run(settings: Settings) -> None:
    """Serve until Ctrl-C or SIGTERM, in this one process.

    Raises:
        PortBusyError: when the address is taken or cannot be listened on.
        MetricsError: when that of the metrics page is.
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
    app = create_app(settings)
    if settings.metrics_address is not None:
        open_page(settings.metrics_address)
    app.run(host=settings.host, port=settings.port, backlog=_BACKLOG, workers=1, access_log=False, motd=False)
