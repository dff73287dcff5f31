"""`/healthz` says that the process lives, `/readyz` whether it can do its work, and what is missing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.channels.graph_api import LoopbackGraph
from tests.channels.inbox.cluster import Cluster
from tests.channels.kept import worker
from tests.channels.whatsapp_cloud import patient as cloud
from tests.conftest import Server
from tests.operations.conftest import Watched, not_ready, until


def lives(url: str) -> bool:
    answer = httpx.get(f"{url}/healthz", timeout=10)
    return answer.status_code == 200 and answer.text == "alive"


def processes_of(parent: int) -> list[int]:
    """Children of a process."""
    return [int(each) for each in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


@contextmanager
def postgres_frozen(cluster: Cluster) -> Iterator[None]:
    """Takes connections and answers nothing."""
    assert cluster.process is not None
    stopped = processes_of(cluster.process.pid)
    for process in stopped:
        os.kill(process, signal.SIGSTOP)
    os.kill(cluster.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in (cluster.process.pid, *stopped):
            os.kill(process, signal.SIGCONT)


def test_server_with_everything_is_ready(watch: Watched) -> None:
    assert lives(watch.server.url)
    assert not_ready(watch.server.url) == []
    assert watch.count("stillnight_ready") == 1


def test_server_without_a_model_lives_and_is_not_ready(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", {"STILLNIGHT_MODEL": str(tmp_path / "none.tar.gz")}).start()
    assert lives(server.url)
    assert not_ready(server.url) == ["model", "lock"]
    server.stop()


@pytest.fixture(scope="module")
def on_postgres(model: Path, postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Conversations and inbox on PostgreSQL, a channel of a messenger open."""
    postgres.empty()
    with LoopbackGraph() as graph:
        server = Server(
            tmp_path_factory.mktemp("postgres"),
            {
                **cloud.environment(graph),
                "STILLNIGHT_DATABASE": postgres.url,
                "STILLNIGHT_INBOX": postgres.url,
                "STILLNIGHT_WORKER": "false",
            },
        ).start()
        yield server
        server.stop()


def test_database_that_goes_and_comes_back(on_postgres: Server, postgres: Cluster) -> None:
    assert not_ready(on_postgres.url) == []
    postgres.stop()
    try:
        until(lambda: set(not_ready(on_postgres.url)) == {"store", "lock", "inbox"}, "all three parts to be missed")
        assert lives(on_postgres.url)
        told = httpx.get(f"{on_postgres.url}/readyz", timeout=10).text
        assert postgres.user not in told and str(postgres.port) not in told
    finally:
        postgres.start()
    until(lambda: not_ready(on_postgres.url) == [], "everything to be back")
    assert f":{postgres.port}" not in on_postgres.log and f"{postgres.user}@" not in on_postgres.log


def test_frozen_database_does_not_hold_up_the_server(on_postgres: Server, postgres: Cluster) -> None:
    with postgres_frozen(postgres):
        until(lambda: set(not_ready(on_postgres.url)) == {"store", "lock", "inbox"}, "all three parts to be missed")
        assert lives(on_postgres.url)
    until(lambda: not_ready(on_postgres.url) == [], "everything to be back")


def test_server_starts_no_worker_when_told_so(on_postgres: Server) -> None:
    assert worker(on_postgres) is None
