"""Real processes on one database: nothing is mixed, and what was said to be kept is kept, whatever is killed."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from rasa.shared.core.domain import Domain

from stillnight.conversations.locks import ConversationLocks
from stillnight.conversations.opening import conversation_locks
from stillnight.conversations.store import ConversationStore
from stillnight.paths import PROJECT
from tests.conversations_store.talks import dumped, say, turn

PAIRS = 150


class Child:
    """One process, see `tests.conversations_store.child`."""

    def __init__(self, *arguments: Any) -> None:
        command = [sys.executable, "-m", "tests.conversations_store.child", *map(str, arguments)]
        self.process = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def wait_ready(self) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"

    def go(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def end(self, kill: bool = False) -> list[tuple[str, str]]:
        """What it said that it kept."""
        if kill:
            self.process.kill()
        told, errors = self.process.communicate(timeout=300)
        assert kill or self.process.returncode == 0, errors
        # A line that is cut off was not said.
        lines = told.splitlines() if told.endswith("\n") else told.splitlines()[:-1]
        return [(person, text) for person, text in map(str.split, lines)]


@pytest.fixture
def children() -> Iterator[list[Child]]:
    """Ended whatever happens."""
    started: list[Child] = []
    yield started
    for child in started:
        child.process.kill()


async def history(store: ConversationStore, person: str) -> list[str]:
    """What both said; fails when a turn is not whole."""
    events = dumped(await store.retrieve_full_tracker(person)) if await store.exists(person) else []
    kinds = [event["event"] for event in events]
    assert kinds == ["user", "action", "bot", "action"] * (len(events) // 4)
    for said, told in zip(events[::4], events[2::4]):
        assert told["text"] == f"re: {said['text']}"
    return [event["text"] for event in events[::4]]


async def test_pairs_of_messages_to_one_person_over_two_processes(
    fresh: str, domain: Domain, children: list[Child]
) -> None:
    children += [Child(fresh, name, 0, PAIRS, 2) for name in ("a", "b")]
    for child in children:
        child.wait_ready()
    for child in children:
        child.go()
    for child in children:
        assert len(child.end()) == 2 * PAIRS
    store = ConversationStore(fresh, domain)
    mixed = 0
    for number in range(PAIRS):
        told = await history(store, f"p{number}")
        assert sorted(told) == ["a0", "a1", "b0", "b1"]
        assert told.index("a0") < told.index("a1")
        assert told.index("b0") < told.index("b1")
        mixed += told not in (["a0", "a1", "b0", "b1"], ["b0", "b1", "a0", "a1"])
    # They did meet.
    assert mixed


async def test_without_a_lock_the_store_refuses_rather_than_mixes(url: str, domain: Domain) -> None:
    mine, other = ConversationStore(url, domain), ConversationStore(url, domain)
    for number in range(20):
        one, two = await mine.get_or_create_tracker("p"), await other.get_or_create_tracker("p")
        for event in turn(f"mine{number}"):
            one.update(event)
        for event in turn(f"theirs{number}"):
            two.update(event)
        await (mine.save(one) if number % 2 else other.save(two))
        with pytest.raises(RuntimeError):
            await (other.save(two) if number % 2 else mine.save(one))
    read = dumped(await mine.retrieve_full_tracker("p"))
    assert [event["text"] for event in read if event["event"] == "user"] == [
        f"{'mine' if number % 2 else 'theirs'}{number}" for number in range(20)
    ]


async def test_kill_at_any_moment_loses_nothing_that_was_said_to_be_kept(
    url: str, domain: Domain, children: list[Child]
) -> None:
    rng = random.Random(6)
    kept: list[tuple[str, str]] = []
    for number in range(4):
        child = Child(url, f"k{number}-", 0, 12, 400)
        children.append(child)
        child.wait_ready()
        child.go()
        assert child.process.stdout is not None
        for _ in range(rng.randrange(20, 60)):
            # It is in the middle of its work.
            kept += [tuple(child.process.stdout.readline().split())]  # type: ignore[list-item]
        kept += child.end(kill=True)
    store = ConversationStore(url, domain)
    for number in range(12):
        said = await history(store, f"p{number}")
        promised = [text for person, text in kept if person == f"p{number}"]
        assert [text for text in said if text in promised] == promised
        # At most the turn that each was in the middle of was kept and not told.
        assert len(said) <= len(promised) + 4
    assert len(kept) >= 80


async def test_lock_of_a_killed_process_is_free_at_once(fresh: str, domain: Domain, children: list[Child]) -> None:
    child = Child(fresh, "k", 0, 1, 100_000)
    children.append(child)
    child.wait_ready()
    child.go()
    assert child.process.stdout is not None
    child.process.stdout.readline()
    child.end(kill=True)
    store = ConversationStore(fresh, domain)
    locks = conversation_locks(store)
    assert isinstance(locks, ConversationLocks)
    began = time.monotonic()
    async with locks.lock("p0"):
        await say(store, "p0", turn("after"))
    # Rasa's own tickets: 42 s.
    assert time.monotonic() - began < 20
    assert (await history(store, "p0"))[-1] == "after"
