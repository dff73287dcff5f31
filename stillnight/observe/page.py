"""The metrics page, on an address of its own that patients never reach."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa
from prometheus_client import start_http_server
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from stillnight.channels.inbox.tables import ANSWERED, DEAD, DONE, DROPPED, MESSAGES, PARTS, WAITING
from stillnight.database import Patience, open_database
from stillnight.observe.health import Readiness
from stillnight.observe.metrics import REGISTRY

logger = logging.getLogger(__name__)

_PATIENCE: Final = Patience(connect=2, statement=2, busy=2)
_READY_SECONDS: Final = 5.0
_AGAIN_SECONDS: Final = 5.0


class MetricsError(RuntimeError):
    """The page cannot be opened where it was wanted."""


def open_page(address: tuple[str, int]) -> None:
    """Serve the page from a thread of its own, as long as the process lives.

    Raises:
        MetricsError: when the address cannot be listened on.
    """
    host, port = address
    try:
        start_http_server(port, host, REGISTRY)
    except OSError as error:
        raise MetricsError(f"STILLNIGHT_METRICS: cannot listen on {host}:{port} ({error.strerror})") from error


def open_page_beside(address: tuple[str, int]) -> None:
    """The same on the next port, for a worker; nobody waits for an answer because the port is taken."""
    host, port = address

    def keep_trying() -> None:
        told = False
        while True:
            try:
                return open_page((host, port + 1))
            except MetricsError as error:
                if not told:
                    logger.error("%s; trying on", error)
                told = True
                time.sleep(_AGAIN_SECONDS)

    threading.Thread(target=keep_trying, name="metrics", daemon=True).start()


class ReadyCollector(Collector):
    """Whether the process is ready, asked when the page is read."""

    def __init__(self, readiness: Readiness, loop: asyncio.AbstractEventLoop) -> None:
        """`loop` is the one in which the server runs."""
        self._readiness, self._loop = readiness, loop

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """One number; 0 also when the server is too busy to say."""
        try:
            asked = asyncio.run_coroutine_threadsafe(self._readiness.missing(), self._loop)
            ready = not asked.result(_READY_SECONDS)
        except Exception:
            ready = False
        yield GaugeMetricFamily("stillnight_ready", "1 when everything that answering needs is there", int(ready))


class InboxCollector(Collector):
    """How many messages and dead parts the messengers' inbox holds; nothing when it cannot be read."""

    def __init__(self, url: str) -> None:
        """`url` as SQLAlchemy writes it."""
        self._engine = open_database(url, _PATIENCE)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Counts by state, as they are now."""
        states = sa.select(MESSAGES.c.state, sa.func.count()).group_by(MESSAGES.c.state)
        dead = sa.select(sa.func.count()).select_from(PARTS).where(PARTS.c.state == DEAD)
        try:
            with self._engine.connect() as connection:
                counted = dict.fromkeys((WAITING, ANSWERED, DONE, DROPPED), 0) | dict(connection.execute(states).all())
                parts = int(connection.execute(dead).scalar() or 0)
        except Exception as error:
            logger.warning("the inbox could not be counted: %s", type(error).__name__)
            return
        messages = GaugeMetricFamily("stillnight_inbox_messages", "Messages in the inbox, by state", labels=("state",))
        for state, count in counted.items():
            messages.add_metric((state,), count)
        yield messages
        yield GaugeMetricFamily("stillnight_outbox_dead_parts", "Parts of answers that could not be sent", parts)
