"""What tests look up in a server's inbox, and the process that works through it."""

from __future__ import annotations

import fcntl
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from stillnight.paths import PROJECT
from tests.conftest import Server, free_port, traces

_WITHIN_SECONDS = 120.0


def rows(folder: Path, query: str, *values: Any, file: str = "inbox.db") -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with closing(sqlite3.connect(folder / file, timeout=10)) as database:
        return database.execute(query, values).fetchall()


def waiting(folder: Path) -> int:
    """How many messages are not done, or more while deliveries are still on their way into the inbox."""
    # First where a delivery comes from, then where it goes: one that moves meanwhile is counted.
    beside = waiting_beside(folder)
    query = "SELECT count(*) FROM inbox_messages WHERE state IN ('waiting', 'answered')"
    return beside + int(rows(folder, query)[0][0])


def waiting_beside(folder: Path) -> int:
    """How many deliveries were acknowledged and are not in the inbox yet."""
    return sum(path.read_bytes().count(b"\n") for path in folder.glob("deliveries.*"))


def state(folder: Path, message_id: str) -> tuple[str, str | None] | None:
    """State and note of a message; None when it was never kept."""
    found = rows(folder, "SELECT state, note FROM inbox_messages WHERE message_id = ?", message_id)
    return (found[0][0], found[0][1]) if found else None


def person(folder: Path, message_id: str) -> str:
    """Id of the conversation that a message belongs to."""
    return str(rows(folder, "SELECT person FROM inbox_messages WHERE message_id = ?", message_id)[0][0])


def parts(folder: Path, message_id: str) -> list[tuple[str, str | None]]:
    """State and note of what was to be sent for a message, in order."""
    query = """SELECT p.state, p.note FROM outbox_parts p JOIN inbox_messages m ON m.number = p.message
        WHERE m.message_id = ? ORDER BY p.place"""
    return rows(folder, query, message_id)


def until(done: Callable[[], Any], what: str, within: float = _WITHIN_SECONDS) -> Any:
    """What `done` gives as soon as that is true."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if given := done():
            return given
        time.sleep(0.05)
    raise AssertionError(f"waited in vain: {what}")


def outside_conversations(folder: Path, words: str) -> list[str]:
    """Files that hold the words, but for the conversations, which are there to hold them."""
    return [name for name in traces(folder, words) if not name.startswith("conversations.db")]


def worker(server: Server) -> int | None:
    """Process id of the worker that the server started; None while there is none."""
    assert server.process is not None
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                command = (entry / "cmdline").read_bytes()
            except (OSError, ValueError, IndexError):
                continue
            if parent == server.process.pid and b"work" in command.split(b"\0"):
                return int(entry.name)
    return None


@contextmanager
def resting(server: Server) -> Iterator[None]:
    """The worker stands still: what is delivered meanwhile is not begun before the end."""
    until(lambda: not waiting(server.data_dir), "an idle worker")
    process = until(lambda: worker(server), "a worker")
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


@contextmanager
def nobody_works(folder: Path) -> Iterator[None]:
    """Hold what a worker needs, as another worker would."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "inbox.lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def refused_to_start(environment: dict[str, str], folder: Path, code: int = os.EX_CONFIG) -> str:
    """What `stillnight serve` says when it ends before it listens, with the code it must end with."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STILLNIGHT_")}
    ended = subprocess.run(
        [*Server(folder).command, "--port", str(free_port())],
        cwd=PROJECT,
        env={**clean, "STILLNIGHT_DATA_DIR": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=_WITHIN_SECONDS,
    )
    assert ended.returncode == code, ended
    return ended.stdout + ended.stderr
