"""Taking messages durably, and what the worker asks and tells of them."""

from __future__ import annotations

import sqlalchemy as sa

from stillnight.channels.inbox.house import House
from stillnight.channels.inbox.messages import Messages
from stillnight.channels.inbox.offers import Offers
from stillnight.channels.inbox.outbox import UNCONFIRMED, Outbox, SettledError
from stillnight.channels.inbox.shapes import Answer, Arrival, Offer, Outgoing, Taken
from stillnight.channels.inbox.tables import MESSAGES, PARTS, UNSENT, WAITING

__all__ = ["UNCONFIRMED", "Answer", "Arrival", "Inbox", "Offer", "Outgoing", "SettledError", "Taken"]


class Inbox(Messages, Outbox, Offers, House):
    """One database with messages in, parts out, options and housekeeping; each method is one transaction."""

    def people_with_work(self, now: float, most: int) -> list[str]:
        """Conversations in which something is due, urgent answers first, then the longest waiting."""
        rank = sa.case((PARTS.c.urgent, 0), else_=1)
        due = sa.union_all(
            sa.select(PARTS.c.person, rank.label("rank"), PARTS.c.due_at.label("since")).where(
                PARTS.c.state.in_(UNSENT), PARTS.c.due_at <= now
            ),
            sa.select(MESSAGES.c.person, sa.literal(1), MESSAGES.c.received_at).where(
                MESSAGES.c.state == WAITING, MESSAGES.c.due_at <= now
            ),
        ).subquery()
        first = (sa.func.min(due.c.rank), sa.func.min(due.c.since))
        query = sa.select(due.c.person).group_by(due.c.person).order_by(*first).limit(most)
        with self._reading() as connection:
            return [str(row.person) for row in connection.execute(query)]
