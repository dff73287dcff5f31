"""Random faults while people talk: nobody meets silence, nothing that was answered is lost, nobody reads another's.

In CI a short run. The full one, 200 faults: STILLNIGHT_FAULTS=200; with other dice: STILLNIGHT_FAULTS_SEED=7.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.conftest import Server
from tests.faults.clinic import Clinic, clinic
from tests.faults.people import DANGER, Person, Told

FAULTS = int(os.environ.get("STILLNIGHT_FAULTS", "5"))
SEED = int(os.environ.get("STILLNIGHT_FAULTS_SEED", "1"))
PEOPLE = 6
MESSAGES_AT_LEAST = 3


class InDanger(Person):
    """Somebody who asks for help again and again."""

    def _talk(self) -> None:
        try:
            while not self._left.is_set():
                self.says(DANGER)
        except Exception as error:
            self.wrong.append(repr(error))


class Run:
    """What came of one storm."""

    def __init__(self, running: Clinic) -> None:
        rng = Random(SEED)
        self.clinic = running
        self.people = [Person(running.servers, number) for number in range(PEOPLE)]
        self.in_danger = InDanger(running.servers, PEOPLE)
        probe = Person(running.servers, PEOPLE + 1)
        everybody = [*self.people, self.in_danger]
        for person in everybody:
            person.start()
        self.faults: list[str] = []
        self.recovered: list[float] = []
        for _ in range(FAULTS):
            fault = rng.choice(running.faults)
            fault(rng)
            self.faults.append(fault.__name__)
            ended = time.monotonic()
            while not probe.says("what is plmd").is_kept:
                pass
            self.recovered.append(time.monotonic() - ended)
            time.sleep(rng.uniform(0, 1))
        for person in everybody:
            person.leave()
        for person in self.people:
            while len([told for told in person.told if told.is_kept]) < MESSAGES_AT_LEAST:
                person.says("what is plmd")

    def report(self) -> str:
        """Figures for whoever reads the test's output."""
        told = [each for person in [*self.people, self.in_danger] for each in person.told]
        again = sum(not each.is_kept for each in told)
        longest = max(each.seconds for each in told)
        return (
            f"{len(self.faults)} faults, {len(told)} messages, {again} to be sent again; "
            f"recovery at most {max(self.recovered):.1f} s, longest answer {longest:.1f} s"
        )


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def run(request: Any, model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """One process on SQLite, two on PostgreSQL."""
    postgres = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    if postgres is not None:
        postgres.empty()
    with clinic(tmp_path_factory.mktemp("faults"), postgres, 2 if postgres else 1) as running:
        run = Run(running)
        print(f"{request.param}: {run.report()}", flush=True)
        yield run


def said(history: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Each message of the person with the answer behind it."""
    pairs: list[tuple[str, list[str]]] = []
    for message in history:
        if message["from"] == "patient":
            pairs.append((message["text"], []))
        elif pairs:
            pairs[-1][1].append(message["text"])
    return [(text, "\n".join(answers)) for text, answers in pairs]


def test_nobody_meets_silence(run: Run) -> None:
    assert len(run.faults) == FAULTS
    for person in run.people:
        assert person.wrong == []
        assert all(message["text"].strip() for told in person.told for message in told.messages)
        assert all(told.messages for told in person.told)


def test_what_was_answered_is_kept_once_and_in_order(run: Run) -> None:
    for person in run.people:
        kept = said(person.history())
        promised = [(told.text, told.words) for told in person.told if told.is_kept]
        assert promised
        following = iter(kept)
        # All of them, in this order; what could not be answered may stand between them.
        assert all(pair in following for pair in promised)
        assert len(kept) <= len(person.told)


def test_nobody_reads_what_is_anothers(run: Run) -> None:
    for person in run.people:
        assert not [told.words for told in person.told if person.strangers(told)]
        own = {f"my ferritin is {value}" for value in person.values}
        texts = {text for text, _ in said(person.history()) if "ferritin is" in text}
        assert texts <= own


def test_danger_is_always_answered_at_once(run: Run) -> None:
    assert run.in_danger.wrong == []
    assert run.in_danger.told
    calm = [[m["text"] for m in told.messages] for told in run.in_danger.told if not told.messages[0]["urgent"]]
    assert not calm


def test_logs_hold_no_words_and_no_stack_of_calls(run: Run) -> None:
    for server in run.clinic.servers:
        assert no_words(server), server.log[-2000:]


def no_words(server: Server) -> bool:
    """Whether a log holds nothing of what was said."""
    return not any(words in server.log for words in ("ferritin is", "chest hurts"))


def test_words_of_the_answers_are_no_errors(run: Run) -> None:
    def shows_code(told: Told) -> bool:
        return any(word in told.words for word in ("Traceback", "Error", "Exception"))

    assert not any(shows_code(told) for person in run.people for told in person.told)
