"""Sending on WhatsApp when Meta refuses, stumbles, or cannot be reached."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

import pytest

from stillnight.channels.messenger.outgoing import Part, SendError
from stillnight.channels.whatsapp_cloud.graph import GraphApi
from stillnight.channels.whatsapp_cloud.limits import CLOUD
from tests.channels.graph_api import LINE, TOKEN, LoopbackGraph
from tests.channels.graph_faults import Cut, Fault, cut, endless, error, garbled, late, page, redirect, truncated
from tests.channels.whatsapp_cloud.test_graph import PICTURE, say

AGAIN: tuple[int, ...] = (2, 4, 80007, 80008, 130429, 131000, 131016, 131056, 131057, 133004)
NEVER: tuple[int, ...] = (
    0,
    3,
    10,
    33,
    100,
    190,
    200,
    299,
    368,
    131005,
    131008,
    131009,
    131021,
    131026,
    131030,
    131031,
    131042,
)
NEVER += (131045, 131047, 131048, 131049, 131051, 131053, 131062, 133010)


async def refused(road: GraphApi, part: Part = Part("Hello")) -> SendError:  # noqa: B008 (frozen)
    with pytest.raises(SendError) as caught:
        await say(road, part)
    return caught.value


@pytest.mark.parametrize(("again", "codes"), [(True, AGAIN), (False, NEVER)])
@pytest.mark.parametrize("status", [None, 400, 500])
async def test_codes_tell_whether_to_try_again(
    graph: LoopbackGraph, road: GraphApi, again: bool, codes: tuple[int, ...], status: int | None
) -> None:
    told = {}
    for code in codes:
        graph.next(error(code, status))
        caught = await refused(road)
        told[caught.code] = caught.again
    assert told == {str(code): again for code in codes}
    assert await say(road, Part("Hello")) == graph.accepted[0].id


@pytest.mark.parametrize(
    ("fault", "again"),
    [(error(1), True), (error(1, 400), False), (error(999999, 400, transient=True), True), (error(999999), False)],
)
async def test_of_unknown_codes_the_status_or_meta_itself_tells(
    graph: LoopbackGraph, road: GraphApi, fault: Fault, again: bool
) -> None:
    graph.next(fault)
    assert (await refused(road)).again == again


@pytest.mark.parametrize(
    ("status", "again"), [(500, True), (502, True), (503, True), (429, True), (408, True), (400, False), (404, False)]
)
async def test_without_a_code_the_status_tells(graph: LoopbackGraph, road: GraphApi, status: int, again: bool) -> None:
    codes = (b'"call +1"', b"true", b"-1", b"1.5", b"null", b"[]", b"9" * 4000)
    bodies = (b"", b"null", b'{"error": "no"}', b"[" * 9999, *(b'{"error": {"code": %b}}' % code for code in codes))
    for fault in (page(status), *(Fault(status, body) for body in bodies)):
        graph.next(fault)
        caught = await refused(road)
        assert (caught.code, caught.again, caught.after) == (f"http-{status}", again, None), fault


@pytest.mark.parametrize("status", [503, 400])
async def test_an_error_that_is_cut_keeps_its_status(graph: LoopbackGraph, hasty: GraphApi, status: int) -> None:
    for fault in (Fault(status, b'{"error":', promised=99), endless(status)):
        graph.next(fault)
        assert (await refused(hasty)).code == f"http-{status}"


# -- how long to wait


@pytest.mark.parametrize(
    ("told", "after"), [("7", 7.0), (" 120 ", 120.0), ("0", 0.0), ("soon", None), ("-3", None), ("9" * 400, 86400.0)]
)
async def test_seconds_to_wait(graph: LoopbackGraph, road: GraphApi, told: str, after: float | None) -> None:
    graph.next(error(130429, 429, told))
    assert (await refused(road)).after == after


@pytest.mark.parametrize(("away", "least", "most"), [(3600, 3500, 3600), (-3600, 0, 0)])
async def test_a_date_to_wait_for(graph: LoopbackGraph, road: GraphApi, away: int, least: int, most: int) -> None:
    then = datetime.now(timezone.utc) + timedelta(seconds=away)
    graph.next(page(503, format_datetime(then, usegmt=True)))
    after = (await refused(road)).after
    assert after is not None
    assert least <= after <= most


@pytest.mark.parametrize(("told", "after"), [(None, CLOUD.pace), ("1", CLOUD.pace), ("60", 60.0)])
async def test_the_pair_rate_is_waited_out(
    graph: LoopbackGraph, road: GraphApi, told: str | None, after: float
) -> None:
    graph.next(error(131056, retry_after=told))
    assert (await refused(road)).after == after


async def test_what_is_never_tried_again_has_no_wait(graph: LoopbackGraph, road: GraphApi) -> None:
    graph.next(error(131047, retry_after="60"))
    assert (await refused(road)).after is None


# -- taken, whatever the answer looks like


UNREADABLE: tuple[bytes, ...] = (
    b"",
    b"OK",
    b"<html>",
    b"\xff",
    b"null",
    b"[]",
    b"{}",
    b'{"messages": []}',
    b'{"messages": {}}',
)
UNREADABLE += (b'{"messages": [{}]}', b'{"messages": [{"id": 7}]}', b"[" * 60000)
# Far longer than any answer of Meta's.
UNREADABLE += (b'{"messages": [{"id": "wamid.X"}], "more": "%b"}' % (b"x" * 200000),)


async def test_a_success_that_cannot_be_read_is_a_success(
    graph: LoopbackGraph, hasty: GraphApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "stillnight")
    faults = (truncated(), truncated(201), endless(), *map(garbled, UNREADABLE))
    for count, fault in enumerate(faults, start=1):
        graph.next(fault)
        assert await say(hasty, Part("Hello")) == "", fault
        assert len(graph.accepted) == count, fault
    assert caplog.text.count("could not be read") == len(faults)


async def test_an_error_inside_of_a_success_is_an_error(graph: LoopbackGraph, road: GraphApi) -> None:
    graph.next(error(131000, 200))
    caught = await refused(road)
    assert (caught.code, caught.again) == ("131000", True)


# -- no answer


async def test_an_answer_that_comes_too_late(graph: LoopbackGraph, hasty: GraphApi) -> None:
    graph.next(late(60))
    caught = await refused(hasty)
    assert (caught.code, caught.again, caught.broken) == ("timeout", True, True)
    assert len(graph.accepted) == 1


@pytest.mark.parametrize(
    ("fault", "taken"), [(cut(Cut.UNREAD), 0), (cut(Cut.SILENT), 0), (cut(Cut.SILENT, taken=True), 1)]
)
async def test_a_connection_that_is_cut(graph: LoopbackGraph, road: GraphApi, fault: Fault, taken: int) -> None:
    graph.next(fault)
    caught = await refused(road)
    assert (caught.code, caught.again, caught.broken) == ("unreadable", True, True)
    assert len(graph.accepted) == taken
    assert await say(road, Part("Hello"))


async def test_nobody_listens() -> None:
    with LoopbackGraph() as gone:
        road = GraphApi(TOKEN, gone.url)
    caught = await refused(road)
    await road.close()
    assert (caught.code, caught.again, caught.broken) == ("unreachable", True, True)


@contextmanager
def deaf() -> Iterator[int]:
    """The port of a machine that answers no call: its queue of connections is full."""
    with ExitStack() as open_, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for _ in range(4):
            waiting = open_.enter_context(socket.socket())
            waiting.setblocking(False)
            with suppress(BlockingIOError):
                waiting.connect(listening.getsockname())
        yield listening.getsockname()[1]


async def test_nobody_answers_the_call() -> None:
    with deaf() as port:
        road = GraphApi(TOKEN, f"http://127.0.0.1:{port}", connect_seconds=0.3)
        caught = await refused(road)
        await road.close()
    assert (caught.code, caught.again, caught.broken) == ("unreachable", True, True)


async def test_a_redirect_is_not_followed(graph: LoopbackGraph, road: GraphApi) -> None:
    with LoopbackGraph() as elsewhere:
        graph.next(redirect(f"{elsewhere.url}/v26.0/{LINE}/messages"))
        caught = await refused(road)
        assert (caught.code, caught.again) == ("http-307", False)
        assert not elsewhere.requests


# -- pictures


@pytest.mark.parametrize(
    ("fault", "code", "again"),
    [
        (error(131053), "131053", False),
        (error(131016), "131016", True),
        (page(502), "http-502", True),
        (truncated(), "unreadable", True),
        (garbled(b'{"id": 7}'), "unreadable", True),
        (cut(Cut.UNREAD), "unreadable", True),
    ],
)
async def test_a_picture_that_is_not_taken(
    graph: LoopbackGraph, road: GraphApi, fault: Fault, code: str, again: bool
) -> None:
    graph.next(fault, kind="media")
    caught = await refused(road, Part("Your ferritin is low.", picture=PICTURE))
    assert (caught.code, caught.again) == (code, again)
    assert not graph.accepted
