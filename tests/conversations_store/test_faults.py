"""Databases that are down, frozen, full, locked and back: nothing is kept in memory instead, and nobody waits long."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain

from stillnight.assistant.agent import load_agent
from stillnight.channels.message import Collector
from stillnight.content.catalogue import catalogue
from stillnight.conversations.errors import StoreDownError, StoreError
from stillnight.conversations.locks import ConversationLocks
from stillnight.conversations.store import ConversationStore
from stillnight.database import Patience
from stillnight.safety.guard import guard
from tests.channels.inbox.cluster import TERMINATE, Cluster
from tests.conversations_store.talks import dumped, say, turn

QUICK = Patience(connect=1, statement=1, busy=1)


async def texts(store: ConversationStore) -> list[str]:
    return [event["text"] for event in dumped(await store.retrieve_full_tracker("a")) if event["event"] == "user"]


async def test_full_disk(file: Path, domain: Domain) -> None:
    store = ConversationStore(f"sqlite:///{file}", domain)
    await say(store, "a", turn("before"))
    sa.event.listen(store.records.engine, "begin", lambda on: on.exec_driver_sql("PRAGMA max_page_count = 1"))
    with pytest.raises(StoreDownError):
        await say(store, "a", turn("lost " * 5000))
    assert await texts(store) == ["before"]
    again = ConversationStore(f"sqlite:///{file}", domain)
    await say(again, "a", turn("after"))
    assert await texts(again) == ["before", "after"]


async def test_file_that_somebody_else_locks(file: Path, domain: Domain) -> None:
    store = ConversationStore(f"sqlite:///{file}", domain, patience=QUICK)
    await say(store, "a", turn("before"))
    locker = sqlite3.connect(file, isolation_level=None)
    locker.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreDownError):
        await say(store, "a", turn("lost"))
    locker.execute("ROLLBACK")
    await say(store, "a", turn("after"))
    assert await texts(store) == ["before", "after"]


async def test_event_loop_goes_on_while_the_database_is_waited_for(file: Path, domain: Domain) -> None:
    store = ConversationStore(f"sqlite:///{file}", domain, patience=QUICK)
    locker = sqlite3.connect(file, isolation_level=None)
    locker.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(say(store, "a", turn("lost")))
    turns = 0
    while not waiting.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 100
    assert isinstance(waiting.exception(), StoreDownError)
    locker.close()


async def test_down_at_the_start_and_back_later(fresh: str, postgres: Cluster, domain: Domain) -> None:
    postgres.stop()
    store = ConversationStore(fresh, domain, patience=QUICK)
    with pytest.raises(StoreError):
        await say(store, "a", turn("lost"))
    postgres.start()
    await say(store, "a", turn("after"))
    assert await texts(store) == ["after"]


async def test_restarted_between_two_turns_is_not_noticed(fresh: str, postgres: Cluster, domain: Domain) -> None:
    store = ConversationStore(fresh, domain)
    await say(store, "a", turn("before"))
    postgres.stop()
    postgres.start()
    await say(store, "a", turn("after"))
    postgres.run(f"{TERMINATE} AND pid <> pg_backend_pid()", "postgres")
    await say(store, "a", turn("later"))
    assert await texts(store) == ["before", "after", "later"]


async def test_back_but_empty(fresh: str, postgres: Cluster, domain: Domain) -> None:
    store = ConversationStore(fresh, domain)
    await say(store, "a", turn("before"))
    postgres.empty()
    await say(store, "a", turn("after"))
    assert await texts(store) == ["after"]


async def test_frozen_is_told_once_after_a_while_and_then_at_once(
    fresh: str, domain: Domain, postgres: Cluster
) -> None:
    store = ConversationStore(fresh, domain, patience=QUICK)
    await say(store, "a", turn("before"))
    with postgres.frozen():
        with pytest.raises(StoreDownError):
            while True:
                await say(store, "a", turn("maybe"))
        began = time.monotonic()
        for _ in range(50):
            with pytest.raises(StoreDownError, match="does not answer"):
                await store.retrieve("a")
        assert time.monotonic() - began < QUICK.connect
    while True:
        try:
            await say(store, "a", turn("after"))
            break
        except StoreError:
            await asyncio.sleep(0.05)
    kept = await texts(store)
    assert [text for text in kept if text != "maybe"] == ["before", "after"]


# -- with the real assistant


@pytest.fixture
async def served(model: Path, file: Path) -> Agent:
    return load_agent(model, ConversationStore(f"sqlite:///{file}", patience=QUICK))


async def asked(agent: Agent, text: str) -> list[str]:
    collector = Collector(catalogue())
    await guard().hear(agent, UserMessage(text, collector, "a", None, "web"))
    return [reply.text for reply in collector.replies]


async def test_store_that_fails_is_no_reason_to_go_on_in_memory(served: Agent, file: Path) -> None:
    assert await asked(served, "can low iron cause restless legs")
    locker = sqlite3.connect(file, isolation_level=None)
    locker.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreDownError):
        await asked(served, "my ferritin is 18")
    danger = await asked(served, "I want to kill myself tonight")
    assert danger
    locker.execute("ROLLBACK")
    tracker = await served.tracker_store.retrieve("a")
    assert not (tracker.get_slot("labs") or {}).get("told")
    assert isinstance(served.lock_store, ConversationLocks)
    assert await asked(served, "my ferritin is 18")
    assert (await served.tracker_store.retrieve("a")).get_slot("labs")["told"]


async def test_long_conversation_remembers_what_was_told_at_its_beginning(served: Agent) -> None:
    await asked(served, "my ferritin is 18 ng/mL, I am a woman")
    await asked(served, "i take sertraline")
    first = (await served.tracker_store.retrieve("a")).current_slot_values()
    for _ in range(12):
        for text in ("can low iron cause restless legs", "tell me more", "is it inherited"):
            await asked(served, text)
    tracker = await served.tracker_store.retrieve("a")
    assert sum(1 for event in tracker.events if event.type_name == "user") < 20
    now = tracker.current_slot_values()
    assert now["medicines"] == first["medicines"] != []
    assert now["labs"]["told"] == first["labs"]["told"] != []
    assert any("18" in text for text in await asked(served, "what lab values did i tell you"))
