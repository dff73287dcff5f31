"""Beginning a conversation before anything was typed, and forgetting one."""

from __future__ import annotations

from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel

from stillnight.conversations.store import ConversationStore


async def start_session(agent: Agent | None, sender: str, channel: OutputChannel) -> None:
    """Run the session start of a new conversation, so that the greeting stands there before the first question.

    Args:
        agent: a loaded assistant; nothing happens when there is none or it has no model.
        sender: conversation id.
        channel: where the greeting goes.
    """
    if agent is None or not agent.is_ready() or agent.processor is None:
        return
    async with agent.lock_store.lock(sender):
        tracker = await agent.processor.fetch_tracker_and_update_session(sender, channel)
        await agent.processor.save_tracker(tracker)


async def forget_conversation(agent: Agent, store: ConversationStore, sender: str) -> None:
    """Delete everything that is kept of a conversation, after whatever is still being answered in it.

    Args:
        agent: its lock keeps messages of one conversation apart.
        store: the one that the agent keeps conversations in.
        sender: conversation id.
    """
    async with agent.lock_store.lock(sender):
        await store.forget(sender)
