"""SIGTERM: not ready at once, deaf soon, and gone when what was taken is answered."""

from __future__ import annotations

import json
import signal
import socket
from pathlib import Path
from typing import Any

import httpx

from tests.channels.test_web import Patient
from tests.conftest import Server
from tests.operations.conftest import not_ready, until

_ENDS_WITHIN_SECONDS = 60


class UnderWay:
    """A message whose headers the server has read, and whose body is still to come."""

    def __init__(self, patient: Patient, port: int, text: str) -> None:
        self._body = json.dumps({"text": text}).encode()
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        head = (
            "POST /webhooks/web/messages HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {patient.token}\r\nContent-Length: {len(self._body)}\r\n"
            "Expect: 100-continue\r\n\r\n"
        )
        self._socket.sendall(head.encode())
        # Only who waits for the body says so.
        assert self._socket.recv(100).startswith(b"HTTP/1.1 100 Continue")

    def finish(self) -> tuple[bytes, Any]:
        """The head of the answer, and its JSON."""
        self._socket.sendall(self._body)
        received = b""
        while part := self._socket.recv(65536):
            received += part
        head, _, body = received.partition(b"\r\n\r\n")
        return head, json.loads(body)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def terminate(server: Server) -> None:
    assert server.process is not None
    server.process.send_signal(signal.SIGTERM)


def test_message_under_way_is_answered_and_kept(model: Path, tmp_path: Path) -> None:
    server = Server(tmp_path / "data").start()
    patient = Patient(server.url)
    message = UnderWay(patient, server.port, "can low iron cause restless legs")
    terminate(server)
    until(lambda: not_ready(server.url) == ["stopping"], "the server not to be ready")
    until(lambda: not listens(server.port), "the server to be deaf")
    assert server.process is not None and server.process.poll() is None

    head, told = message.finish()
    assert head.startswith(b"HTTP/1.1 200 ") and b"connection: close" in head.lower()
    assert told["messages"][0]["sources"]
    assert server.process.wait(_ENDS_WITHIN_SECONDS) == 0
    # Nothing was dropped on the way.
    assert "ERROR" not in server.log

    server.start()
    answer = httpx.get(
        f"{server.url}/webhooks/web/history", headers={"Authorization": f"Bearer {patient.token}"}, timeout=30
    )
    assert [each["text"] for each in answer.json()["messages"]][-1] == told["messages"][0]["text"]
    server.stop()


def test_client_that_never_ends_does_not_keep_the_server(model: Path, tmp_path: Path) -> None:
    server = Server(tmp_path / "data", {"STILLNIGHT_LINGER_SECONDS": "0"}).start()
    UnderWay(Patient(server.url), server.port, "my legs")
    terminate(server)
    assert server.process is not None
    assert server.process.wait(_ENDS_WITHIN_SECONDS) == 0


def test_second_signal_ends_the_lingering(model: Path, tmp_path: Path) -> None:
    server = Server(tmp_path / "data", {"STILLNIGHT_LINGER_SECONDS": "60"}).start()
    terminate(server)
    until(lambda: not_ready(server.url) == ["stopping"], "the server not to be ready")
    # It still answers whoever comes.
    assert Patient(server.url).says("can low iron cause restless legs")[0]["sources"]
    terminate(server)
    assert server.process is not None
    assert server.process.wait(_ENDS_WITHIN_SECONDS) == 0
