"""What the server that got a request has loaded: the assistant, and the store of conversations."""

from __future__ import annotations

from collections.abc import Sequence

from rasa.core.agent import Agent
from sanic.request import Request

from stillnight.channels.conversation import Turn, turns
from stillnight.content.catalogue import catalogue
from stillnight.conversations.store import ConversationStore


class NotReadyError(RuntimeError):
    """It could not be loaded, or not yet."""


def agent_of(request: Request) -> Agent:
    """The assistant. Raises NotReadyError."""
    agent = request.app.ctx.agent
    if agent is None:
        raise NotReadyError
    return agent


def store_of(request: Request) -> ConversationStore:
    """The conversations. Raises NotReadyError."""
    store = request.app.ctx.store
    if store is None:
        raise NotReadyError
    return store


async def turns_of(request: Request, sender: str) -> Sequence[Turn]:
    """A whole conversation. Raises NotReadyError, and StoreError when it cannot be read."""
    tracker = await agent_of(request).tracker_store.retrieve_full_tracker(sender)
    return turns(tracker.events, catalogue().references) if tracker else []
