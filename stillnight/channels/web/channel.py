"""The HTTP channel behind the widget and the chat page: `/webhooks/web/…`, described in openapi.yml."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from stillnight.channels.web.door import Door, Route
from stillnight.channels.web.emergency import Numbers
from stillnight.channels.web.limits import Limits
from stillnight.channels.web.papers import Papers
from stillnight.channels.web.records import Records
from stillnight.channels.web.talk import Talk
from stillnight.channels.web.tokens import Tokens
from stillnight.settings import Settings, settings

_DESCRIPTION: Final = Path(__file__).parent / "openapi.yml"

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class WebChannel(InputChannel):
    """Sessions belong to tokens that the server made; whoever has no token has no conversation."""

    def __init__(self, given: Settings | None = None) -> None:
        """Of this process's settings unless others are `given`."""
        chosen = given or settings()
        tokens, limits = Tokens(chosen.signing_secret(), chosen.token_days), Limits(chosen)
        self._door = Door(chosen, limits)
        self._talk = Talk(self.name(), tokens, limits, self._door)
        self._records, self._papers = Records(tokens), Papers(tokens)
        self._numbers = Numbers(tokens, chosen.clinic_contact)

    @classmethod
    def name(cls) -> str:
        """The channel's part of the address: /webhooks/web."""
        return "web"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The channel's routes. `on_new_message` is not used: messages go through the guard."""
        routes = Blueprint("stillnight_web")
        routes.static("/openapi.yml", str(_DESCRIPTION), content_type="application/yaml", name="description")
        table: tuple[tuple[str, str, Route, str], ...] = (
            ("POST", "/session", self._talk.start, "start"),
            ("DELETE", "/session", self._records.forget, "forget"),
            ("POST", "/messages", self._talk.answer, "answer"),
            ("GET", "/history", self._records.history, "history"),
            ("GET", "/transcript", self._records.transcript, "transcript"),
            ("GET", "/export", self._records.export, "export"),
            ("GET", "/summary", self._papers.summary, "summary"),
            ("GET", "/diary", self._papers.diary, "diary"),
            ("GET", "/numbers", self._numbers.numbers, "numbers"),
            ("POST", "/feedback", self._records.feedback, "feedback"),
        )
        for path in dict.fromkeys(path for _, path, _, _ in table):
            routes.add_route(self._door.told(_no_content), path, methods=["OPTIONS"], name=f"asked_first_{path[1:]}")
        for method, path, route, name in table:
            routes.add_route(self._door.told(route), path, methods=[method], name=name)
        # A form of the page itself: without referrer its Origin is “null”, and its token is in the body.
        printing = self._door.told(self._papers.print, from_anywhere=True)
        routes.add_route(printing, "/summary", methods=["POST"], name="print")
        return routes


async def _no_content(_: Request) -> HTTPResponse:
    return empty()
