"""Rasa's default template and Stillnight, asked the same questions by 1, 8, 32 and 128 people at once, in one run.

Both answer the topics and tasks of `data/`, as processes of their own, on this machine, where the people are as well.
Each person waits for an answer before asking on. No question comes twice, but to one process of ours that is asked the
same hundred again and again, as far as that happens. The template keeps conversations in memory, ours in SQLite; beside
them two processes of ours on one PostgreSQL, each message to the other process than the one before.

The template is trained with few epochs: they make its answers good, not slow. `--epochs 100` gives the training time
that Rasa's own template takes. Prints tables of Markdown; `--plot FILE` draws them.

Training the template takes a quarter of an hour even so: `--template FOLDER` keeps it there, and takes it from
there the next time, when its training is no longer measured.

Usage: .venv/bin/python -m tests.load.serving [--people 1 8 32 128] [--epochs N] [--template FOLDER] [--plot FILE]
"""

from __future__ import annotations

import argparse
import asyncio
import math
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import aiohttp

from stillnight.paths import MODEL
from tests.channels.inbox.cluster import cluster
from tests.conftest import Server
from tests.load.people import ASKED_BEFORE, UNLIMITED, Ask, ask_ours, ask_template, memory_mb, questions
from tests.load.plot import draw
from tests.load.template import write_template

PEOPLE: Final = (1, 8, 32, 128)
MESSAGES_AT_LEAST: Final = 240
MESSAGES_EACH: Final = 5
_WARM: Final = 20
_PERCENTS: Final = (50, 95, 99)
_AGAIN: Final = "Stillnight, SQLite, asked before"
_TOGETHER: Final = "2 × Stillnight, PostgreSQL"


@dataclass
class Contender:
    """Somebody who answers, with what was measured. Times in milliseconds."""

    name: str
    servers: Sequence[Server]
    train_s: float
    is_rasas: bool = False
    texts: Iterator[str] = field(default_factory=questions)
    start_s: float = 0.0
    memory_mb: int = 0
    errors: int = 0
    per_second: dict[int, float] = field(default_factory=dict)
    times: dict[int, list[float]] = field(default_factory=dict)

    def percentile(self, people: int, percent: int) -> float:
        """Milliseconds within which so many of a hundred answers came."""
        return statistics.quantiles(self.times[people], n=100)[percent - 1]


async def load(contender: Contender, people: int) -> None:
    """So many people ask until all have had their answers; notes times, errors and answers a second."""
    each = max(MESSAGES_EACH, -(-MESSAGES_AT_LEAST // people))
    texts, times = contender.texts, contender.times.setdefault(people, [])
    urls = [server.url for server in contender.servers]
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=600)) as client:
        persons = [
            await (
                ask_template(client, urls[0], f"{people}-{number}") if contender.is_rasas else ask_ours(client, urls)
            )
            for number in range(people)
        ]

        async def chat(ask: Ask, count: int, kept: list[float]) -> None:
            for _ in range(count):
                began = time.perf_counter()
                contender.errors += not await ask(next(texts))
                kept.append(1000 * (time.perf_counter() - began))

        await chat(persons[0], _WARM, [])
        began = time.perf_counter()
        await asyncio.gather(*(chat(ask, each, times) for ask in persons))
        contender.per_second[people] = len(times) / (time.perf_counter() - began)


def trained(command: Sequence[str], folder: Path) -> float:
    """Seconds of a training. Raises CalledProcessError when it fails."""
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - began


def contenders(folder: Path, template: Path, epochs: int, database: str) -> list[Contender]:
    """The template, ours, and two processes of ours; trained and ready to start."""
    programs = Path(sys.executable).parent
    theirs = math.nan
    if not (template / "models").exists():
        template.mkdir(parents=True, exist_ok=True)
        write_template(template, epochs)
        files = ("nlu.yml", "rules.yml", "stories.yml")
        theirs = trained([str(programs / "rasa"), "train", "--data", *files], template)
    ours = trained([str(programs / "stillnight"), "train"], MODEL.parent.parent)
    run = ("env", "-C", str(template), str(programs / "rasa"), "run")
    # A token of one process is good at the other.
    postgres = {**UNLIMITED, "STILLNIGHT_DATABASE": database, "STILLNIGHT_SECRET": "one secret for both processes"}
    return [
        Contender(f"Rasa's template ({epochs} epochs)", [Server(folder / "rasa", command=run)], theirs, is_rasas=True),
        Contender("Stillnight, SQLite", [Server(folder / "ours", UNLIMITED)], ours),
        Contender(_AGAIN, [Server(folder / "again", UNLIMITED)], ours, texts=questions(ASKED_BEFORE)),
        Contender("Stillnight, PostgreSQL", [Server(folder / "one", postgres)], ours),
        Contender(_TOGETHER, [Server(folder / name, postgres) for name in ("first", "second")], ours),
    ]


def table(measured: Sequence[Contender], people: Sequence[int]) -> str:
    """Everything, and how many times the first of them the others are."""
    first = measured[0]
    rows = [["", "people", "messages/s", "× template", *(f"p{percent} ms" for percent in _PERCENTS)]]
    for each in measured:
        for count in people:
            ratio = each.per_second[count] / first.per_second[count]
            times = [f"{each.percentile(count, percent):.0f}" for percent in _PERCENTS]
            rows.append([each.name, str(count), f"{each.per_second[count]:.0f}", f"{ratio:.1f}", *times])
    rows.insert(1, ["---"] * len(rows[0]))
    about = [["", "training s", "start s", "memory MB", "errors"], ["---"] * 5]
    about += [[c.name, f"{c.train_s:.0f}", f"{c.start_s:.1f}", str(c.memory_mb), str(c.errors)] for c in measured]
    return "\n\n".join("\n".join("| " + " | ".join(row) + " |" for row in each) for each in (rows, about))


def main() -> None:
    """Measure one contender after the other."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, nargs="+", default=list(PEOPLE))
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--template", type=Path)
    parser.add_argument("--plot", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as running:
        database = running.enter_context(cluster()).url
        template = given.template or Path(temporary) / "template"
        measured = contenders(Path(temporary), template.resolve(), given.epochs, database)
        for contender in measured:
            with ExitStack() as serving:
                began = time.perf_counter()
                for server in contender.servers:
                    server.start()
                    serving.callback(server.kill)
                contender.start_s = (time.perf_counter() - began) / len(contender.servers)
                for people in given.people:
                    asyncio.run(load(contender, people))
                contender.memory_mb = sum(map(memory_mb, contender.servers))
            print(f"{contender.name}: measured", file=sys.stderr, flush=True)
    print(table(measured, given.people))
    if given.plot:
        given.plot.write_text(draw({each.name: each.per_second for each in measured}), encoding="utf-8")


if __name__ == "__main__":
    main()
