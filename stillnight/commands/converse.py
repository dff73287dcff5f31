"""Whole conversations from a script, through the real agent and the real actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from stillnight.assistant.sessions import start_session
from stillnight.channels import pictures
from stillnight.channels.message import Choice, Collector, Reply
from stillnight.content.catalogue import Catalogue
from stillnight.language.text import typed
from stillnight.nlu.labels import message_of_choice
from stillnight.safety.guard import guard


class Conversation:
    """One person's talk with the assistant. Ids must differ between conversations of one agent."""

    def __init__(self, agent: Agent, catalogue: Catalogue, sender: str) -> None:
        """Nothing is said until `start` or the first message."""
        self._agent = agent
        self._catalogue = catalogue
        self._sender = sender

    async def start(self) -> list[Reply]:
        """Open the session; the greeting."""
        collector = Collector(self._catalogue)
        await start_session(self._agent, self._sender, collector)
        return collector.replies

    async def say(self, text: str) -> list[Reply]:
        """Type a message."""
        return await self._send(UserMessage(typed(text), sender_id=self._sender))

    async def choose(self, choice: Choice) -> list[Reply]:
        """Press a button."""
        text, parse_data = message_of_choice(choice.payload, choice.title)
        return await self._send(UserMessage(text, sender_id=self._sender, parse_data=parse_data))

    async def _send(self, message: UserMessage) -> list[Reply]:
        collector = Collector(self._catalogue)
        message.output_channel = collector
        await guard().hear(self._agent, message)
        return collector.replies


async def converse(agent: Agent, catalogue: Catalogue, sender: str, turns: Sequence[str]) -> dict[str, Any]:
    """Hold one scripted conversation.

    Returns:
        `welcome`: the messages before the first turn; `turns`: the `text` of each turn and the
        `messages` that followed.
    """
    talk = Conversation(agent, catalogue, sender)
    welcome = await talk.start()
    answered = [{"text": turn, "messages": [as_dict(reply) for reply in await talk.say(turn)]} for turn in turns]
    return {"welcome": [as_dict(reply) for reply in welcome], "turns": answered}


def as_dict(reply: Reply) -> dict[str, Any]:
    """A reply for JSON: text, button titles with payloads, sources by id, title, year and address, images in words."""
    return {
        "text": reply.text,
        "buttons": [{"title": choice.title, "payload": choice.payload} for choice in reply.choices],
        "sources": [
            {"id": source.id, "title": source.title, "year": source.year, "url": source.url} for source in reply.sources
        ],
        "images": [pictures.alternative(picture) for picture in reply.pictures],
    }
