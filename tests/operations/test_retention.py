"""What is older than it may be is deleted, by the real store, and nothing by a wrong clock."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain

from stillnight.channels.inbox.inbox import Inbox
from stillnight.channels.inbox.tables import MESSAGES
from stillnight.conversations.store import ConversationStore
from stillnight.database import open_database
from stillnight.operations.retention import Retention
from stillnight.paths import PROJECT
from tests.channels.inbox.cluster import Cluster
from tests.channels.inbox.people import arrival
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


def inbox_with_old_words(folder: Path, now: float) -> Inbox:
    """One message that was done nine days ago, and one of today."""
    inbox = Inbox(open_database(f"sqlite:///{folder / 'inbox.db'}"))
    for name, since in (("old", now - 9 * DAY), ("young", now)):
        inbox.take([arrival(name, at=since)], since)
        (taken,) = inbox.waiting("ann")
        inbox.drop(taken.number, "for the test")
    return inbox


def ids(inbox: Inbox) -> list[str]:
    with inbox.engine.connect() as connection:
        return list(connection.execute(sa.select(MESSAGES.c.message_id)).scalars())


async def test_inbox_is_cleared_even_when_the_store_is_down(store: ConversationStore, tmp_path: Path) -> None:
    store.records.engine.dispose()
    for path in tmp_path.glob("conversations.db*"):
        path.write_bytes(b"no database any more" * 500)
    now = time.time()
    inbox = inbox_with_old_words(tmp_path, now)
    await Retention(store, 30, lambda: inbox, clock=lambda: now).once()
    assert ids(inbox) == ["young"]


async def test_inbox_is_not_cleared_when_the_clock_jumps(store: ConversationStore, tmp_path: Path) -> None:
    clock = [time.time()]
    inbox = inbox_with_old_words(tmp_path, clock[0])
    retention = Retention(store, 30, lambda: inbox, clock=lambda: clock[0])
    clock[0] += 365 * DAY
    await retention.once()
    assert ids(inbox) == ["old", "young"]


async def test_inbox_that_was_down_at_the_start_is_cleared_when_it_is_back(
    store: ConversationStore, tmp_path: Path
) -> None:
    now = time.time()
    opened: list[Inbox] = []
    retention = Retention(store, 30, lambda: opened[0] if opened else None, clock=lambda: now)
    await retention.once()
    opened.append(inbox_with_old_words(tmp_path, now))
    await retention.once()
    assert ids(opened[0]) == ["young"]


async def test_tables_are_wiped_at_night_and_not_by_day(database: str, postgres: Cluster) -> None:
    """The server's own hour; what was deleted is in no file of a table afterwards."""
    store = ConversationStore(database, Domain.load(str(PROJECT / "domain.yml")))
    inbox = Inbox(open_database(database))
    inbox.take([arrival("a", text="quetzalcoatl")], time.time())
    inbox.forget("ann")
    await say(store, "a", *at([turn("xylophonists ache")], time.time()))
    await say(store, "b", *at([turn("zugzwang")], time.time()))
    await store.forget("a")
    files = postgres.folder / "data" / "base"
    clock = [datetime(2026, 11, 1, 14, 30).timestamp()]
    retention = Retention(store, 30, lambda: inbox, night=3, clock=lambda: clock[0])
    await retention.wipe()
    postgres.run("CHECKPOINT", "postgres")
    assert traces(files, "xylophonists") and traces(files, "quetzalcoatl")
    clock[0] += 13 * 3600
    await retention.wipe()
    postgres.run("CHECKPOINT", "postgres")
    assert traces(files, "xylophonists") == traces(files, "quetzalcoatl") == []
    assert traces(files, "zugzwang")


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
