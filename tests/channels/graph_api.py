"""A Graph API on this machine that enforces Meta's rules, remembers what it took, and fails as it is told."""

from __future__ import annotations

import io
import itertools
import json
import ssl
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from tests.channels.graph_faults import Cut, Fault
from tests.channels.graph_rules import Refused, check_message, check_receipt, check_upload
from tests.channels.graph_wire import Request, Server

TOKEN = "EAAloopback0123456789"
LINE = "106540352242922"


@dataclass(frozen=True)
class Sent:
    """A message that was taken. to: phone number or business-scoped user id. at: seconds by the server's clock."""

    id: str
    line: str
    to: str
    payload: Mapping[str, Any]
    at: float

    @property
    def ours(self) -> str | None:
        """What was given along to know the message again."""
        return self.payload.get("biz_opaque_callback_data")

    @property
    def text(self) -> str:
        """What the person reads, without options."""
        content = self.payload[self.payload["type"]]
        kind = {"text": "body", "image": "caption", "document": "caption"}.get(self.payload["type"])
        return content.get(kind, "") if kind else content["body"]["text"]


class LoopbackGraph:
    """Serves from `with LoopbackGraph() as graph` on, at `graph.url`.

    window: seconds after `heard` in which a person may be written to, None for always. pace: seconds between two
    messages to one person, None for any. clock: seconds; another one spares a test the waiting.
    """

    def __init__(
        self, token: str = TOKEN, lines: Sequence[str] = (LINE,), tls: ssl.SSLContext | None = None, port: int = 0
    ) -> None:
        self.token, self.lines = token, frozenset(lines)
        self.window: float | None = None
        self.pace: float | None = None
        self.clock: Callable[[], float] = time.time
        self.accepted: list[Sent] = []
        self.requests: list[Request] = []
        self.read: list[str] = []
        self.media: dict[str, bytes] = {}
        self._heard: dict[str, float] = {}
        self._incoming: set[str] = set()
        self._faults: dict[str, deque[Fault]] = {"message": deque(), "receipt": deque(), "media": deque()}
        self._numbers = itertools.count(1)
        self.lock = threading.RLock()
        self.over = threading.Event()
        self._server = Server(self, port, tls)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> LoopbackGraph:
        self._thread.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._server.hang_up()

    # -- what a test tells it

    def heard(self, person: str, message_id: str) -> None:
        """Somebody wrote: the id is known, and the window is open from now on."""
        with self.lock:
            self._incoming.add(message_id)
            self._heard[person.lstrip("+")] = self.clock()

    def next(self, fault: Fault, times: int = 1, kind: str = "message") -> None:
        """Spoil the next `times` answers to requests of this kind: message, receipt or media."""
        with self.lock:
            self._faults[kind].extend([fault] * times)

    def settle(self) -> None:
        """Wait until everything that reached the server is dealt with; clients must have closed their connections."""
        self._server.idle.wait(10)

    # -- what it does

    def fault(self, kind: str, *where: Cut) -> Fault | None:
        """The next fault, taken off the list; with `where` only one that cuts there."""
        with self.lock:
            planned = self._faults[kind]
            return planned.popleft() if planned and (not where or planned[0].cut in where) else None

    def judge(self, request: Request, line: str) -> dict[str, Any]:
        """Take a request and return the answer to it, or raise `Refused`."""
        with self.lock:
            if request.headers.get("authorization") != f"Bearer {self.token}":
                raise Refused(190, "Invalid OAuth access token.")
            if line not in self.lines:
                raise Refused(100, "Unsupported post request. No such object.")
            if request.kind == "media":
                return self._take_upload(request)
            payload = payload_of(request)
            if request.kind == "receipt":
                check_receipt(payload, self._incoming)
                self.read.append(payload["message_id"])
                return {"success": True}
            return self._take_message(payload, line)

    def _take_message(self, payload: Mapping[str, Any], line: str) -> dict[str, Any]:
        check_message(payload, self.media)
        to, now = payload.get("to") or payload["recipient"], self.clock()
        if self.window is not None and not now - self._heard.get(to, float("-inf")) <= self.window:
            raise Refused(131047, "Re-engagement message")
        before = [sent.at for sent in self.accepted if (sent.line, sent.to) == (line, to)]
        if self.pace is not None and before and now - before[-1] < self.pace:
            raise Refused(131056, "(Business Account, Consumer Account) pair rate limit hit")
        sent = Sent(f"wamid.{next(self._numbers):024d}", line, to, payload, now)
        self.accepted.append(sent)
        known_as = {"wa_id": to} if "to" in payload else {"user_id": to}
        return {
            "messaging_product": "whatsapp",
            "contacts": [{"input": to, **known_as}],
            "messages": [{"id": sent.id}],
        }

    def _take_upload(self, request: Request) -> dict[str, Any]:
        mimetype, options = parse_options_header(request.headers.get("content-type"))
        if mimetype != "multipart/form-data":
            raise Refused(100, "multipart/form-data expected")
        parser = FormDataParser(max_form_memory_size=None)
        _, form, files = parser.parse(io.BytesIO(request.body), mimetype, len(request.body), options)
        file = files.get("file")
        content = file.read() if file else None
        check_upload(form.to_dict(), file.mimetype if file else None, content)
        media = f"{next(self._numbers):016d}"
        self.media[media] = content or b""
        return {"id": media}


def payload_of(request: Request) -> Any:
    """The JSON of a request, as strictly as Meta reads it."""
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise Refused(100, "application/json expected")
    try:
        payload = json.loads(request.body.decode("utf-8"))
        json.dumps(payload, ensure_ascii=False).encode("utf-8")
    except ValueError:
        raise Refused(100, "no JSON in UTF-8") from None
    return payload
