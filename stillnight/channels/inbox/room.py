"""What every part of the inbox has in common: one database, and its tables."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Engine

from stillnight.channels.inbox.tables import (
    ABOUT,
    ANSWERED,
    DONE,
    FORGOTTEN,
    MESSAGES,
    METADATA,
    OPTIONS,
    PARTS,
    UNSENT,
)
from stillnight.conversations.sealing import Digests, NoSeal, Seal, check_keys, digest
from stillnight.database import UNREACHABLE

logger = logging.getLogger(__name__)

_TABLES_LOCK: Final = 5_163_772_001
_NOTE_LENGTH: Final = 64
_DIGESTS: Final = Digests()


class Room:
    """One database. Every public method of the rooms is one transaction. Clocks are given as seconds since 1970."""

    def __init__(self, engine: Engine, seal: Seal | None = None) -> None:
        """Make the tables where they are missing; a database that is down gets them when it is back.

        Args:
            engine: of the database.
            seal: for what holds words; None for leaving it as it is.

        Raises:
            StoreRefusedError: when the keys do not fit. Of a database that is down, whatever is done first raises it.
        """
        self.engine, self.seal = engine, seal or NoSeal()
        self._ids: Seal = _DIGESTS if self.seal.closes else NoSeal()
        self._made = False
        try:
            self._make()
        except UNREACHABLE as error:
            logger.error("the inbox cannot be reached yet: %s", type(error).__name__)

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """A transaction."""
        self._make()
        with self.engine.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._make()
        with self.engine.connect() as connection:
            yield connection

    def rows(self, asked: Any) -> list[Any]:
        """What a query finds."""
        with self._reading() as connection:
            return list(connection.execute(asked))

    @property
    def sealed(self) -> Mapping[sa.Column[Any], Seal]:
        """Every column that holds words or tells who wrote, and what they are closed with."""
        words = (MESSAGES.c.body, PARTS.c.body, PARTS.c.address, OPTIONS.c.title, OPTIONS.c.payload, ABOUT.c.value)
        return {**dict.fromkeys(words, self.seal), **dict.fromkeys((MESSAGES.c.message_id, PARTS.c.theirs), self._ids)}

    def _make(self) -> None:
        if self._made:
            return
        with self.engine.begin() as connection:
            if self._is_postgresql:
                # A server and its worker start at the same time, and PostgreSQL lets only one make a table.
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_TABLES_LOCK)))
            METADATA.create_all(connection)
            check_keys(connection, ABOUT, self.seal)
        self._made = True

    @property
    def _is_postgresql(self) -> bool:
        return bool(self.engine.dialect.name == "postgresql")

    @property
    def _insert(self) -> Callable[[sa.Table], Any]:
        insert = postgresql.insert if self._is_postgresql else sqlite.insert
        return insert

    @staticmethod
    def _move(connection: Connection, number: int, states: tuple[str, ...], **values: Any) -> bool:
        """Change a part if it is in one of the states; whether it was.

        Its message is locked first, so that two who settle the last two parts do not miss each other's.
        """
        message = sa.select(PARTS.c.message).where(PARTS.c.number == number).scalar_subquery()
        connection.execute(sa.select(MESSAGES.c.number).where(MESSAGES.c.number == message).with_for_update())
        change = PARTS.update().where(PARTS.c.number == number, PARTS.c.state.in_(states)).values(**values)
        return bool(connection.execute(change).rowcount)

    @staticmethod
    def _finish(connection: Connection, part: int) -> None:
        """The message of a part is done when none of its parts is left to send."""
        message = connection.execute(sa.select(PARTS.c.message).where(PARTS.c.number == part)).scalar()
        left = sa.select(PARTS.c.number).where(PARTS.c.message == message, PARTS.c.state.in_(UNSENT)).exists()
        open_ = sa.and_(MESSAGES.c.number == message, MESSAGES.c.state == ANSWERED, ~left)
        connection.execute(MESSAGES.update().where(open_).values(state=DONE))
        # Of somebody who is forgotten nothing stays, not even the id of the message that says so.
        gone = sa.and_(MESSAGES.c.number == message, MESSAGES.c.state == DONE, MESSAGES.c.note == FORGOTTEN)
        if connection.execute(MESSAGES.update().where(gone).values(person="")).rowcount:
            blank = {"person": "", "address": "", "line": "", "reply": "", "body": "", "theirs": None}
            connection.execute(PARTS.update().where(PARTS.c.message == message).values(**blank))
            Room._blur(connection, MESSAGES.c.number == message)

    @staticmethod
    def _blur(connection: Connection, which: Any) -> None:
        """Leave a digest of messages' ids."""
        for row in list(connection.execute(sa.select(MESSAGES.c.number, MESSAGES.c.message_id).where(which))):
            # With keys for words at rest it is one already.
            if not _DIGESTS.is_newest(row.message_id):
                blurred = {"message_id": digest(row.message_id)}
                connection.execute(MESSAGES.update().where(MESSAGES.c.number == row.number).values(blurred))


def note(text: str | None) -> str | None:
    """A note as it fits; codes of messengers may be longer."""
    return text[:_NOTE_LENGTH] if text else None
