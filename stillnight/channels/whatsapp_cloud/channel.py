"""The webhook for Meta's Cloud API: `/webhooks/whatsapp_cloud/webhook`."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any, Final

from rasa.core.channels.channel import UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty, text

from stillnight.channels.messenger.channel import MessengerChannel
from stillnight.channels.messenger.incoming import DeliveryError
from stillnight.channels.messenger.outgoing import Road
from stillnight.channels.messenger.webhook import acknowledge
from stillnight.channels.whatsapp_cloud.graph import GraphApi
from stillnight.channels.whatsapp_cloud.signature import HEADER, signed_by, subscribed
from stillnight.channels.whatsapp_cloud.webhook import read_delivery
from stillnight.messenger_settings import CloudSettings

NAME: Final = GraphApi.name


class CloudChannel(MessengerChannel[CloudSettings]):
    """Takes deliveries that Meta signed, acknowledges them when they are kept, and leaves the answer to the worker."""

    settings_class = CloudSettings

    @classmethod
    def name(cls) -> str:
        """The channel's part of the address."""
        return NAME

    def road(self) -> Road:
        """The way back to the person."""
        chosen = self._settings
        return GraphApi(chosen.secret("access_token"), chosen.api, chosen.version)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The channel's routes. `on_new_message` is not used: messages go through the inbox."""
        routes = Blueprint("stillnight_whatsapp_cloud")

        @routes.get("/webhook", name="verify")
        async def verify(request: Request) -> HTTPResponse:
            return self._verify(request)

        @routes.post("/webhook", name="receive")
        async def receive(request: Request) -> HTTPResponse:
            return await self._receive(request)

        return routes

    def _verify(self, request: Request) -> HTTPResponse:
        challenge = subscribed(self._settings.secret("verify_token"), request.args)
        return empty(status=403) if challenge is None else text(challenge)

    async def _receive(self, request: Request) -> HTTPResponse:
        if not signed_by(self._settings.secret("app_secret"), request.body, request.headers.get(HEADER)):
            return empty(status=401)
        try:
            delivery = read_delivery(request.body, time.time())
        except DeliveryError:
            # It is signed and yet nothing of ours. Delivered again it would be no better.
            return empty(status=400)
        return await acknowledge(request, NAME, delivery, self._settings.our_lines)
