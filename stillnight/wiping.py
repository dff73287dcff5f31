"""Leaving nothing of what was deleted in the files of a database.

SQLite overwrites a deleted row (`secure_delete`), but not the copy that stays behind when it moves a row to another
page, which it does whenever pages are split or merged; only writing the file anew leaves none. PostgreSQL keeps deleted
rows until something is written over them, and writes tables anew when told to. Measured in docs/decisions/0012.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Engine

# So much is written anew in a second, which other writers wait for without being refused.
SMALL_BYTES: Final = 100_000_000
_READ_WITHIN_SECONDS: Final = 1.0
_LOCK_WITHIN: Final = "5s"
_WIPE_LOCK: Final = 5_163_772_003


def file_size(engine: Engine) -> int:
    """Bytes of an SQLite file."""
    with engine.connect() as connection:
        count = connection.exec_driver_sql("PRAGMA page_count").scalar()
        return int(count * connection.exec_driver_sql("PRAGMA page_size").scalar())


def empty_log(engine: Engine) -> bool:
    """Empty SQLite's write-ahead log, in which deleted pages stand; False while somebody reads there."""
    with engine.connect() as connection:
        busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
    return not busy


def wipe_file(engine: Engine) -> bool:
    """Write an SQLite file anew; False when somebody was reading what it was before, and it has to be tried again.

    Others who write wait meanwhile, about a second for 100 MB. It needs as much room again.
    """
    # What is put aside for the time being is nobody's file where it can be helped.
    store = "MEMORY" if file_size(engine) <= SMALL_BYTES else "FILE"
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA temp_store = {store}")
        connection.exec_driver_sql("VACUUM")
    deadline = time.monotonic() + _READ_WITHIN_SECONDS
    while not empty_log(engine):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def wipe_tables(engine: Engine, tables: Iterable[sa.Table]) -> bool:
    """Write tables of PostgreSQL anew, each locked meanwhile; False when another process is at it.

    Raises:
        sqlalchemy.exc.DBAPIError: when one is in use for too long; those before it are done.
    """
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        try:
            if not connection.execute(sa.select(sa.func.pg_try_advisory_lock(_WIPE_LOCK))).scalar():
                return False
            connection.exec_driver_sql("SET statement_timeout = 0")
            connection.exec_driver_sql(f"SET lock_timeout = '{_LOCK_WITHIN}'")
            for table in tables:
                connection.exec_driver_sql(f"VACUUM FULL {table.name}")
            return True
        finally:
            # Its limits and its lock go with it.
            connection.invalidate()
