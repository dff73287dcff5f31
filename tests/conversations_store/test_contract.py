"""Our store beside Rasa's own: the same conversations go through both and come out as the same trackers."""

from __future__ import annotations

import asyncio
import random
import tempfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, Event, SlotSet
from rasa.utils.endpoints import EndpointConfig

from stillnight.conversations.cut import CUT_ABOVE, MESSAGES_LEFT
from stillnight.conversations.opening import conversation_locks
from stillnight.conversations.store import ConversationStore
from stillnight.conversations.tracker import KeptTracker
from tests.conversations_store.talks import at, dumped, replayed, say, session_start, state, turn, turns

SHORT = CUT_ABOVE - 2
# Each example writes to disk many times; making a failing one smaller would take minutes.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


async def compared(talk: list[list[Event]], domain: Domain, folder: Path, forgets: random.Random) -> None:
    ours = ConversationStore(f"sqlite:///{folder}/ours.db", domain)
    rasas = SQLTrackerStore(domain, dialect="sqlite", db=f"{folder}/rasas.db")
    for events in talk:
        live = await say(ours, "a", events)
        theirs = await say(rasas, "a", events)
        assert state(live) == state(theirs)
        if forgets.random() < 0.4:
            # Another process, which holds nothing in memory.
            ours = ConversationStore(f"sqlite:///{folder}/ours.db", domain)
        read, expected = await ours.retrieve("a"), await rasas.retrieve("a")
        assert state(read) == state(expected)
        assert state(await ours.retrieve_full_tracker("a")) == state(await rasas.retrieve_full_tracker("a"))
        if len(talk) <= SHORT:
            assert dumped(read) == dumped(expected)
        newest = dumped(read)[-len(events) :]
        assert newest == dumped(expected)[-len(newest) :]
    whole = await ours.retrieve_full_tracker("a")
    assert dumped(whole) == dumped(await rasas.retrieve_full_tracker("a"))
    if len(talk) <= SHORT:
        assert state(await ours.retrieve("a")) == state(await rasas.retrieve("a"))
    assert list(await ours.keys()) == list(await rasas.keys())
    assert await ours.exists("a")
    assert not await ours.exists("b")


@settings(max_examples=25, deadline=None, phases=PHASES)
@given(turns(SHORT), st.randoms(use_true_random=False))
def test_any_short_conversation_is_the_same_tracker(
    domain: Domain, talk: list[list[Event]], rng: random.Random
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(compared(talk, domain, Path(folder), rng))


@settings(max_examples=8, deadline=None, phases=PHASES)
@given(turns(4 * CUT_ABOVE), st.randoms(use_true_random=False))
def test_any_long_conversation_is_in_the_same_state(
    domain: Domain, talk: list[list[Event]], rng: random.Random
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(compared(talk, domain, Path(folder), rng))


@settings(max_examples=40, deadline=None, phases=PHASES)
@given(turns())
def test_a_copy_is_what_replaying_gives(domain: Domain, talk: list[list[Event]]) -> None:
    tracker = KeptTracker.from_events("a", [event for events in talk for event in events], domain.slots)
    copied = tracker.copy()
    assert state(copied) == state(tracker) == state(replayed(tracker, domain))
    assert dumped(copied) == dumped(tracker)
    before = state(tracker)
    for event in (SlotSet("country", "NO"), ActiveLoop("lab_form"), *turn("more")):
        copied.update(event)
    assert state(tracker) == before
    assert len(copied.events) == len(tracker.events) + 6


@pytest.mark.parametrize("length", [CUT_ABOVE, 3 * CUT_ABOVE])
async def test_what_is_read_stays_short(store: ConversationStore, length: int) -> None:
    talk = at([session_start(), *(turn(f"message {number}", number=number) for number in range(length))])
    read = []
    for events in talk:
        await say(store, "a", events)
        tracker = await store.retrieve("a")
        read.append(sum(1 for event in dumped(tracker) if event["event"] == "user"))
    assert max(read) <= CUT_ABOVE
    assert min(read[MESSAGES_LEFT:]) >= MESSAGES_LEFT
    whole = await store.retrieve_full_tracker("a")
    assert dumped(whole) == [each for events in talk for each in dumped(KeptTracker.from_events("a", events))]


async def test_what_was_remembered_and_said_once_is_carried(store: ConversationStore, domain: Domain) -> None:
    told = turn("my ferritin is 18", SlotSet("labs", {"told": [18]}), SlotSet("country", "NO"), number=0)
    talk = at([session_start(), told, *(turn(f"message {number}", number=number) for number in range(1, 60))])
    for events in talk:
        await say(store, "a", events)
    for reader in (store, ConversationStore(str(store.records.engine.url), domain)):
        tracker = await reader.retrieve("a")
        assert tracker is not None
        assert tracker.get_slot("labs") == {"told": [18]}
        assert tracker.get_slot("country") == "NO"
        assert len(tracker.events) < 130


async def test_no_cut_in_the_middle_of_a_form(store: ConversationStore, domain: Domain) -> None:
    opened = turn("my ferritin", ActiveLoop("lab_form"), SlotSet("requested_slot", "lab_answer"))
    talk = at([session_start(), opened, *(turn(f"message {number}") for number in range(2 * CUT_ABOVE))])
    for events in talk:
        await say(store, "a", events)
    tracker = await ConversationStore(str(store.records.engine.url), domain).retrieve("a")
    assert tracker is not None
    assert tracker.active_loop_name == "lab_form"
    assert tracker.active_loop is not None
    assert tracker.active_loop.trigger_message == opened[0].parse_data


async def test_same_tracker_saved_twice_is_written_once(store: ConversationStore) -> None:
    first, second = at([[*session_start(), *turn("one")], turn("two")])
    tracker = await say(store, "a", first)
    await store.save(tracker)
    for event in second:
        tracker.update(event)
    await store.save(tracker)
    await store.save(tracker)
    assert len(dumped(await store.retrieve_full_tracker("a"))) == len(first) + len(second)


async def test_within_one_hold_a_conversation_is_read_once_and_after_it_anew(url: str, domain: Domain) -> None:
    store, other = ConversationStore(url, domain), ConversationStore(url, domain)
    locks = conversation_locks(store)
    asked: list[str] = []
    sa.event.listen(store.records.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    for number, events in enumerate(at([turn("one"), turn("two"), turn("three")])):
        del asked[:]
        async with locks.lock("a"):
            await store.retrieve("a")
            await say(store, "a", events)
            assert len(dumped(await store.retrieve("a"))) == (number + 1) * len(events)
        reads = [
            statement for statement in asked if statement.startswith("SELECT") and "FROM conversations" in statement
        ]
        # One look; of what is not there yet nothing can be held on to.
        assert len(reads) == (1 if number else 2)
    await say(other, "a", turn("four"))
    assert len(dumped(await store.retrieve("a"))) == 4 * len(turn("one"))


async def test_rasas_own_commands_open_it_by_endpoints_yml(file: Path, domain: Domain) -> None:
    named = EndpointConfig(url=f"sqlite:///{file}", type="stillnight.conversations.store.ConversationStore")
    opened = TrackerStore.create(named, domain)
    assert isinstance(opened, ConversationStore)
    await say(opened, "a", turn("one"))
    assert await opened.exists("a")
