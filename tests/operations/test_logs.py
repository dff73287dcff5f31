"""Log lines: one shape, one request id, and nothing that a client wrote."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillnight.observe.logs import _as_json, _as_plain
from stillnight.observe.requests import request_id
from stillnight.paths import PROJECT
from tests.channels.kept import rows
from tests.channels.test_web import Patient
from tests.conftest import Server
from tests.operations.conftest import Watched, json_lines, until

MARK = "glockenspielers"
_ESCAPE = "\x1b[31m"
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def raw(port: int, request: bytes) -> bytes:
    """What the server answers to bytes that no client library would send."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        while part := connection.recv(65536):
            received += part
    return received


def lines_of(server: Server, request: str) -> list[dict[str, Any]]:
    """The lines of a request; waits for the first, which may come behind the answer."""

    def found() -> list[dict[str, Any]]:
        return [each for each in json_lines(server) if each.get("request_id") == request]

    lines: list[dict[str, Any]] = until(found, f"a line of {request}")
    return lines


def test_request_has_one_access_line_with_its_id(watch: Watched) -> None:
    answer = httpx.get(f"{watch.server.url}/healthz?{MARK}", headers={"X-Request-ID": "of-the-proxy-1"}, timeout=10)
    assert answer.headers["X-Request-ID"] == "of-the-proxy-1"
    (line,) = lines_of(watch.server, "of-the-proxy-1")
    assert (line["level"], line["event"], line["route"], line["status"]) == (
        "info",
        "request",
        "stillnight_health.alive",
        200,
    )
    assert isinstance(line["ms"], float)


def test_every_line_of_a_request_has_its_id(watch: Watched) -> None:
    with httpx.Client(base_url=watch.server.url, headers={"X-Request-ID": "first-request"}, timeout=30) as client:
        client.post("/webhooks/web/session", headers={"Connection": "keep-alive"})
        # The next on the same connection is another one.
        client.get("/healthz", headers={"X-Request-ID": "second-request"})
    for name, route in (("first-request", "stillnight_web.start"), ("second-request", "stillnight_health.alive")):
        assert {each["route"] for each in lines_of(watch.server, name)} == {route}


@pytest.mark.parametrize(
    "given_id", ["short", "a" * 65, "with space 1", "semi;colon;1", "ünïcödé-id", "under_score_1", ""]
)
def test_id_that_is_none_is_replaced(watch: Watched, given_id: str) -> None:
    headers = {b"X-Request-ID": given_id.encode()}
    told = httpx.get(f"{watch.server.url}/healthz", headers=headers, timeout=10).headers["X-Request-ID"]
    assert told != given_id and _ID.fullmatch(told)


@given(st.text() | st.from_regex(r"[A-Za-z0-9-]{0,70}\s*"))
def test_id_is_the_given_one_or_a_fresh_one(given_id: str) -> None:
    made = request_id(given_id)
    assert _ID.fullmatch(made)
    assert made == given_id or not _ID.fullmatch(given_id)


def test_nothing_that_a_client_writes_is_logged(watch: Watched) -> None:
    url, port = watch.server.url, watch.server.port
    patient = Patient(url)
    patient.says(f"my {MARK} ache {_ESCAPE} \r\n FAKE LINE")
    patient.says(f"/{MARK}{{")
    patient.says(f"i swallowed all my {MARK} and my clonazepam")
    headers = {"Authorization": f"Bearer {patient.token}"}
    for body in ({"text": 7, MARK: MARK}, {"choice": f"{MARK}.{_ESCAPE}"}, [MARK], {"text": MARK, "country": MARK}):
        patient.post(body)
    httpx.post(f"{url}/webhooks/web/messages", content=f"{{{MARK}", headers=headers, timeout=30)
    httpx.post(f"{url}/webhooks/web/feedback", json={"message": MARK, "helpful": MARK}, headers=headers, timeout=30)
    spoken = dict.fromkeys(("User-Agent", "Origin", "Referer", "Idempotency-Key", "Cookie", "Accept", "Range"), MARK)
    for path in (
        "/webhooks/web/messages",
        f"/{MARK}",
        f"/page/{MARK}.js",
        "/widget/stillnight.js",
        f"/healthz?{MARK}=1",
    ):
        httpx.get(url + path, headers=spoken, timeout=30)
        httpx.request(MARK, url + path, headers={"Authorization": f"Bearer {MARK}"}, timeout=30)
    httpx.get(f"{url}/page/..%2f{MARK}%0d%0aFAKE%1b[31m", timeout=30)
    strange = (
        f"GET /{MARK}\x1b[31m\x07 HTTP/1.1\r\nHost: {MARK}\r\n\r\n",
        f"{MARK}\r\n\r\n",
        f"GET /healthz HTTP/9.9\r\n{MARK}\r\n\r\n",
        f"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Request-ID: {MARK}\x1b[31m\rFAKE\r\n\r\n",
        f"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Request-ID: folded-id\r\n FAKE: {MARK}\r\n\r\n",
        f"POST /webhooks/web/session HTTP/1.1\r\nHost: a\r\nContent-Length: {MARK}\r\n\r\n",
        f"POST /webhooks/web/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{MARK}\r\n\r\n",
        f"POST /webhooks/web/session HTTP/1.1\r\nHost: a\r\nExpect: {MARK}\r\nContent-Length: 3\r\n\r\nabc",
    )
    for request in strange:
        answer = raw(port, request.encode("latin-1"))
        assert MARK.encode() not in answer.partition(b"\r\n\r\n")[0], request
    sender = rows(watch.server.data_dir, "SELECT sender FROM conversations", file="conversations.db")[-1][0]
    for private in (MARK, patient.token, patient.token.split(".")[0], sender, "FAKE", "\x1b", "\\u001b", "Traceback"):
        assert private not in watch.server.log, private
    # Each line is whole, whatever was sent.
    assert all(each["event"] and each["logger"] and each["time"] for each in json_lines(watch.server))


def test_client_that_goes_away_is_logged_as_gone(watch: Watched) -> None:
    database = watch.server.data_dir / "conversations.db"
    with closing(sqlite3.connect(database, isolation_level=None)) as holder:
        # A new conversation waits to be written.
        holder.execute("BEGIN IMMEDIATE")
        with socket.create_connection(("127.0.0.1", watch.server.port), timeout=30) as connection:
            head = b"POST /webhooks/web/session HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n"
            connection.sendall(head + b"X-Request-ID: left-halfway\r\n\r\n")
            # What came before this was begun.
            assert httpx.get(f"{watch.server.url}/healthz", timeout=10).status_code == 200
    until(lambda: [each for each in json_lines(watch.server) if each.get("status") == 499], "the line")
    (line,) = [each for each in json_lines(watch.server) if each.get("status") == 499]
    assert (line["route"], line["request_id"]) == ("stillnight_web.start", "left-halfway")
    assert httpx.get(f"{watch.server.url}/healthz", timeout=10).status_code == 200


_PRINTS = """
import logging, sys
from stillnight.assistant.environment import prepare
prepare("INFO", sys.argv[1])
try:
    try:
        raise ValueError("glockenspielers")
    except ValueError as error:
        raise KeyError("glockenspielers") from error
except KeyError:
    logging.getLogger("stillnight.test").exception("it failed")
logging.getLogger("sanic.error").error("no /glockenspielers")
logging.getLogger("httpx").info("POST /glockenspielers")
logging.getLogger("stillnight.test").warning("two\\nlines \\x1b[31m \\u202e")
fields = {"route": "a", "status": 200, "ms": 1.5, "text": "glockenspielers"}
logging.getLogger("stillnight.test").info("request", extra=fields)
import asyncio, gc
async def fails():
    raise ValueError("glockenspielers")
async def forgets():
    asyncio.ensure_future(fails())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
asyncio.run(forgets())
gc.collect()
"""


@pytest.mark.parametrize("log_format", ["plain", "json"])
def test_lines_hold_no_words_of_errors_and_cannot_be_broken(log_format: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _PRINTS, log_format], capture_output=True, text=True, cwd=PROJECT, check=True
    )
    assert MARK not in ended.stderr and ended.stdout == ""
    lines = ended.stderr.splitlines()
    assert len(lines) == 5
    assert "KeyError at" in lines[0] and "ValueError at" in lines[0]
    assert all(line.isprintable() for line in lines)
    if log_format == "json":
        assert json.loads(lines[2])["event"] == "two\nlines \x1b[31m \u202e"
        assert {"route": "a", "status": 200, "ms": 1.5}.items() <= json.loads(lines[3]).items()
    else:
        assert lines[3].endswith("INFO stillnight.test: request route=a status=200 ms=1.5")


@settings(suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(["time", "level", "logger", "event", "status"]), st.text()))
def test_line_of_anything_is_one_printable_line(event: dict[str, str]) -> None:
    plain, told = _as_plain(None, "", dict(event)), _as_json(None, "", dict(event))
    assert plain.isprintable() and told.isprintable() and told.isascii()
    assert event.items() <= json.loads(told).items()
