"""What an operator may know of the inbox, and sending again what could not be sent. Never who, never a word."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from stillnight.channels.inbox.tables import ANSWERED, DEAD, DONE, DROPPED, MESSAGES, PARTS, WAITING

# What stands in a note is ours or a messenger's code. Anything else could be somebody's words.
_NOTE: Final = re.compile(r"[A-Za-z0-9 _-]{1,64}")
_OTHER: Final = "other"
# Given up before a request was made.
_NEVER_TRIED: Final = frozenset({"channel closed", "too old to send", "bad-line", "bad-picture"})


class ResendError(ValueError):
    """A part that is not sent again, and why, in one sentence."""


@dataclass(frozen=True)
class Tally:
    """Numbers of messages. Those that wait after an error and those that were dropped by their notes."""

    waiting: int
    sending: int
    done: int
    failing: Mapping[str, int]
    dropped: Mapping[str, int]


@dataclass(frozen=True)
class DeadPart:
    """One part that could not be sent.

    asked_at: when the message that it answers was written, seconds since 1970. code: the messenger's error or ours;
    None when it was not told. kept: whether its words are still here, which they are not when the messenger took it at
    first.
    """

    number: int
    channel: str
    asked_at: float
    code: str | None
    attempts: int
    kept: bool

    def refusal(self, windows: Mapping[str, float], now: float) -> str | None:
        """Why it cannot be sent again; None when it can.

        Args:
            windows: seconds in which a message may be answered, by channel.
            now: seconds since 1970.
        """
        if not self.kept:
            return f"part {self.number} was taken by the messenger at first, so its text is not kept any more"
        if self.channel not in windows:
            return f"part {self.number} belongs to the channel {self.channel}, which is not known here"
        if now - self.asked_at > windows[self.channel]:
            return f"part {self.number} answers a message that is too old: WhatsApp takes no answer to it now"
        return None


class DeadLetters:
    """The dead letters of one inbox. Its tables must exist."""

    def __init__(self, engine: Engine) -> None:
        """Reads through `engine`, and writes only in `resend`."""
        self._engine = engine

    def tally(self) -> Tally:
        """How many messages are in which state."""
        counted = sa.func.count().label("messages")
        query = sa.select(MESSAGES.c.state, MESSAGES.c.note, counted).group_by(MESSAGES.c.state, MESSAGES.c.note)
        states: Counter[str] = Counter()
        notes: dict[str, Counter[str]] = {WAITING: Counter(), DROPPED: Counter()}
        with self._engine.connect() as connection:
            for row in connection.execute(query):
                states[row.state] += row.messages
                if row.state in notes and row.note:
                    notes[row.state][_plain(row.note)] += row.messages
        notes[DROPPED][_OTHER] += states[DROPPED] - notes[DROPPED].total()
        dropped = {note: times for note, times in notes[DROPPED].items() if times}
        return Tally(states[WAITING], states[ANSWERED], states[DONE], notes[WAITING], dropped)

    def parts(self) -> list[DeadPart]:
        """All that could not be sent, the oldest first."""
        with self._engine.connect() as connection:
            return [_part(row) for row in connection.execute(_DEAD.order_by(PARTS.c.number))]

    def resend(self, number: int, windows: Mapping[str, float], now: float) -> None:
        """Put a part back, to be sent as if it were new.

        Args:
            number: of the part.
            windows: seconds in which a message may be answered, by channel.
            now: seconds since 1970.

        Raises:
            ResendError: when there is no such part, or it must not be sent.
        """
        dead = sa.and_(PARTS.c.number == number, PARTS.c.state == DEAD)
        with self._engine.begin() as connection:
            row = connection.execute(_DEAD.where(PARTS.c.number == number)).first()
            if row is None:
                raise ResendError(f"there is no part {number} that could not be sent")
            refusal = _part(row).refusal(windows, now)
            if refusal:
                raise ResendError(refusal)
            fresh = {
                "state": WAITING,
                "attempts": 0,
                "unanswered": 0,
                "due_at": now,
                "note": None,
                "sent_at": None,
                # A receipt may still settle an earlier attempt whose end is not known. Of one that is known to have
                # failed, a late one must not stop this.
                "ours": sa.case((PARTS.c.theirs.is_(None), PARTS.c.ours), else_=secrets.token_hex(16)),
                "theirs": None,
            }
            connection.execute(PARTS.update().where(dead).values(fresh))
            # Its message is open again, so that it is counted and not cleared away.
            done = sa.and_(MESSAGES.c.number == row.message, MESSAGES.c.state == DONE)
            connection.execute(MESSAGES.update().where(done).values(state=ANSWERED))


_DEAD: Final = sa.select(
    PARTS.c.number,
    PARTS.c.message,
    PARTS.c.channel,
    PARTS.c.asked_at,
    PARTS.c.note,
    PARTS.c.attempts,
    (PARTS.c.body != "").label("kept"),
).where(PARTS.c.state == DEAD)


def _part(row: Any) -> DeadPart:
    code = _plain(row.note) if row.note else None
    # The outbox counts attempts that were to be followed by another.
    tried = row.attempts + (code not in _NEVER_TRIED)
    return DeadPart(row.number, row.channel, row.asked_at, code, tried, bool(row.kept))


def _plain(note: str) -> str:
    return note if _NOTE.fullmatch(note) else _OTHER
