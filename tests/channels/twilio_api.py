"""Twilio's REST API on 127.0.0.1: as strict as the real one, and as troublesome as it is told to be."""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
import socket
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qsl

_BODY_MOST: Final = 1600
_ADDRESS: Final = re.compile(r"whatsapp:(\+[1-9][0-9]{4,14}|[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128})")
_SID: Final = re.compile(r"(SM|MM)[0-9a-fA-F]{32}")


@dataclass(frozen=True)
class Accepted:
    """One message that was taken, as it was asked for."""

    sid: str
    to: str
    line: str
    body: str
    callback: str | None


@dataclass(frozen=True)
class Trouble:
    """What the next request to send meets instead of the ordinary answer.

    status: 0 to cut the connection without an answer, None for the ordinary one. code: Twilio's error number.
    raw: said instead of JSON. missing: bytes that are announced but never come; the connection is cut before them.
    taken: the message is taken all the same. seconds: nothing is said before they are over. drips: seconds between two
    bytes of the body, which then never ends.
    """

    status: int | None = None
    code: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    missing: int = 0
    taken: bool = False
    seconds: float = 0.0
    drips: float = 0.0


class TwilioApi:
    """The server and its switches; `accepted` in the order in which it took the messages.

    answerable: those whose 24 hours are running, None for everybody. pace: least seconds between two messages to one
    person. lines: numbers that may be sent from, None for any. typing: ids that were marked as being answered.
    """

    def __init__(self) -> None:
        self.account, self.token = "AC" + "a1" * 16, "token-of-the-account"
        self.key, self.secret = "SK" + "b2" * 16, "secret-of-the-key"
        self.answerable: set[str] | None = None
        self.lines: set[str] | None = None
        self.pace = 0.0
        self.troubles: deque[Trouble] = deque()
        self.typing_status = 200
        self.accepted: list[Accepted] = []
        self.typing: list[str] = []
        self.requests = 0
        self.stopped = threading.Event()
        self._last: dict[str, float] = {}
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), self._handler())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @contextmanager
    def running(self) -> Iterator[TwilioApi]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.stopped.set()
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    # -- what a request gets

    def asked(self, path: str, headers: Mapping[str, str], body: bytes) -> tuple[int, Any, Trouble]:
        """Status, JSON and trouble of one POST."""
        with self._lock:
            self.requests += 1
            if not self._let_in(headers.get("Authorization", "")):
                return 401, _error(401, 20003), Trouble()
            if headers.get("Content-Type", "").partition(";")[0] != "application/x-www-form-urlencoded":
                return 400, _error(400, 20001), Trouble()
            form = dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
            if path == "/v2/Indicators/Typing.json":
                return *self._indicated(form), Trouble()
            if path != f"/2010-04-01/Accounts/{self.account}/Messages.json":
                return 404, _error(404, 20404), Trouble()
            trouble = self.troubles.popleft() if self.troubles else Trouble()
            if trouble.status is None or trouble.taken:
                status, told, headers_told = self._message(form)
                if trouble.status is None:
                    return status, told, Trouble(None, headers=headers_told, seconds=trouble.seconds)
                return trouble.status, told, trouble
            return trouble.status, _error(trouble.status, trouble.code), trouble

    def _let_in(self, header: str) -> bool:
        scheme, _, given = header.partition(" ")
        try:
            pair = base64.b64decode(given, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            return False
        return scheme == "Basic" and pair in {f"{self.account}:{self.token}", f"{self.key}:{self.secret}"}

    def _indicated(self, form: Mapping[str, str]) -> tuple[int, Any]:
        if form.get("channel") != "whatsapp" or not _SID.fullmatch(form.get("messageId", "")):
            return 400, _error(400, 20001)
        if self.typing_status == 200:
            self.typing.append(form["messageId"])
        return self.typing_status, {"success": self.typing_status == 200}

    def _message(self, form: Mapping[str, str]) -> tuple[int, Any, Mapping[str, str]]:
        to, line, body = (form.get(name, "") for name in ("To", "From", "Body"))
        refused = self._refused(to, line, body, form.get("MediaUrl"))
        if refused:
            return 400, _error(400, refused), {}
        now = time.monotonic()
        if now - self._last.get(to, -math.inf) < self.pace:
            return 429, _error(429, 63018), {"Retry-After": str(math.ceil(self.pace))}
        self._last[to] = now
        sid = f"SM{len(self.accepted):032x}"
        self.accepted.append(Accepted(sid, to, line, body, form.get("StatusCallback")))
        return 201, {"sid": sid, "status": "queued", "error_code": None, "to": to, "from": line, "body": body}, {}

    def _refused(self, to: str, line: str, body: str, media: str | None) -> int | None:
        """Twilio's number of what is wrong with a message."""
        if not line.startswith("whatsapp:") or not to.startswith("whatsapp:"):
            return 21910
        if not _ADDRESS.fullmatch(line) or (self.lines is not None and line not in self.lines):
            return 63007
        if not _ADDRESS.fullmatch(to):
            return 21211
        if not body and not media:
            return 21602
        if len(body.encode("utf-16-le")) // 2 > _BODY_MOST:
            return 21617
        return 63016 if self.answerable is not None and to not in self.answerable else None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        api = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Otherwise each answer waits 40 ms for the other side's acknowledgement.
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", "0"))
                body = self.rfile.read(length)
                if len(body) < length:
                    # The other side left in the middle: nothing was asked.
                    self.close_connection = True
                    return
                with suppress(ConnectionError):
                    self._answer(body)

            def _answer(self, body: bytes) -> None:
                status, told, trouble = api.asked(self.path, dict(self.headers.items()), body)
                if trouble.seconds:
                    api.stopped.wait(trouble.seconds)
                if not status:
                    self._cut()
                    return
                said = json.dumps(told).encode() if trouble.raw is None else trouble.raw
                self.send_response(status)
                for name, value in trouble.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(said) + trouble.missing))
                self.end_headers()
                self.wfile.write(said)
                while trouble.drips and not api.stopped.wait(trouble.drips):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                if trouble.missing:
                    self._cut()

            def _cut(self) -> None:
                self.wfile.flush()
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing: tests read the log."""

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def _error(status: int, code: int | None) -> dict[str, Any]:
    told = {"message": "what is wrong, with the number +447700900123 in it", "status": status}
    return told if code is None else {**told, "code": code, "more_info": f"https://www.twilio.com/docs/errors/{code}"}
