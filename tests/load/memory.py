"""Whether memory grows with the messages that were answered.

Many people talk one after the other, each in a conversation of ten messages; what the server holds is read after every
tenth of them. The first tenth warms up.

Usage: .venv/bin/python -m tests.load.memory [MESSAGES]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Final

import aiohttp

from tests.conftest import Server
from tests.load.people import UNLIMITED, ask_ours, memory_mb, questions

MESSAGES: Final = 50_000
AT_ONCE: Final = 8
_OF_A_CONVERSATION: Final = 10
_STEPS: Final = 10


async def talk(server: Server, messages: int) -> int:
    """So many messages, by several people at once; how many were not answered."""
    texts, wrong = questions(), 0
    left = iter(range(messages // _OF_A_CONVERSATION))
    async with aiohttp.ClientSession() as client:

        async def conversations() -> None:
            nonlocal wrong
            for _ in left:
                ask = await ask_ours(client, [server.url])
                for _ in range(_OF_A_CONVERSATION):
                    wrong += not await ask(next(texts))

        await asyncio.gather(*(conversations() for _ in range(AT_ONCE)))
    return wrong


def main() -> None:
    """Print megabytes after each tenth."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), UNLIMITED).start()
        try:
            held, wrong = [], 0
            for step in range(1, _STEPS + 1):
                wrong += asyncio.run(talk(server, messages // _STEPS))
                held.append(memory_mb(server))
                print(f"{step * messages // _STEPS} messages: {held[-1]} MB", flush=True)
        finally:
            server.kill()
    print(f"last / first: {held[-1] / held[0]:.3f}; not answered: {wrong}")


if __name__ == "__main__":
    main()
