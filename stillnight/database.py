"""Opening a database: SQLite beside the conversations by default, PostgreSQL when configured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError

# What passes by itself: a database that is down, too busy, or somewhere behind a broken line.
UNREACHABLE: Final = (sa.exc.OperationalError, sa.exc.InterfaceError, sa.exc.TimeoutError)


@dataclass(frozen=True)
class Patience:
    """How long is waited, in seconds: for a connection, for a statement, and for others who write to the same file."""

    connect: int = 5
    statement: int = 10
    busy: int = 10


_PATIENT: Final = Patience()
# A host that vanished is noticed within seconds, by a query under way as well as by an idle connection.
_ALIVE: Final = {
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
_PRAGMAS: Final = (
    # Readers and the writer do not wait for each other; what was committed survives a power cut.
    "journal_mode = WAL",
    "synchronous = FULL",
    # What is deleted is overwritten.
    "secure_delete = ON",
    "foreign_keys = ON",
)


class DatabaseError(ValueError):
    """An address that is no SQLite or PostgreSQL database."""


def open_database(url: str, patience: Patience = _PATIENT, ping: bool = True) -> Engine:
    """An engine with time limits for everything that it waits for.

    Args:
        url: as SQLAlchemy writes it: sqlite:///path or postgresql://user:password@host/name.
        patience: how long it waits.
        ping: whether each use of a connection begins with a question whether it still stands.

    Raises:
        DatabaseError: when it is neither.
    """
    try:
        kind = make_url(url).get_backend_name()
    except ArgumentError as error:
        raise DatabaseError("must look like sqlite:///path or postgresql://user:password@host/name") from error
    if kind == "sqlite":
        given: dict[str, Any] = {"check_same_thread": False, "timeout": patience.busy}
        limits = {"pool_timeout": patience.connect, "hide_parameters": True}
        engine = sa.create_engine(url, connect_args=given, poolclass=sa.pool.QueuePool, **limits)
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        return engine
    if kind == "postgresql":
        given = {**_ALIVE, "connect_timeout": patience.connect, "options": _options(patience)}
        limits = {"pool_timeout": patience.connect, "hide_parameters": True}
        return sa.create_engine(url, connect_args=given, pool_pre_ping=ping, **limits)
    raise DatabaseError(f"{kind} is not supported: use sqlite:///path or postgresql://user:password@host/name")


def hasty(engine: Engine) -> Engine:
    """The same database without waiting for the disk: what is written outlives the process, but maybe no power cut.

    A commit that waits for a disk takes milliseconds in which nobody can tell whether it will be, were the process
    killed. Leaves SQLite's own file alone, so that it stays whole.
    """
    if engine.dialect.name != "sqlite":
        options = f"{_options(_PATIENT)} -c synchronous_commit=off"
        given = {**_ALIVE, "connect_timeout": _PATIENT.connect, "options": options}
        return sa.create_engine(engine.url, connect_args=given, pool_size=1, pool_pre_ping=True)
    given = {"check_same_thread": False, "timeout": _PATIENT.busy}
    made = sa.create_engine(engine.url, connect_args=given, poolclass=sa.pool.QueuePool, pool_size=1)
    event.listen(made, "connect", _prepare)
    event.listen(made, "connect", _hurry)
    event.listen(made, "begin", _begin)
    return made


def _options(patience: Patience) -> str:
    return f"-c statement_timeout={1000 * patience.statement}"


def _hurry(connection: Any, _: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA wal_autocheckpoint = 0")


def _prepare(connection: Any, _: object) -> None:
    # Otherwise Python's driver decides when a transaction begins: not before something is changed.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    # Only changes are transactions. Each waits for its turn here and not halfway, where SQLite would refuse it.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
