"""Parts of answers on their way out, and what messengers tell of them.

A part waits; it is leaving from right before the first byte of its request until somebody writes down how that ended:
sent, waiting again, unanswered (it had left and no answer came, so that only a receipt can tell) or dead.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from stillnight.channels.inbox.room import Room, logger, note
from stillnight.channels.inbox.shapes import Outgoing
from stillnight.channels.inbox.tables import DEAD, LEAVING, MESSAGES, PARTS, SENT, UNANSWERED, UNSENT, WAITING
from stillnight.channels.messenger.incoming import Progress, Receipt
from stillnight.channels.messenger.outgoing import Part
from stillnight.conversations.sealing import digest
from stillnight.database import hasty

# What became of a part whose request was on its way when the process died.
UNCONFIRMED: Final = "unconfirmed"


class SettledError(RuntimeError):
    """A part must not leave: it is sent, stopped, forgotten, or on its way by somebody else."""


class Outbox(Room):
    """What is to be sent."""

    _hasty: Engine | None = None

    def next_part(self, person: str) -> Outgoing | None:
        """What is to be sent to a person next, due or not: urgent answers first, then in order.

        One that cannot be read is given up.
        """
        before = PARTS.alias()
        last = sa.select(sa.func.max(before.c.sent_at)).where(before.c.message == PARTS.c.message)
        query = (
            sa.select(PARTS, last.scalar_subquery().label("last"))
            .where(PARTS.c.person == person, PARTS.c.state.in_(UNSENT))
            .order_by(PARTS.c.urgent.desc(), PARTS.c.message, PARTS.c.place)
            .limit(1)
        )
        while True:
            with self._reading() as connection:
                row = connection.execute(query).first()
            try:
                return self._outgoing(row) if row else None
            except (ValueError, TypeError, KeyError) as error:
                logger.error("a part of an answer could not be read: %s", type(error).__name__)
                self.give_up(row.number, "unreadable")

    def leaving(self, number: int, until: float) -> None:
        """The request that sends a part is about to leave, and has an end at `until` whatever becomes of it.

        Not waiting for the disk: between this being true and the request leaving, as little as possible may happen.

        Raises:
            SettledError: when it must not leave.
        """
        if self._hasty is None:
            self._hasty = hasty(self.engine)
        with self._hasty.begin() as connection:
            if not self._move(connection, number, (WAITING, UNANSWERED), state=LEAVING, due_at=until):
                raise SettledError

    def sent(self, number: int, theirs: str, now: float, why: str | None = None) -> None:
        """The messenger took a part; its words and where it went are not needed any more."""
        gone = {"state": SENT, "body": "", "address": "", "sent_at": now, "note": note(why)}
        named = {"theirs": self._ids.close(theirs)} if theirs else {}
        with self.changing() as connection:
            self._move(connection, number, (*UNSENT, SENT), **gone, **named)
            self._finish(connection, number)

    def try_again(self, number: int, due_at: float, code: str) -> None:
        """A part was not taken; another attempt is made then."""
        again = {"state": WAITING, "attempts": PARTS.c.attempts + 1, "due_at": due_at, "note": note(code)}
        with self.changing() as connection:
            self._move(connection, number, UNSENT, **again)

    def unanswered(self, number: int, due_at: float, code: str) -> None:
        """The request had left and no answer came: another attempt is made then, if no receipt settles it before."""
        counted = {"attempts": PARTS.c.attempts + 1, "unanswered": PARTS.c.unanswered + 1}
        with self.changing() as connection:
            self._move(connection, number, UNSENT, state=UNANSWERED, due_at=due_at, note=note(code), **counted)

    def give_up(self, number: int, code: str) -> None:
        """A part that will not be sent; it stays to be looked at and sent again by hand."""
        with self.changing() as connection:
            self._move(connection, number, UNSENT, state=DEAD, note=note(code))
            self._finish(connection, number)

    def hold_back(self, person: str, until: float, messages: Sequence[int]) -> None:
        """The first thing to send or to answer is not due before then, so nothing behind it is.

        Args:
            person: whose parts all wait.
            until: by then there is something to do.
            messages: numbers of those to hold back; others may overtake.
        """
        parts = sa.and_(PARTS.c.person == person, PARTS.c.state.in_(UNSENT), PARTS.c.due_at < until)
        held = sa.and_(MESSAGES.c.number.in_(list(messages)), MESSAGES.c.state == WAITING, MESSAGES.c.due_at < until)
        with self.changing() as connection:
            connection.execute(MESSAGES.update().where(held).values(due_at=until))
            connection.execute(PARTS.update().where(parts).values(due_at=until))

    def note_receipts(self, channel: str, receipts: Iterable[Receipt], now: float) -> None:
        """What became of parts: one whose sending was in doubt is settled, one that failed later is dead.

        A part that failed after it was taken is dead without its words: they were deleted when it was taken.
        """
        with self.changing() as connection:
            for receipt in receipts:
                row = self._part_of(connection, channel, receipt)
                if row is None:
                    continue
                settled = row.state not in UNSENT and row.theirs is not None
                theirs = self._ids.close(receipt.id)
                if receipt.progress is Progress.FAILED:
                    # A copy that failed says nothing of the one that went through.
                    if row.theirs in (None, receipt.id, theirs):
                        failed = {"state": DEAD, "theirs": theirs, "note": note(receipt.code)}
                        self._move(connection, row.number, (*UNSENT, SENT, DEAD), **failed)
                elif not settled:
                    gone = {"state": SENT, "body": "", "address": "", "note": None}
                    sent_at = sa.func.coalesce(PARTS.c.sent_at, now)
                    values = {**gone, "theirs": theirs, "sent_at": sent_at}
                    self._move(connection, row.number, (*UNSENT, SENT, DEAD), **values)
                if row.state in UNSENT:
                    self._release(connection, row.person, now)
                self._finish(connection, row.number)

    def reply_of(self, channel: str, person: str, theirs: str) -> str | None:
        """Which reply of the assistant a message of ours was, by the messenger's id of it."""
        query = sa.select(PARTS.c.reply).where(PARTS.c.channel == channel, PARTS.c.person == person, _is(theirs))
        with self._reading() as connection:
            found = connection.execute(query).scalar()
        return str(found) if found else None

    @staticmethod
    def _part_of(connection: Connection, channel: str, receipt: Receipt) -> Any:
        columns = (PARTS.c.number, PARTS.c.state, PARTS.c.person, PARTS.c.theirs)
        named = [PARTS.c.ours == receipt.ours] if receipt.ours else []
        for known in (*named, _is(receipt.id)):
            row = connection.execute(sa.select(*columns).where(PARTS.c.channel == channel, known)).first()
            if row is not None:
                return row
        return None

    @staticmethod
    def _release(connection: Connection, person: str, now: float) -> None:
        """What was held back behind a part that is settled now need not wait for its time."""
        parts = sa.and_(PARTS.c.person == person, PARTS.c.state == WAITING, PARTS.c.attempts == 0)
        messages = sa.and_(MESSAGES.c.person == person, MESSAGES.c.state == WAITING, MESSAGES.c.attempts == 0)
        connection.execute(MESSAGES.update().where(messages, MESSAGES.c.due_at > now).values(due_at=now))
        connection.execute(PARTS.update().where(parts, PARTS.c.due_at > now).values(due_at=now))

    def _outgoing(self, row: Any) -> Outgoing:
        return Outgoing(
            number=row.number,
            channel=row.channel,
            address=self.seal.open(row.address),
            line=row.line,
            part=Part.from_dict(json.loads(self.seal.open(row.body))),
            ours=row.ours,
            urgent=row.urgent,
            attempts=row.attempts,
            unanswered=row.unanswered,
            in_doubt=row.state == LEAVING,
            due_at=row.due_at,
            asked_at=row.asked_at,
            last=row.last,
        )


def _is(theirs: str) -> Any:
    """Whether a part has the messenger's id, of which a digest may be kept."""
    return PARTS.c.theirs.in_([theirs, digest(theirs)])
