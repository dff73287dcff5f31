"""Limits that several servers share, and what happens when they cannot be counted."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.channels.test_web import Patient
from tests.conftest import Server


def test_two_servers_count_together_and_a_lost_redis_turns_nobody_away(
    model: Path, tmp_path: Path, redis: tuple[int, subprocess.Popen[bytes]]
) -> None:
    port, running = redis
    shared = {
        "STILLNIGHT_LIMITS_STORAGE": f"redis://127.0.0.1:{port}",
        "STILLNIGHT_MESSAGES_PER_MINUTE": "3",
        "STILLNIGHT_SECRET": "one secret for both servers",
    }
    servers = [Server(tmp_path / name, shared).start() for name in ("one", "two")]
    patient = Patient(servers[0].url)
    statuses = []
    for number in range(5):
        patient.url = servers[number % 2].url
        statuses.append(patient.post({"text": "hello"}).status_code)
    assert statuses == [200, 200, 200, 429, 429]
    running.kill()
    running.wait()
    assert patient.post({"text": "hello"}).status_code == 200
    for server in servers:
        server.stop()
