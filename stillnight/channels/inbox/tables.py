"""Tables of the inbox. Words stand in them only until they are answered or sent.

With keys for words at rest, columns that hold words or addresses are encrypted, and messengers' ids are digests
(`Room.sealed`).
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Connection

METADATA: Final = sa.MetaData()

# States of a message. `WAITING` and `ANSWERED` keep later messages of the same person back.
WAITING: Final = "waiting"
ANSWERED: Final = "answered"
DONE: Final = "done"
DROPPED: Final = "dropped"

UNFINISHED: Final = (WAITING, ANSWERED)

# States of a part; the first is `WAITING` too. `LEAVING`: the request may be on its way. `UNANSWERED`: it left, and how
# it ended is not known.
LEAVING: Final = "leaving"
UNANSWERED: Final = "unanswered"
SENT: Final = "sent"
DEAD: Final = "dead"
UNSENT: Final = (WAITING, LEAVING, UNANSWERED)

# A note: everything else of that person is deleted.
FORGOTTEN: Final = "forgotten"

# SQLite counts up by itself in a column of this very type alone.
_NUMBER: Final = sa.BigInteger().with_variant(sa.Integer, "sqlite")

MESSAGES: Final = sa.Table(
    "inbox_messages",
    METADATA,
    sa.Column("number", _NUMBER, primary_key=True),
    sa.Column("channel", sa.String(64), nullable=False),
    # The messenger's id: a message that is delivered again is the same message. A digest of it when its writer is
    # forgotten.
    sa.Column("message_id", sa.String(512), nullable=False),
    # The conversation, as in the tracker store.
    sa.Column("person", sa.String(255), nullable=False),
    # By the messenger's clock and by ours, seconds since 1970.
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("received_at", sa.Float, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    # `Incoming` as JSON, emptied when the message is done.
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("due_at", sa.Float, nullable=False, default=0.0),
    sa.Column("note", sa.String(64)),
    sa.UniqueConstraint("channel", "message_id"),
    sa.Index("inbox_messages_by_person", "person", "state"),
    sa.Index("inbox_messages_by_state", "state", "due_at"),
    # Numbers are not given twice, even when the last message is deleted.
    sqlite_autoincrement=True,
)

PARTS: Final = sa.Table(
    "outbox_parts",
    METADATA,
    sa.Column("number", _NUMBER, primary_key=True),
    sa.Column("message", _NUMBER, sa.ForeignKey("inbox_messages.number", ondelete="CASCADE"), nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("channel", sa.String(64), nullable=False),
    sa.Column("person", sa.String(255), nullable=False),
    # Where it goes, emptied when it is sent, and from which number of ours.
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("line", sa.Text, nullable=False),
    # Which of the answer's replies it belongs to, for a thumb up or down on it.
    sa.Column("reply", sa.Text, nullable=False),
    # `Part` as JSON, emptied when it is sent.
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    # It answers a danger: nothing keeps it back, and it stays so however often it is tried.
    sa.Column("urgent", sa.Boolean, nullable=False, default=False),
    # How often it was not taken, and how many of those left without an answer coming.
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("unanswered", sa.Integer, nullable=False, default=0),
    sa.Column("due_at", sa.Float, nullable=False, default=0.0),
    # When the person wrote what it answers, by the messenger's clock.
    sa.Column("asked_at", sa.Float, nullable=False),
    sa.Column("sent_at", sa.Float),
    # Given along with the part and handed back in receipts.
    sa.Column("ours", sa.String(64), nullable=False, unique=True),
    # The messenger's id.
    sa.Column("theirs", sa.Text, index=True),
    sa.Column("note", sa.String(64)),
    sa.UniqueConstraint("message", "place"),
    sa.Index("outbox_parts_by_person", "person", "state"),
    sa.Index("outbox_parts_by_state", "state", "due_at"),
    sqlite_autoincrement=True,
)

OPTIONS: Final = sa.Table(
    "offered_options",
    METADATA,
    # Opaque and unguessable; good for one person alone.
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("person", sa.String(255), nullable=False, index=True),
    # Options of one answer share the number of the message that it answers.
    sa.Column("message", _NUMBER, nullable=False, index=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
)

# What holds for the whole inbox: whether the keys fit.
ABOUT: Final = sa.Table(
    "inbox_store",
    METADATA,
    sa.Column("name", sa.String(32), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)


def other_version(connection: Connection) -> str | None:
    """What is wrong with tables that another version of Stillnight made, in one sentence; None when nothing is.

    Nothing is moved over: an inbox holds words only until they are answered.
    """
    inspector = sa.inspect(connection)
    for table in METADATA.sorted_tables:
        if inspector.has_table(table.name):
            differing = {column["name"] for column in inspector.get_columns(table.name)} ^ {*table.columns.keys()}
            if differing:
                return (
                    f"the inbox is of another version of Stillnight ({table.name}.{min(differing)}): let that version "
                    "send what waits, then move the inbox away"
                )
    return None
