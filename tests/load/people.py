"""People who ask a server: what the measurements of serving share."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import aiohttp

from tests.conftest import NO_LIMITS, Server

UNLIMITED: Final = {**NO_LIMITS, "STILLNIGHT_MESSAGES_PER_MINUTE": "1000000"}
_QUESTIONS: Final = sorted((Path(__file__).parent.parent / "nlu").glob("held_out*_topics.jsonl"))
# Fewer than the server keeps what it understood of.
ASKED_BEFORE: Final = 100

# Asks one question and gives whether it was answered.
Ask = Callable[[str], Awaitable[bool]]


def questions(different: int | None = None) -> Iterator[str]:
    """Held-out messages about all topics, 1,800 of them or the first `different`, again and again."""
    lines = [line for path in _QUESTIONS for line in path.read_text(encoding="utf-8").splitlines()]
    return itertools.cycle([json.loads(line)["text"] for line in lines[:different]])


async def ask_template(client: aiohttp.ClientSession, url: str, person: str) -> Ask:
    """A person at Rasa's REST channel."""

    async def ask(text: str) -> bool:
        body = {"sender": person, "message": text}
        async with client.post(f"{url}/webhooks/rest/webhook", json=body) as answer:
            return answer.status == 200 and bool(await answer.json())

    return ask


async def ask_ours(client: aiohttp.ClientSession, urls: Sequence[str]) -> Ask:
    """A person at the web channel, with a conversation of their own; each message goes to the next process."""
    addresses = itertools.cycle([f"{url}/webhooks/web" for url in urls])
    async with client.post(f"{next(addresses)}/session") as begun:
        token = {"Authorization": f"Bearer {(await begun.json())['token']}"}

    async def ask(text: str) -> bool:
        async with client.post(f"{next(addresses)}/messages", json={"text": text}, headers=token) as answer:
            return answer.status == 200 and bool((await answer.json())["messages"])

    return ask


def memory_mb(server: Server) -> int:
    """What a process holds now."""
    assert server.process is not None
    pages = int(Path(f"/proc/{server.process.pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20
