"""Conversations as Rasa's SQL tracker store keeps them, read while others write.

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

Event = Mapping[str, Any]

# As in stillnight/safety/record.py, which cannot be read without Rasa.
SAFETY_SLOT: Final = "safety"
_SENDERS_AT_ONCE: Final = 200
_WAIT_SECONDS: Final = 30
_EVENTS: Final = sa.table(
    "events", *map(sa.column, ("id", "sender_id", "type_name", "timestamp", "action_name", "data"))
)
_FEEDBACK: Final = sa.table("feedback", *map(sa.column, ("sender_id", "message_id", "helpful")))


class StoreError(ValueError):
    """A tracker store that cannot be read; the message says why in one sentence."""


@dataclass(frozen=True)
class Conversation:
    """events: what was said and what was open, oldest first. unhelpful: ids of answers that were voted down."""

    events: tuple[Event, ...]
    unhelpful: frozenset[str]


class Conversations:
    """The conversations of one store."""

    def __init__(self, store: str) -> None:
        """Open the store for reading; nothing is changed or made.

        Args:
            store: an SQLite file, or the address of another database (`postgresql://…`).

        Raises:
            StoreError: when there is no such store.
        """
        self._name = store if "://" not in store else "the tracker store"
        self._engine = _engine(store)
        try:
            tables = set(sa.inspect(self._engine).get_table_names())
        except SQLAlchemyError as error:
            raise StoreError(f"{self._name} cannot be read ({_reason(error)})") from error
        if "events" not in tables:
            raise StoreError(f"{self._name} holds no conversations")
        self._has_feedback = "feedback" in tables

    def since(self, seconds: float = 0.0) -> Iterator[Conversation]:
        """Whole conversations in which a patient said something since then (seconds since 1970). Raises StoreError."""
        try:
            for sender in self._senders(seconds):
                yield Conversation(self._events(sender), self._unhelpful(sender))
        except SQLAlchemyError as error:
            raise StoreError(f"{self._name} cannot be read ({_reason(error)})") from error

    def _senders(self, seconds: float) -> Iterator[str]:
        last = ""
        while True:
            asked = (
                sa.select(_EVENTS.c.sender_id)
                .distinct()
                .where(_EVENTS.c.sender_id > last, _EVENTS.c.type_name == "user", _EVENTS.c.timestamp >= seconds)
                .order_by(_EVENTS.c.sender_id)
                .limit(_SENDERS_AT_ONCE)
            )
            senders = [str(row[0]) for row in self._rows(asked)]
            yield from senders
            if len(senders) < _SENDERS_AT_ONCE:
                return
            last = senders[-1]

    def _events(self, sender: str) -> tuple[Event, ...]:
        wanted = sa.or_(
            _EVENTS.c.type_name.in_(("user", "bot", "active_loop", "session_started")),
            sa.and_(_EVENTS.c.type_name == "slot", _EVENTS.c.action_name == SAFETY_SLOT),
        )
        asked = sa.select(_EVENTS.c.data).where(_EVENTS.c.sender_id == sender, wanted).order_by(_EVENTS.c.id)
        return tuple(json.loads(row[0]) for row in self._rows(asked))

    def _unhelpful(self, sender: str) -> frozenset[str]:
        if not self._has_feedback:
            return frozenset()
        voted = _FEEDBACK.c.sender_id == sender, _FEEDBACK.c.helpful.in_((False,))
        return frozenset(str(row[0]) for row in self._rows(sa.select(_FEEDBACK.c.message_id).where(*voted)))

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
