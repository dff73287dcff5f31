"""`stillnight export` and `stillnight forget`: what is kept of one person, for a clinic that was asked for it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rasa.shared.core.domain import Domain

from stillnight.channels.inbox.house import House
from stillnight.channels.inbox.opening import open_inbox
from stillnight.commands.kept import PATIENCE, configured, is_there, must_exist
from stillnight.conversations.store import ConversationStore
from stillnight.database import DatabaseError
from stillnight.paths import PROJECT
from stillnight.privacy.personal import everything
from stillnight.privacy.personal import forget as forget_person
from stillnight.privacy.whose import NobodyError, of_phone, of_session


@dataclass(frozen=True)
class Wanted:
    """Whom it is about, one of the two. session: code or token. phone: on WhatsApp. lines: numbers of ours."""

    session: str | None = None
    phone: str | None = None
    lines: Sequence[str] = ()


def export(wanted: Wanted) -> str:
    """Everything that is kept of somebody, as JSON.

    Raises:
        NobodyError: when nothing is kept of them.
        DatabaseError, StoreError, SQLAlchemyError: when a database cannot be used.
    """
    return json.dumps(asyncio.run(_exported(wanted)), ensure_ascii=False, indent=2)


def forget(wanted: Wanted) -> str:
    """Delete everything that is kept of somebody; what to tell. Raises what `export` raises."""
    done = asyncio.run(_forgotten(wanted))
    wiped = "Nothing of it is left in the files." if done else "What is left in the files goes in the coming night."
    return f"It is deleted. {wiped} Backups have to be thrown away by hand."


async def _exported(wanted: Wanted) -> dict[str, Any]:
    store, inbox = _opened()
    return await everything(store, await _person(wanted, store, inbox), inbox)


async def _forgotten(wanted: Wanted) -> bool:
    store, inbox = _opened()
    await forget_person(store, await _person(wanted, store, inbox), inbox)
    return store.records.is_sqlite and await store.tidy()


def _opened() -> tuple[ConversationStore, House | None]:
    settings = configured()
    must_exist(settings.database_url, "STILLNIGHT_DATABASE")
    keys = settings.encryption_keys.get_secret_value()
    try:
        # Without it what is remembered would not be read.
        domain = Domain.load(str(PROJECT / "domain.yml"))
        store = ConversationStore(settings.database_url, domain, keys=keys, patience=PATIENCE)
    except DatabaseError as error:
        raise DatabaseError(f"STILLNIGHT_DATABASE {error}") from None
    return store, open_inbox(settings) if is_there(settings.inbox_url) else None


async def _person(wanted: Wanted, store: ConversationStore, inbox: House | None) -> str:
    settings = configured()
    if (wanted.session is None) == (wanted.phone is None):
        raise NobodyError("give either --session or --person")
    if wanted.session is not None:
        people = [of_session(wanted.session, settings)]
    else:
        people = of_phone(str(wanted.phone), wanted.lines, settings, inbox.engine if inbox else None)
    for person in people:
        if await store.exists(person) or (inbox is not None and any(inbox.held_of(person).values())):
            return person
    raise NobodyError(
        "nothing is kept of them. On WhatsApp some people are known by a name instead of their number: ask for the "
        "code that the chat tells them when they send “what do you know about me”"
    )
