"""Deliveries on disk, written one behind the other, until the inbox has them.

Acknowledging has to wait for a disk, but not for a database in which a worker is busy. Two files take turns: while what
one holds goes into the inbox, the other takes what comes.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_NAMES: Final = ("deliveries.a", "deliveries.b")


def lines_in(folder: Path) -> list[bytes]:
    """What waits in a spool, whoever writes to it; nothing where there is none. Raises OSError."""
    files = [folder / name for name in _NAMES]
    return [line for file in files if file.is_file() for line in file.read_bytes().split(b"\n")[:-1]]


class SpoolBusyError(RuntimeError):
    """Another process writes to this spool."""


class Spool:
    """Lines of bytes, kept in a folder by one process at a time. Not for several threads at once."""

    def __init__(self, folder: Path) -> None:
        """Open the files, or make them.

        Raises:
            SpoolBusyError: when another process has them open.
            OSError: when the folder cannot be written to.
        """
        self._files = [os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600) for name in _NAMES]
        try:
            # Ends with this process, however that ends.
            fcntl.flock(self._files[0], fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.close()
            raise SpoolBusyError("another process writes to this spool") from None
        _sync_folder(folder)
        self._current = 0
        self._size = os.fstat(self._files[0]).st_size
        self._gather()

    def _gather(self) -> None:
        """What an earlier process left stands in the first file alone, without a last line that has no end."""
        first, second = self._files
        left = self.left()
        self._size = len(b"".join(line + b"\n" for line in _lines(first)))
        self.append(left[len(_lines(first)) :])
        os.ftruncate(second, 0)

    def left(self) -> list[bytes]:
        """All lines. One without an end was never acknowledged."""
        return [line for file in self._files for line in _lines(file)]

    def append(self, lines: Sequence[bytes]) -> None:
        """Write lines and wait for the disk.

        Args:
            lines: without a line break in them.

        Raises:
            OSError: when it cannot be written; then nothing of it is kept.
        """
        file, written = self._files[self._current], b"".join(line + b"\n" for line in lines)
        try:
            # What a failed attempt left would spoil the next line.
            if os.fstat(file).st_size != self._size:
                os.ftruncate(file, self._size)
            _write(file, written)
            os.fdatasync(file)
        except OSError:
            os.ftruncate(file, self._size)
            raise
        self._size += len(written)

    def turn(self) -> None:
        """What comes from now on goes to the other file, which must be cleared."""
        self._current = 1 - self._current
        self._size = os.fstat(self._files[self._current]).st_size

    def clear(self) -> None:
        """Forget what was written before the last turn."""
        os.ftruncate(self._files[1 - self._current], 0)

    def close(self) -> None:
        """Let go of the files."""
        for file in self._files:
            os.close(file)


def _write(file: int, written: bytes) -> None:
    rest = memoryview(written)
    while rest:
        rest = rest[os.write(file, rest) :]


def _lines(file: int) -> list[bytes]:
    return os.pread(file, os.fstat(file).st_size, 0).split(b"\n")[:-1]


def _sync_folder(folder: Path) -> None:
    # A file that was just made can be gone after a power cut, and all that was written to it.
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
