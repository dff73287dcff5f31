"""Changing keys: what is plain, or encrypted by an older key, is encrypted by the first, while others go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, Final, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from stillnight.conversations.errors import StoreError
from stillnight.conversations.sealing import CHECK, Seal

# In one transaction, for which somebody else's turn waits.
_ROWS: Final = 200


class Kept(Protocol):
    """A database in which some columns are sealed."""

    @property
    def sealed(self) -> Mapping[sa.Column[Any], Seal]:
        """Every column that holds words, and what they are closed with. Of one named `name` the check alone."""
        ...

    def changing(self) -> AbstractContextManager[Connection]:
        """A transaction."""
        ...

    def rows(self, asked: Any) -> list[Any]:
        """What a query finds."""
        ...


class Rotation:
    """Of one database. Methods may wait for it, and raise what it raises."""

    def __init__(self, kept: Kept) -> None:
        """With the keys of `kept`.

        Raises:
            StoreError: when there is no key.
        """
        if not all(seal.closes for seal in kept.sealed.values()):
            raise StoreError("STILLNIGHT_ENCRYPTION_KEYS is blank: there is no key to encrypt by")
        self._kept = kept

    def left(self) -> int:
        """How many values are not encrypted by the first key."""
        return sum(not seal.is_newest(row[-1]) for _, seal, rows in self._batches() for row in rows)

    def run(self, told: Callable[[int], None] = lambda written: None) -> int:
        """Encrypt them by the first key; how many were written.

        It may be stopped and run again, and goes on where it was. Whoever still writes by an older key leaves values
        behind: see `left`.

        Args:
            told: called now and then with how many were written so far.
        """
        written = 0
        for column, seal, rows in self._batches():
            table, old = column.table, [row for row in rows if not seal.is_newest(row[-1])]
            if not old:
                continue
            keys = list(table.primary_key.columns)
            with self._kept.changing() as connection:
                for row in old:
                    mine = [key == value for key, value in zip(keys, row)]
                    # It may have been written, or deleted, since it was read.
                    now = connection.execute(sa.select(column).where(*mine).with_for_update()).scalar()
                    if now and not seal.is_newest(now):
                        connection.execute(table.update().where(*mine).values({column: seal.close(seal.open(now))}))
                        written += 1
            told(written)
        return written

    def _batches(self) -> Iterator[tuple[sa.Column[Any], Seal, list[Any]]]:
        """All values that are sealed, some at a time: their keys, and the value last. What is blank holds no words."""
        for column, seal in self._kept.sealed.items():
            keys = list(column.table.primary_key.columns)
            asked = sa.select(*keys, column).where(column.isnot(None), column != "").order_by(*keys).limit(_ROWS)
            if "name" in column.table.c:
                asked = asked.where(column.table.c.name == CHECK)
            rows = self._kept.rows(asked)
            while rows:
                yield column, seal, rows
                last = sa.tuple_(*map(sa.literal, rows[-1][:-1]))
                rows = self._kept.rows(asked.where(sa.tuple_(*keys) > last))
