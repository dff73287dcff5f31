"""The process that answers what the inbox holds: `stillnight work`, which `stillnight serve` starts by itself."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from typing import Final

from rasa.core.agent import Agent

from stillnight.assistant.agent import serving_agent
from stillnight.assistant.rehearsal import rehearse
from stillnight.channels.inbox.opening import check_inbox, holding, open_inbox
from stillnight.channels.inbox.worker import Worker
from stillnight.channels.messenger.opening import channels, roads
from stillnight.channels.messenger.talk import Conversations
from stillnight.content.catalogue import catalogue
from stillnight.conversations.opening import conversation_store
from stillnight.conversations.store import ConversationStore
from stillnight.observe.logs import JSON
from stillnight.observe.page import open_page_beside
from stillnight.safety.guard import guard
from stillnight.settings import Settings

logger = logging.getLogger(__name__)

# Set by a server that starts a worker of its own: the worker ends with it.
PARENT: Final = "STILLNIGHT_PARENT"
_PARENT_SEEN_EVERY_SECONDS: Final = 1.0
_AGAIN_MAX_SECONDS: Final = 8.0
# Acknowledging goes before answering: messengers wait for it.
_NICENESS: Final = 5


class NoChannelError(RuntimeError):
    """There is nothing to work for."""


async def work(settings: Settings) -> None:
    """Answer until SIGTERM or Ctrl-C, or until the server that started this process is gone.

    Raises:
        NoChannelError: when no channel that needs it is configured.
        ConfigurationError: when a channel lacks what it needs.
    """
    ways = roads(channels())
    if not ways:
        raise NoChannelError("no WhatsApp channel is configured. See docs/whatsapp.md.")
    os.nice(_NICENESS)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    if settings.metrics_address is not None:
        open_page_beside(settings.metrics_address)
    check_inbox(settings)
    inbox = open_inbox(settings)
    agent, store = _assistant(settings)
    guard().warm_up()
    if agent is not None:
        await rehearse(agent, guard())
    talk = Conversations(agent, store, inbox, guard(), catalogue())
    watch = asyncio.create_task(_watch_parent(stop))
    if settings.log_format == JSON:
        logger.info("answering messengers")
    else:
        print("Stillnight answers messengers.", flush=True)
    await Worker(inbox, ways, talk, holding(settings, inbox)).run(stop)
    watch.cancel()


def _assistant(settings: Settings) -> tuple[Agent | None, ConversationStore]:
    # Without a model danger is answered all the same, everything else gets the apology.
    store = conversation_store(settings)
    try:
        return serving_agent(settings, store), store
    except Exception as error:
        logger.error("the assistant could not be loaded: %s", error)
        return None, store


async def _watch_parent(stop: asyncio.Event) -> None:
    parent = int(os.environ.get(PARENT) or 0)
    while parent and os.getppid() == parent:
        await asyncio.sleep(_PARENT_SEEN_EVERY_SECONDS)
    if parent:
        stop.set()


class WorkerProcess:
    """A worker beside a server: started, started again when it dies, ended with the server."""

    def __init__(self) -> None:
        """Not started."""
        self._keeper: asyncio.Task[None] | None = None
        self._process: asyncio.subprocess.Process | None = None

    def start(self) -> None:
        """Start it, and keep it running."""
        self._keeper = asyncio.create_task(self._keep())

    def end(self) -> None:
        """Let it end what it has begun."""
        if self._keeper is not None:
            self._keeper.cancel()
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()

    async def ended(self, seconds: float) -> None:
        """Wait for its end, at most so many seconds; killed it loses nothing either."""
        if self._process is None:
            return
        try:
            await asyncio.wait_for(self._process.wait(), seconds)
        except asyncio.TimeoutError:
            self._process.kill()
            await self._process.wait()

    async def _keep(self) -> None:
        wait = 1.0
        while True:
            environment = {**os.environ, PARENT: str(os.getpid())}
            began = asyncio.get_running_loop().time()
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "stillnight", "work", env=environment
            )
            code = await self._process.wait()
            if asyncio.get_running_loop().time() - began > 60:
                wait = 1.0
            if code == os.EX_CONFIG:
                logger.error("the worker is not started again: its settings are wrong")
                return
            logger.error("the worker ended with %s and is started again", code)
            await asyncio.sleep(wait)
            wait = min(_AGAIN_MAX_SECONDS, wait * 2)
