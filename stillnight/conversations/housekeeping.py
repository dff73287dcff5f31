"""Feedback, forgetting, keeping for so long and no longer, and changing keys. Knows no Rasa."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stillnight.conversations.errors import StoreError
from stillnight.conversations.records import Records
from stillnight.conversations.tables import ABOUT, CONVERSATIONS, EVENTS, FEEDBACK

logger = logging.getLogger(__name__)

_BATCH: Final = 50
_ROWS: Final = 200
_EMPTY_WITHIN_SECONDS: Final = 1.0


@dataclass(frozen=True)
class Opinion:
    """What somebody thought of one answer. at: seconds since 1970."""

    message: str
    helpful: bool
    reason: str | None
    at: float


class Housekeeping:
    """Everything about kept conversations but their turns. Methods may wait for the database, and raise StoreError."""

    def __init__(self, records: Records) -> None:
        """Of the same database as `records`."""
        self._records = records
        # Another process may have ended before it could.
        self._must_empty = True

    def keep_feedback(self, sender: str, message: str, helpful: bool, reason: str | None) -> None:
        """What somebody thought of one answer; the last word counts."""
        key = {"sender": sender, "message": message}
        closed = None if reason is None else self._records.seal.close(json.dumps(reason))
        with self._records.changing() as connection:
            connection.execute(FEEDBACK.delete().where(*(FEEDBACK.c[name] == value for name, value in key.items())))
            connection.execute(FEEDBACK.insert().values(**key, helpful=helpful, reason=closed, at=time.time()))

    def feedback(self, sender: str) -> list[Opinion]:
        """All that somebody thought, oldest first."""
        rows = self._records.rows(FEEDBACK.select().where(FEEDBACK.c.sender == sender).order_by(FEEDBACK.c.at))
        return [Opinion(row.message, row.helpful, self._reason(row.reason), row.at) for row in rows]

    def _reason(self, kept: str | None) -> str | None:
        return None if kept is None else str(json.loads(self._records.seal.open(kept)))

    def forget(self, sender: str) -> None:
        """Delete everything of one conversation. Of an SQLite file nothing of it stays in any byte."""
        with self._records.changing() as connection:
            self._delete(connection, [sender])
        self._must_empty = True
        self.empty_log()

    def expire(self, before: float) -> Iterator[int]:
        """Delete conversations whose newest event, and feedback, is older than `before` (seconds since 1970).

        Yields:
            How many were deleted in one transaction; between two of them others have their turn.
        """
        old = sa.select(CONVERSATIONS.c.sender).where(CONVERSATIONS.c.last_at < before).limit(_BATCH)
        while True:
            with self._records.changing() as connection:
                # Who is being answered just now is passed over.
                senders = list(connection.execute(old.with_for_update(skip_locked=True)).scalars())
                self._delete(connection, senders)
            if not senders:
                break
            self._must_empty = True
            yield len(senders)
        with self._records.changing() as connection:
            kept = sa.select(CONVERSATIONS.c.sender).where(CONVERSATIONS.c.sender == FEEDBACK.c.sender).exists()
            connection.execute(FEEDBACK.delete().where(FEEDBACK.c.at < before, ~kept))
        self.empty_log()

    @staticmethod
    def _delete(connection: Connection, senders: list[str]) -> None:
        whose = sa.select(CONVERSATIONS.c.number).where(CONVERSATIONS.c.sender.in_(senders))
        # A turn that is written at this moment waits here, and then finds no conversation to go on with.
        numbers = list(connection.execute(whose.with_for_update()).scalars())
        connection.execute(EVENTS.delete().where(EVENTS.c.conversation.in_(numbers)))
        connection.execute(CONVERSATIONS.delete().where(CONVERSATIONS.c.number.in_(numbers)))
        connection.execute(FEEDBACK.delete().where(FEEDBACK.c.sender.in_(senders)))

    def empty_log(self) -> None:
        """Empty SQLite's write-ahead log, in which deleted pages stand; later, when it is being read."""
        if not self._must_empty or not self._records.is_sqlite:
            return
        deadline = time.monotonic() + _EMPTY_WITHIN_SECONDS
        while time.monotonic() < deadline:
            with self._records.reading() as connection:
                if not connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").first()[0]:
                    self._must_empty = False
                    return
            time.sleep(0.01)
        logger.warning("the write-ahead log is being read and will be emptied later")

    def wipe(self) -> None:
        """Give back the space of what was deleted, so that nothing of it stays in the tables' files.

        SQLite does so by itself. PostgreSQL leaves deleted rows in its files until something is written there; this
        writes the tables anew and locks them meanwhile, which is for the night.
        """
        if self._records.is_sqlite:
            self._must_empty = True
            self.empty_log()
            return
        with self._records.reading() as connection:
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql("SET lock_timeout = '5s'")
            try:
                for table in (EVENTS, CONVERSATIONS, FEEDBACK):
                    connection.exec_driver_sql(f"VACUUM FULL {table.name}")
            finally:
                # Its limits go with it.
                connection.invalidate()

    def rotate(self) -> int:
        """Encrypt everything by the first key, also what was plain; how many values were written.

        May be stopped and run again. Afterwards the other keys can be taken away.

        Raises:
            StoreError: when there is no key.
        """
        seal = self._records.seal
        if not seal.closes:
            raise StoreError("STILLNIGHT_ENCRYPTION_KEYS is blank: there is no key to encrypt by")
        written = 0
        for table, names in (
            (EVENTS, ("data",)),
            (CONVERSATIONS, ("carried",)),
            (FEEDBACK, ("reason",)),
            (ABOUT, ("value",)),
        ):
            for name in names:
                written += self._rotate(table, table.c[name])
        self._must_empty = True
        self.empty_log()
        return written

    def _rotate(self, table: sa.Table, column: sa.Column[Any]) -> int:
        seal, keys = self._records.seal, list(table.primary_key.columns)
        last: tuple[Any, ...] | None = None
        written = 0
        while True:
            asked = sa.select(*keys, column).where(column.isnot(None)).order_by(*keys).limit(_ROWS)
            if table is ABOUT:
                asked = asked.where(ABOUT.c.name == "check")
            if last is not None:
                asked = asked.where(sa.tuple_(*keys) > sa.tuple_(*map(sa.literal, last)))
            with self._records.changing() as connection:
                rows = connection.execute(asked.with_for_update()).all()
                for row in rows:
                    mine = (key == value for key, value in zip(keys, row))
                    fresh = seal.close(seal.open(row[-1]))
                    connection.execute(table.update().where(*mine).values({column: fresh}))
            if not rows:
                return written
            last, written = tuple(rows[-1][:-1]), written + len(rows)
