"""What a server needs to do its work, and how each part is asked whether it can be used."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping

import sqlalchemy as sa
from sanic import Sanic

from stillnight.channels.inbox.tables import MESSAGES
from stillnight.observe.health import Check


def parts(app: Sanic, with_inbox: bool) -> Mapping[str, Check]:
    """Checks by name. Each is cheap and waits for a database beside the event loop.

    Args:
        app: `ctx` holds `agent`, `store` and `inbox`.
        with_inbox: whether messengers are configured.
    """
    # Nobody's conversation, and each process's own: they do not wait for each other.
    nobody = f"ready-{secrets.token_hex(8)}"

    async def model() -> bool:
        return app.ctx.agent is not None and bool(app.ctx.agent.is_ready())

    async def store() -> bool:
        await app.ctx.store.exists(nobody)
        return True

    async def lock() -> bool:
        if app.ctx.agent is None:
            return False
        async with app.ctx.agent.lock_store.lock(nobody):
            return True

    async def inbox() -> bool:
        def look() -> None:
            with app.ctx.inbox.engine.connect() as connection:
                connection.execute(sa.select(MESSAGES.c.number).limit(1)).all()

        await asyncio.to_thread(look)
        return app.ctx.post is not None

    found: dict[str, Check] = {"model": model, "store": store, "lock": lock}
    return found | {"inbox": inbox} if with_inbox else found
