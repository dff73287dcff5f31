"""`POST /webhooks/web/session` and `POST /webhooks/web/messages`: the HTTP channel behind the chat page."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from stillnight.assistant.sessions import start_session
from stillnight.channels import pictures
from stillnight.channels.message import Collector, Reply, static_reply
from stillnight.channels.web.problems import Problem, problem_response
from stillnight.channels.web.tokens import TokenError, Tokens
from stillnight.content.catalogue import catalogue
from stillnight.language.text import typed
from stillnight.nlu.labels import message_of_choice
from stillnight.safety.guard import guard
from stillnight.settings import settings

logger = logging.getLogger(__name__)

_LOCALE_MAX: Final = 100

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class WebChannel(InputChannel):
    """Sessions belong to tokens that the server made; whoever has no token has no conversation."""

    def __init__(self, tokens: Tokens | None = None) -> None:
        """Sign with the configured secret unless `tokens` are given."""
        self._tokens = tokens or Tokens(settings().signing_secret(), settings().token_days)

    @classmethod
    def name(cls) -> str:
        """The channel's part of the address: /webhooks/web."""
        return "web"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The channel's routes."""
        routes = Blueprint("stillnight_web")

        @routes.post("/session")
        async def start(request: Request) -> HTTPResponse:
            sender, token = self._tokens.new_session()
            replies = await self._replies(lambda channel: start_session(request.app.ctx.agent, sender, channel))
            return json({"token": token, "messages": self._shown(sender, replies)}, status=201)

        @routes.post("/messages")
        async def answer(request: Request) -> HTTPResponse:
            try:
                sender = self._tokens.sender(_token(request))
                text, parse_data = self._read(sender, _body(request))
            except TokenError as error:
                return problem_response(Problem(401, "Session not known", f"{error}; start a new session"))
            except ValueError as error:
                return problem_response(Problem(400, "Message not understood", str(error)))
            hints = {"locale": str(request.headers.get("accept-language") or "")[:_LOCALE_MAX]}
            replies = await self._replies(
                lambda channel: guard().hear(
                    request.app.ctx.agent,
                    UserMessage(
                        text, channel, sender, parse_data=parse_data, input_channel=self.name(), metadata=hints
                    ),
                )
            )
            return json({"messages": self._shown(sender, replies)})

        return routes

    async def _replies(self, speak: Callable[[Collector], Awaitable[Any]]) -> list[Reply]:
        """What the assistant says in one turn; an apology when it fails or says nothing, never silence."""
        collector = Collector(catalogue())
        try:
            await speak(collector)
        except Exception as error:
            # The message text stays out of the log.
            logger.error("a turn could not be answered: %s", type(error).__name__)
        return collector.replies or [static_reply(catalogue(), "utter_apology")]

    def _read(self, sender: str, body: dict[str, Any]) -> tuple[str, dict[str, Any] | None]:
        text, choice_id = body.get("text"), body.get("choice")
        if isinstance(choice_id, str):
            choice = self._tokens.choice(sender, choice_id)
            return message_of_choice(choice.payload, choice.title)
        if isinstance(text, str):
            return typed(text), None
        raise ValueError("send a JSON object with `text` or `choice`")

    def _shown(self, sender: str, replies: list[Reply]) -> list[dict[str, Any]]:
        return [
            {
                "text": reply.text,
                "buttons": [
                    {"title": choice.title, "choice": self._tokens.choice_id(sender, choice)}
                    for choice in reply.choices
                ],
                "sources": [
                    {
                        "id": source.id,
                        "title": source.title,
                        "journal": source.journal,
                        "year": source.year,
                        "url": source.url,
                    }
                    for source in reply.sources
                ],
                "contacts": [{"say": contact.say, "href": contact.href} for contact in reply.contacts],
                "images": [
                    {"svg": pictures.svg(picture), "alt": pictures.alternative(picture)} for picture in reply.pictures
                ],
            }
            for reply in replies
        ]


def _body(request: Request) -> dict[str, Any]:
    body = request.json
    if not isinstance(body, dict):
        raise ValueError("send a JSON object with `text` or `choice`")
    return body


def _token(request: Request) -> str:
    scheme, _, token = (request.headers.get("authorization") or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise TokenError("send the session token as `Authorization: Bearer …`")
    return token.strip()
