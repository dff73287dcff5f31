"""Routes of the conversation itself: beginning one, and answering a message."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from typing import Any, Final

from rasa.core.channels.channel import UserMessage
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from stillnight.assistant.sessions import start_session
from stillnight.channels.conversation import START, reply_id
from stillnight.channels.message import Collector, Reply
from stillnight.channels.web import asked, shown
from stillnight.channels.web.door import Door
from stillnight.channels.web.limits import Limits
from stillnight.channels.web.saying import Speak, replies
from stillnight.channels.web.tokens import Tokens
from stillnight.language.text import encodable, typed
from stillnight.nlu.labels import message_of_choice
from stillnight.observe import metrics
from stillnight.safety.guard import guard

_MESSAGE: Final = "`text` or `choice`"
_LINES: Final = "application/x-ndjson"


class Talk:
    """Answers, in one piece or line by line."""

    def __init__(self, name: str, tokens: Tokens, limits: Limits, door: Door) -> None:
        """`name`: of the channel."""
        self._name, self._tokens, self._limits, self._door = name, tokens, limits, door

    async def start(self, request: Request) -> HTTPResponse:
        """A new conversation, its token and the greeting."""
        await self._limits.session(asked.address(request))
        sender, token = self._tokens.new_session()
        said = await replies(lambda channel: start_session(request.app.ctx.agent, sender, channel))
        metrics.session_begun()
        return json_response(
            {
                "token": token,
                "seconds": self._tokens.seconds,
                "messages": shown.messages(said, START, sender, self._tokens),
            },
            status=201,
        )

    async def answer(self, request: Request) -> HTTPResponse | None:
        """The answer to a message or a button."""
        sender = asked.sender(request, self._tokens)
        given = asked.body(request, _MESSAGE)
        text, parse_data = self._read(sender, given)
        key = asked.key(request)
        await self._limits.message(sender)
        hints = asked.whereabouts(request, given.get("country"))
        began = time.perf_counter()

        async def speak(channel: Collector) -> None:
            message = UserMessage(text, channel, sender, parse_data, self._name, message_id=key, metadata=hints)
            await guard().hear(request.app.ctx.agent, message)

        if _LINES not in (request.headers.get("accept") or ""):
            said = await replies(speak)
            metrics.answered(self._name, said, time.perf_counter() - began)
            return json_response({"id": key, "messages": shown.messages(said, key, sender, self._tokens)})
        said = await self._stream(request, speak, key, sender)
        metrics.answered(self._name, said, time.perf_counter() - began)
        return None

    async def _stream(self, request: Request, speak: Speak, key: str, sender: str) -> Sequence[Reply]:
        """Each reply as a line of its own, as soon as it is made."""
        begun: list[HTTPResponse] = []

        async def send(reply: Reply, place: int) -> None:
            if not begun:
                # Not before: what is refused is answered with its own status.
                begun.append(await request.respond(content_type=_LINES, headers=self._door.headers(request)))
            line = shown.message(reply, reply_id(key, place), sender, self._tokens)
            await begun[0].send(json.dumps(line) + "\n")

        said = await replies(speak, send)
        await begun[0].eof()  # type: ignore[no-untyped-call]
        return said

    def _read(self, sender: str, body: dict[str, Any]) -> tuple[str, dict[str, Any] | None]:
        text, choice_id = body.get("text"), body.get("choice")
        if isinstance(choice_id, str):
            choice = self._tokens.choice(sender, choice_id)
            return message_of_choice(choice.payload, choice.title)
        if isinstance(text, str):
            return typed(encodable(text)), None
        raise asked.BadRequestError(f"send a JSON object with {_MESSAGE}")
