"""A real nginx with the configuration of `deploy/`, on free ports, and an upstream that does what a test wants."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from stillnight.paths import PROJECT
from tests.conftest import free_port
from tests.operations.conftest import until

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@dataclass(frozen=True)
class Proxy:
    """nginx as it runs. folder: its files. url: https."""

    folder: Path
    url: str
    plain_url: str

    def client(self) -> httpx.Client:
        """Somebody outside, who knows the certificate."""
        return httpx.Client(base_url=self.url, verify=trust(self.folder), timeout=60)

    @property
    def log(self) -> str:
        """What nginx logged."""
        return (self.folder / "nginx.log").read_text(encoding="utf-8")


def trust(folder: Path) -> ssl.SSLContext:
    """A client's trust in the certificate of the tests alone."""
    return ssl.create_default_context(cafile=str(folder / "tls.crt"))


@contextmanager
def nginx(folder: Path, upstreams: Sequence[int]) -> Iterator[Proxy]:
    """Run it in front of servers on these ports."""
    assert NGINX is not None
    certificate(folder)
    ports = free_port(), free_port()
    (folder / "nginx.conf").write_text(configured(folder, ports, upstreams), encoding="utf-8")
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    with (folder / "nginx.log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    proxy = Proxy(folder, f"https://127.0.0.1:{ports[1]}", f"http://127.0.0.1:{ports[0]}")
    try:
        until(lambda: answers(proxy) or process.poll() is not None, "nginx to start")
        assert process.poll() is None, proxy.log
        yield proxy
    finally:
        process.terminate()
        process.wait(30)


def answers(proxy: Proxy) -> bool:
    """Whether it listens."""
    try:
        return httpx.get(proxy.plain_url, timeout=5).status_code == 301
    except httpx.TransportError:
        return False


def configured(folder: Path, ports: tuple[int, int], upstreams: Sequence[int]) -> str:
    """The configuration of `deploy/`, with nothing else than what it says to change changed."""
    text = (PROJECT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    servers = "\n".join(f"        server 127.0.0.1:{port} max_fails=0;" for port in upstreams)
    changes = {
        # First: the tests' own folder is in there too.
        "/tmp/": f"{folder}/",
        "        server server:5005 max_fails=0;": servers,
        "listen 80 default_server": f"listen 127.0.0.1:{ports[0]} default_server",
        "listen 443 ssl": f"listen 127.0.0.1:{ports[1]} ssl",
        "/etc/nginx/tls/": f"{folder}/",
        "/dev/stdout": f"{folder}/access.log",
    }
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    # Its processes must reach the tests' own folder.
    return f"user root;\n{text}" if os.geteuid() == 0 else text


def certificate(folder: Path) -> None:
    """A certificate for this machine, good for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "tls.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "tls.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


@dataclass
class Upstream:
    """A server behind nginx, which notes what it is told. act: answers a request."""

    act: Callable[[BaseHTTPRequestHandler], None]
    port: int = 0
    told: list[dict[str, str]] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[Upstream]:
        """As long as the block; again, on the same port."""
        upstream = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("content-length") or 0))
                upstream.told.append({name.lower(): value for name, value in self.headers.items()})
                upstream.act(self)

            do_GET = do_POST  # noqa: N815

            def log_message(self, *_: object) -> None:
                """Silent."""

        server: socketserver.TCPServer = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()


def fine(handler: BaseHTTPRequestHandler) -> None:
    """Answer “fine”."""
    handler.send_response(200)
    handler.send_header("Content-Length", "4")
    handler.end_headers()
    handler.wfile.write(b"fine")


def breaks_off(handler: BaseHTTPRequestHandler) -> None:
    """Take the request and answer nothing, as a process that is killed."""
    handler.close_connection = True
    handler.connection.close()
