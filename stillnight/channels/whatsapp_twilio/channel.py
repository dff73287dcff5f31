"""The webhook for Twilio: `/webhooks/whatsapp_twilio/webhook`, for messages and for how far ours came."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from rasa.core.channels.channel import UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from stillnight.channels.messenger.channel import MessengerChannel
from stillnight.channels.messenger.incoming import DeliveryError
from stillnight.channels.messenger.outgoing import Road
from stillnight.channels.messenger.webhook import acknowledge
from stillnight.channels.whatsapp_twilio.rest import NAME, OURS, TwilioRoad
from stillnight.channels.whatsapp_twilio.signature import signed_by
from stillnight.channels.whatsapp_twilio.webhook import read_delivery, read_form
from stillnight.messenger_settings import TwilioSettings

HEADER: Final = "X-Twilio-Signature"


class TwilioChannel(MessengerChannel[TwilioSettings]):
    """Takes what Twilio signed, acknowledges it when it is kept, and leaves the answer to the worker."""

    settings_class = TwilioSettings

    @classmethod
    def name(cls) -> str:
        """The channel's part of the address."""
        return NAME

    def road(self) -> Road:
        """The way back to the person."""
        chosen = self._settings
        token = chosen.secret("auth_token")
        return TwilioRoad(chosen.account_sid, token, callback=chosen.public_url, typing=chosen.typing, api=chosen.api)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's routes. `on_new_message` is not used: messages go through the inbox."""
        routes = Blueprint("stillnight_whatsapp_twilio")

        @routes.post("/webhook", name="receive")
        async def receive(request: Request) -> HTTPResponse:
            return await self._receive(request)

        return routes

    async def _receive(self, request: Request) -> HTTPResponse:
        try:
            form = read_form(request.body)
            query = f"?{request.query_string}" if request.query_string else ""
            url = f"{self._settings.public_url}{query}"
            if not signed_by(self._settings.secret("auth_token"), url, form, request.headers.get(HEADER)):
                return empty(status=401)
            delivery = read_delivery(request.body, time.time(), ours=request.args.get(OURS))
        except DeliveryError:
            return empty(status=400)
        kept = await acknowledge(request, NAME, delivery, self._settings.our_lines)
        # Twilio sends on to the person whatever stands in a reply.
        return kept if kept.status != 200 else empty(status=204)
