"""The loopback Graph API itself: what Meta would refuse, it refuses."""

from __future__ import annotations

import copy
import struct
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest

from tests.channels.graph_api import LINE, TOKEN, LoopbackGraph

Change = Callable[[dict[str, Any]], Any]

TEXT: dict[str, Any] = {
    "messaging_product": "whatsapp",
    "to": "447700900123",
    "type": "text",
    "text": {"body": "Hello"},
    "biz_opaque_callback_data": "ours",
}
BUTTONS = {
    **{key: TEXT[key] for key in ("messaging_product", "to")},
    "type": "interactive",
    "interactive": {
        "type": "button",
        "body": {"text": "Which?"},
        "action": {"buttons": [{"type": "reply", "reply": {"id": f"id{n}", "title": f"T{n}"}} for n in range(3)]},
    },
}
LIST = {
    **{key: TEXT[key] for key in ("messaging_product", "to")},
    "type": "interactive",
    "interactive": {
        "type": "list",
        "body": {"text": "Which?"},
        "action": {
            "button": "Choose",
            "sections": [{"title": "All", "rows": [{"id": f"id{n}", "title": f"T{n}"} for n in range(10)]}],
        },
    },
}
RECEIPT = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.IN"}
RECEIPT_WITH_DOTS = {**RECEIPT, "typing_indicator": {"type": "text"}}


@pytest.fixture
def graph() -> Iterator[LoopbackGraph]:
    with LoopbackGraph() as graph:
        graph.heard("447700900123", "wamid.IN")
        yield graph


@pytest.fixture
async def client(graph: LoopbackGraph) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx.AsyncClient(base_url=f"{graph.url}/v26.0/{LINE}", headers=headers, verify=False) as client:
        yield client


@pytest.mark.parametrize("good", [TEXT, BUTTONS, LIST, RECEIPT, RECEIPT_WITH_DOTS])
async def test_what_is_right_is_taken(client: httpx.AsyncClient, good: dict[str, Any]) -> None:
    assert (await client.post("/messages", json=good)).status_code == 200


def within(payload: dict[str, Any], *path: str | int) -> Any:
    for step in path:
        payload = payload[step]  # type: ignore[index]
    return payload


def put(value: Any, *path: str | int) -> Change:
    def change(payload: dict[str, Any]) -> None:
        within(payload, *path[:-1])[path[-1]] = value

    return change


def grow(extra: Any, *path: str | int) -> Change:
    return lambda payload: within(payload, *path).append(extra)


BUTTON = ("interactive", "action", "buttons")
SECTIONS = ("interactive", "action", "sections")
ROWS = (*SECTIONS, 0, "rows")


@pytest.mark.parametrize(
    ("good", "change", "code"),
    [
        (TEXT, lambda payload: payload.pop("messaging_product"), 100),
        (TEXT, put("x", "messaging_product"), 100),
        (TEXT, lambda payload: payload.pop("to"), 100),
        (TEXT, put("US.13491208655302741918", "recipient"), 100),
        (TEXT, put("+447700900123", "to"), 131009),
        (TEXT, put("group", "recipient_type"), 100),
        (TEXT, put("hologram", "type"), 100),
        (TEXT, put("x" * 513, "biz_opaque_callback_data"), 100),
        (TEXT, put("", "text", "body"), 100),
        (TEXT, put("x" * 4097, "text", "body"), 100),
        (TEXT, put(1, "text", "colour"), 100),
        (TEXT, lambda payload: payload.pop("text"), 131008),
        (BUTTONS, put("", "interactive", "body", "text"), 100),
        (BUTTONS, put("x" * 1025, "interactive", "body", "text"), 100),
        (BUTTONS, put([], *BUTTON), 131009),
        (BUTTONS, grow({"type": "reply", "reply": {"id": "id9", "title": "T9"}}, *BUTTON), 131009),
        (BUTTONS, put("x" * 21, *BUTTON, 0, "reply", "title"), 100),
        (BUTTONS, put("", *BUTTON, 0, "reply", "title"), 100),
        (BUTTONS, put("T1", *BUTTON, 0, "reply", "title"), 131009),
        (BUTTONS, put("x" * 257, *BUTTON, 0, "reply", "id"), 100),
        (BUTTONS, put("id1", *BUTTON, 0, "reply", "id"), 131009),
        (BUTTONS, put({"type": "image", "image": {"id": "123"}}, "interactive", "header"), 131009),
        (LIST, put("x" * 21, "interactive", "action", "button"), 100),
        (LIST, put("", "interactive", "action", "button"), 100),
        (LIST, put("x" * 25, *SECTIONS, 0, "title"), 100),
        (LIST, grow({"id": "id10", "title": "T10"}, *ROWS), 131009),
        (LIST, grow({"title": "Rest", "rows": [{"id": "id10", "title": "T10"}]}, *SECTIONS), 131009),
        (LIST, put("x" * 25, *ROWS, 0, "title"), 100),
        (LIST, put("x" * 201, *ROWS, 0, "id"), 100),
        (LIST, put("id1", *ROWS, 0, "id"), 131009),
        (RECEIPT, put("wamid.OTHER", "message_id"), 100),
        (RECEIPT, put("delivered", "status"), 100),
        (RECEIPT_WITH_DOTS, put("audio", "typing_indicator", "type"), 100),
    ],
)
async def test_what_is_wrong_is_refused(
    graph: LoopbackGraph, client: httpx.AsyncClient, good: dict[str, Any], change: Change, code: int
) -> None:
    wrong = copy.deepcopy(good)
    change(wrong)
    answer = await client.post("/messages", json=wrong)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, code)
    assert not graph.accepted
    assert not graph.read


def image(depth: int = 8, colours: int = 6) -> bytes:
    header = b"IHDR" + struct.pack(">IIBBBBB", 1, 1, depth, colours, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))


@pytest.mark.parametrize(
    ("product", "kind", "file_kind", "content", "code"),
    [
        ("whatsapp", "image/png", "image/png", image(), None),
        ("", "image/png", "image/png", image(), 100),
        ("whatsapp", "", "image/png", image(), 100),
        ("whatsapp", "image/png", "image/gif", image(), 100),
        ("whatsapp", "image/png", "image/png", b"GIF89a", 131053),
        ("whatsapp", "image/png", "image/png", image(depth=16), 131053),
        ("whatsapp", "image/png", "image/png", image(colours=3), 131053),
        ("whatsapp", "image/png", "image/png", image() + bytes(5 * 1024 * 1024), 131053),
    ],
)
async def test_pictures(
    client: httpx.AsyncClient, product: str, kind: str, file_kind: str, content: bytes, code: int | None
) -> None:
    form, files = {"messaging_product": product, "type": kind}, {"file": ("a.png", content, file_kind)}
    answer = await client.post("/media", data=form, files=files)
    assert answer.json().get("error", {}).get("code") == code
    sent = {**TEXT, "type": "image", "image": {"id": answer.json().get("id", "123"), "caption": "x" * 1024}}
    sent.pop("text")
    assert (await client.post("/messages", json=sent)).status_code == (200 if code is None else 400)
    sent["image"]["caption"] += "x"
    assert (await client.post("/messages", json=sent)).json()["error"]["code"] == 100


async def test_strangers_are_refused(graph: LoopbackGraph, client: httpx.AsyncClient) -> None:
    for headers in ({"Authorization": "Bearer other"}, {"Authorization": ""}):
        answer = await client.post("/messages", json=TEXT, headers=headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (401, 190)
    other = f"{graph.url}/v26.0/999/messages"
    assert (await client.post(other, json=TEXT)).json()["error"]["code"] == 100
    assert (await client.post(f"{graph.url}/messages", json=TEXT)).status_code == 400
    assert not graph.accepted


async def test_what_was_taken_is_kept_in_order(graph: LoopbackGraph, client: httpx.AsyncClient) -> None:
    for number in range(5):
        await client.post("/messages", json={**TEXT, "text": {"body": str(number)}})
    assert [sent.text for sent in graph.accepted] == ["0", "1", "2", "3", "4"]
    assert len({sent.id for sent in graph.accepted}) == 5
    assert {sent.ours for sent in graph.accepted} == {"ours"}
