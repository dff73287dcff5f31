"""Messages that came in: kept once each, in order, until they are answered."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stillnight.channels.inbox.room import Room, logger, note
from stillnight.channels.inbox.shapes import Answer, Arrival, Offer, Taken
from stillnight.channels.inbox.tables import ANSWERED, DONE, DROPPED, MESSAGES, OPTIONS, PARTS, WAITING
from stillnight.channels.messenger.incoming import Incoming
from stillnight.conversations.sealing import digest

_SETTLE: Final = 0.2
_TAKING: Final = 5_163_772_002


class Messages(Room):
    """The way of a message: waiting, then answered with parts to send or done without any; or dropped."""

    def take(self, arrivals: Sequence[Arrival], now: float) -> None:
        """Keep messages; one that is known already is left as it is.

        Each waits a moment first, so that two that come in the wrong order are answered in the right one.
        """
        rows: list[dict[str, Any]] = [
            {
                "channel": arrival.channel,
                "message_id": self._ids.close(arrival.message.id),
                "person": arrival.person,
                "at": arrival.message.at,
                "received_at": now,
                "state": WAITING,
                "due_at": now + _SETTLE,
                "body": self.seal.close(json.dumps(arrival.message.as_dict())),
            }
            for arrival in arrivals
        ]
        with self.changing() as connection:
            self._alone(connection)
            names = [self._other_names(arrival) for arrival in arrivals]
            wanted = [name for both in names for name in both]
            found = sa.select(MESSAGES.c.message_id).where(MESSAGES.c.message_id.in_(wanted))
            known = {row.message_id for row in connection.execute(found)}
            fresh = [row for row, both in zip(rows, names) if known.isdisjoint(both)]
            if fresh:
                connection.execute(self._insert(MESSAGES).on_conflict_do_nothing(), fresh)

    def withdraw(self, channel: str, person: str, message_id: str, why: str, now: float) -> bool:
        """Drop a message that nobody has begun to answer; whether there was one.

        One that was not delivered yet is not answered when it comes: messengers try again for days, in any order.
        """
        named = sa.and_(MESSAGES.c.channel == channel, MESSAGES.c.message_id.in_([message_id, digest(message_id)]))
        mine = sa.and_(named, MESSAGES.c.person == person, MESSAGES.c.state == WAITING, MESSAGES.c.attempts == 0)
        dropped = {"state": DROPPED, "body": "", "note": note(why)}
        with self.changing() as connection:
            self._alone(connection)
            if connection.execute(MESSAGES.update().where(mine).values(dropped)).rowcount:
                return True
            if not connection.execute(sa.select(MESSAGES.c.number).where(named)).first():
                name = {"channel": channel, "message_id": _taken_back(person, message_id), "person": ""}
                known = self._insert(MESSAGES).values({**name, **dropped, "at": now, "received_at": now})
                connection.execute(known.on_conflict_do_nothing())
        return False

    def waiting(self, person: str, most: int | None = None) -> list[Taken]:
        """Messages of one person that are to be answered, in order. One that cannot be read is dropped.

        Args:
            person: who wrote.
            most: how many to look at, the first ones; None for all.
        """
        query = (
            MESSAGES.select()
            .where(MESSAGES.c.person == person, MESSAGES.c.state == WAITING)
            .order_by(MESSAGES.c.at, MESSAGES.c.number)
            .limit(most)
        )
        with self._reading() as connection:
            rows = list(connection.execute(query))
        taken = []
        for row in rows:
            try:
                message = Incoming.from_dict(json.loads(self.seal.open(row.body)))
            except (ValueError, TypeError, KeyError) as error:
                logger.error("a message could not be read: %s", type(error).__name__)
                self.drop(row.number, "unreadable")
                continue
            taken.append(Taken(row.number, row.channel, row.person, message, row.attempts, row.due_at))
        return taken

    def begin(self, taken: Taken) -> Taken | None:
        """Count an attempt before it is made, so that a message that ends the process is not tried for ever.

        Returns:
            What `answer` wants to see; None when the message was withdrawn or somebody else has begun.
        """
        mine = sa.and_(MESSAGES.c.number == taken.number, self._as_begun(taken))
        with self.changing() as connection:
            begun = connection.execute(MESSAGES.update().where(mine).values(attempts=taken.attempts + 1)).rowcount
        return replace(taken, attempts=taken.attempts + 1) if begun else None

    def postpone(self, number: int, due_at: float, why: str) -> None:
        """An answer could not be found out; it is tried again then."""
        mine = sa.and_(MESSAGES.c.number == number, MESSAGES.c.state == WAITING)
        with self.changing() as connection:
            connection.execute(MESSAGES.update().where(mine).values(due_at=due_at, note=note(why)))

    def drop(self, number: int, why: str) -> None:
        """A message that gets no answer, and why."""
        self.drop_all([number], why)

    def drop_all(self, numbers: Sequence[int], why: str) -> None:
        """The same of several at once."""
        mine = sa.and_(MESSAGES.c.number.in_(list(numbers)), MESSAGES.c.state == WAITING)
        with self.changing() as connection:
            connection.execute(MESSAGES.update().where(mine).values(state=DROPPED, body="", note=note(why)))

    def answer(
        self, taken: Taken, answers: Sequence[Answer], offers: Sequence[Offer], urgent: bool, now: float
    ) -> bool:
        """Keep what is to be sent; from here on the message is answered, even if the process dies.

        Returns:
            False, with nothing kept, when it is answered already or somebody else began it after `taken` was begun.
        """
        mine = sa.and_(MESSAGES.c.number == taken.number, self._as_begun(taken))
        with self.changing() as connection:
            answered = MESSAGES.update().where(mine).values(state=ANSWERED if answers else DONE, body="")
            if not connection.execute(answered).rowcount:
                return False
            for place, each in enumerate(answers):
                values = {
                    "message": taken.number,
                    "place": place,
                    "channel": taken.channel,
                    "person": taken.person,
                    "address": self.seal.close(taken.message.person.address),
                    "line": taken.message.line,
                    "reply": each.reply,
                    "body": self.seal.close(json.dumps(each.part.as_dict())),
                    "state": WAITING,
                    "urgent": urgent,
                    "due_at": now,
                    "asked_at": taken.message.at,
                    "ours": secrets.token_hex(16),
                }
                connection.execute(PARTS.insert().values(values))
            for place, offer in enumerate(offers):
                placed = {"person": taken.person, "message": taken.number, "place": place}
                kept = {
                    "id": offer.id,
                    "title": self.seal.close(offer.title),
                    "payload": self.seal.close(offer.payload),
                }
                connection.execute(self._insert(OPTIONS).values({**placed, **kept}).on_conflict_do_nothing())
        return True

    def _alone(self, connection: Connection) -> None:
        """Wait until no other server takes anything.

        Two that are told the same things in another order would wait for each other in a circle, and one that is told
        of a message would not see that another was just told that it is taken back.
        """
        if self._is_postgresql:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_TAKING)))

    def _other_names(self, arrival: Arrival) -> tuple[str, str]:
        """By what a message may be known besides the name that it is kept by."""
        name = arrival.message.id
        return name if self._ids.closes else digest(name), _taken_back(arrival.person, name)

    @staticmethod
    def _as_begun(taken: Taken) -> Any:
        return sa.and_(MESSAGES.c.state == WAITING, MESSAGES.c.attempts == taken.attempts)


def _taken_back(person: str, message_id: str) -> str:
    """By what a message is known that its writer took back before it came; nobody takes back another's."""
    return digest(f"{person} {message_id}")
