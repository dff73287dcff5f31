"""The nginx of `deploy/` for real: what it passes on, what it refuses, and two processes behind it."""

from __future__ import annotations

import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.channels.graph_api import LoopbackGraph
from tests.channels.inbox.cluster import Cluster
from tests.channels.whatsapp_cloud import patient as cloud
from tests.conftest import Server
from tests.operations.conftest import until
from tests.operations.proxy import NGINX, Proxy, Upstream, breaks_off, certificate, configured, fine, nginx

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")

WORDS = "glockenspielers"
SECRET = "one-secret-for-all-processes"
QUESTIONS = (
    "can low iron cause restless legs",
    "is restless legs inherited",
    "what is plmd",
    "does caffeine make it worse",
    "what helps at night",
    "how is it diagnosed",
)


def test_nginx_accepts_the_configuration(tmp_path: Path) -> None:
    assert NGINX is not None
    certificate(tmp_path)
    (tmp_path / "nginx.conf").write_text(configured(tmp_path, (8080, 8443), [5005, 5015]))
    command = [NGINX, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    checked = subprocess.run(command, capture_output=True, text=True)
    assert checked.returncode == 0 and "warn" not in checked.stderr, checked.stderr


def test_server_is_told_who_asks_and_nothing_that_was_made_up(tmp_path: Path) -> None:
    lies = {
        "X-Forwarded-For": "203.0.113.9",
        "Forwarded": "for=203.0.113.9",
        "X-Request-ID": f"{WORDS}-1",
        "Idempotency-Key": "mine-12345678",
    }
    with Upstream(fine).running() as server, nginx(tmp_path, [server.port]) as proxy, proxy.client() as client:
        assert client.post(f"/webhooks/web/messages?{WORDS}", headers=lies, json={"text": WORDS}).text == "fine"
        client.post("/webhooks/web/messages", json={})
        first, second = server.told
        assert first["x-forwarded-for"] == "127.0.0.1" and "forwarded" not in first
        assert re.fullmatch("[0-9a-f]{32}", first["x-request-id"])
        assert first["host"] == client.base_url.netloc.decode()
        assert first["idempotency-key"] == "mine-12345678"
        assert second["idempotency-key"] == second["x-request-id"] != first["x-request-id"]
        access = (tmp_path / "access.log").read_text()
        assert first["x-request-id"] in access and '"path":"/webhooks/web/messages"' in access
        assert not any(each in access + proxy.log for each in (WORDS, "203.0.113.9", "mine-12345678"))


def test_message_that_a_dying_process_took_goes_to_the_next_with_its_key(tmp_path: Path) -> None:
    with (
        Upstream(breaks_off).running() as dying,
        Upstream(fine).running() as well,
        nginx(tmp_path, [dying.port, well.port]) as proxy,
        proxy.client() as client,
    ):
        # Whoever comes first: both are asked, one after the other.
        for _ in range(4):
            assert client.post("/webhooks/web/messages", json={"text": "my legs"}).text == "fine"
        assert dying.told
        keys = {told["idempotency-key"] for told in well.told}
        assert len(keys) == 4 and {told["idempotency-key"] for told in dying.told} <= keys


def test_process_that_was_just_started_is_asked_when_the_other_ends(tmp_path: Path) -> None:
    """Whoever finds it away a moment before must not think it away afterwards, when nobody else is left."""
    first, other = Upstream(fine), Upstream(fine)
    with first.running(), other.running():
        ports = first.port, other.port
    with nginx(tmp_path, ports) as proxy, proxy.client() as client:
        with other.running():
            # It is looked for, and is not there.
            for _ in range(8):
                assert client.post("/webhooks/web/messages", json={}).text == "fine"
        with first.running():
            assert client.post("/webhooks/web/messages", json={}).text == "fine"


def test_replies_are_passed_on_as_they_come(tmp_path: Path) -> None:
    read = threading.Event()

    def two_lines(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"2\r\n1\n\r\n")
        handler.wfile.flush()
        # Not before the first line was read.
        assert read.wait(30)
        handler.wfile.write(b"2\r\n2\n\r\n0\r\n\r\n")

    with (
        Upstream(two_lines).running() as server,
        nginx(tmp_path, [server.port]) as proxy,
        proxy.client() as client,
        client.stream("POST", "/webhooks/web/messages", json={}) as answer,
    ):
        lines = answer.iter_lines()
        assert next(lines) == "1"
        read.set()
        assert next(lines) == "2"


def test_flood_from_one_address_is_stopped(tmp_path: Path) -> None:
    with Upstream(fine).running() as server, nginx(tmp_path, [server.port]) as proxy, proxy.client() as client:
        codes = [client.get("/").status_code for _ in range(1000)]
        assert set(codes) == {200, 429} and codes[:100] == [200] * 100


# -- two real processes


@pytest.fixture(scope="module")
def servers(model: Path, postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    """Two processes with nothing in common but a database and a secret."""
    postgres.empty()
    with LoopbackGraph() as graph:
        shared = {
            **cloud.environment(graph),
            "STILLNIGHT_DATABASE": postgres.url,
            "STILLNIGHT_INBOX": postgres.url,
            "STILLNIGHT_SECRET": SECRET,
            "STILLNIGHT_MESSAGES_PER_MINUTE": "1000000",
            "STILLNIGHT_PROXIES": "1",
            "STILLNIGHT_WORKER": "false",
            "STILLNIGHT_LOG_LEVEL": "INFO",
        }
        started = [Server(tmp_path_factory.mktemp(name), shared).start() for name in ("one", "other")]
        yield started
        for server in started:
            server.stop()


@pytest.fixture(scope="module")
def proxy(servers: list[Server], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """In front of both."""
    with nginx(tmp_path_factory.mktemp("nginx"), [server.port for server in servers]) as running:
        yield running


class Visitor:
    """Somebody who talks through nginx."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        begun = client.post("/webhooks/web/session")
        assert begun.status_code == 201, begun.text
        client.headers["Authorization"] = f"Bearer {begun.json()['token']}"

    def says(self, text: str) -> list[dict[str, Any]]:
        answer = self._client.post("/webhooks/web/messages", json={"text": text})
        assert answer.status_code == 200, answer.text
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages

    def said(self) -> list[str]:
        """What is kept of their own words."""
        kept = self._client.get("/webhooks/web/history").json()["messages"]
        return [message["text"] for message in kept if message["from"] == "patient"]


def taken(server: Server) -> int:
    return server.log.count("route=stillnight_web.answer status=200")


def test_conversation_goes_over_both_processes(proxy: Proxy, servers: list[Server]) -> None:
    before = [taken(server) for server in servers]
    with proxy.client() as client:
        visitor = Visitor(client)
        answers = [visitor.says(question)[0] for question in QUESTIONS]
        assert all(answer["sources"] for answer in answers)
        # Whoever answers knows what the other said.
        assert visitor.says("say that again please")[0]["text"] == answers[-1]["text"]
        assert visitor.said() == [*QUESTIONS, "say that again please"]
    assert all(taken(server) > first for server, first in zip(servers, before))


def wait_for_more(server: Server) -> None:
    """Until it has answered some more messages."""
    before = taken(server)
    until(lambda: taken(server) > before + 2, "more messages to be answered")


def test_each_process_is_restarted_and_no_message_is_lost(proxy: Proxy, servers: list[Server]) -> None:
    over, failures, asked = threading.Event(), list[str](), list[list[str]]()

    def talk() -> None:
        with proxy.client() as client:
            visitor, mine = Visitor(client), list[str]()
            # As fast as nginx lets one address ask.
            while not over.wait(0.2):
                mine.append(QUESTIONS[len(mine) % len(QUESTIONS)])
                try:
                    if not visitor.says(mine[-1])[0]["sources"]:
                        failures.append("no answer")
                except Exception as error:
                    failures.append(f"{type(error).__name__}: {error}"[:200])
            asked.append([*mine, "|", *visitor.said()])

    people = [threading.Thread(target=talk) for _ in range(3)]
    for person in people:
        person.start()
    try:
        for server, how in zip(servers, (signal.SIGTERM, signal.SIGKILL)):
            other = servers[1 - servers.index(server)]
            assert server.process is not None
            server.process.send_signal(how)
            server.process.wait(60)
            wait_for_more(other)
            server.start()
            wait_for_more(server)
    finally:
        over.set()
        for person in people:
            person.join(120)
    assert not failures, proxy.log
    for told in asked:
        said, kept = told[: told.index("|")], told[told.index("|") + 1 :]
        # Each once, in order.
        assert kept == said and len(said) > 3


def test_nginx_bounds_bodies_and_hides_what_is_inside(proxy: Proxy, servers: list[Server]) -> None:
    with proxy.client() as client:
        # Refused by nginx, whose page this is.
        too_large = client.post("/webhooks/web/messages", content=b"x" * 110_000)
        assert too_large.status_code == 413 and "text/html" in too_large.headers["content-type"]
        # So large a delivery of Meta's reaches the server, which misses the signature.
        assert client.post("/webhooks/whatsapp_cloud/webhook", content=b"x" * 3_900_000).status_code == 401
        assert client.post("/webhooks/whatsapp_cloud/webhook", content=b"x" * 4_300_000).status_code == 413
        assert client.get("/readyz").status_code == 404 and client.get("/metrics").status_code == 404
        page = client.get("/")
        assert page.status_code == 200 and page.headers["strict-transport-security"].startswith("max-age=31536000")
        assert page.headers["content-security-policy"] and page.headers["server"] == "nginx"
    moved = httpx.get(f"{proxy.plain_url}/demo", timeout=10)
    assert moved.status_code == 301 and moved.headers["location"] == "https://127.0.0.1/demo"


def test_page_of_its_own_address_may_talk(proxy: Proxy) -> None:
    with proxy.client() as client:
        assert client.post("/webhooks/web/session", headers={"Origin": proxy.url}).status_code == 201
        assert client.post("/webhooks/web/session", headers={"Origin": "https://evil.example"}).status_code == 403
