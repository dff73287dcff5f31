"""Servers that are started again when they die, on a store that can be broken; what can be done to them."""

from __future__ import annotations

import os
import signal
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Final

from tests.channels.inbox.cluster import TERMINATE, Cluster
from tests.conftest import NO_LIMITS, Server

SECRET: Final = "the-same-for-every-process-of-this-test"
# Each fault lasts as long as a slow store, or shorter.
LONGEST_SECONDS: Final = 5.0


class Supervisor:
    """Starts a server again as soon as it ended, as systemd does."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        server.start()
        self._thread.start()

    def _watch(self) -> None:
        while not self._ended.wait(0.1):
            assert self.server.process is not None
            if self.server.process.poll() is not None:
                # A fault may end it while it starts: then it is started once more.
                with suppress(AssertionError):
                    self.server.start()

    def end(self) -> None:
        """Let it end for good."""
        self._ended.set()
        self._thread.join()
        self.server.kill()


class Clinic:
    """What people talk to."""

    def __init__(self, folder: Path, postgres: Cluster | None, processes: int) -> None:
        self.folder, self.postgres = folder, postgres
        environment = {**NO_LIMITS, "STILLNIGHT_MESSAGES_PER_MINUTE": "1000000", "STILLNIGHT_SECRET": SECRET}
        if postgres is not None:
            environment["STILLNIGHT_DATABASE"] = postgres.url
        self.supervisors = [Supervisor(Server(folder / f"data{number}", environment)) for number in range(processes)]

    @property
    def servers(self) -> Sequence[Server]:
        """Its processes."""
        return [each.server for each in self.supervisors]

    def end(self) -> None:
        """End them all."""
        for each in self.supervisors:
            each.end()

    @property
    def faults(self) -> Sequence[Callable[[Random], None]]:
        """What can be done to it; each returns when the fault is over, a killed process may still be starting."""
        of_processes = [self.kill, self.freeze, self.restart]
        if self.postgres is None:
            return [*of_processes, self.lock_file]
        return [*of_processes, self.cut_connections, self.stop_database, self.freeze_database]

    def kill(self, rng: Random) -> None:
        """A power cut of one process."""
        self._signal(rng.choice(self.servers), signal.SIGKILL)

    def restart(self, rng: Random) -> None:
        """A new version of one process."""
        self._signal(rng.choice(self.servers), signal.SIGTERM)

    def freeze(self, rng: Random) -> None:
        """A process that is alive and does nothing."""
        server = rng.choice(self.servers)
        self._signal(server, signal.SIGSTOP)
        time.sleep(rng.uniform(0, LONGEST_SECONDS))
        self._signal(server, signal.SIGCONT)

    def lock_file(self, rng: Random) -> None:
        """Somebody else writes to the SQLite file."""
        with closing(sqlite3.connect(self.folder / "data0" / "conversations.db", isolation_level=None)) as database:
            database.execute("PRAGMA busy_timeout = 10000")
            database.execute("BEGIN IMMEDIATE")
            time.sleep(rng.uniform(0, LONGEST_SECONDS))
            database.execute("ROLLBACK")

    def cut_connections(self, rng: Random) -> None:
        """The network to the database breaks, and is back."""
        assert self.postgres is not None
        self.postgres.run(f"{TERMINATE} AND pid <> pg_backend_pid()", "postgres")

    def stop_database(self, rng: Random) -> None:
        """The database is away for a while."""
        assert self.postgres is not None
        self.postgres.stop()
        time.sleep(rng.uniform(0, LONGEST_SECONDS))
        self.postgres.start()

    def freeze_database(self, rng: Random) -> None:
        """The database answers nothing for a while."""
        assert self.postgres is not None
        with self.postgres.frozen():
            time.sleep(rng.uniform(0, LONGEST_SECONDS))

    @staticmethod
    def _signal(server: Server, number: signal.Signals) -> None:
        assert server.process is not None
        if server.process.poll() is None:
            os.kill(server.process.pid, number)


@contextmanager
def clinic(folder: Path, postgres: Cluster | None, processes: int) -> Iterator[Clinic]:
    """A running one; everything ends with it."""
    running = Clinic(folder, postgres, processes)
    try:
        yield running
    finally:
        running.end()
