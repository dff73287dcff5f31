"""Deleting: what somebody wants forgotten or stopped, and what is old."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from stillnight.channels.inbox.room import Room, logger
from stillnight.channels.inbox.tables import (
    ABOUT,
    DEAD,
    DROPPED,
    FORGOTTEN,
    MESSAGES,
    OPTIONS,
    PARTS,
    SENT,
    UNFINISHED,
    UNSENT,
    WAITING,
)
from stillnight.wiping import empty_log, wipe_file, wipe_tables

_STOPPED: Final = "stopped"
# A message that was delivered so long ago is not known any more; messengers stop repeating earlier.
KEPT_SECONDS: Final = 8 * 24 * 3600.0
# So many messages in one transaction: whoever takes deliveries does not wait for more.
_AT_ONCE: Final = 500


class House(Room):
    """Keeping house."""

    def forget(self, person: str, but: int | None = None, until: int | None = None) -> None:
        """Delete everything of a person.

        What stays is a digest of each message's id, which tells nothing of them, so that one that is delivered again
        is not answered again.

        Args:
            person: conversation id.
            but: number of a message that is being answered; it follows when its answer is sent.
            until: number of the message that asks for it, so that what came after it is answered; None for all.
        """
        mine = sa.and_(MESSAGES.c.person == person, MESSAGES.c.number != (but if but is not None else -1))
        if until is not None:
            mine = sa.and_(mine, MESSAGES.c.number <= until)
        blank = {"person": "", "body": "", "state": DROPPED, "note": FORGOTTEN}
        with self.changing() as connection:
            for table in (OPTIONS, PARTS):
                asked = sa.true() if until is None else table.c.message <= until
                connection.execute(table.delete().where(table.c.person == person, asked))
            self._blur(connection, mine)
            connection.execute(MESSAGES.update().where(mine).values(**blank))
            connection.execute(MESSAGES.update().where(MESSAGES.c.number == but).values(note=FORGOTTEN))
        if not self.tidy():
            logger.warning("what was deleted is being read, and will be wiped later")

    def held_of(self, person: str) -> dict[str, list[dict[str, Any]]]:
        """All that is held of a person, by table: what came, what is to be sent, and the buttons under answers."""
        return {
            table.name: [self._opened(table, row._mapping) for row in self.rows(table.select().where(mine == person))]
            for table, mine in ((table, table.c.person) for table in (MESSAGES, PARTS, OPTIONS))
        }

    def _opened(self, table: sa.Table, row: Mapping[str, Any]) -> dict[str, Any]:
        sealed = {column.name for column, seal in self.sealed.items() if column.table is table and seal is self.seal}
        return {name: self.seal.open(value) if name in sealed else value for name, value in row.items()}

    def silence(self, person: str, number: int) -> None:
        """Send nothing more of what waits for a person, and answer nothing that they wrote before message `number`.

        What was begun stays: dangers go ahead of “stop”, so that is what those are.
        """
        stop = sa.select(MESSAGES.c.at).where(MESSAGES.c.number == number).scalar_subquery()
        before = sa.and_(
            MESSAGES.c.person == person,
            MESSAGES.c.state == WAITING,
            MESSAGES.c.attempts == 0,
            MESSAGES.c.number != number,
            sa.or_(MESSAGES.c.at < stop, sa.and_(MESSAGES.c.at == stop, MESSAGES.c.number < number)),
        )
        # Those that could not be sent and still have their words as well: nobody sends them again by hand.
        kept = sa.and_(PARTS.c.state == DEAD, PARTS.c.body != "")
        mine = sa.and_(PARTS.c.person == person, sa.or_(PARTS.c.state.in_(UNSENT), kept))
        with self.changing() as connection:
            connection.execute(MESSAGES.update().where(before).values(state=DROPPED, body="", note=_STOPPED))
            for row in list(connection.execute(sa.select(PARTS.c.number).where(mine))):
                stopped = {"state": SENT, "body": "", "address": "", "note": _STOPPED}
                self._move(connection, row.number, (*UNSENT, DEAD), **stopped)
                self._finish(connection, row.number)

    def clear(self, before: float) -> None:
        """Delete what was finished before then. Within that time a message that is delivered again is known."""
        old = sa.and_(MESSAGES.c.received_at < before, MESSAGES.c.state.not_in(UNFINISHED))
        query = sa.select(MESSAGES.c.number).where(old).limit(_AT_ONCE)
        while True:
            with self.changing() as connection:
                numbers = [row.number for row in connection.execute(query)]
                connection.execute(OPTIONS.delete().where(OPTIONS.c.message.in_(numbers)))
                connection.execute(PARTS.delete().where(PARTS.c.message.in_(numbers)))
                connection.execute(MESSAGES.delete().where(MESSAGES.c.number.in_(numbers)))
            if len(numbers) < _AT_ONCE:
                return

    def empty_log(self) -> bool:
        """SQLite's log beside the file holds what was deleted until it is emptied; elsewhere there is nothing to do.

        False when somebody was reading, so that it has to be tried again.
        """
        return self._is_postgresql or empty_log(self.engine)

    def tidy(self) -> bool:
        """Leave nothing of what was deleted or answered in any byte of an SQLite file; False when it is being read."""
        self._make()
        return self._is_postgresql or wipe_file(self.engine)

    def wipe(self) -> None:
        """The same for PostgreSQL, whose tables are locked meanwhile: for the night."""
        self._make()
        if self._is_postgresql:
            wipe_tables(self.engine, (MESSAGES, PARTS, OPTIONS, ABOUT))
        else:
            self.tidy()
