"""What Rasa's own store, locks and actions do under the same strain, and that ours do better.

Each first half pins a fault of Rasa 3.6.21 for which ours exist; once an upgrade mends it, this fails and
ours can go.
"""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.lock_store import LockStore, RedisLockStore
from rasa.core.tracker_store import FailSafeTrackerStore, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain

from stillnight.assistant.local_actions import LocalActions, compile_event_schema_once
from stillnight.conversations.errors import BadIdError, StoreDownError
from stillnight.conversations.locks import ConversationLocks
from stillnight.conversations.opening import conversation_locks
from stillnight.conversations.store import ConversationStore
from stillnight.database import Patience
from tests.conversations_store.talks import at, dumped, say, session_start, turn
from tests.unit.test_rasa_contracts import rasas_own_check

QUICK = Patience(connect=1, statement=1, busy=1)
SURROGATE = "a\ud800"


@pytest.fixture
def rasas(tmp_path: Path, domain: Domain) -> SQLTrackerStore:
    # Its default would wait 5 s for a locked file.
    return SQLTrackerStore(domain, dialect="sqlite", db=f"{tmp_path}/rasas.db", query={"timeout": "1"})


@pytest.fixture
def ours(file: Path, domain: Domain) -> ConversationStore:
    return ConversationStore(f"sqlite:///{file}", domain, patience=QUICK)


async def test_long_session_is_read_whole_by_rasa_and_in_part_by_us(
    rasas: SQLTrackerStore, ours: ConversationStore, file: Path, domain: Domain
) -> None:
    talk = at([session_start(), *(turn(f"message {number}", number=number) for number in range(400))])
    await say(rasas, "a", [event for events in talk for event in events])
    for events in talk:
        await say(ours, "a", events)
    theirs, mine = await rasas.retrieve("a"), await ConversationStore(f"sqlite:///{file}", domain).retrieve("a")
    assert len(dumped(theirs)) > 1600
    assert len(dumped(mine)) < 200


async def test_store_that_breaks_is_amnesia_with_rasa_and_an_error_with_us(
    rasas: SQLTrackerStore, ours: ConversationStore, file: Path
) -> None:
    safe = FailSafeTrackerStore(rasas)
    await say(safe, "a", turn("my ferritin is 18"))
    rasas.Base.metadata.drop_all(rasas.engine)
    # The answer goes on as if nothing had been said, and is kept in memory, where nobody looks for it again.
    known = await say(safe, "a", turn("is that low?"))
    assert "my ferritin is 18" not in str(dumped(known))
    assert await safe.retrieve("a") is None
    assert await safe.fallback_tracker_store.exists("a")

    await say(ours, "a", turn("my ferritin is 18"))
    with sqlite3.connect(file) as connection:
        connection.execute("DROP TABLE conversations")
    with pytest.raises(StoreDownError):
        await say(ours, "a", turn("is that low?"))


async def _turns_meanwhile(store: TrackerStore, path: Path) -> int:
    """How often the event loop came round while a store waited for a locked file."""
    await say(store, "a", turn("before"))
    locker = sqlite3.connect(path, isolation_level=None)
    locker.execute("BEGIN EXCLUSIVE")
    waiting = asyncio.create_task(say(store, "a", turn("lost")))
    turns = 0
    while not waiting.done():
        await asyncio.sleep(0)
        turns += 1
    assert waiting.exception() is not None
    locker.close()
    return turns


async def test_locked_file_stops_everybody_with_rasa_and_nobody_else_with_us(
    rasas: SQLTrackerStore, ours: ConversationStore, file: Path, tmp_path: Path
) -> None:
    assert await _turns_meanwhile(rasas, tmp_path / "rasas.db") < 5
    assert await _turns_meanwhile(ours, file) > 100


async def test_id_that_no_database_holds_ends_rasas_process_and_is_refused_by_us(
    rasas: SQLTrackerStore, ours: ConversationStore
) -> None:
    with pytest.raises(SystemExit):
        await say(rasas, SURROGATE, turn("hello"))
    with pytest.raises(BadIdError):
        await say(ours, SURROGATE, turn("hello"))


async def _most_at_once(locks: list[LockStore]) -> int:
    """How many hold the lock of one conversation at a time, of many that ask on both sides."""
    inside = most = 0

    async def hold(lock: LockStore) -> None:
        nonlocal inside, most
        async with lock.lock("a", wait_time_in_seconds=0.01):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.001)
            inside -= 1

    await asyncio.gather(*(hold(locks[number % 2]) for number in range(20)))
    return most


def test_two_of_rasas_lock_stores_draw_the_same_ticket(redis: tuple[int, subprocess.Popen[bytes]]) -> None:
    one, other = (RedisLockStore(host="127.0.0.1", port=redis[0]) for _ in range(2))
    # Both read before either writes.
    first, second = one.get_or_create_lock("a"), other.get_or_create_lock("a")
    tickets = [first.issue_ticket(60), second.issue_ticket(60)]
    one.save_lock(first)
    other.save_lock(second)
    assert tickets == [0, 0]


async def test_two_of_our_lock_stores_let_one_in(fresh: str, domain: Domain) -> None:
    stores = [ConversationStore(fresh, domain) for _ in range(2)]
    locks = [conversation_locks(store) for store in stores]
    assert all(isinstance(lock, ConversationLocks) for lock in locks)
    assert await _most_at_once(locks) == 1
    for store in stores:
        store.records.engine.dispose()


def test_schema_of_an_action_is_compiled_at_each_call_by_rasa_and_never_again_by_us(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled: list[Any] = []
    kind = validator_for(RemoteAction.action_response_format_spec())
    check = kind.check_schema

    def counted(*given: Any, **more: Any) -> None:
        compiled.append(given)
        check(*given, **more)

    monkeypatch.setattr(kind, "check_schema", counted)
    theirs = rasas_own_check()
    assert [theirs({"events": []}), theirs({"events": []}), len(compiled)] == [True, True, 2]
    monkeypatch.setattr(RemoteAction, "_validate_action_result", None)
    compile_event_schema_once()
    mine = RemoteAction("action_x", LocalActions())._validate_action_result
    assert [mine({"events": []}), mine({"events": []}), len(compiled)] == [True, True, 2]
