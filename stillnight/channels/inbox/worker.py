"""Answering what the inbox holds and sending it, one thing after the other for each person."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final, Protocol

from stillnight.aside import aside, until
from stillnight.channels.inbox.inbox import Inbox
from stillnight.channels.inbox.sender import Sender, backoff
from stillnight.channels.inbox.shapes import Answer, Offer, Taken
from stillnight.channels.inbox.surely import surely
from stillnight.channels.messenger.incoming import SILENT
from stillnight.channels.messenger.outgoing import Road
from stillnight.holding import Holding

logger = logging.getLogger(__name__)

_POLL_SECONDS: Final = 0.1
_PEOPLE_AT_ONCE: Final = 16
# More than that are looked at, as other workers may hold the first.
_PEOPLE_SEEN: Final = 256
# Of one person. Nobody reads so many answers; without a bound one who writes all day would keep the worker reading.
WAITING_MOST: Final = 1000
_LOOKED_AT: Final = WAITING_MOST + 200
# Longer than the assistant ever takes, even for its first answer on a busy machine.
_ANSWER_SECONDS: Final = 180.0
# After so many attempts the person is told that something is wrong. One that ends the process each time is not even
# tried after some more, and in the end there is nothing.
_APOLOGIZE_AFTER: Final = 3
_ASK_MOST: Final = 4
_ATTEMPTS_MAX: Final = 6


@dataclass(frozen=True)
class Said:
    """What is to be sent for one message, and the options in it."""

    answers: Sequence[Answer] = ()
    offers: Sequence[Offer] = ()


class Talk(Protocol):
    """The assistant, as the worker sees it."""

    def is_urgent(self, taken: Taken) -> bool:
        """Whether rules find danger in a message, so that it does not wait behind others."""
        ...

    async def answer(self, taken: Taken, road: Road) -> Said:
        """What to say. It raises when that could not be found out; then it is asked again later."""
        ...

    def apology(self, taken: Taken, road: Road) -> Said:
        """What to say when that fails again and again; needs nothing."""
        ...


class Worker:
    """Runs until it is told to stop; what is unfinished then is found by the next one."""

    def __init__(
        self,
        inbox: Inbox,
        roads: Mapping[str, Road],
        talk: Talk,
        holding: Holding,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`roads` by the names of their channels."""
        self._inbox, self._roads, self._talk, self._holding, self._clock = inbox, roads, talk, holding, clock
        self._stop = asyncio.Event()
        self._sender = Sender(inbox, roads, holding.lasting, clock, self._stop)
        self._served: dict[str, asyncio.Task[None]] = {}
        self._errands: set[asyncio.Task[None]] = set()
        self._worked = False

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then end what was begun."""
        self._stop = self._sender.stop = stop
        try:
            while not stop.is_set():
                try:
                    await self._round()
                except Exception as error:
                    # A database that is down comes back; nothing is lost meanwhile.
                    logger.error("the inbox could not be read: %s", type(error).__name__)
                    await until(stop, 1.0)
                await until(stop, _POLL_SECONDS)
            await asyncio.gather(*self._served.values(), *self._errands, return_exceptions=True)
        finally:
            for road in self._roads.values():
                await road.close()

    async def _round(self) -> None:
        if not await aside(self._holding.ready):
            return
        if len(self._served) >= _PEOPLE_AT_ONCE:
            return
        now = self._clock()
        people = await aside(lambda: self._inbox.people_with_work(now, _PEOPLE_SEEN))
        if self._worked and not people and not self._served:
            # Words that were answered stand nowhere any more, not even in a log.
            self._worked = not await aside(self._inbox.empty_log)
        for person in people:
            if len(self._served) >= _PEOPLE_AT_ONCE or self._stop.is_set():
                return
            if person not in self._served and await aside(partial(self._holding.take, person)):
                task = asyncio.create_task(self._serve(person))
                self._served[person] = task
                task.add_done_callback(partial(self._ended, person))
                self._worked = True

    def _ended(self, person: str, _: asyncio.Task[None]) -> None:
        self._served.pop(person, None)

    async def _serve(self, person: str) -> None:
        """Send what waits, then answer what waits, until there is nothing to do for now; then let go of the person."""
        found: dict[int, bool] = {}
        try:
            while not self._stop.is_set() and await self._one_thing(person, found):
                pass
        except Exception as error:
            logger.error("a conversation could not be served: %s", type(error).__name__)
            await until(self._stop, 1.0)
        finally:
            try:
                await aside(lambda: self._holding.release(person))
            except Exception as error:
                logger.error("a conversation could not be let go: %s", type(error).__name__)

    async def _one_thing(self, person: str, found: dict[int, bool]) -> bool:
        """One step for a person; False when there is none for now. `found`: which messages are urgent."""
        part = await aside(lambda: self._inbox.next_part(person))
        waiting = await aside(lambda: self._inbox.waiting(person, _LOOKED_AT))
        if await self._too_many(waiting[WAITING_MOST:], found):
            return True
        if part is not None:
            due = await self._sender.send(part)
        elif waiting:
            due = waiting[0].due_at
            if due <= self._clock():
                await self._answer(waiting[0], self._is_urgent(waiting[0], found))
                return True
        else:
            return False
        if due is None:
            return True
        # Nothing can be done now: an emergency goes ahead, everything else keeps its place.
        for taken in waiting:
            # Looking takes a while when there are many: others have their turn in between.
            await asyncio.sleep(0)
            if self._is_urgent(taken, found) and taken.due_at <= self._clock():
                await self._answer(taken, urgent=True)
                return True
        held = [taken.number for taken in waiting if not found[taken.number]]
        await aside(lambda: self._inbox.hold_back(person, due, held))
        return False

    async def _too_many(self, beyond: Sequence[Taken], found: dict[int, bool]) -> bool:
        """Drop what is more than anybody reads, but for what is urgent; whether there was any."""
        dropped = []
        for taken in beyond:
            await asyncio.sleep(0)
            if not self._is_urgent(taken, found):
                dropped.append(taken.number)
        if dropped:
            await aside(lambda: self._inbox.drop_all(dropped, "too many"))
            logger.warning("messages were dropped: too many of one person wait")
        return bool(dropped)

    def _is_urgent(self, taken: Taken, found: dict[int, bool]) -> bool:
        if taken.number not in found:
            try:
                found[taken.number] = self._talk.is_urgent(taken)
            except Exception as error:
                logger.error("a message could not be looked at: %s", type(error).__name__)
                found[taken.number] = False
        return found[taken.number]

    async def _answer(self, taken: Taken, urgent: bool) -> None:
        road = self._roads.get(taken.channel)
        if road is None or self._clock() - taken.message.at > road.limits.window:
            note = "channel closed" if road is None else "too old to answer"
            await aside(lambda: self._inbox.drop(taken.number, note))
            logger.warning("a message was dropped: %s", note)
            return
        begun = await aside(lambda: self._inbox.begin(taken))
        if begun is None:
            return
        if begun.attempts > _ATTEMPTS_MAX:
            await aside(lambda: self._inbox.drop(taken.number, "could not be answered"))
            logger.error("a message was dropped: it could not be answered")
            return
        if begun.attempts == 1 and begun.message.kind not in SILENT:
            self._errand(road.seen(taken.message))
        said = await self._said(begun, road)
        if said is not None:
            now = self._clock()
            await surely(lambda: self._inbox.answer(begun, said.answers, said.offers, urgent, now), self._stop)

    async def _said(self, begun: Taken, road: Road) -> Said | None:
        """What to say; None when that is to be tried again later."""
        if begun.attempts > _ASK_MOST:
            return self._talk.apology(begun, road)
        try:
            return await asyncio.wait_for(self._talk.answer(begun, road), _ANSWER_SECONDS)
        except Exception as error:
            name = type(error).__name__
            logger.error("a message could not be answered: %s", name)
            if begun.attempts >= _APOLOGIZE_AFTER:
                return self._talk.apology(begun, road)
            due = self._clock() + backoff(begun.attempts)
            await surely(lambda: self._inbox.postpone(begun.number, due, name), self._stop)
            return None

    def _errand(self, errand: Coroutine[Any, Any, None]) -> None:
        """Something that is done beside the work and whose end nobody waits for."""
        task = asyncio.create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._done)

    def _done(self, errand: asyncio.Task[None]) -> None:
        self._errands.discard(errand)
        if not errand.cancelled() and errand.exception() is not None:
            logger.error("an errand failed: %s", type(errand.exception()).__name__)
