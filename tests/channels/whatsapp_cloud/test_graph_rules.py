"""Sending on WhatsApp: Meta's own rules, met in earnest, and what others may read of it."""

from __future__ import annotations

import logging

import pytest

from stillnight.channels.messenger.outgoing import Part, SendError
from stillnight.channels.whatsapp_cloud.graph import GraphApi
from stillnight.channels.whatsapp_cloud.limits import CLOUD
from tests.channels.graph_api import TOKEN, LoopbackGraph
from tests.channels.graph_faults import Cut, Fault, cut, error, garbled, late, page
from tests.channels.whatsapp_cloud.test_graph import ANNA, PICTURE, say
from tests.channels.whatsapp_cloud.test_graph_errors import refused


async def test_the_wrong_token() -> None:
    with LoopbackGraph(token="EAAanother") as graph:
        road = GraphApi(TOKEN, graph.url)
        caught = await refused(road)
        await road.close()
    assert (caught.code, caught.again) == ("190", False)


async def test_outside_the_window(graph: LoopbackGraph, road: GraphApi) -> None:
    graph.window, now = CLOUD.window, 0.0
    graph.clock = lambda: now
    assert (await refused(road)).code == "131047"
    graph.heard(f"+{ANNA}", "wamid.IN")
    now = CLOUD.window
    assert await say(road, Part("Hello"))
    now += 1
    assert (await refused(road)).code == "131047"


async def test_faster_than_the_pair_rate(graph: LoopbackGraph, road: GraphApi) -> None:
    graph.pace, now = CLOUD.pace, 0.0
    graph.clock = lambda: now
    assert await say(road, Part("Hello"))
    assert await say(road, Part("Hello"), "447700900124")
    caught = await refused(road)
    assert (caught.code, caught.after) == ("131056", CLOUD.pace)
    now += CLOUD.pace
    assert await say(road, Part("Hello"))


@pytest.mark.parametrize(
    "fault",
    [
        None,
        error(131026, details=f"{ANNA} {TOKEN} restless"),
        garbled(b"restless"),
        late(60),
        cut(Cut.SILENT),
        page(503),
        Fault(400, b'{"error": {"code": "restless"}}'),
    ],
)
async def test_logs_and_errors_keep_secrets(
    graph: LoopbackGraph, hasty: GraphApi, fault: Fault | None, caplog: pytest.LogCaptureFixture
) -> None:
    for name in (None, "httpx", "httpcore", "httpcore.http11", "httpcore.connection", "stillnight"):
        caplog.set_level(logging.DEBUG, logger=name)
    if fault:
        graph.next(fault)
    told = ""
    try:
        await say(hasty, Part("My restless legs", picture=PICTURE))
    except SendError as error_:
        told = f"{error_} {error_!r} {error_.__cause__!r}"
        assert error_.__suppress_context__ or error_.__context__ is None
    assert caplog.records
    for secret in (TOKEN, ANNA, "restless", PICTURE[:40]):
        assert secret not in caplog.text
        assert secret not in told
