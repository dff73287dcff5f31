"""A few messages answered to nobody before the first patient comes, so that nobody waits for what is loaded late."""

from __future__ import annotations

import logging
from copy import copy
from typing import Final

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore

from stillnight.assistant.loading import give_back_memory
from stillnight.assistant.local_actions import LocalActions
from stillnight.channels.message import Collector
from stillnight.content.catalogue import catalogue
from stillnight.conversations.locks import ConversationLocks
from stillnight.safety.guard import Guard

logger = logging.getLogger(__name__)

# A topic, a lab value, a medicine without a warning, and words that stand in other languages too: each loads its own.
MESSAGES: Final = (
    "my legs wont rest tonihgt",
    "what does my ferritin of 18 mean",
    "is paracetamol bad for restless legs",
    "do i have rls",
)
_NOBODY: Final = "rehearsal"


async def rehearse(agent: Agent, guard: Guard) -> None:
    """Answer `MESSAGES` with an assistant like `agent` that keeps nothing; what fails is logged, and nothing else.

    What loading took for a while is then given back.
    """
    try:
        twin = _twin(agent)
        for text in MESSAGES:
            await guard.hear(twin, UserMessage(text, Collector(catalogue()), _NOBODY, None, _NOBODY))
    except Exception as error:
        logger.error("the rehearsal failed: %s", type(error).__name__)
    give_back_memory()


def _twin(agent: Agent) -> Agent:
    """The same model and actions, and conversations of its own in memory."""
    twin = copy(agent)
    twin.processor = copy(agent.processor)
    assert twin.processor is not None
    twin.lock_store = twin.processor.lock_store = ConversationLocks()
    twin.tracker_store = twin.processor.tracker_store = InMemoryTrackerStore(twin.processor.domain)
    if isinstance(agent.action_endpoint, LocalActions):
        actions = copy(agent.action_endpoint)
        actions.store = twin.tracker_store
        twin.action_endpoint = twin.processor.action_endpoint = actions
    return twin
