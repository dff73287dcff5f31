"""Deliveries on disk, before they are in the inbox."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stillnight.channels.inbox.spool import Spool, SpoolBusyError
from stillnight.paths import PROJECT


@contextmanager
def opened(folder: Path) -> Iterator[Spool]:
    """A spool, closed at the end as the end of its process would."""
    spool = Spool(folder)
    try:
        yield spool
    finally:
        spool.close()


def on_disk(folder: Path) -> bytes:
    """Both files."""
    return b"|".join(path.read_bytes() for path in sorted(folder.glob("deliveries.*")))


@contextmanager
def full_disk(bytes_left: int) -> Iterator[None]:
    """No file of this process may grow beyond that."""
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_left, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def test_what_was_written_is_there_for_the_next_process(tmp_path: Path) -> None:
    with opened(tmp_path) as spool:
        spool.append([b"a", b"b"])
        spool.append([b"c"])
    with opened(tmp_path) as spool:
        assert spool.left() == [b"a", b"b", b"c"]


def test_killed_process_leaves_what_it_wrote(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys; from pathlib import Path; from stillnight.channels.inbox.spool import Spool;"
        "spool = Spool(Path(sys.argv[1])); spool.append([b'a']); spool.turn(); spool.append([b'b']);"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=PROJECT, check=False)
    assert ended.returncode == -signal.SIGKILL
    with opened(tmp_path) as spool:
        assert spool.left() == [b"a", b"b"]


def test_line_that_was_cut_off_is_left_out_and_spoils_none(tmp_path: Path) -> None:
    for name, content in (("a", b"one\ntw"), ("b", b"three\nfo")):
        (tmp_path / f"deliveries.{name}").write_bytes(content)
    with opened(tmp_path) as spool:
        assert spool.left() == [b"one", b"three"]
        spool.append([b"five"])
        assert spool.left() == [b"one", b"three", b"five"]


def test_what_is_cleared_is_gone_and_what_came_after_the_turn_stays(tmp_path: Path) -> None:
    with opened(tmp_path) as spool:
        spool.append([b"a"])
        spool.turn()
        spool.append([b"b"])
        spool.clear()
        assert spool.left() == [b"b"]
        spool.turn()
        spool.append([b"c"])
        spool.clear()
        assert on_disk(tmp_path) == b"c\n|"
        spool.turn()
        spool.clear()
        assert on_disk(tmp_path) == b"|"


def test_one_process_at_a_time(tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(SpoolBusyError):
        Spool(tmp_path)
    with opened(tmp_path):
        pass


def test_full_disk_refuses_and_leaves_what_was_there_whole(tmp_path: Path) -> None:
    with opened(tmp_path) as spool:
        spool.append([b"first"])
        with full_disk(10), pytest.raises(OSError, match="too large"):
            spool.append([b"second" * 10])
        assert on_disk(tmp_path) == b"first\n|"
        spool.append([b"third"])
        assert spool.left() == [b"first", b"third"]


def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    with opened(tmp_path):
        assert {path.stat().st_mode & 0o777 for path in tmp_path.glob("deliveries.*")} == {0o600}
