"""Real processes that are killed at each step, and two at once: every answer is sent once, in order for each person."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from stillnight.channels.inbox.inbox import UNCONFIRMED, Inbox
from stillnight.channels.messenger.incoming import Progress, Receipt
from stillnight.paths import PROJECT
from tests.channels.inbox.child import REACHED, TAKEN, FastClock
from tests.channels.inbox.people import CHANNEL, arrival, rows, states

# A grace of a minute passes in less than a second.
SPEED = 100.0
WITHIN_SECONDS = 60


def until(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + WITHIN_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain: {what}"
        time.sleep(0.01)


@dataclass
class Run:
    """Processes that work on one database."""

    url: str
    folder: Path
    inbox: Inbox
    clock: FastClock = field(default_factory=lambda: FastClock(time.time(), SPEED))
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, where: str = "") -> subprocess.Popen[bytes]:
        """One that stands still there."""
        command = [sys.executable, "-m", "tests.channels.inbox.child", self.url, str(self.folder)]
        process = subprocess.Popen([*command, repr(self.clock.began), repr(SPEED), where], cwd=PROJECT)
        self.workers.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """With no time to say anything."""
        process.kill()
        process.wait(WITHIN_SECONDS)
        self.workers.remove(process)

    def start_and_kill(self, where: str) -> None:
        """When it has come there."""
        process = self.start(where)
        until(lambda: (self.folder / REACHED).exists() or process.poll() is not None, where)
        assert process.poll() is None
        self.kill(process)

    def write(self, *texts: str, who: str = "ann") -> None:
        """Somebody writes."""
        for text in texts:
            self.inbox.take([arrival(f"{who}{text}", text, self.clock(), who)], self.clock())

    def taken(self, who: str = "ann") -> list[str]:
        """What the messenger took for a person."""
        file = self.folder / TAKEN
        lines = file.read_text().splitlines() if file.exists() else []
        return [line.partition(" ")[2] for line in lines if line.startswith(f"+1555{who} ")]

    def until_done(self) -> None:
        """All that came is answered."""
        until(lambda: not {"waiting", "answered"} & set(states(self.inbox)), "answers")


@pytest.fixture
def run(url: str, tmp_path: Path, inbox: Inbox) -> Iterator[Run]:
    running = Run(url, tmp_path, inbox)
    with ended(running):
        yield running


@contextmanager
def ended(running: Run) -> Iterator[None]:
    try:
        yield
    finally:
        for process in list(running.workers):
            running.kill(process)


ALL = ["1a", "1b", "2a", "2b"]


@pytest.mark.parametrize("where", ["begun 1", "answered 1a", "left 1a", "answered 1b", "left 1b", "begun 2", "left 2b"])
def test_killed_process_loses_and_repeats_nothing(run: Run, where: str) -> None:
    run.write("1", "2")
    run.start_and_kill(where)
    before = run.taken()
    assert before == ALL[: len(before)]
    run.start()
    run.until_done()
    assert run.taken() == ALL


def test_messages_that_were_taken_outlive_who_took_them(run: Run) -> None:
    code = (
        "import sys, os, signal; from tests.channels.inbox.people import arrival;"
        "from stillnight.channels.inbox.inbox import Inbox;"
        "from stillnight.database import open_database;"
        "inbox = Inbox(open_database(sys.argv[1])); now = float(sys.argv[2]);"
        "inbox.take([arrival('1', '1', now), arrival('2', '2', now)], now); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code, run.url, repr(run.clock())], cwd=PROJECT, timeout=60)
    assert done.returncode == -9
    run.start()
    run.until_done()
    assert run.taken() == ALL


def test_killed_between_the_note_and_the_write_says_that_it_is_not_sure(run: Run) -> None:
    run.write("1", "2")
    run.start_and_kill("leaving 1a")
    run.start()
    run.until_done()
    assert run.taken() == ALL[1:]
    first = rows(run.inbox)[0]
    assert (first.state, first.note) == ("sent", UNCONFIRMED)
    run.inbox.note_receipts(CHANNEL, [Receipt("theirs", Progress.FAILED, first.ours, "131026")], run.clock())
    assert rows(run.inbox)[0].state == "dead"


def test_another_that_waits_takes_over_when_the_first_is_killed(run: Run) -> None:
    run.write("1", "2")
    first = run.start("left 1a")
    until((run.folder / REACHED).exists, "the first at work")
    run.start()
    run.write("3", who="bob")
    if run.url.startswith("postgresql"):
        # It need not wait for the first to serve others.
        until(lambda: run.taken("bob") == ["3a", "3b"], "the second at work")
        assert run.taken() == ["1a"]
    run.kill(first)
    run.until_done()
    assert run.taken() == ALL
    assert run.taken("bob") == ["3a", "3b"]


def test_two_at_once_and_kills_at_random_moments(run: Run) -> None:
    people, texts, dice = [f"p{number}x" for number in range(20)], [str(n) for n in range(10, 16)], random.Random(3)
    for text in texts:
        for who in people:
            run.write(text, who=who)
    run.start()
    run.start()

    def answers() -> int:
        return sum(len(run.taken(who)) for who in people)

    for kill in range(1, 7):
        until(lambda kill=kill: answers() >= kill * 30, "answers")  # type: ignore[misc]
        run.kill(dice.choice(run.workers))
        run.start()
    run.until_done()
    # What a process was killed over in the tenths of a millisecond between the note and the write: one part a kill at
    # most, and it says so.
    unsure = {row.ours: f"{row.person} {row.reply}" for row in rows(run.inbox) if row.note == UNCONFIRMED}
    lost = 0
    for who in people:
        taken, all_ = run.taken(who), [f"{text}{part}" for text in texts for part in "ab"]
        missing = [each for each in all_ if each not in taken]
        assert taken == [each for each in all_ if each not in missing], "twice or in the wrong order"
        assert all(f"{who} reply-{each}" in unsure.values() for each in missing)
        lost += len(missing)
    assert lost <= kill
    assert {row.state for row in rows(run.inbox)} == {"sent"}
