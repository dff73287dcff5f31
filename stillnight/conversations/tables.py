"""Tables of kept conversations, and the version of their shape."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stillnight.conversations.errors import StoreRefusedError

METADATA: Final = sa.MetaData()
SCHEMA: Final = "1"
SENDER_MAX: Final = 255
# Processes that start at the same time make the tables one after the other.
_TABLES_LOCK: Final = 5_163_772_002
# Rasa's own tables, in which versions before kept conversations.
_RASA: Final = "events"

# SQLite counts up by itself in a column of this very type alone.
_NUMBER: Final = sa.BigInteger().with_variant(sa.Integer, "sqlite")

CONVERSATIONS: Final = sa.Table(
    "conversations",
    METADATA,
    # Never given twice: a conversation that was forgotten and begun again is another one.
    sa.Column("number", _NUMBER, primary_key=True),
    sa.Column("sender", sa.String(SENDER_MAX), nullable=False, unique=True),
    # How many events it has; the place of the newest.
    sa.Column("events", sa.Integer, nullable=False),
    # Place of the first event that is read for a turn, and what stands for all before it: events as JSON.
    sa.Column("read_from", sa.Integer, nullable=False),
    sa.Column("carried", sa.Text, nullable=False),
    # Time of the newest event, seconds since 1970.
    sa.Column("last_at", sa.Float, nullable=False, index=True),
    sqlite_autoincrement=True,
)

EVENTS: Final = sa.Table(
    "conversation_events",
    METADATA,
    sa.Column("conversation", _NUMBER, sa.ForeignKey("conversations.number", ondelete="CASCADE"), primary_key=True),
    # 1, 2, 3, … in each conversation.
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    # Rasa's name of the kind of event (`user`, `bot`, `slot`); its time, seconds since 1970; the event as JSON.
    sa.Column("kind", sa.String(64), nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
)

FEEDBACK: Final = sa.Table(
    "conversation_feedback",
    METADATA,
    sa.Column("sender", sa.String(SENDER_MAX), primary_key=True),
    # Id of the answer.
    sa.Column("message", sa.String(SENDER_MAX), primary_key=True),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("at", sa.Float, nullable=False, index=True),
)

ABOUT: Final = sa.Table(
    "conversation_store",
    METADATA,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

VERSION: Final = "schema"


def make_tables(connection: Connection) -> None:
    """Make what is missing, in the transaction of `connection`.

    Raises:
        StoreRefusedError: when there are tables of an older version or of something else, or some only.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_TABLES_LOCK)))
    found = set(sa.inspect(connection).get_table_names())
    if ABOUT.name in found:
        check_version(connection)
        missing = set(METADATA.tables) - found
        if missing:
            raise StoreRefusedError(f"the database lacks a table of the conversations ({min(missing)})")
        return
    foreign = found & ({_RASA} | set(METADATA.tables))
    if foreign:
        raise StoreRefusedError(
            f"the database holds conversations of an older version or of something else (table {min(foreign)}): "
            "move it away or name another one"
        )
    METADATA.create_all(connection)
    connection.execute(ABOUT.insert().values(name=VERSION, value=SCHEMA))


def check_version(connection: Connection) -> None:
    """Raises StoreRefusedError when the tables have another shape than this version's."""
    version = connection.execute(sa.select(ABOUT.c.value).where(ABOUT.c.name == VERSION)).scalar()
    if version != SCHEMA:
        raise StoreRefusedError(
            f"the database has conversations in format {version}; this version of Stillnight reads format {SCHEMA}"
        )
