"""The worker with a scripted assistant, a scripted messenger and a clock that goes when it is told to."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from stillnight.channels.inbox.inbox import Inbox
from stillnight.channels.inbox.shapes import Taken
from stillnight.channels.inbox.tables import MESSAGES
from stillnight.channels.inbox.worker import WAITING_MOST, Said
from stillnight.channels.messenger.incoming import Progress, Receipt
from stillnight.channels.messenger.outgoing import SendError
from tests.channels.inbox.people import CHANNEL, LIMITS, Scene, arrival, rows, said, states, until

Plan = Callable[[Callable[[], None]], Awaitable[None]]


@pytest.fixture
def scene(inbox: Inbox, tmp_path: Path) -> Scene:
    return Scene(inbox, tmp_path)


def refuses(code: str, again: bool = True, after: float | None = None, status: int | None = 400) -> Plan:
    async def plan(_: Callable[[], None]) -> None:
        raise SendError(code, again, after, status)

    return plan


async def goes_silent(written: Callable[[], None]) -> None:
    written()
    raise SendError("timeout", again=True)


async def fails(_: Taken) -> Said:
    raise RuntimeError("words of a patient")


def says(*texts: str) -> Callable[[Taken], Awaitable[Said]]:
    async def plan(_: Taken) -> Said:
        return said(*texts)

    return plan


def watch(inbox: Inbox) -> list[str]:
    """The first word of each statement, as they come; whose it is when it is one person's."""
    statements: list[str] = []

    def note(*given: object) -> None:
        statements.append(str(given[2]).split()[0] + (" of one" if "ann" in repr(given[3]) else ""))

    sa.event.listen(inbox.engine, "before_cursor_execute", note)
    return statements


async def test_everybody_is_answered_in_order_once(scene: Scene) -> None:
    for text in ("1", "2", "3"):
        for who in ("ann", "bob", "cy"):
            scene.writes(f"{who}{text}", who=who)
    async with scene.works():
        await until(lambda: len(scene.road.sent) == 9)
        await scene.until_quiet()
    for who in ("ann", "bob", "cy"):
        assert [each for each in scene.road.sent if who in each] == [f"re: {who}{text}" for text in "123"]
    assert set(states(scene.inbox)) == {"done"}
    assert sorted(scene.road.seen_of) == sorted(row.message_id for row in rows(scene.inbox, MESSAGES))


async def test_part_that_is_refused_is_tried_again_before_anything_else(scene: Scene) -> None:
    scene.road.plans["one"] = [refuses("131056", after=6.0)]
    scene.talk.plans["q"] = says("one", "two")
    async with scene.works():
        scene.writes("q", "r")
        await until(lambda: scene.road.tried == ["one"] and not scene.inbox.people_with_work(scene.clock.now, 1))
        scene.clock.now += 5.9
        assert scene.inbox.people_with_work(scene.clock.now, 1) == []
        scene.clock.now += 0.2
        await scene.until_sent("one", "two", "re: r")


async def test_who_waits_costs_nothing(scene: Scene) -> None:
    scene.road.plans["one"] = [refuses("131056", after=500.0)]
    scene.talk.plans["q"] = says("one", "two")
    async with scene.works():
        scene.writes("q", "r", "s")
        await until(lambda: scene.road.tried == ["one"])
        await scene.until_quiet()
        statements = watch(scene.inbox)
        # Looked for work so often, each time in vain.
        await until(lambda: statements.count("SELECT") >= 3)
        start = len(statements)
        await until(lambda: statements[start:].count("SELECT") >= 5)
    assert set(statements[start:]) == {"SELECT"}


async def test_danger_overtakes_what_cannot_be_sent(scene: Scene) -> None:
    scene.road.plans["re: q"] = [refuses("131056", after=500.0)] * 2
    async with scene.works():
        scene.writes("q", "r")
        await until(lambda: scene.road.tried == ["re: q"])
        await scene.until_quiet()
        scene.writes("danger")
        await scene.until_sent("re: danger")
        scene.clock.now += 501
        await until(lambda: scene.road.tried.count("re: q") == 2)
        await scene.until_quiet()
        scene.clock.now += 501
        await scene.until_sent("re: danger", "re: q", "re: r")


async def test_danger_overtakes_a_message_that_cannot_be_answered(scene: Scene) -> None:
    scene.talk.plans["q"] = fails
    async with scene.works():
        scene.writes("q", "danger")
        await scene.until_sent("re: danger")
    assert scene.talk.asked == ["q", "danger"]


async def test_danger_that_is_refused_stays_ahead(scene: Scene) -> None:
    scene.road.plans["re: q"] = [refuses("131056", after=500.0)]
    scene.road.plans["re: danger"] = [refuses("131056", after=400.0)]
    async with scene.works():
        scene.writes("q")
        await until(lambda: scene.road.tried == ["re: q"])
        await scene.until_quiet()
        scene.writes("danger")
        await until(lambda: "re: danger" in scene.road.tried)
        await scene.until_quiet()
        scene.clock.now += 501
        await scene.until_sent("re: danger", "re: q")


async def test_danger_whose_first_answer_failed_is_not_held_back(scene: Scene) -> None:
    scene.road.plans["re: q"] = [refuses("131056", after=500.0)]

    async def once(taken: Taken) -> Said:
        del scene.talk.plans["danger"]
        raise RuntimeError

    scene.talk.plans["danger"] = once
    async with scene.works():
        scene.writes("q")
        await until(lambda: scene.road.tried == ["re: q"])
        await scene.until_quiet()
        scene.writes("danger")
        await until(lambda: "danger" in scene.talk.asked)
        await scene.until_quiet()
        scene.clock.now += 5
        await scene.until_sent("re: danger")


async def test_danger_does_not_wait_for_the_breaker(scene: Scene) -> None:
    people = [f"p{number}" for number in range(6)]
    for who in people:
        scene.road.plans[f"re: {who}"] = [refuses("http-503", status=503)]
    async with scene.works():
        for who in people:
            scene.writes(who, who=who)
        await until(lambda: len(scene.road.tried) >= 5)
        await scene.until_quiet()
        scene.writes("calm", who="calm")
        await until(lambda: "calm" in scene.talk.asked)
        await scene.until_quiet()
        assert "re: calm" not in scene.road.tried
        scene.writes("danger", who="eve")
        await scene.until_sent("re: danger")


async def test_long_outage_kills_nothing(scene: Scene) -> None:
    down = refuses("unreachable", status=None)
    scene.road.plans["re: q"] = [down] * 12
    async with scene.works():
        scene.writes("q")
        for tries in range(1, 13):
            await until(lambda tries=tries: len(scene.road.tried) >= tries)  # type: ignore[misc]
            await scene.until_quiet()
            scene.clock.now += 800
        await scene.until_sent("re: q")


async def test_part_that_is_never_taken_is_dead_and_the_next_message_is_answered(scene: Scene) -> None:
    scene.road.plans["re: q"] = [refuses("131000", status=400)] * 99
    async with scene.works():
        scene.writes("q", "r")
        for tries in range(1, 9):
            await until(lambda tries=tries: len(scene.road.tried) >= tries)  # type: ignore[misc]
            await scene.until_quiet()
            scene.clock.now += 800
        await scene.until_sent("re: r")
    assert [(row.state, row.note) for row in rows(scene.inbox)] == [("dead", "131000"), ("sent", None)]
    assert scene.road.tried.count("re: q") == 8


async def test_part_that_breaks_our_own_code_is_dead_in_the_end(scene: Scene) -> None:
    async def breaks(_: Callable[[], None]) -> None:
        raise KeyError("words of a patient")

    scene.road.plans["re: q"] = [breaks] * 99
    async with scene.works():
        scene.writes("q", "r")
        for tries in range(1, 9):
            await until(lambda tries=tries: len(scene.road.tried) >= tries)  # type: ignore[misc]
            await scene.until_quiet()
            scene.clock.now += 800
        await scene.until_sent("re: r")
    assert rows(scene.inbox)[0].note == "KeyError"


async def test_refusal_for_good_is_not_tried_again(scene: Scene) -> None:
    scene.road.plans["one"] = [refuses("131026", again=False)]
    scene.talk.plans["q"] = says("one", "two")
    async with scene.works():
        scene.writes("q")
        await scene.until_sent("two")
    assert [(row.state, row.note) for row in rows(scene.inbox)] == [("dead", "131026"), ("sent", None)]


async def test_receipt_in_the_grace_settles_what_left_unanswered(scene: Scene) -> None:
    scene.road.plans["re: q"] = [goes_silent]
    async with scene.works():
        scene.writes("q", "r")
        await until(lambda: [row.state for row in rows(scene.inbox)] == ["unanswered"])
        await scene.until_quiet()
        scene.clock.now += 50
        assert scene.inbox.people_with_work(scene.clock.now, 1) == []
        receipt = Receipt("theirs", Progress.SENT, rows(scene.inbox)[0].ours)
        scene.inbox.note_receipts(CHANNEL, [receipt], scene.clock.now)
        await scene.until_sent("re: r")
    assert scene.road.tried == ["re: q", "re: r"]


async def test_what_left_unanswered_is_sent_again_after_the_grace_and_thrice_at_most(scene: Scene) -> None:
    scene.road.plans["re: q"] = [goes_silent] * 99
    async with scene.works():
        scene.writes("q", "r")
        for tries in (1, 2):
            await until(lambda tries=tries: [row.attempts for row in rows(scene.inbox)] == [tries])  # type: ignore[misc]
            await scene.until_quiet()
            scene.clock.now += 61
        await scene.until_sent("re: r")
    assert scene.road.tried == ["re: q"] * 3 + ["re: r"]
    assert rows(scene.inbox)[0].state == "dead"


async def test_part_is_not_sent_when_the_window_has_closed(scene: Scene) -> None:
    scene.road.plans["re: q"] = [refuses("http-503", status=503)]
    async with scene.works():
        scene.writes("q")
        await until(lambda: scene.road.tried == ["re: q"])
        await scene.until_quiet()
        scene.clock.now += LIMITS.window + 1
        await until(lambda: rows(scene.inbox)[0].state == "dead")
    assert scene.road.sent == []
    assert rows(scene.inbox)[0].note == "too old to send"


async def test_message_that_is_too_old_is_dropped_with_a_note(scene: Scene) -> None:
    scene.writes("q", at=scene.clock.now - LIMITS.window - 1)
    async with scene.works():
        await until(lambda: states(scene.inbox) == ["dropped"])
    assert rows(scene.inbox, MESSAGES)[0].note == "too old to answer"
    assert scene.talk.asked == []


async def test_parts_keep_their_pace(scene: Scene) -> None:
    scene.road.limits = replace(LIMITS, pace=6.0)
    scene.talk.plans["q"] = says("one", "two")
    async with scene.works():
        scene.writes("q")
        await until(lambda: scene.road.sent == ["one"])
        await scene.until_quiet()
        scene.clock.now += 5.9
        assert scene.inbox.people_with_work(scene.clock.now, 1) == []
        scene.clock.now += 0.2
        await scene.until_sent("one", "two")


async def test_message_that_cannot_be_answered_gets_an_apology(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    scene.talk.plans["q"] = fails
    with caplog.at_level(logging.DEBUG):
        async with scene.works():
            scene.writes("q", "r")
            for tries in (1, 2, 3):
                await until(lambda tries=tries: len(scene.talk.asked) >= tries)  # type: ignore[misc]
                await scene.until_quiet()
                scene.clock.now += 20
            await scene.until_sent("sorry", "re: r")
    assert scene.talk.asked == ["q", "q", "q", "r"]
    assert "words of a patient" not in caplog.text


@pytest.mark.parametrize(("died", "expected"), [(3, "re: q"), (4, "sorry"), (6, None)])
async def test_message_that_ended_the_process_often_is_not_asked_again(
    scene: Scene, died: int, expected: str | None
) -> None:
    scene.writes("q", "r")
    for _ in range(died):
        scene.inbox.begin(scene.inbox.waiting("ann")[0])
    async with scene.works():
        await scene.until_sent(*([expected] if expected else []), "re: r")
    assert ("q" in scene.talk.asked) == (expected == "re: q")


async def test_message_that_is_withdrawn_while_another_is_answered_is_not(scene: Scene) -> None:
    async def meanwhile(_: Taken) -> Said:
        assert scene.inbox.withdraw(CHANNEL, "ann", "ann-r", "deleted", scene.clock.now)
        assert not scene.inbox.withdraw(CHANNEL, "ann", "ann-q", "deleted", scene.clock.now)
        return said("re: q")

    scene.talk.plans["q"] = meanwhile
    async with scene.works():
        scene.writes("q", "r", "s")
        await scene.until_sent("re: q", "re: s")


async def test_stop_while_something_waits_to_be_sent(scene: Scene) -> None:
    async def stops(taken: Taken) -> Said:
        scene.inbox.silence(taken.person, taken.number)
        return said("stopped")

    scene.talk.plans["danger: stop"] = stops
    scene.road.plans["re: q"] = [refuses("131056", after=500.0)]
    async with scene.works():
        scene.writes("q", "r")
        await until(lambda: scene.road.tried == ["re: q"])
        await scene.until_quiet()
        scene.writes("danger: stop")
        await scene.until_sent("stopped")
        scene.clock.now += 501
        scene.writes("s")
        await scene.until_sent("stopped", "re: s")


async def test_assistant_that_hangs_does_not_hold_others(scene: Scene) -> None:
    hanging = asyncio.Event()

    async def hangs(_: Taken) -> Said:
        await hanging.wait()
        return said("at last")

    scene.talk.plans["q"] = hangs
    async with scene.works():
        scene.writes("q")
        await until(lambda: scene.talk.asked == ["q"])
        scene.writes("r", who="bob")
        await scene.until_sent("re: r")
        hanging.set()
        await scene.until_sent("re: r", "at last")


async def test_what_is_under_way_is_ended_before_the_worker_is(scene: Scene) -> None:
    going, may = asyncio.Event(), asyncio.Event()

    async def slow(_: Callable[[], None]) -> None:
        going.set()
        await may.wait()

    scene.road.plans["re: q"] = [slow]
    async with scene.works():
        scene.writes("q", "r")
        await asyncio.wait_for(going.wait(), 30)
        asyncio.get_running_loop().call_later(0.3, may.set)
    assert scene.road.sent == ["re: q"]
    assert [row.state for row in rows(scene.inbox)] == ["sent"]
    assert states(scene.inbox) == ["done", "waiting"]


async def test_danger_is_looked_for_once_in_each_message_while_it_waits(scene: Scene) -> None:
    scene.inbox.take([arrival("bad", "q")], scene.clock.now - 1)
    looked: list[str] = []

    def is_urgent(taken: Taken) -> bool:
        looked.append(taken.message.text)
        raise ValueError("words of a patient")

    scene.talk.is_urgent = is_urgent  # type: ignore[method-assign]
    async with scene.works():
        await scene.until_sent("re: q")
    assert looked == ["q"]


async def test_who_writes_without_end_is_answered_to_a_bound_but_for_danger(scene: Scene) -> None:
    scene.road.plans["re: 0"] = [refuses("131056", after=500.0)]
    more = 1500
    given = [arrival(f"m{number}", str(number), scene.clock.now + number) for number in range(WAITING_MOST + more)]
    given[-2:] = [arrival("worse", "danger", given[-2].message.at), arrival("last", "last", given[-1].message.at)]
    scene.inbox.take(given, scene.clock.now - 1)
    async with scene.works():
        await scene.until_sent("re: danger")
        await scene.until_quiet()
    waiting = scene.inbox.waiting("ann")
    assert [taken.message.text for taken in waiting] == [str(number) for number in range(1, WAITING_MOST)]
    notes = {row.note for row in rows(scene.inbox, MESSAGES) if row.state == "dropped"}
    assert notes == {"too many"}
