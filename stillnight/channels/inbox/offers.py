"""Options that were offered: what an opaque id, or a number that somebody types, stands for."""

from __future__ import annotations

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
        return Offer(row.id, row.title, row.payload) if row else None

    def last_offers(self, person: str) -> list[Offer]:
        """The options of the newest answer that had any, in order."""
        newest = sa.select(sa.func.max(OPTIONS.c.message)).where(OPTIONS.c.person == person).scalar_subquery()
        query = OPTIONS.select().where(OPTIONS.c.person == person, OPTIONS.c.message == newest)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(OPTIONS.c.place))
            return [Offer(row.id, row.title, row.payload) for row in rows]
