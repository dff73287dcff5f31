"""A worker as a process of its own, that stands still where it is told to: `python -m tests.channels.inbox.child`.

Arguments: database, folder, when the clock began, how fast it goes, where to stand still (empty: nowhere).
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from stillnight.channels.inbox.inbox import Inbox
from stillnight.channels.inbox.shapes import Taken
from stillnight.channels.inbox.worker import Said
from stillnight.channels.messenger.incoming import Incoming
from stillnight.channels.messenger.outgoing import Limits, Part, Road
from stillnight.database import open_database
from tests.channels.inbox.people import CHANNEL, LIMITS, Scene, said

TAKEN = "taken"
REACHED = "reached"


@dataclass
class FastClock:
    """Goes `speed` times as fast as others since `began`, in every process alike."""

    began: float
    speed: float

    def __call__(self) -> float:
        """The time."""
        return self.began + (time.time() - self.began) * self.speed


class Stop:
    """Where to stand still."""

    def __init__(self, folder: Path, where: str) -> None:
        self._folder, self._where = folder, where

    def here(self, where: str) -> None:
        """For ever, if it is here."""
        if where == self._where:
            (self._folder / REACHED).touch()
            self._for_ever()

    @staticmethod
    def _for_ever() -> NoReturn:
        while True:
            time.sleep(60)


class Messenger:
    """Writes what it takes into a file. Its name and limits are the tests' own."""

    name: str = CHANNEL
    limits: Limits = LIMITS

    def __init__(self, folder: Path, stop: Stop) -> None:
        self._file, self._stop = os.open(folder / TAKEN, os.O_WRONLY | os.O_CREAT | os.O_APPEND), stop

    async def send(self, to: str, line: str, part: Part, ours: str, written: Callable[[], None]) -> str:
        """One line for each part."""
        words = f"{to} {part.text}\n".encode()
        self._stop.here(f"answered {part.text}")
        await asyncio.sleep(0.002)
        written()
        self._stop.here(f"leaving {part.text}")
        os.write(self._file, words)
        self._stop.here(f"left {part.text}")
        await asyncio.sleep(0.005)
        return ours

    async def seen(self, message: Incoming) -> None:
        """Nothing."""

    async def close(self) -> None:
        """Nothing."""


class Assistant:
    """Says “re: …”."""

    def __init__(self, stop: Stop) -> None:
        self._stop = stop

    def is_urgent(self, taken: Taken) -> bool:
        """Never."""
        return False

    async def answer(self, taken: Taken, road: Road) -> Said:
        """In two parts."""
        self._stop.here(f"begun {taken.message.text}")
        await asyncio.sleep(0.002)
        return said(f"{taken.message.text}a", f"{taken.message.text}b")

    def apology(self, taken: Taken, road: Road) -> Said:
        """Never asked for here."""
        return said("sorry")


def main(url: str, folder: str, began: str, speed: str, where: str) -> Awaitable[None]:
    """Work until killed."""
    from stillnight.channels.inbox.worker import Worker

    stop = Stop(Path(folder), where)
    inbox = Inbox(open_database(url))
    holding = Scene(inbox, Path(folder)).holding()
    roads: dict[str, Road] = {CHANNEL: Messenger(Path(folder), stop)}
    clock = FastClock(float(began), float(speed))
    return Worker(inbox, roads, Assistant(stop), holding, clock).run(asyncio.Event())


if __name__ == "__main__":
    work = main(*sys.argv[1:])

    async def _work() -> None:
        await work

    asyncio.run(_work())
