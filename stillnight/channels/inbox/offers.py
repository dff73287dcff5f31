"""Options that were offered: what an opaque id, or a number that somebody types, stands for."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from stillnight.channels.inbox.room import Room
from stillnight.channels.inbox.shapes import Offer
from stillnight.channels.inbox.tables import OPTIONS


class Offers(Room):
    """Kept with the answer that offers them (`Messages.answer`)."""

    def offer(self, person: str, option: str) -> Offer | None:
        """The option of this person with that id."""
        query = OPTIONS.select().where(OPTIONS.c.id == option, OPTIONS.c.person == person)
        with self._reading() as connection:
            row = connection.execute(query).first()
        return self._offer(row) if row else None

    def last_offers(self, person: str) -> list[Offer]:
        """The options of the newest answer that had any, in order."""
        newest = sa.select(sa.func.max(OPTIONS.c.message)).where(OPTIONS.c.person == person).scalar_subquery()
        query = OPTIONS.select().where(OPTIONS.c.person == person, OPTIONS.c.message == newest)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(OPTIONS.c.place))
            return [self._offer(row) for row in rows]

    def _offer(self, row: Any) -> Offer:
        return Offer(row.id, self.seal.open(row.title), self.seal.open(row.payload))
