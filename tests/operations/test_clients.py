"""Clients that read slowly or never, send half of a request, or send everything at once: others notice nothing."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from tests.channels.test_web import Patient
from tests.channels.test_web_session import history
from tests.conftest import NO_LIMITS, Server

QUESTION = "can low iron cause restless legs"
BURSTS = 200


@pytest.fixture(scope="module")
def crowded(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that lets one conversation ask as often as it likes."""
    server = Server(tmp_path_factory.mktemp("crowded"), {**NO_LIMITS, "STILLNIGHT_MESSAGES_PER_MINUTE": "100000"})
    yield server.start()
    server.stop()


def request(patient: Patient, text: str, *, promised: int = 0) -> bytes:
    """A message as bytes. promised: so many more bytes are announced than are sent."""
    body = json.dumps({"text": text}).encode()
    head = (
        "POST /webhooks/web/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Accept: application/x-ndjson\r\nAuthorization: Bearer {patient.token}\r\n"
        f"Content-Length: {len(body) + promised}\r\n\r\n"
    )
    return head.encode() + body


def test_fifty_who_stop_in_the_middle_of_a_request_hold_nobody_up(crowded: Server) -> None:
    patient = Patient(crowded.url)
    half = [socket.create_connection(("127.0.0.1", crowded.port), timeout=30) for _ in range(50)]
    for number, each in enumerate(half):
        each.sendall(request(patient, QUESTION, promised=10) if number % 2 else b"GET /heal")
    assert Patient(crowded.url).says(QUESTION)[0]["sources"]
    for each in half:
        each.close()
    assert "ERROR" not in crowded.log


def test_fifty_who_never_read_their_answers_hold_nobody_up(crowded: Server) -> None:
    deaf = []
    for _ in range(50):
        connection = socket.socket()
        # So small that an answer does not fit in.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        connection.connect(("127.0.0.1", crowded.port))
        connection.sendall(request(Patient(crowded.url), QUESTION))
        deaf.append(connection)
    assert Patient(crowded.url).says(QUESTION)[0]["sources"]
    for each in deaf:
        each.close()
    assert Patient(crowded.url).says(QUESTION)[0]["sources"]


def test_hundreds_who_come_while_it_is_busy_are_let_in_without_trying_again(crowded: Server) -> None:
    assert crowded.process is not None
    crowded.process.send_signal(signal.SIGSTOP)
    try:
        # The system lets in as many as the queue takes, whether the server looks at them or not.
        came = [socket.create_connection(("127.0.0.1", crowded.port), timeout=0.9) for _ in range(500)]
    finally:
        crowded.process.send_signal(signal.SIGCONT)
    for each in came:
        each.close()
    assert Patient(crowded.url).says(QUESTION)[0]["sources"]


def test_answer_that_is_read_byte_by_byte_is_whole(crowded: Server) -> None:
    with closing(socket.create_connection(("127.0.0.1", crowded.port), timeout=30)) as slow:
        slow.sendall(request(Patient(crowded.url), QUESTION).replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1))
        received = bytearray()
        while part := slow.recv(1):
            received += part
    assert received.startswith(b"HTTP/1.1 200 ")
    assert b'"sources": [{' in received or b'"sources":[{' in received


async def burst(server: Server, patient: Patient) -> list[int]:
    async with httpx.AsyncClient(base_url=server.url, timeout=300, limits=httpx.Limits(max_connections=None)) as client:
        asked = [
            client.post(
                "/webhooks/web/messages",
                json={"text": f"my ferritin is {number + 20}"},
                headers={"Authorization": f"Bearer {patient.token}"},
            )
            for number in range(BURSTS)
        ]
        return [answer.status_code for answer in await asyncio.gather(*asked)]


def test_two_hundred_at_once_in_one_conversation_are_each_answered_or_refused(crowded: Server) -> None:
    patient = Patient(crowded.url)
    statuses = asyncio.run(burst(crowded, patient))
    assert set(statuses) <= {200, 429, 503}
    asked = [each["text"] for each in history(patient) if each["from"] == "patient"]
    assert len(asked) == len(set(asked)) == statuses.count(200) > 0
    assert patient.says(QUESTION)[0]["sources"]
