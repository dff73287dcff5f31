"""Conversations as the tracker store keeps them, read while others write.

One conversation is held at a time and each query ends at once, so that ten thousand fit the memory and no answer waits.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from stillnight.conversations.errors import StoreRefusedError
from stillnight.conversations.sealing import seal_of
from stillnight.conversations.tables import ABOUT, CONVERSATIONS, EVENTS, FEEDBACK, check_version

Event = Mapping[str, Any]

# As in stillnight/safety/record.py, which cannot be read without Rasa.
SAFETY_SLOT: Final = "safety"
_SENDERS_AT_ONCE: Final = 200
_WAIT_SECONDS: Final = 30
_KINDS: Final = ("user", "bot", "active_loop", "session_started", "slot")


class StoreError(ValueError):
    """A tracker store that cannot be read; the message says why in one sentence."""


@dataclass(frozen=True)
class Opinion:
    """A thumb on an answer. message: id of the answer. at: seconds since 1970."""

    message: str
    helpful: bool
    at: float


@dataclass(frozen=True)
class Conversation:
    """events: what was said and what was open, oldest first. opinions: on answers."""

    events: tuple[Event, ...]
    opinions: tuple[Opinion, ...] = ()

    @property
    def unhelpful(self) -> frozenset[str]:
        """Ids of answers that were voted down."""
        return frozenset(each.message for each in self.opinions if not each.helpful)


class Conversations:
    """The conversations of one store."""

    def __init__(self, store: str, keys: str = "") -> None:
        """Open the store for reading; nothing is changed or made.

        Args:
            store: an SQLite file, or the address of another database (`postgresql://…`).
            keys: those that it is encrypted by, with commas between them.

        Raises:
            StoreError: when there is no such store.
        """
        self._name = store if "://" not in store else "the tracker store"
        self._engine = _engine(store)
        try:
            self._seal = seal_of(keys)
            tables = set(sa.inspect(self._engine).get_table_names())
            if ABOUT.name not in tables:
                raise StoreError(f"{self._name} holds no conversations, or those of an older version")
            with self._engine.connect() as connection:
                check_version(connection)
        except StoreRefusedError as error:
            raise StoreError(f"{self._name}: {error}") from error
        except SQLAlchemyError as error:
            raise StoreError(f"{self._name} cannot be read ({_reason(error)})") from error

    def since(self, seconds: float = 0.0) -> Iterator[Conversation]:
        """Whole conversations in which a patient said something since then (seconds since 1970). Raises StoreError."""
        try:
            for number, sender in self._senders(seconds):
                yield Conversation(self._events(number), self._opinions(sender))
        except StoreRefusedError as error:
            raise StoreError(f"{self._name}: {error}") from error
        except SQLAlchemyError as error:
            raise StoreError(f"{self._name} cannot be read ({_reason(error)})") from error

    def _senders(self, seconds: float) -> Iterator[tuple[int, str]]:
        last = 0
        heard = sa.exists().where(
            EVENTS.c.conversation == CONVERSATIONS.c.number, EVENTS.c.kind == "user", EVENTS.c.at >= seconds
        )
        while True:
            asked = (
                sa.select(CONVERSATIONS.c.number, CONVERSATIONS.c.sender)
                .where(CONVERSATIONS.c.number > last, heard)
                .order_by(CONVERSATIONS.c.number)
                .limit(_SENDERS_AT_ONCE)
            )
            senders = [(int(row.number), str(row.sender)) for row in self._rows(asked)]
            yield from senders
            if len(senders) < _SENDERS_AT_ONCE:
                return
            last = senders[-1][0]

    def _events(self, conversation: int) -> tuple[Event, ...]:
        wanted = EVENTS.c.conversation == conversation, EVENTS.c.kind.in_(_KINDS)
        rows = self._rows(sa.select(EVENTS.c.data).where(*wanted).order_by(EVENTS.c.place))
        events = (json.loads(self._seal.open(row.data)) for row in rows)
        return tuple(each for each in events if each["event"] != "slot" or each["name"] == SAFETY_SLOT)

    def _opinions(self, sender: str) -> tuple[Opinion, ...]:
        # Without the reason, which is somebody's own words.
        asked = sa.select(FEEDBACK.c.message, FEEDBACK.c.helpful, FEEDBACK.c.at).where(FEEDBACK.c.sender == sender)
        return tuple(Opinion(str(row.message), bool(row.helpful), float(row.at)) for row in self._rows(asked))

    def _rows(self, asked: Any) -> list[Any]:
        with self._engine.connect() as connection:
            return list(connection.execute(asked).fetchall())


def _engine(store: str) -> Any:
    if "://" in store:
        try:
            return sa.create_engine(store)
        except (ArgumentError, ImportError) as error:
            raise StoreError("the address of the tracker store is not understood, or its driver is missing") from error
    path = Path(store)
    if not path.is_file():
        raise StoreError(
            f"{store} is not there: no conversation was kept yet, or STILLNIGHT_DATA_DIR is another folder"
        )
    address = f"file:{quote(str(path.resolve()))}?mode=ro"
    return sa.create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(address, uri=True, timeout=_WAIT_SECONDS), poolclass=StaticPool
    )


def _reason(error: SQLAlchemyError) -> str:
    """Why, without the query, which may hold a sender id."""
    return str(getattr(error, "orig", None) or type(error).__name__)
