"""Where conversations are kept: Rasa's SQL store, and what it lacks: forgetting, and what people thought of answers."""

from __future__ import annotations

import time
from typing import Any, Final

import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy import event

from stillnight.settings import Settings

_FEEDBACK: Final = sa.Table(
    "feedback",
    sa.MetaData(),
    sa.Column("sender_id", sa.String(255), primary_key=True),
    sa.Column("message_id", sa.String(255), primary_key=True),
    sa.Column("helpful", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("told_at", sa.Float, nullable=False),
)


class ConversationStore(SQLTrackerStore):
    """Rasa's store plus `forget` and `keep_feedback`."""

    def __init__(self, domain: Domain | None = None, **kwargs: Any) -> None:
        """Same arguments as Rasa's; SQLite overwrites what is deleted, so that no page of the file still holds it."""
        super().__init__(domain, **kwargs)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _overwrite_deleted)
            self.engine.dispose()
        _FEEDBACK.create(self.engine, checkfirst=True)

    def forget(self, sender: str) -> None:
        """Delete everything of one conversation."""
        with self.session_scope() as session:
            session.query(self.SQLEvent).filter(self.SQLEvent.sender_id == sender).delete()
            session.execute(_FEEDBACK.delete().where(_FEEDBACK.c.sender_id == sender))
            session.commit()

    def keep_feedback(self, sender: str, message: str, helpful: bool, reason: str | None) -> None:
        """What somebody thought of one answer; the last word counts.

        Args:
            sender: conversation id.
            message: id of the answer.
            helpful: whether it helped.
            reason: in their own words.
        """
        key = {"sender_id": sender, "message_id": message}
        with self.session_scope() as session:
            session.execute(_FEEDBACK.delete().where(*(_FEEDBACK.c[name] == value for name, value in key.items())))
            session.execute(_FEEDBACK.insert().values(**key, helpful=helpful, reason=reason, told_at=time.time()))
            session.commit()


def conversation_store(settings: Settings) -> ConversationStore:
    """The store in the data directory."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return ConversationStore(Domain.empty(), dialect="sqlite", db=str(settings.database))


def _overwrite_deleted(connection: Any, _: object) -> None:
    connection.execute("PRAGMA secure_delete = ON")
