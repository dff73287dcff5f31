"""Who works on a conversation: one process at a time, and a dead one lets go at once.

Locks of the operating system and of PostgreSQL belong to a process or a connection, and end with it. There is no lease
that could outlive its owner and no clock to disagree about.
"""

from __future__ import annotations

import fcntl
import hashlib
import threading
from pathlib import Path
from typing import IO, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine


class Holding(Protocol):
    """Holds people for this process. Methods may wait for a disk or a database."""

    @property
    def lasting(self) -> bool:
        """Whether a hold ends with its process and never before, so that what others have begun is over."""
        ...

    def ready(self) -> bool:
        """Whether this process may work at all."""
        ...

    def take(self, person: str) -> bool:
        """Hold a person whom this process does not hold; False when another process does."""
        ...

    def release(self, person: str) -> None:
        """Let go of a person."""
        ...


class FileHolding:
    """One process works on everything; others wait for its end. For SQLite."""

    lasting = True

    def __init__(self, path: Path) -> None:
        """`path` is a file beside the database that is locked."""
        self._path = path
        self._file: IO[bytes] | None = None

    def ready(self) -> bool:
        """Whether this process has the lock, or could take it now."""
        if self._file is None:
            file = self._path.open("ab")
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                return False
            self._file = file
        return True

    def take(self, person: str) -> bool:
        """Everybody is this process's own."""
        return self._file is not None

    def release(self, person: str) -> None:
        """Nothing to do: the file stays locked until the process ends."""


class AdvisoryHolding:
    """Any number of processes, one for each person at a time. For PostgreSQL, and no pooler that shares sessions.

    All locks are one connection's. When that breaks, others may take people who are still being served here; then the
    conditions on which each state changes let only one of the two go on.
    """

    lasting = False

    def __init__(self, engine: Engine) -> None:
        """It takes one connection of `engine` for good."""
        self._engine = engine
        self._connection: Connection | None = None
        self._turn = threading.Lock()

    def ready(self) -> bool:
        """Always."""
        return True

    def take(self, person: str) -> bool:
        """By an advisory lock."""
        return self._call(sa.func.pg_try_advisory_lock, person)

    def release(self, person: str) -> None:
        """Unlock."""
        self._call(sa.func.pg_advisory_unlock, person)

    def _call(self, function: sa.func, person: str) -> bool:
        key = int.from_bytes(hashlib.blake2b(person.encode(), digest_size=8).digest(), "big", signed=True)
        with self._turn:
            if self._connection is None:
                self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            try:
                return bool(self._connection.execute(sa.select(function(key))).scalar())
            except Exception:
                # Its locks end with it, whatever was locked.
                self._connection.invalidate()
                self._connection.close()
                self._connection = None
                raise
