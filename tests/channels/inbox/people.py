"""Stand-ins for what is around the inbox: people who write, an assistant, a messenger, a clock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from stillnight.channels.inbox.inbox import Inbox
from stillnight.channels.inbox.shapes import Answer, Arrival, Taken
from stillnight.channels.inbox.tables import MESSAGES, PARTS
from stillnight.channels.inbox.worker import Said, Worker
from stillnight.channels.messenger.incoming import Incoming, Kind, Person
from stillnight.channels.messenger.outgoing import Limits, Part, Road
from stillnight.holding import AdvisoryHolding, FileHolding, Holding

CHANNEL = "test"
NOW = 1_800_000_000.0
LIMITS = Limits(4096, 0, 1024, 3, 20, 10, 24, 0.0, 24 * 3600.0, "*")
_WITHIN_SECONDS = 30


def message(name: str, text: str = "hello", at: float = NOW, who: str = "ann", **more: Any) -> Incoming:
    """One that somebody wrote."""
    return Incoming(name, Person(who, f"+1555{who}"), at, Kind.TEXT, "line", text, **more)


def arrival(name: str, text: str = "hello", at: float = NOW, who: str = "ann") -> Arrival:
    """As it comes in."""
    return Arrival(CHANNEL, who, message(name, text, at, who))


def said(*texts: str) -> Said:
    """An answer in parts."""
    return Said([Answer(f"reply-{text}", Part(text)) for text in texts])


def states(inbox: Inbox, table: sa.Table = MESSAGES) -> list[str]:
    """Of all rows, in order."""
    return [row.state for row in rows(inbox, table)]


def rows(inbox: Inbox, table: sa.Table = PARTS) -> list[Any]:
    """All of them, in order."""
    with inbox.engine.connect() as connection:
        return list(connection.execute(table.select().order_by(table.c.number)))


def answered(inbox: Inbox, who: str = "ann", *texts: str, urgent: bool = False, now: float = NOW) -> Taken:
    """Begin and answer the first message that waits."""
    begun = inbox.begin(inbox.waiting(who)[0])
    assert begun is not None
    assert inbox.answer(begun, said(*texts).answers, (), urgent, now)
    return begun


async def until(condition: Callable[[], bool]) -> None:
    """Wait for it."""
    deadline = time.monotonic() + _WITHIN_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.01)


@dataclass
class Clock:
    """Goes when it is told to."""

    now: float = NOW

    def __call__(self) -> float:
        """The time."""
        return self.now


@dataclass
class ScriptedTalk:
    """Says “re: …”. `plans` by text: what to do instead."""

    asked: list[str] = field(default_factory=list)
    plans: dict[str, Callable[[Taken], Awaitable[Said]]] = field(default_factory=dict)

    def is_urgent(self, taken: Taken) -> bool:
        """By one word."""
        return "danger" in taken.message.text

    async def answer(self, taken: Taken, road: Road) -> Said:
        """As planned."""
        text = taken.message.text
        self.asked.append(text)
        if text in self.plans:
            return await self.plans[text](taken)
        return said(f"re: {text}")

    def apology(self, taken: Taken, road: Road) -> Said:
        """Always the same."""
        return said("sorry")


@dataclass
class ScriptedRoad:
    """Takes everything. `plans` by text: what to do before, in turn; each may raise, or call `written` by itself."""

    name: str = CHANNEL
    limits: Limits = LIMITS
    sent: list[str] = field(default_factory=list)
    ours: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    plans: dict[str, list[Callable[[Callable[[], None]], Awaitable[None]]]] = field(default_factory=dict)
    seen_of: list[str] = field(default_factory=list)

    async def send(self, to: str, line: str, part: Part, ours: str, written: Callable[[], None]) -> str:
        """As planned, else at once."""
        self.tried.append(part.text)
        if self.plans.get(part.text):
            await self.plans[part.text].pop(0)(written)
        written()
        self.sent.append(part.text)
        self.ours.append(ours)
        return f"theirs-{len(self.sent)}"

    async def seen(self, message: Incoming) -> None:
        """Noted."""
        self.seen_of.append(message.id)

    async def close(self) -> None:
        """Nothing to do."""


@dataclass
class Scene:
    """A worker at work."""

    inbox: Inbox
    folder: Path
    clock: Clock = field(default_factory=Clock)
    talk: ScriptedTalk = field(default_factory=ScriptedTalk)
    road: ScriptedRoad = field(default_factory=ScriptedRoad)

    def holding(self) -> Holding:
        """As in `opening`."""
        if self.inbox.engine.dialect.name == "sqlite":
            return FileHolding(self.folder / "inbox.lock")
        return AdvisoryHolding(self.inbox.engine)

    @asynccontextmanager
    async def works(self, holding: Holding | None = None) -> AsyncIterator[None]:
        """While the body runs."""
        stop = asyncio.Event()
        roads = {CHANNEL: self.road}
        worker = Worker(self.inbox, roads, self.talk, holding or self.holding(), self.clock)
        running = asyncio.create_task(worker.run(stop))
        try:
            yield
        finally:
            stop.set()
            await asyncio.wait_for(running, _WITHIN_SECONDS)

    def writes(self, *texts: str, who: str = "ann", at: float | None = None) -> None:
        """Somebody writes; what they wrote has settled."""
        for text in texts:
            when = self.clock.now if at is None else at
            self.inbox.take([arrival(f"{who}-{text}", text, when, who)], self.clock.now - 1)

    async def until_sent(self, *texts: str) -> None:
        """Wait until just these were sent, in this order."""
        await until(lambda: self.road.sent[: len(texts)] == list(texts) or len(self.road.sent) > len(texts))
        assert self.road.sent == list(texts)

    async def until_quiet(self) -> None:
        """Wait until nothing is due."""
        await until(lambda: not self.inbox.people_with_work(self.clock.now, 1))
