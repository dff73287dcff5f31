"""What many tests share: the trained model, an agent with real actions, and a real server on a free port."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from stillnight.assistant import training
from stillnight.assistant.environment import prepare
from stillnight.paths import MODEL, PROJECT

if TYPE_CHECKING:
    from tests.channels.inbox.cluster import Cluster

prepare("ERROR")

_START_WITHIN_SECONDS = 120
# One address asks for everybody here. The limits have tests of their own.
NO_LIMITS = {"STILLNIGHT_REQUESTS_PER_MINUTE": "1000000", "STILLNIGHT_SESSIONS_PER_HOUR": "1000000"}


@pytest.fixture(scope="session")
def model() -> Path:
    """A model made from the files as they stand."""
    if not training.is_current():
        training.train()
    return MODEL


@pytest.fixture(scope="session")
def agent(model: Path) -> Any:
    """The real assistant with the real actions; conversations in memory."""
    from stillnight.assistant.agent import load_agent

    return load_agent(model)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL server of the tests' own."""
    # It takes a free port from here.
    from tests.channels.inbox.cluster import NoPostgresError, cluster

    try:
        with cluster() as running:
            yield running
    except NoPostgresError as error:
        pytest.skip(str(error))


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """A real Redis on a free port."""
    program = shutil.which("redis-server")
    if program is None:
        pytest.fail("These tests need Redis: apt-get install redis-server", pytrace=False)
    port = free_port()
    running = subprocess.Popen(
        [program, "--port", str(port), "--save", "", "--dir", str(tmp_path)], stdout=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield port, running
    running.kill()
    running.wait()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def traces(folder: Path, words: str) -> list[str]:
    """Files that hold the words."""
    return [path.name for path in folder.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


@dataclass
class Server:
    """`stillnight serve`, or another command that takes a port, as a process of its own."""

    data_dir: Path
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    command: tuple[str, ...] = (str(Path(sys.executable).parent / "stillnight"), "serve")
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Address of the chat page."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """Everything that the server wrote so far."""
        return (self.data_dir / "server.log").read_text(encoding="utf-8")

    def start(self) -> Server:
        """Start and wait until it answers."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "STILLNIGHT_DATA_DIR": str(self.data_dir), **self.environment}
        with (self.data_dir / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self.command, "--port", str(self.port)],
                cwd=PROJECT,
                env=environment,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + _START_WITHIN_SECONDS
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"the server ended:\n{self.log}"
            try:
                httpx.get(f"{self.url}/healthz", timeout=2)
                return self
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError(f"the server did not start:\n{self.log}")

    def kill(self) -> None:
        """End it as a power cut would."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """End it as Ctrl-C would; the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=30)


@pytest.fixture(scope="session")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One running server for all tests that do not stop it."""
    running = Server(tmp_path_factory.mktemp("server"), NO_LIMITS).start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def live_server(server: Server) -> str:
    """Address of the running server."""
    return server.url
