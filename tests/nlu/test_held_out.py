"""Questions that the model was never trained on: it must understand them, and know what is not its subject.

The thresholds lie a little under what was reached, so that a change that makes the assistant worse fails here.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from stillnight.commands.evaluate import judged_lines, report
from stillnight.commands.judged import Judged
from stillnight.commands.understand import understand
from stillnight.content.catalogue import catalogue
from stillnight.content.responses import read_all
from stillnight.paths import DATA

HERE = Path(__file__).parent
SETS = ("topics", "tasks", "out_of_scope")


@lru_cache(maxsize=8)
def lines(name: str) -> tuple[dict[str, Any], ...]:
    text = (HERE / f"held_out_{name}.jsonl").read_text(encoding="utf-8")
    return tuple(json.loads(line) for line in text.splitlines())


@pytest.fixture(scope="module")
def judged(agent: Any) -> dict[str, list[Judged]]:
    return {
        name: judged_lines(lines(name), understand(agent, catalogue(), [line["text"] for line in lines(name)]))
        for name in SETS
    }


@pytest.mark.parametrize(("name", "at_least"), [("topics", 0.87), ("tasks", 0.84), ("out_of_scope", 0.90)])
def test_assistant_understands_at_the_first_try(judged: dict[str, list[Judged]], name: str, at_least: float) -> None:
    figures = report(judged[name])
    assert figures["overall"]["accuracy"] >= at_least, figures["confusions"][:20]


def test_assistant_refuses_few_real_questions(judged: dict[str, list[Judged]]) -> None:
    figures = report(judged["topics"] + judged["tasks"])
    assert len(figures["in_scope_rejected"]) <= 0.03 * figures["overall"]["lines"], figures["in_scope_rejected"]


def test_assistant_answers_few_questions_of_other_subjects(judged: dict[str, list[Judged]]) -> None:
    figures = report(judged["out_of_scope"])
    assert len(figures["out_of_scope_accepted"]) <= 0.08 * figures["overall"]["lines"]


def test_every_topic_is_understood_more_often_than_not(judged: dict[str, list[Judged]]) -> None:
    weak = {label: rate for label, rate in report(judged["topics"])["labels"].items() if rate["accuracy"] < 0.5}
    assert not weak


def test_no_held_out_question_was_trained_on() -> None:
    trained = {
        " ".join(example.lower().split())
        for file in read_all(DATA)
        for each in file.examples.values()
        for example in each
    }
    held_out = {" ".join(line["text"].lower().split()) for name in SETS for line in lines(name)}
    assert not held_out & trained
