"""One turn at a time in each conversation, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy.engine import Engine

from stillnight.conversations.errors import BusyError, StoreDownError
from stillnight.conversations.locks import ConversationLocks, SharedLocks
from stillnight.database import open_database
from stillnight.holding import AdvisoryHolding
from tests.channels.inbox.cluster import TERMINATE, Cluster


@pytest.fixture
def engines() -> Iterator[list[Engine]]:
    """Closed afterwards."""
    opened: list[Engine] = []
    yield opened
    for engine in opened:
        engine.dispose()


def shared(url: str, engines: list[Engine], seconds: float = 60.0) -> SharedLocks:
    engines.append(open_database(url))
    return SharedLocks(AdvisoryHolding(engines[-1]), seconds)


@pytest.fixture(params=["one process", "any number"])
def locks(request: Any, engines: list[Engine]) -> ConversationLocks:
    if request.param == "one process":
        return ConversationLocks()
    return shared(request.getfixturevalue("fresh"), engines)


async def test_who_came_first_goes_first_and_alone(locks: ConversationLocks) -> None:
    order: list[tuple[str, int]] = []

    async def take(number: int) -> None:
        async with locks.lock("a"):
            order.append(("in", number))
            await asyncio.sleep(0)
            order.append(("out", number))

    await asyncio.gather(*(take(number) for number in range(30)))
    assert order == [(what, number) for number in range(30) for what in ("in", "out")]


async def test_people_do_not_wait_for_each_other(locks: ConversationLocks) -> None:
    async with locks.lock("a"), locks.lock("b"):
        pass


async def test_who_fails_or_gives_up_lets_the_next_one_in(locks: ConversationLocks) -> None:
    with pytest.raises(ZeroDivisionError):
        async with locks.lock("a"):
            raise ZeroDivisionError

    async def take() -> None:
        async with locks.lock("a"):
            await asyncio.sleep(3600)

    tasks = [asyncio.create_task(take()) for _ in range(3)]
    await asyncio.sleep(0.05)
    for task in (tasks[1], tasks[0], tasks[2]):
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    async with locks.lock("a"):
        pass
    # Nothing is left of anybody.
    assert not locks._queues


async def test_waiting_ends(fresh: str, engines: list[Engine]) -> None:
    for mine, other in (
        [ConversationLocks(0.2)] * 2,
        (shared(fresh, engines), shared(fresh, engines, 0.2)),
    ):
        async with mine.lock("a"):
            with pytest.raises(BusyError):
                async with other.lock("a"):
                    pass


async def test_two_processes_exclude_each_other(fresh: str, engines: list[Engine]) -> None:
    one, two = shared(fresh, engines), shared(fresh, engines)
    inside, most = 0, 0

    async def take(locks: SharedLocks) -> None:
        nonlocal inside, most
        async with locks.lock("a"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.002)
            inside -= 1

    await asyncio.gather(*(take(locks) for _ in range(20) for locks in (one, two)))
    assert most == 1


async def test_conversation_that_a_worker_holds_can_be_locked(fresh: str, engines: list[Engine]) -> None:
    """The messengers' worker holds the person while it answers, in the same database."""
    engines.append(open_database(fresh))
    assert AdvisoryHolding(engines[-1]).take("a")
    async with shared(fresh, engines, 1.0).lock("a"):
        pass


async def test_database_that_is_away_is_told_at_once(fresh: str, postgres: Cluster, engines: list[Engine]) -> None:
    locks = shared(fresh, engines)
    async with locks.lock("a"):
        postgres.run(f"{TERMINATE} AND pid <> pg_backend_pid()", "postgres")
    # Restarted while nobody looked.
    async with locks.lock("a"):
        pass
    postgres.stop()
    with pytest.raises(StoreDownError):
        async with locks.lock("a"):
            pass
    postgres.start()
    async with locks.lock("a"):
        pass
