"""The store and the locks of this configuration."""

from __future__ import annotations

from rasa.core.lock_store import LockStore

from stillnight.conversations.errors import StoreRefusedError
from stillnight.conversations.locks import ConversationLocks, SharedLocks
from stillnight.conversations.store import ConversationStore
from stillnight.database import DatabaseError
from stillnight.holding import AdvisoryHolding
from stillnight.settings import Settings


def conversation_store(settings: Settings) -> ConversationStore:
    """The store. A database that is down is waited for; each turn says so.

    Raises:
        StoreRefusedError: when the database or the keys are not ours to use; somebody has to see to it.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    try:
        return ConversationStore(settings.database_url, keys=settings.encryption_keys.get_secret_value())
    except DatabaseError as error:
        raise StoreRefusedError(f"STILLNIGHT_DATABASE {error}") from None


def conversation_locks(store: ConversationStore) -> LockStore:
    """Locks that reach as far as the store: SQLite serves one process, PostgreSQL any number."""
    if store.records.is_sqlite:
        return ConversationLocks()
    return SharedLocks(AdvisoryHolding(store.records.engine))
