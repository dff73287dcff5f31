"""Sending parts: when, and what it means when that does not work.

What may be told twice, and what never:

- A part is written down as leaving right before the first byte of its request's body. A process that dies before is
  seen to have sent nothing. One that dies after is taken to have sent it: the request is written in one go, and what
  was written is delivered by the system even when the process is killed. Only between the two is a part lost, some
  tenths of a millisecond, since that note does not wait for the disk (`database.hasty`). It counts as sent, with the
  note “unconfirmed”; a receipt that comes for it takes the note away. After a power cut the note may be missing, and
  the part is sent again.
- A refusal (any status of HTTP) and a request that never left are no doubt: the part is tried again or given up.
- A request that left and was not answered (timeout, a connection that was cut) may have been taken. A receipt tells;
  messengers send one within seconds. Only when none came in `GRACE_SECONDS` is the part sent again, and no more than
  twice: there may be messengers that tell nothing, and nobody should read the same thing ever again.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Mapping
from typing import Final

from stillnight.aside import aside
from stillnight.channels.inbox.breaker import Breaker
from stillnight.channels.inbox.inbox import Inbox
from stillnight.channels.inbox.outbox import UNCONFIRMED, SettledError
from stillnight.channels.inbox.shapes import Outgoing
from stillnight.channels.inbox.surely import surely
from stillnight.channels.messenger.outgoing import Road, SendError

logger = logging.getLogger(__name__)

# Longer than any request takes, and long enough for a receipt.
GRACE_SECONDS: Final = 60.0
_SEND_SECONDS: Final = 55.0
# Attempts: of a part that is refused, of one when the messenger is not well (some hours), of one that left unanswered.
_REFUSED_MAX: Final = 8
_BROKEN_MAX: Final = 30
_UNANSWERED_MAX: Final = 3
_BACKOFF_SECONDS: Final = 2.0
_BACKOFF_MAX_SECONDS: Final = 600.0
# A road's own word for a connection that was not made.
_NEVER_LEFT: Final = "unreachable"


class Sender:
    """Sends parts of one inbox. `stop`: set when the process ends."""

    def __init__(
        self, inbox: Inbox, roads: Mapping[str, Road], lasting: bool, clock: Callable[[], float], stop: asyncio.Event
    ) -> None:
        """`lasting`: whoever began a part that is found leaving is dead for sure (`Holding.lasting`)."""
        self._inbox, self._roads, self._lasting, self._clock, self.stop = inbox, roads, lasting, clock, stop
        self._breakers = {name: Breaker() for name in roads}

    async def send(self, part: Outgoing) -> float | None:
        """Try to send one part.

        Returns:
            None when it is dealt with, so that the next thing may follow; else when there is something to do.
        """
        road, now = self._roads.get(part.channel), self._clock()
        if part.in_doubt:
            if part.due_at > now and not self._lasting:
                return part.due_at
            await aside(lambda: self._inbox.sent(part.number, "", now, UNCONFIRMED))
            return None
        if road is None or now - part.asked_at > road.limits.window:
            note = "channel closed" if road is None else "too old to send"
            logger.error("an answer could not be sent: %s", note)
            await aside(lambda: self._inbox.give_up(part.number, note))
            return None
        due = max(part.due_at, part.last + road.limits.pace if part.last else 0.0)
        if due <= now and not part.urgent:
            due = self._breakers[part.channel].wait_until(now) or due
        return due if due > now else await self._try(road, part)

    async def _try(self, road: Road, part: Outgoing) -> float | None:
        breaker = self._breakers[part.channel]
        left = False

        def written() -> None:
            # In this very thread, without a look at anything else: what follows at once is the request itself.
            nonlocal left
            self._inbox.leaving(part.number, self._clock() + GRACE_SECONDS)
            left = True

        try:
            sending = road.send(part.address, part.line, part.part, part.ours, written)
            theirs = await asyncio.wait_for(sending, _SEND_SECONDS)
        except SettledError:
            return None
        except asyncio.TimeoutError:
            breaker.failed(self._clock())
            return await self._failed(part, SendError("timeout", again=True), left)
        except SendError as error:
            breaker.failed(self._clock()) if error.broken else breaker.worked()
            return await self._failed(part, error, left)
        except Exception as error:
            # A fault of ours, or a database that could not note that it leaves: the messenger is not to blame.
            return await self._failed(part, SendError(type(error).__name__, again=True, status=0), left)
        breaker.worked()
        now = self._clock()
        await surely(lambda: self._inbox.sent(part.number, theirs, now), self.stop)
        return None

    async def _failed(self, part: Outgoing, error: SendError, left: bool) -> float | None:
        unanswered = left and error.again and not error.status and error.code != _NEVER_LEFT
        unanswered_times = part.unanswered + 1 if unanswered else 0
        most = _BROKEN_MAX if error.broken else _REFUSED_MAX
        if not error.again or part.attempts + 1 >= most or unanswered_times >= _UNANSWERED_MAX:
            logger.error("an answer could not be sent: %s", error.code)
            await surely(lambda: self._inbox.give_up(part.number, error.code), self.stop)
            return None
        wait = max(backoff(part.attempts + 1), error.after or 0.0, GRACE_SECONDS if unanswered else 0.0)
        due = self._clock() + wait
        put_off = self._inbox.unanswered if unanswered else self._inbox.try_again
        await surely(lambda: put_off(part.number, due, error.code), self.stop)
        return due


def backoff(attempt: int) -> float:
    """Seconds before the next attempt: twice as long each time, a little different for everybody."""
    return min(_BACKOFF_MAX_SECONDS, _BACKOFF_SECONDS ** min(attempt, 16)) * random.uniform(0.8, 1.2)
