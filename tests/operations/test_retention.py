"""What is older than it may be is deleted, by the real store, and nothing by a wrong clock."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain

from stillnight.channels.inbox.worker import KEPT_SECONDS
from stillnight.conversations.store import ConversationStore
from stillnight.operations.retention import Retention
from stillnight.paths import PROJECT
from tests.channels.kept import rows
from tests.channels.test_web import Patient
from tests.conftest import Server, traces
from tests.conversations_store.talks import at, say, turn
from tests.operations.conftest import until

DAY = 24 * 3600.0


@pytest.fixture
async def store(tmp_path: Path) -> ConversationStore:
    made = ConversationStore(f"sqlite:///{tmp_path / 'conversations.db'}", Domain.load(str(PROJECT / "domain.yml")))
    await say(made, "old", *at([turn("xylophonists ache")], time.time() - 31 * DAY))
    await say(made, "young", *at([turn("my legs")], time.time() - 29 * DAY))
    return made


async def test_conversation_is_deleted_after_so_many_days(store: ConversationStore, tmp_path: Path) -> None:
    assert traces(tmp_path, "xylophonists")
    await Retention(store, 30).once()
    assert await store.keys() == ["young"]
    assert not traces(tmp_path, "xylophonists")
    await Retention(store, 28).once()
    assert await store.keys() == []


async def test_nothing_is_deleted_when_the_clock_jumps(store: ConversationStore) -> None:
    clock = [time.time()]
    retention = Retention(store, 30, clock=lambda: clock[0])
    clock[0] += 365 * DAY
    await retention.once()
    assert len(list(await store.keys())) == 2
    # Set right again: a round is left out, then everything goes on.
    clock[0] -= 365 * DAY
    await retention.once()
    assert len(list(await store.keys())) == 2
    await retention.once()
    assert await store.keys() == ["young"]


async def test_inbox_is_cleared_even_when_the_store_is_down(store: ConversationStore, tmp_path: Path) -> None:
    cleared: list[float] = []
    store.records.engine.dispose()
    for path in tmp_path.glob("conversations.db*"):
        path.write_bytes(b"no database any more" * 500)
    now = time.time()
    await Retention(store, 30, cleared.append, clock=lambda: now).once()
    assert cleared == [now - KEPT_SECONDS]


async def test_job_runs_until_cancelled(store: ConversationStore) -> None:
    job = asyncio.create_task(Retention(store, 30).run())
    while len(list(await store.keys())) == 2:
        await asyncio.sleep(0.01)
    assert not job.done()
    job.cancel()
    await asyncio.wait([job])
    assert job.cancelled()


def test_server_deletes_at_its_start_and_goes_on(model: Path, tmp_path: Path) -> None:
    server = Server(tmp_path / "data").start()
    Patient(server.url).says("can low iron cause restless legs")
    assert server.stop() == 0
    query = "SELECT count(*) FROM conversations"
    assert rows(server.data_dir, query, file="conversations.db") == [(1,)]
    rows_changed(server.data_dir / "conversations.db", time.time() - 3 * DAY)
    server.environment["STILLNIGHT_KEEP_DAYS"] = "2"
    server.start()
    until(lambda: rows(server.data_dir, query, file="conversations.db") == [(0,)], "the conversation to be deleted")
    assert server.stop() == 0


def rows_changed(file: Path, last_at: float) -> None:
    """As if the last word had been said then."""
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE conversations SET last_at = ?", (last_at,))
