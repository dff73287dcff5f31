"""A process of its own that answers people: reads, thinks, writes, says so on stdout.

Usage: python -m tests.conversations_store.child URL NAME FIRST LAST TURNS
Begins at the first line on stdin. Answers the people p{FIRST} to p{LAST - 1}, each TURNS times, ten at once; prints a
line `person text` for each turn that was kept.
"""

from __future__ import annotations

import asyncio
import sys

from stillnight.assistant.environment import prepare

prepare("ERROR")

from rasa.shared.core.domain import Domain  # noqa: E402

from stillnight.conversations.locks import ConversationLocks, SharedLocks  # noqa: E402
from stillnight.conversations.opening import conversation_locks  # noqa: E402
from stillnight.conversations.store import ConversationStore  # noqa: E402
from stillnight.paths import PROJECT  # noqa: E402
from tests.conversations_store.talks import fresh, turn  # noqa: E402


async def answer(store: ConversationStore, locks: ConversationLocks, person: str, text: str) -> None:
    async with locks.lock(person):
        tracker = await store.get_or_create_tracker(person, append_action_listen=False)
        for event in fresh(turn(text)):
            tracker.update(event)
            # Whoever else is let in now reads what is not yet written.
            await asyncio.sleep(0.001)
        await store.save(tracker)
        print(person, text, flush=True)


async def main(url: str, name: str, first: int, last: int, turns: int) -> None:
    store = ConversationStore(url, Domain.load(str(PROJECT / "domain.yml")))
    locks = conversation_locks(store)
    assert isinstance(locks, SharedLocks) == url.startswith("postgresql")
    print("ready", flush=True)
    sys.stdin.readline()
    few = asyncio.Semaphore(10)

    async def talk(number: int) -> None:
        for count in range(turns):
            async with few:
                await answer(store, locks, f"p{number}", f"{name}{count}")

    await asyncio.gather(*(talk(number) for number in range(first, last)))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])))
