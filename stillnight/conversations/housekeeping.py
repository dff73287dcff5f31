"""Feedback, forgetting, keeping for so long and no longer. Knows no Rasa."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stillnight.conversations.errors import StoreError
from stillnight.conversations.records import Records
from stillnight.conversations.tables import ABOUT, CONVERSATIONS, EVENTS, FEEDBACK
from stillnight.wiping import SMALL_BYTES, file_size, wipe_file, wipe_tables

logger = logging.getLogger(__name__)

_BATCH: Final = 50
_WIPED: Final = "wiped_at"
_WIPED_ENOUGH_SECONDS: Final = 12 * 3600.0


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
        # Another process may have ended before it could wipe what it deleted.
        self._is_tidy = False

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
        """Delete everything of one conversation.

        Of an SQLite file nothing of it stays in any byte, of a large one and of PostgreSQL's after the next `wipe`.
        """
        with self._records.changing() as connection:
            self._delete(connection, [sender])
        self._is_tidy = False
        try:
            self.tidy()
        except (StoreError, sa.exc.SQLAlchemyError) as error:
            # It is deleted. The file is wiped when the disk has room again.
            logger.error("what was deleted could not be wiped yet: %s", type(error).__name__)

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
            self._is_tidy = False
            yield len(senders)
        with self._records.changing() as connection:
            kept = sa.select(CONVERSATIONS.c.sender).where(CONVERSATIONS.c.sender == FEEDBACK.c.sender).exists()
            connection.execute(FEEDBACK.delete().where(FEEDBACK.c.at < before, ~kept))

    @staticmethod
    def _delete(connection: Connection, senders: list[str]) -> None:
        whose = sa.select(CONVERSATIONS.c.number).where(CONVERSATIONS.c.sender.in_(senders))
        # A turn that is written at this moment waits here, and then finds no conversation to go on with.
        numbers = list(connection.execute(whose.with_for_update()).scalars())
        connection.execute(EVENTS.delete().where(EVENTS.c.conversation.in_(numbers)))
        connection.execute(CONVERSATIONS.delete().where(CONVERSATIONS.c.number.in_(numbers)))
        connection.execute(FEEDBACK.delete().where(FEEDBACK.c.sender.in_(senders)))

    def tidy(self, however_large: bool = False) -> bool:
        """Leave nothing of what was deleted in any byte of an SQLite file; whether nothing is left to do.

        It has to be done later when somebody reads just then, or the file is so large that others would wait.
        PostgreSQL is for `wipe`.
        """
        if self._is_tidy or not self._records.is_sqlite:
            return True
        if not however_large and file_size(self._records.engine) > SMALL_BYTES:
            return False
        with self._records.rewriting() as engine:
            # Whatever is deleted from now on is for the next time.
            self._is_tidy = True
            wiped = False
            try:
                wiped = wipe_file(engine)
            finally:
                self._is_tidy = self._is_tidy and wiped
        if not wiped:
            logger.warning("what was deleted is being read, and will be wiped later")
        return self._is_tidy

    def wipe(self) -> None:
        """Leave nothing of what was deleted in the files of any database, which is locked meanwhile: for the night.

        PostgreSQL's tables are written anew once in twelve hours, whichever process does it.
        """
        if self._records.is_sqlite:
            # Another process may have deleted something.
            self._is_tidy = False
            self.tidy(however_large=True)
            return
        now = time.time()
        kept = self._records.rows(sa.select(ABOUT.c.value).where(ABOUT.c.name == _WIPED))
        if kept and 0 <= now - float(kept[0].value) < _WIPED_ENOUGH_SECONDS:
            return
        with self._records.rewriting() as engine:
            if not wipe_tables(engine, (EVENTS, CONVERSATIONS, FEEDBACK)):
                return
        with self._records.changing() as connection:
            connection.execute(ABOUT.delete().where(ABOUT.c.name == _WIPED))
            connection.execute(ABOUT.insert().values(name=_WIPED, value=str(now)))
