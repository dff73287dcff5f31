"""What tests of operations share: a PostgreSQL of their own, and one server that counts and logs as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.channels import kept
from tests.channels.inbox.cluster import Cluster
from tests.conftest import NO_LIMITS, Server, free_port

_WITHIN_SECONDS = 60.0


until = partial(kept.until, within=_WITHIN_SECONDS)


def not_ready(url: str) -> list[str]:
    """Parts that cannot be used; none when ready."""
    answer = httpx.get(f"{url}/readyz", timeout=10)
    told: dict[str, Any] = answer.json()
    assert told == {"ready": answer.status_code == 200, "not_ready": told["not_ready"]}
    assert bool(told["not_ready"]) == (answer.status_code == 503)
    return list(told["not_ready"])


def json_lines(server: Server) -> list[dict[str, Any]]:
    """What the server logged."""
    return [json.loads(line) for line in server.log.splitlines()]


@dataclass(frozen=True)
class Watched:
    """A server and its metrics page."""

    server: Server
    metrics: str

    def page(self) -> str:
        """The metrics as they are scraped."""
        return httpx.get(self.metrics, timeout=10).text

    def count(self, sample: str) -> float:
        """The value of a sample, 0 when there is none."""
        found = [line for line in self.page().splitlines() if line.startswith(f"{sample} ")]
        return float(found[0].rpartition(" ")[2]) if found else 0.0


def watched(folder: Path, environment: dict[str, str] | None = None) -> Watched:
    """A server that is not started."""
    port = free_port()
    settings = {
        **NO_LIMITS,
        "STILLNIGHT_METRICS": f"127.0.0.1:{port}",
        "STILLNIGHT_LOG_FORMAT": "json",
        "STILLNIGHT_LOG_LEVEL": "DEBUG",
        **(environment or {}),
    }
    return Watched(Server(folder, settings), f"http://127.0.0.1:{port}/metrics")


@pytest.fixture(scope="package")
def watch(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """One that runs, for all tests that leave it running."""
    made = watched(tmp_path_factory.mktemp("watched"))
    made.server.start()
    yield made
    made.server.stop()


@pytest.fixture
def database(postgres: Cluster) -> str:
    """Address of an empty database."""
    postgres.empty()
    return postgres.url
