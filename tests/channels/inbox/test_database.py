"""Databases that are new, busy, down and back, and who holds whom."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from stillnight.channels.inbox.inbox import Inbox
from stillnight.channels.inbox.tables import other_version
from stillnight.channels.messenger.incoming import Progress, Receipt
from stillnight.channels.messenger.outgoing import Part, SendError
from stillnight.database import open_database
from stillnight.holding import AdvisoryHolding, FileHolding
from tests.channels.inbox.cluster import TERMINATE, Cluster
from tests.channels.inbox.people import CHANNEL, NOW, Scene, answered, arrival, rows, said, states, until

GONE = (sa.exc.OperationalError, sa.exc.InterfaceError)


@pytest.fixture
def fresh(postgres: Cluster) -> str:
    """An empty PostgreSQL database."""
    postgres.empty()
    return postgres.url


@pytest.fixture
def scene(fresh: str, tmp_path: Path) -> Iterator[Scene]:
    """A worker on PostgreSQL."""
    made = Scene(Inbox(open_database(fresh)), tmp_path)
    yield made
    made.inbox.engine.dispose()


def test_many_processes_make_the_tables_at_once(url: str) -> None:
    gate = threading.Barrier(8)

    def make(number: int) -> None:
        engine = open_database(url)
        gate.wait(30)
        Inbox(engine).take([arrival(f"m{number}")], NOW)
        engine.dispose()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(make, range(8)))
    assert len(Inbox(open_database(url)).waiting("ann")) == 8


def test_tables_of_this_version_are_fine(engine: sa.engine.Engine) -> None:
    for make in (lambda: None, lambda: Inbox(engine)):
        make()
        with engine.connect() as connection:
            assert other_version(connection) is None


@pytest.mark.parametrize("change", ["DROP COLUMN urgent", "ADD COLUMN later INTEGER"])
def test_tables_of_another_version_are_known(engine: sa.engine.Engine, change: str) -> None:
    Inbox(engine)
    with engine.begin() as connection:
        connection.execute(sa.text(f"ALTER TABLE outbox_parts {change}"))
    column = change.split()[2]
    with engine.connect() as connection:
        assert f"of another version of Stillnight (outbox_parts.{column})" in str(other_version(connection))


def test_many_writers_wait_for_each_other(url: str, inbox: Inbox) -> None:
    """Each reads before it writes, where SQLite refuses whoever began with reading."""
    inboxes = [inbox, Inbox(open_database(url))]
    failed = threading.Event()

    def write(number: int) -> None:
        who, mine = f"p{number}", inboxes[number % 2]
        for turn in range(15):
            mine.take([arrival(f"{who}-{turn}", who=who, at=NOW + turn)], NOW)
            answered(mine, who, "one", "two")
            ours = next(row.ours for row in rows(mine) if row.person == who and row.state == "waiting")
            mine.note_receipts(CHANNEL, [Receipt(f"{who}-{turn}", Progress.SENT, ours)], NOW)
            mine.silence(who, mine.next_part(who).number)  # type: ignore[union-attr]

    def run(number: int) -> None:
        try:
            write(number)
        except BaseException:
            failed.set()
            raise

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(run, range(4)))
    assert not failed.is_set()
    assert set(states(inbox)) == {"done"}


def test_taking_waits_for_a_lock_that_somebody_else_has(tmp_path: Path) -> None:
    inbox = Inbox(open_database(f"sqlite:///{tmp_path / 'inbox.db'}"))
    with closing(sqlite3.connect(tmp_path / "inbox.db", isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN EXCLUSIVE")
        threading.Timer(0.5, other.execute, ["COMMIT"]).start()
        inbox.take([arrival("a")], NOW)
    assert len(inbox.waiting("ann")) == 1


def test_inbox_that_was_opened_while_its_database_was_down_works_when_it_is_back(
    postgres: Cluster, fresh: str, caplog: pytest.LogCaptureFixture
) -> None:
    postgres.stop()
    inbox = Inbox(open_database(fresh))
    assert "the inbox cannot be reached yet" in caplog.text
    assert postgres.user + "@" not in caplog.text
    with pytest.raises(GONE):
        inbox.take([arrival("a")], NOW)
    postgres.start()
    inbox.take([arrival("a")], NOW)
    assert len(inbox.waiting("ann")) == 1


async def test_worker_goes_on_when_the_database_is_back(postgres: Cluster, scene: Scene) -> None:
    async with scene.works():
        scene.writes("q")
        await scene.until_sent("re: q")
        await until(lambda: states(scene.inbox) == ["done"])
        postgres.stop()
        postgres.start()
        await until(lambda: _works(lambda: scene.writes("r")))
        await scene.until_sent("re: q", "re: r")


@pytest.mark.parametrize("taken", [True, False])
async def test_what_the_messenger_said_is_kept_until_the_database_is_back(
    postgres: Cluster, scene: Scene, taken: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async def meanwhile(written: Callable[[], None]) -> None:
        written()
        postgres.stop()
        threading.Timer(0.5, postgres.start).start()
        if not taken:
            raise SendError("130429", again=True, status=400)

    if taken:
        # A request leaves once.
        original = scene.road.send

        async def send(to: str, line: str, part: Part, ours: str, written: Callable[[], None]) -> str:
            await meanwhile(written)
            return await original(to, line, part, ours, lambda: None)

        scene.road.send = send  # type: ignore[method-assign]
    else:
        scene.road.plans["re: q"] = [meanwhile]
    async with scene.works():
        scene.writes("q")
        await until(lambda: "could not be written" in caplog.text)
        await until(lambda: _works(lambda: rows(scene.inbox)[0].state in ("sent", "waiting")))
        if taken:
            await until(lambda: [(row.state, row.theirs) for row in rows(scene.inbox)] == [("sent", "theirs-1")])
        else:
            await until(lambda: rows(scene.inbox)[0].note == "130429")
            scene.clock.now += 10
            await scene.until_sent("re: q")


async def test_more_people_than_connections_are_served(scene: Scene) -> None:
    may = threading.Event()

    async def hangs(taken: object) -> object:
        while not may.is_set():
            await until(may.is_set)
        return said("at last")

    async with scene.works():
        for number in range(40):
            scene.talk.plans[f"q{number}"] = hangs  # type: ignore[assignment]
            scene.writes(f"q{number}", who=f"p{number}")
        await until(lambda: len(scene.talk.asked) == 16)
        scene.writes("more", who="z")
        may.set()
        await until(lambda: len(scene.road.sent) == 41)


async def test_people_whom_another_holds_hide_nobody(scene: Scene, fresh: str) -> None:
    other = AdvisoryHolding(open_database(fresh))
    for number in range(40):
        scene.writes(f"q{number}", who=f"p{number}")
        assert other.take(f"p{number}")
    scene.writes("mine", who="last")
    async with scene.works():
        await scene.until_sent("re: mine")
        other.release("p7")
        await scene.until_sent("re: mine", "re: q7")


def test_person_is_held_by_one_until_they_let_go_or_their_connection_breaks(fresh: str, postgres: Cluster) -> None:
    mine, other = AdvisoryHolding(open_database(fresh)), AdvisoryHolding(open_database(fresh))
    assert mine.take("ann")
    assert not other.take("ann")
    assert other.take("bob")
    other.release("bob")
    mine.release("ann")
    assert other.take("ann")
    postgres.run(f"{TERMINATE} AND pid <> pg_backend_pid()", "postgres")
    deadline = time.monotonic() + 30
    while not _works(lambda: mine.take("ann")):
        assert time.monotonic() < deadline
    with pytest.raises(GONE):
        other.take("bob")
    assert other.take("bob")
    assert not other.take("ann")


def test_file_is_held_by_one(tmp_path: Path) -> None:
    mine, other = FileHolding(tmp_path / "lock"), FileHolding(tmp_path / "lock")
    assert mine.ready()
    assert mine.ready()
    assert not other.ready()
    assert mine.take("ann")
    assert not other.take("ann")


def _works(call: Callable[[], object]) -> bool:
    """Whether it is true, or at least no error, with the database."""
    try:
        return call() is not False
    except GONE:
        return False


async def test_request_of_a_worker_that_lost_its_hold_but_lives_is_not_taken_for_sent(
    postgres: Cluster, scene: Scene, fresh: str
) -> None:
    going, may = asyncio.Event(), asyncio.Event()

    async def slow(written: Callable[[], None]) -> None:
        written()
        going.set()
        await may.wait()
        raise SendError("130429", again=True, status=400)

    scene.road.plans["re: q"] = [slow]
    other = Scene(Inbox(open_database(fresh)), scene.folder, scene.clock, scene.talk)
    changes: list[str] = []
    async with scene.works():
        scene.writes("q", "r")
        await asyncio.wait_for(going.wait(), 30)
        postgres.run(f"{TERMINATE} AND pid <> pg_backend_pid()", "postgres")
        sa.event.listen(other.inbox.engine, "before_cursor_execute", lambda *given: changes.append(given[2]))
        async with other.works():
            scene.writes("s")
            # It has taken the person over and seen what there is.
            await until(lambda: any(change.startswith("UPDATE") for change in changes))
            may.set()
            await until(lambda: rows(scene.inbox)[0].note == "130429")
            scene.clock.now += 100
            await until(lambda: len(scene.road.sent + other.road.sent) == 3)
    assert sorted(scene.road.sent + other.road.sent) == ["re: q", "re: r", "re: s"]
    other.inbox.engine.dispose()
