"""Very many conversations at once in one process: each keeps its own, and none of them weighs on the server.

In CI two hundred. The full run: STILLNIGHT_SESSIONS=10000.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from random import Random
from typing import Final

import aiohttp
import pytest

from stillnight.content.catalogue import catalogue
from tests.conftest import Server
from tests.load.people import UNLIMITED, memory_mb

SESSIONS: Final = int(os.environ.get("STILLNIGHT_SESSIONS", "200"))
AT_ONCE: Final = 16
# What is loaded with the first messages, and what a thousand conversations may take for good.
_MB_ASIDE: Final = 40
_MB_OF_A_THOUSAND: Final = 4


def value(number: int) -> str:
    """A ferritin that nobody else has."""
    return f"{20 + number / 100:.2f}".rstrip("0").rstrip(".")


class Talk:
    """Everybody's sessions at one server, and what went wrong."""

    def __init__(self, url: str, client: aiohttp.ClientSession) -> None:
        self._url, self._client = f"{url}/webhooks/web", client
        self.tokens: dict[int, dict[str, str]] = {}
        self.wrong: list[str] = []

    async def opens(self, number: int) -> None:
        """Begin a conversation."""
        async with self._client.post(f"{self._url}/session") as answer:
            self.tokens[number] = {"Authorization": f"Bearer {(await answer.json())['token']}"}

    async def tells(self, number: int) -> None:
        """Tell one's value."""
        await self._asks(number, f"my ferritin is {value(number)}")

    async def comes_back(self, number: int) -> None:
        """Ask of it again, and look at one's own conversation."""
        await self._asks(number, "is it low?")
        async with self._client.get(f"{self._url}/history", headers=self.tokens[number]) as answer:
            typed = [each["text"] for each in (await answer.json())["messages"] if each["from"] == "patient"]
        if typed != [f"my ferritin is {value(number)}", "is it low?"]:
            self.wrong.append(f"{number}: {typed}")

    async def _asks(self, number: int, text: str) -> None:
        told = catalogue().text("utter_not_saved")
        while told == catalogue().text("utter_not_saved"):
            # A disk that stood still for seconds: the person does as the chat says.
            body, headers = {"text": text}, self.tokens[number]
            async with self._client.post(f"{self._url}/messages", json=body, headers=headers) as answer:
                told = "\n".join(each["text"] for each in (await answer.json()).get("messages", ()))
        if answer.status != 200 or f" {value(number)} ng/mL" not in told:
            self.wrong.append(f"{number}: {answer.status} {told[:80]}")


async def everybody(does: Callable[[int], Awaitable[None]], rng: Random) -> None:
    """Each person once, in any order, some at the same time."""
    left = iter(rng.sample(range(SESSIONS), SESSIONS))

    async def some() -> None:
        for number in left:
            await does(number)

    await asyncio.gather(*(some() for _ in range(AT_ONCE)))


async def run(server: Server) -> tuple[list[str], int]:
    """What went wrong, and how many MB the server holds more when all have talked."""
    rng = Random(1)
    async with aiohttp.ClientSession() as client:
        talk = Talk(server.url, client)
        await everybody(talk.opens, rng)
        before = memory_mb(server)
        await everybody(talk.tells, rng)
        await everybody(talk.comes_back, rng)
    return talk.wrong, memory_mb(server) - before


@pytest.mark.usefixtures("model")
def test_each_of_very_many_conversations_keeps_its_own(tmp_path: Path) -> None:
    server = Server(tmp_path, UNLIMITED).start()
    try:
        wrong, grown = asyncio.run(run(server))
    finally:
        server.kill()
    assert not wrong, f"{len(wrong)}: {wrong[:5]}"
    print(f"{SESSIONS} conversations: {grown} MB more")
    assert grown <= _MB_ASIDE + _MB_OF_A_THOUSAND * SESSIONS / 1000
