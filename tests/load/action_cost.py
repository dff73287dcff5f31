"""What a custom action costs beside an answer that is only said: the same conversation, one of each in turn.

Each answer is new to its conversation, which is as long for one as for the other.

Usage: .venv/bin/python -m tests.load.action_cost [PAIRS]
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

import aiohttp

from tests.conftest import Server
from tests.load.people import UNLIMITED, ask_ours

PAIRS: Final = 200
SAID: Final = "what is plmd"
COMPUTED: Final = "which medicines did i tell you about"
_PAIRS_OF_A_CONVERSATION: Final = 5


async def pairs(server: Server, count: int) -> tuple[list[float], list[float]]:
    """Milliseconds of answers that are said, and of answers that an action gives."""
    times: tuple[list[float], list[float]] = ([], [])
    async with aiohttp.ClientSession() as client:
        for number in range(count):
            if number % _PAIRS_OF_A_CONVERSATION == 0:
                ask = await ask_ours(client, [server.url])
            # Neither is always the first.
            order = [(SAID, times[0]), (COMPUTED, times[1])][:: 1 if number % 2 else -1]
            for text, taken in order:
                began = time.perf_counter()
                assert await ask(text)
                taken.append(1000 * (time.perf_counter() - began))
    return times


def main() -> None:
    """Print both medians and their difference."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), UNLIMITED).start()
        try:
            asyncio.run(pairs(server, _PAIRS_OF_A_CONVERSATION))
            said, computed = map(statistics.median, asyncio.run(pairs(server, count)))
        finally:
            server.kill()
    print(f"said {said:.1f} ms, by an action {computed:.1f} ms: {computed - said:+.1f} ms")


if __name__ == "__main__":
    main()
