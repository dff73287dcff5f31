"""Sending on WhatsApp: it is known whether a message can have left."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from stillnight.channels.messenger.outgoing import Part, SendError
from stillnight.channels.whatsapp_cloud.graph import GraphApi
from tests.channels.graph_api import TOKEN, LoopbackGraph
from tests.channels.graph_faults import Cut, cut, error
from tests.channels.whatsapp_cloud.test_graph import PICTURE, say


@pytest.fixture
def secure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackGraph]:
    """A loopback Graph API with TLS, whose certificate this process trusts."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(timezone.utc)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = tmp_path / "loopback.pem"
    pem = serialization.Encoding.PEM
    file.write_bytes(key.private_bytes(pem, *plain) + certificate.public_bytes(pem))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(file)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    with LoopbackGraph(tls=tls) as graph:
        yield graph


class Tunnel(StreamRequestHandler):
    """Joins whoever asks to the address in the first line of the request."""

    def handle(self) -> None:
        host, port = self.rfile.readline().split()[1].decode().split(":")
        while self.rfile.readline().strip():
            pass
        with socket.create_connection((host, int(port))) as there:
            self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back = threading.Thread(target=self.pour, args=(there, self.connection), daemon=True)
            back.start()
            self.pour(self.connection, there)
            back.join()

    def pour(self, source: socket.socket, drain: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                drain.sendall(piece)
        with suppress(OSError):
            drain.shutdown(socket.SHUT_WR)


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A proxy that this process uses for https, as behind the wall of a clinic."""
    with ThreadingTCPServer(("127.0.0.1", 0), Tunnel) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.server_address[1]}")
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        yield
        server.shutdown()


async def check_written(graph: LoopbackGraph, part: Part) -> None:
    """Once for each message, and not before its picture is up; and when it fails, no message is there."""
    road = GraphApi(TOKEN, graph.url)
    seen: list[tuple[int, int]] = []
    for sent in (0, 1):
        await say(road, part, written=lambda: seen.append((len(graph.accepted), len(graph.media))))
        pictures = sent + 1 if part.picture else 0
        assert seen[sent:] == [(sent, pictures)]
    await road.close()

    broken = GraphApi(TOKEN, graph.url)
    with pytest.raises(MemoryError):
        await say(broken, part, written=_fail)
    await broken.close()
    await asyncio.to_thread(graph.settle)
    assert len(graph.accepted) == 2


def _fail() -> None:
    raise MemoryError("the inbox could not note it")


@pytest.mark.parametrize("part", [Part("Hello"), Part("Your ferritin is low.", picture=PICTURE)])
async def test_noted_once_before_the_message_leaves(graph: LoopbackGraph, part: Part) -> None:
    await check_written(graph, part)


@pytest.mark.parametrize("part", [Part("Hello"), Part("Your ferritin is low.", picture=PICTURE)])
async def test_noted_once_before_the_message_leaves_by_tls(secure: LoopbackGraph, part: Part) -> None:
    await check_written(secure, part)


async def test_noted_once_before_the_message_leaves_through_a_proxy(secure: LoopbackGraph, proxy: None) -> None:
    await check_written(secure, Part("Hello"))


async def test_noted_again_for_another_try(graph: LoopbackGraph, road: GraphApi) -> None:
    written: list[str] = []
    graph.next(error(131000))
    graph.next(cut(Cut.SILENT))
    for _ in range(2):
        with pytest.raises(SendError):
            await say(road, Part("Hello"), written=lambda: written.append("x"))
    await say(road, Part("Hello"), written=lambda: written.append("x"))
    assert len(written) == 3


async def test_not_noted_when_nobody_listens() -> None:
    with LoopbackGraph() as gone:
        road = GraphApi(TOKEN, gone.url)
    with pytest.raises(SendError, match="unreachable"):
        await say(road, Part("Hello"), written=_fail)
    await road.close()


async def test_not_noted_when_the_certificate_is_not_trusted(
    secure: LoopbackGraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    road = GraphApi(TOKEN, secure.url)
    with pytest.raises(SendError, match="unreachable"):
        await say(road, Part("Hello"), written=_fail)
    await road.close()


async def test_not_noted_when_the_picture_is_not_taken(graph: LoopbackGraph, road: GraphApi) -> None:
    graph.next(error(131016), kind="media")
    with pytest.raises(SendError, match="131016"):
        await say(road, Part("Your ferritin is low.", picture=PICTURE), written=_fail)
    assert [request.kind for request in graph.requests] == ["media"]
