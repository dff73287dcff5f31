"""Changing keys: what is plain, or encrypted by an older key, is encrypted by the first, while others go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import sqlalchemy as sa

from stillnight.conversations.errors import StoreError
from stillnight.conversations.records import CHECK, Records
from stillnight.conversations.tables import ABOUT, CONVERSATIONS, EVENTS, FEEDBACK

# In one transaction, for which somebody else's turn waits.
_ROWS: Final = 200
# Every column that holds words.
_SEALED: Final = (EVENTS.c.data, CONVERSATIONS.c.carried, FEEDBACK.c.reason, ABOUT.c.value)


class Rotation:
    """Of one database. Methods may wait for it, and raise StoreError."""

    def __init__(self, records: Records) -> None:
        """With the keys of `records`.

        Raises:
            StoreError: when there is no key.
        """
        if not records.seal.closes:
            raise StoreError("STILLNIGHT_ENCRYPTION_KEYS is blank: there is no key to encrypt by")
        self._records = records

    def left(self) -> int:
        """How many values are not encrypted by the first key."""
        return sum(self._records.seal.is_newest(row[-1]) is False for _, rows in self._batches() for row in rows)

    def run(self, told: Callable[[int], None] = lambda written: None) -> int:
        """Encrypt them by the first key; how many were written.

        It may be stopped and run again, and goes on where it was. Whoever still writes by an older key leaves values
        behind: see `left`.

        Args:
            told: called now and then with how many were written so far.
        """
        seal, written = self._records.seal, 0
        for column, rows in self._batches():
            table, old = column.table, [row for row in rows if not seal.is_newest(row[-1])]
            if not old:
                continue
            keys = list(table.primary_key.columns)
            with self._records.changing() as connection:
                for row in old:
                    mine = [key == value for key, value in zip(keys, row)]
                    # It may have been written, or deleted, since it was read.
                    now = connection.execute(sa.select(column).where(*mine).with_for_update()).scalar()
                    if now is not None and not seal.is_newest(now):
                        connection.execute(table.update().where(*mine).values({column: seal.close(seal.open(now))}))
                        written += 1
            told(written)
        return written

    def _batches(self) -> Iterator[tuple[sa.Column[Any], list[Any]]]:
        """All values that are sealed, some at a time: their keys, and the value last."""
        for column in _SEALED:
            keys = list(column.table.primary_key.columns)
            asked = sa.select(*keys, column).where(column.isnot(None)).order_by(*keys).limit(_ROWS)
            if column.table is ABOUT:
                asked = asked.where(ABOUT.c.name == CHECK)
            rows = self._records.rows(asked)
            while rows:
                yield column, rows
                last = sa.tuple_(*map(sa.literal, rows[-1][:-1]))
                rows = self._records.rows(asked.where(sa.tuple_(*keys) > last))
