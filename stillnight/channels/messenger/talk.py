"""From a message of a messenger to what is said: the assistant, and what it need not be asked."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from stillnight.assistant.sessions import forget_conversation
from stillnight.channels.conversation import reply_id
from stillnight.channels.inbox.inbox import Answer, Inbox, Offer, Taken
from stillnight.channels.inbox.worker import Said
from stillnight.channels.message import ENGLISH, Choice, Collector, Reply, static_reply
from stillnight.channels.messenger.choosing import chosen
from stillnight.channels.messenger.command import Command, command_of
from stillnight.channels.messenger.incoming import MEDIA, SILENT, Kind
from stillnight.channels.messenger.outgoing import Option, Road
from stillnight.channels.messenger.shape import by_number, parts
from stillnight.content.catalogue import Catalogue
from stillnight.conversations.errors import StoreError
from stillnight.conversations.sealing import digest
from stillnight.conversations.store import ConversationStore
from stillnight.language.text import has_words, typed
from stillnight.nlu.labels import message_of_choice
from stillnight.observe import metrics
from stillnight.safety.guard import Guard

logger = logging.getLogger(__name__)

# Payloads that the assistant never sees.
DELETE: Final = "delete"
KEEP: Final = "keep"
_ASKED: Final = {Command.HELP: "/help", Command.START: "/greet"}
_THUMBS: Final = {"\N{THUMBS UP SIGN}": True, "\N{THUMBS DOWN SIGN}": False}
# Some telephones give a file its name for a caption.
_FILE_NAME: Final = re.compile(
    r"\s*\S[^\n]{0,200}\.(?:pdf|docx?|odt|rtf|txt|csv|xlsx?|jpe?g|png|heic|webp|tiff?|zip)\s*", re.I
)
_SKIN: Final = "".join(map(chr, range(0x1F3FB, 0x1F400)))


@dataclass(frozen=True)
class Meaning:
    """What a message asks: text and, for an option, its parse data; or an option that the assistant never sees."""

    text: str
    parse_data: dict[str, Any] | None = None
    own: str | None = None


class Conversations:
    """Answers messages of one inbox (`stillnight.channels.inbox.worker.Talk`)."""

    def __init__(
        self,
        agent: Agent | None,
        store: ConversationStore | None,
        inbox: Inbox,
        guard: Guard,
        catalogue: Catalogue,
    ) -> None:
        """`agent` and `store` are None when they could not be loaded: then danger alone is answered."""
        self._agent, self._store, self._inbox = agent, store, inbox
        self._guard, self._catalogue = guard, catalogue

    def is_urgent(self, taken: Taken) -> bool:
        """Whether rules find danger in what was typed, or nothing more is to be sent."""
        stops = taken.message.kind is Kind.MOVED or command_of(taken.message.text) is Command.STOP
        return stops or self._is_danger(taken)

    def apology(self, taken: Taken, road: Road) -> Said:
        """What is said when nothing else can be; nothing to whoever said nothing."""
        if taken.message.kind in SILENT:
            return Said()
        return self._said(taken, [self._words("utter_apology")], road)

    async def answer(self, taken: Taken, road: Road) -> Said:
        """What to say. Raises whatever the assistant raises before it said anything."""
        message = taken.message
        if message.kind in SILENT:
            await self._heed(taken)
            return Said()
        meaning = self._meaning(taken, road)
        command = None if self._is_danger(taken) or meaning.parse_data else command_of(meaning.text)
        if meaning.own is not None:
            replies = await self._own(taken, meaning.own)
        elif command in (Command.DELETE, Command.STOP):
            replies = self._obey(taken, command)
        elif command in _ASKED:
            replies = await self._ask(taken, Meaning(*message_of_choice(_ASKED[command], meaning.text)))
        elif self._says_something(taken, meaning):
            replies = await self._ask(taken, meaning)
            if message.kind in MEDIA:
                replies = self._captioned(replies)
        else:
            replies = [self._words(f"utter_messenger_{message.kind.value}")]
        if any(reply.sheet for reply in replies):
            # A PDF takes its time, and others wait for the loop.
            return await asyncio.to_thread(self._said, taken, replies, road)
        return self._said(taken, replies, road)

    def _is_danger(self, taken: Taken) -> bool:
        return taken.message.option is None and bool(self._guard.finder.find(taken.message.text))

    # -- understanding what was sent

    def _meaning(self, taken: Taken, road: Road) -> Meaning:
        message = taken.message
        if message.option is not None:
            offer = self._inbox.offer(taken.person, message.option)
            return _of_offer(offer) if offer else Meaning(typed(message.text))
        if message.text and not self._is_danger(taken):
            offers = self._inbox.last_offers(taken.person)
            options = [Option(offer.id, offer.title) for offer in offers]
            option = chosen(message.text, options, numbers=by_number(road.limits, len(options)))
            if option is not None:
                return _of_offer(next(offer for offer in offers if offer.id == option.id))
        return Meaning(typed(message.text))

    def _says_something(self, taken: Taken, meaning: Meaning) -> bool:
        """Whether there is anything to answer but that it cannot be read."""
        kind = taken.message.kind
        if meaning.parse_data or kind is Kind.TEXT:
            return True
        is_name = kind is Kind.DOCUMENT and _FILE_NAME.fullmatch(meaning.text)
        return has_words(meaning.text) and (not is_name or self._is_danger(taken))

    # -- answers

    async def _ask(self, taken: Taken, meaning: Meaning) -> Sequence[Reply]:
        collector = Collector(self._catalogue, taken.channel)
        message = UserMessage(
            meaning.text,
            collector,
            taken.person,
            meaning.parse_data,
            taken.channel,
            message_id=digest(taken.message.id),
            metadata=self._whereabouts(taken),
        )
        try:
            await self._guard.hear(self._agent, message)
        except StoreError:
            # Nothing of it was kept, so nothing is said: the message is here and is asked again.
            raise
        except Exception as error:
            if not collector.replies:
                raise
            logger.error("a turn could not be written down: %s", type(error).__name__)
        return self._introduced(collector.replies) or [self._words("utter_apology")]

    def _whereabouts(self, taken: Taken) -> dict[str, str]:
        """The country for emergency numbers. The telephone number itself is written down nowhere."""
        person = taken.message.person
        of_phone = self._guard.lines.of_phone(person.phone) if person.phone else None
        country = of_phone or person.key.partition(".")[0]
        return {"country": country} if country.isalpha() else {}

    def _introduced(self, replies: Sequence[Reply]) -> Sequence[Reply]:
        """The greeting of a new conversation, in a line beneath the answer that the person waits for."""
        if len(replies) < 2 or replies[0].text != self._catalogue.text("utter_greet"):
            return replies
        answer, *others = replies[1:]
        if answer.text == replies[0].text:
            return [answer, *others]
        intro = self._catalogue.text("utter_messenger_intro")
        return [replace(answer, text=f"{answer.text}\n\n{intro}"), *others]

    def _captioned(self, replies: Sequence[Reply]) -> Sequence[Reply]:
        """What was read of a picture or file: words alone. Not beside danger, where nothing else matters."""
        answer, *others = replies
        if any(reply.urgent for reply in replies):
            return replies
        return [answer.with_lines("\n" + self._catalogue.text("utter_messenger_caption"), ENGLISH), *others]

    def _obey(self, taken: Taken, command: Command) -> Sequence[Reply]:
        if command is Command.STOP:
            self._inbox.silence(taken.person, taken.number)
            return [self._words("utter_messenger_stop")]
        question = self._words("utter_messenger_delete")
        return [Reply(question.text, (self._option("yes", DELETE), self._option("no", KEEP)))]

    def _option(self, name: str, payload: str) -> Choice:
        return Choice(self._catalogue.text(f"utter_messenger_delete_{name}"), payload)

    async def _own(self, taken: Taken, payload: str) -> Sequence[Reply]:
        if payload == KEEP:
            return [self._words("utter_messenger_kept")]
        await self._forget(taken)
        self._inbox.forget(taken.person, but=taken.number, until=taken.number)
        return [self._words("utter_messenger_deleted")]

    async def _forget(self, taken: Taken) -> None:
        if self._store is None:
            raise RuntimeError("there is no store")
        if self._agent is None:
            await self._store.forget(taken.person)
        else:
            await forget_conversation(self._agent, self._store, taken.person)

    async def _heed(self, taken: Taken) -> None:
        """A thumb on an answer is an opinion on it; with a number, its conversation ends; all else needs nothing."""
        message, store = taken.message, self._store
        if message.kind is Kind.MOVED:
            # Whoever gets the old number must not read on, and nothing may go there any more.
            await self._forget(taken)
            self._inbox.forget(taken.person, until=taken.number)
            return
        helpful = _THUMBS.get(message.text.rstrip(_SKIN))
        if message.kind is not Kind.REACTION or helpful is None or message.about is None or store is None:
            return
        reply = self._inbox.reply_of(taken.channel, taken.person, message.about)
        if reply:
            await store.keep_feedback(taken.person, reply, helpful, None)
            metrics.opinion(helpful)

    def _words(self, name: str) -> Reply:
        return static_reply(self._catalogue, name)

    # -- shape

    def _said(self, taken: Taken, replies: Sequence[Reply], road: Road) -> Said:
        metrics.answered(taken.channel, replies, time.time() - taken.message.at)
        answers: list[Answer] = []
        offers: list[Offer] = []
        for place, reply in enumerate(replies):
            made = [Offer(secrets.token_hex(8), choice.title, choice.payload) for choice in reply.choices]
            offers += made
            options = [Option(offer.id, offer.title) for offer in made]
            first = len(offers) - len(made) + 1
            shaped = parts(reply, road.limits, options, self._catalogue, first=first)
            answers += [Answer(reply_id(digest(taken.message.id), place), part) for part in shaped]
        return Said(answers, offers)


def _of_offer(offer: Offer) -> Meaning:
    if offer.payload in (DELETE, KEEP):
        return Meaning(offer.title, own=offer.payload)
    return Meaning(*message_of_choice(offer.payload, offer.title))
