"""Everything that is kept of one person, wherever it is: handed over, and deleted."""

from __future__ import annotations

import asyncio
from typing import Any

from stillnight.channels.inbox.house import House
from stillnight.conversations.store import ConversationStore


async def everything(store: ConversationStore, person: str, inbox: House | None = None) -> dict[str, Any]:
    """All of it as plain data; times are seconds since 1970.

    Args:
        store: of the conversations.
        person: conversation id.
        inbox: of the messengers, where there is one.

    Raises:
        StoreError: when the conversations cannot be read.
        sqlalchemy.exc.SQLAlchemyError: when the inbox cannot.
    """
    kept = {"conversation": person, **await store.export(person)}
    if inbox is not None:
        kept["on_their_way"] = await asyncio.to_thread(inbox.held_of, person)
    return kept


async def forget(store: ConversationStore, person: str, inbox: House | None = None) -> None:
    """Delete all of it. What it raises is as above; then something may still be there.

    Args:
        store: of the conversations.
        person: conversation id.
        inbox: of the messengers, where there is one.
    """
    await store.forget(person)
    if inbox is not None:
        await asyncio.to_thread(inbox.forget, person)
