"""Conversations in their tables: what is read and written, in one statement or one transaction each. Knows no Rasa."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from stillnight.conversations.errors import ConversationChangedError, StoreDownError, StoreError
from stillnight.conversations.sealing import Seal, check_keys
from stillnight.conversations.tables import ABOUT, CONVERSATIONS, EVENTS, FEEDBACK, make_tables


@dataclass(frozen=True)
class Row:
    """An event as it is kept. at: seconds since 1970. data: JSON."""

    kind: str
    at: float
    data: str


@dataclass(frozen=True)
class Head:
    """How far a conversation is: its number, and the place of its newest event."""

    conversation: int
    place: int


@dataclass(frozen=True)
class Start:
    """Where reading begins from now on: a place, and the JSON of the events that stand for all before it."""

    read_from: int
    carried: str


@dataclass(frozen=True)
class Page:
    """What is read for a turn: `events` are the JSON of those from `start` on."""

    head: Head
    start: Start
    events: tuple[str, ...]


class _BrokenError(StoreDownError):
    """The connection is gone."""


class Records:
    """The tables of one database. Every public method may wait for it, and is safe in any thread."""

    def __init__(self, engine: Engine, seal: Seal, wait: float) -> None:
        """Nothing is opened yet.

        Args:
            engine: of the database.
            seal: for what holds words.
            wait: seconds to wait for another thread's change of an SQLite file.
        """
        self.engine = engine
        # A query alone needs no transaction around it, which PostgreSQL would be told of twice.
        self._reader = engine if self.is_sqlite else engine.execution_options(isolation_level="AUTOCOMMIT")
        self.seal = seal
        self._wait = wait
        self._ready = False
        self._one_writer = threading.Lock()

    # -- the way in

    def prepare(self) -> None:
        """Make the tables where they are missing, and see that they and the keys are the right ones.

        Raises:
            StoreRefusedError: when they are not.
            StoreDownError: when the database cannot be reached.
        """
        with self._guarded(), self._turn(), self.engine.begin() as connection:
            make_tables(connection)
            check_keys(connection, ABOUT, self.seal)
        self._ready = True

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """A transaction."""
        if not self._ready:
            self.prepare()
        with self._guarded(), self._turn(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read by."""
        if not self._ready:
            self.prepare()
        with self._guarded(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def rewriting(self) -> Iterator[Engine]:
        """The database, to write its files anew; nobody of this process changes an SQLite file meanwhile."""
        if not self._ready:
            self.prepare()
        with self._guarded(), self._turn():
            yield self.engine

    def rows(self, asked: Any) -> list[Any]:
        """What a query finds. A connection that broke unnoticed is noticed here, and another one taken."""
        try:
            return self._rows(asked)
        except _BrokenError:
            return self._rows(asked)

    def _rows(self, asked: Any) -> list[Any]:
        with self.reading() as connection:
            return list(connection.execute(asked).all())

    @property
    def sealed(self) -> Mapping[sa.Column[Any], Seal]:
        """Every column that holds words, and what they are closed with."""
        columns = (EVENTS.c.data, CONVERSATIONS.c.carried, FEEDBACK.c.reason, ABOUT.c.value)
        return dict.fromkeys(columns, self.seal)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of ours."""
        return bool(self.engine.dialect.name == "sqlite")

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except (sa.exc.DBAPIError, sa.exc.TimeoutError) as error:
            broken = isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated
            if broken or isinstance(error, sa.exc.ProgrammingError) or "no such table" in str(error):
                # It may come back as another one, or empty.
                self._ready = False
            # What a driver says may hold rows, and stays out of our errors.
            kind = _BrokenError if broken else StoreDownError
            raise kind(f"the database could not be used ({type(error).__name__})") from None

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """SQLite has one writer; its own way of waiting is to sleep and look again."""
        if not self.is_sqlite:
            yield
            return
        if not self._one_writer.acquire(timeout=self._wait):
            raise StoreDownError("the database is busy")
        try:
            yield
        finally:
            self._one_writer.release()

    # -- conversations

    def head(self, sender: str) -> Head | None:
        """How far a conversation is, None when there is none. Raises StoreError."""
        asked = sa.select(CONVERSATIONS.c.number, CONVERSATIONS.c.events).where(CONVERSATIONS.c.sender == sender)
        rows = self.rows(asked)
        return Head(rows[0].number, rows[0].events) if rows else None

    def page(self, sender: str, whole: bool = False) -> Page | None:
        """What is read for a turn, or all of it. None when there is nothing. Raises StoreError."""
        first = sa.literal(1) if whole else CONVERSATIONS.c.read_from
        asked = (
            sa.select(
                CONVERSATIONS.c.number,
                CONVERSATIONS.c.events,
                CONVERSATIONS.c.read_from,
                # Once and not in every row.
                sa.case((EVENTS.c.place == CONVERSATIONS.c.read_from, CONVERSATIONS.c.carried)).label("carried"),
                EVENTS.c.data,
            )
            .join(EVENTS, sa.and_(EVENTS.c.conversation == CONVERSATIONS.c.number, EVENTS.c.place >= first))
            .where(CONVERSATIONS.c.sender == sender)
            .order_by(EVENTS.c.place)
        )
        rows = self.rows(asked)
        if not rows:
            return None
        head = Head(rows[0].number, rows[0].events)
        start = Start(1, "[]") if whole else Start(rows[0].read_from, self.seal.open(rows[0].carried))
        if len(rows) != head.place - start.read_from + 1:
            raise StoreError("a conversation is not whole")
        return Page(head, start, tuple(self.seal.open(row.data) for row in rows))

    def append(self, sender: str, head: Head | None, rows: Sequence[Row], start: Start | None) -> Head:
        """Write the events of a turn, all or none of them.

        Args:
            sender: conversation id.
            head: how far the conversation was when it was read; None when there was none.
            rows: the new events, at least one.
            start: where reading begins from now on, None for where it did.

        Raises:
            ConversationChangedError: when it is not as it was read.
            StoreError: when the database cannot be used; then nothing is written.
        """
        place = head.place if head else 0
        values: dict[str, Any] = {"events": place + len(rows), "last_at": max(row.at for row in rows)}
        if start or not head:
            start = start or Start(1, "[]")
            values |= {"read_from": start.read_from, "carried": self.seal.close(start.carried)}
        sealed = [
            {"place": place + nth, "kind": row.kind, "at": row.at, "data": self.seal.close(row.data)}
            for nth, row in enumerate(rows, 1)
        ]
        with self.changing() as connection:
            number = self._advance(connection, sender, head, values)
            connection.execute(EVENTS.insert(), [{"conversation": number, **each} for each in sealed])
        return Head(number, place + len(rows))

    @staticmethod
    def _advance(connection: Connection, sender: str, head: Head | None, values: dict[str, Any]) -> int:
        changed = ConversationChangedError("the conversation was changed by somebody else")
        if head is None:
            try:
                added = connection.execute(CONVERSATIONS.insert().values(sender=sender, **values))
            except sa.exc.IntegrityError:
                raise changed from None
            return int(added.inserted_primary_key[0])
        mine = CONVERSATIONS.c.number == head.conversation, CONVERSATIONS.c.events == head.place
        if connection.execute(CONVERSATIONS.update().where(*mine).values(**values)).rowcount != 1:
            raise changed
        return head.conversation
