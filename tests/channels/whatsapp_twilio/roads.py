"""Ways to send over a road to the loopback Twilio."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from stillnight.channels.messenger.outgoing import Part, Road, SendError
from stillnight.channels.whatsapp_twilio.rest import TwilioRoad
from tests.channels.twilio_api import Trouble, TwilioApi

TO, LINE = "+447700900123", "+14155238886"
WORDS = "Ferritin 18 is low: *iron* may help."


class Written:
    """Counts, and remembers how many requests had come whole at the first call."""

    def __init__(self, api: TwilioApi | None = None) -> None:
        self.times, self._api, self.requests_before = 0, api, -1

    def __call__(self) -> None:
        self.times += 1
        if self._api is not None:
            self.requests_before = self._api.requests


@asynccontextmanager
async def road_to(api: TwilioApi, **settings: Any) -> AsyncIterator[TwilioRoad]:
    given = {"api": api.url, "messaging": api.url, "secret": api.token, **settings}
    road = TwilioRoad(given.pop("account", api.account), given.pop("secret"), **given)
    try:
        yield road
    finally:
        await road.close()


async def send(road: Road, part: Part | str = WORDS, to: str = TO, line: str = LINE, ours: str = "o1") -> str:
    return await road.send(to, line, Part(part) if isinstance(part, str) else part, ours, Written())


async def refused(api: TwilioApi, *troubles: Trouble, **settings: Any) -> SendError:
    """The error of one message."""
    api.troubles.extend(troubles)
    async with road_to(api, **settings) as road:
        with pytest.raises(SendError) as error:
            await send(road)
    return error.value
