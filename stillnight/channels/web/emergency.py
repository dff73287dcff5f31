"""The route of the emergency numbers, which stand beneath the conversation at any time and need no conversation."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from stillnight.channels.web import asked, shown
from stillnight.channels.web.loaded import NotReadyError, agent_of
from stillnight.channels.web.tokens import Tokens
from stillnight.conversations.errors import StoreError
from stillnight.safety.guard import guard
from stillnight.safety.record import COUNTRY_SLOT


class Numbers:
    """Told whatever else is broken."""

    def __init__(self, tokens: Tokens, clinic: str) -> None:
        """`clinic`: how to reach it; blank when it has not said so."""
        self._tokens, self._clinic = tokens, clinic

    async def numbers(self, request: Request) -> HTTPResponse:
        """Those of the country that was chosen, or that the page or the browser tells."""
        chosen, change = None, None
        if request.headers.get("authorization"):
            sender = asked.sender(request, self._tokens)
            chosen = await self._country(request, sender)
            change = shown.button(guard().words.change_country(), sender, self._tokens)
        found, numbers = guard().emergency_number(chosen, asked.whereabouts(request, request.args.get("country")))
        return json_response(shown.numbers(found, numbers, self._clinic, change))

    async def _country(self, request: Request, sender: str) -> str | None:
        """What was chosen in the conversation; numbers are told without it too."""
        try:
            tracker = await agent_of(request).tracker_store.retrieve(sender)
        except (StoreError, NotReadyError):
            return None
        return tracker.get_slot(COUNTRY_SLOT) if tracker else None
