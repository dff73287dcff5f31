"""A PostgreSQL cluster of the tests' own: in a temporary folder, on a free port of this machine, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from tests.conftest import free_port

_WITHIN_SECONDS = 60
_NAME = "inbox"
TERMINATE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend'"


class NoPostgresError(RuntimeError):
    """Why there can be no cluster here."""


@dataclass
class Cluster:
    """One server. It refuses to run as root, so that it gets a user of its own there."""

    folder: Path
    programs: Path
    port: int
    user: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Of its database."""
        return f"postgresql://{self.user}@127.0.0.1:{self.port}/{_NAME}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = ["-D", str(self.folder / "data"), "-p", str(self.port), "-k", str(self.folder)]
        quick = ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60", "-c", "shared_buffers=16MB"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(self.programs / "postgres"), *options, *quick], stdout=log, stderr=log, user=self._uid(), cwd="/"
            )
        deadline = time.monotonic() + _WITHIN_SECONDS
        while not self._answers():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.05)

    def stop(self) -> None:
        """End it at once: every connection breaks."""
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(_WITHIN_SECONDS)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It is alive and does nothing."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        os.kill(self.process.pid, signal.SIGSTOP)
        # From now on there are no new ones.
        processes = [*map(int, children.read_text().split()), self.process.pid]
        try:
            for process in processes:
                os.kill(process, signal.SIGSTOP)
            yield
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)

    def run(self, sql: str, database: str = _NAME) -> None:
        """Run one statement."""
        address = self.url.removesuffix(_NAME) + database
        engine = sa.create_engine(address, poolclass=sa.pool.NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(sa.text(sql))

    def empty(self) -> None:
        """As new: no tables, and nobody who is connected or holds a lock."""
        self.run(f"{TERMINATE} AND pid <> pg_backend_pid()", "postgres")
        self.run("DROP SCHEMA public CASCADE")
        self.run("CREATE SCHEMA public")

    def initialize(self) -> None:
        """Make its files."""
        command = [str(self.programs / "initdb"), "-D", str(self.folder / "data"), "-A", "trust", "-U", self.user, "-N"]
        subprocess.run(command, check=True, capture_output=True, user=self._uid(), cwd="/", timeout=_WITHIN_SECONDS)

    def _uid(self) -> int | None:
        return pwd.getpwnam(self.user).pw_uid if os.geteuid() == 0 else None

    def _answers(self) -> bool:
        try:
            self.run("SELECT 1", "postgres")
        except sa.exc.OperationalError:
            return False
        return True


@contextmanager
def cluster() -> Iterator[Cluster]:
    """One that runs.

    Raises:
        NoPostgresError: when PostgreSQL is not installed, or there is nobody to run it as.
    """
    found = [Path(given).resolve().parent for given in [shutil.which("initdb")] if given]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    programs = next((folder for folder in found if (folder / "postgres").exists()), None)
    if programs is None:
        raise NoPostgresError("PostgreSQL is not installed (initdb, postgres)")
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    try:
        owner = pwd.getpwnam(user).pw_uid
    except KeyError:
        raise NoPostgresError("PostgreSQL does not run as root, and there is no user postgres") from None
    # Not in pytest's own folder, which nobody else may enter.
    with tempfile.TemporaryDirectory(prefix="stillnight-pg-") as name:
        folder = Path(name)
        os.chown(folder, owner, -1)
        made = Cluster(folder, programs, free_port(), user)
        made.initialize()
        made.start()
        try:
            made.run(f"CREATE DATABASE {_NAME}", "postgres")
            yield made
        finally:
            made.stop()
