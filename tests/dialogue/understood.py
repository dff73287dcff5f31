"""A conversation in which a message may be given as the model would have understood it."""

from __future__ import annotations

from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from stillnight.channels.message import Collector, Reply
from stillnight.commands.converse import Conversation
from stillnight.content.catalogue import catalogue
from stillnight.nlu.labels import parse_data_of_choice
from stillnight.safety.guard import guard


class Talk(Conversation):
    """One person's talk. Ids must differ between conversations of one agent."""

    def __init__(self, agent: Agent, sender: str) -> None:
        """Nothing is said until `start` or the first message."""
        self.agent = agent
        self.sender = sender
        super().__init__(agent, catalogue(), sender)

    async def hear(self, text: str, label: str, **understood: Any) -> list[Reply]:
        """Say something of which the label is known, and other keys of the parsed message."""
        collector = Collector(catalogue())
        parsed = {**parse_data_of_choice(f"/{label}", text), **understood}
        await guard().hear(self.agent, UserMessage(text, collector, self.sender, parse_data=parsed))
        return collector.replies
