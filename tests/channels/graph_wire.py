"""The HTTP side of the loopback Graph API: connections, whole requests, true and spoilt answers."""

from __future__ import annotations

import json
import re
import socket
import ssl
import struct
import threading
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.channels.graph_faults import Cut, Fault, error_body, status_of
from tests.channels.graph_rules import Refused

if TYPE_CHECKING:
    from tests.channels.graph_api import LoopbackGraph

_ADDRESS = re.compile(r"/(v[0-9]+\.[0-9]+)/([0-9]+)/(messages|media)")
_RESET = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Request:
    """A request that came in whole, whatever became of it. kind: message, receipt or media."""

    kind: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, graph: LoopbackGraph, port: int, tls: ssl.SSLContext | None) -> None:
        self.graph, self.tls = graph, tls
        self.open: set[socket.socket] = set()
        self.idle = threading.Event()
        self.idle.set()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self.graph.lock:
            self.open.add(request)
            self.idle.clear()
        super().process_request(request, client_address)

    def finish_request(self, request: Any, client_address: Any) -> None:
        # Here and not at `accept`, so that a slow handshake holds up nobody else.
        given = request
        try:
            if self.tls:
                request = self.tls.wrap_socket(given, server_side=True)
                with self.graph.lock:
                    self.open.add(request)
            super().finish_request(request, client_address)
        except OSError:
            pass
        finally:
            with suppress(OSError):
                request.close()
            with self.graph.lock:
                self.open -= {given, request}
                if not self.open:
                    self.idle.set()

    def hang_up(self) -> None:
        with self.graph.lock:
            for connection in self.open:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def do_POST(self) -> None:
        graph = self.server.graph
        address = _ADDRESS.fullmatch(self.path)
        length = self.headers.get("Content-Length", "")
        if not address or not length.isdigit():
            return self._answer(Fault(400, error_body(100, "no such address, or no length")), b"")
        media = address[3] == "media"
        if graph.fault("media" if media else "message", Cut.UNREAD):
            return self._cut()
        body = self.rfile.read(int(length))
        if len(body) < int(length):
            self.close_connection = True
            return None
        kind = "media" if media else "receipt" if _is_receipt(body) else "message"
        request = Request(kind, self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        with graph.lock:
            graph.requests.append(request)
            fault = graph.fault(kind)
        if fault and not fault.taken:
            return self._answer(fault, b"")
        try:
            answer = graph.judge(request, address[2])
        except Refused as refused:
            status = status_of(refused.code)
            return self._answer(Fault(status, error_body(refused.code, refused.details)), b"")
        return self._answer(fault or Fault(), json.dumps(answer).encode())

    def _answer(self, fault: Fault, true: bytes) -> None:
        if fault.wait and self.server.graph.over.wait(fault.wait):
            return self._cut()
        if fault.cut:
            return self._cut()
        body = true if fault.body is None else fault.body
        self.send_response(fault.status)
        for name, value in {"Content-Type": "application/json", **fault.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if fault.promised is None else fault.promised))
        self.end_headers()
        self.wfile.write(body)
        while fault.drips and not self.server.graph.over.wait(fault.drips):
            self.wfile.write(b" ")
        if fault.promised is not None:
            self.close_connection = True
        return None

    def _cut(self) -> None:
        # At once and without a farewell, as when a machine in between restarts.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        pass


def _is_receipt(body: bytes) -> bool:
    try:
        payload = json.loads(body)
    except ValueError:
        return False
    return isinstance(payload, dict) and "status" in payload
