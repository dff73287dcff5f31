"""Questions that the model was never trained on: it must understand them, and know what is not its subject.

Each set was written by somebody who did not see the examples. `topics`, `tasks` and `out_of_scope` are the oldest and
thresholds were chosen on them; `fresh_…` came later, by other writers; nobody has read `last_…` line by line. What was
reached is committed in `baseline.json`; `stillnight evaluate --baseline … --update-baseline` writes it anew.
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
from stillnight.evaluation import baseline

HERE = Path(__file__).parent
SETS = sorted(path.stem for path in HERE.glob("held_out_*.jsonl"))
COMMITTED = baseline.read(HERE / "baseline.json")


@lru_cache(maxsize=16)
def lines(name: str) -> tuple[dict[str, Any], ...]:
    text = (HERE / f"{name}.jsonl").read_text(encoding="utf-8")
    return tuple(json.loads(line) for line in text.splitlines())


@pytest.fixture(scope="module")
def judged(agent: Any) -> dict[str, list[Judged]]:
    return {
        name: judged_lines(lines(name), understand(agent, catalogue(), [line["text"] for line in lines(name)]))
        for name in SETS
    }


def everything(judged: dict[str, list[Judged]]) -> dict[str, Any]:
    return report([line for each in judged.values() for line in each])


def test_there_are_enough_lines() -> None:
    assert sum(len(lines(name)) for name in SETS) >= 600


@pytest.mark.parametrize("name", SETS)
def test_understanding_has_not_fallen_behind_the_committed_figures(judged: dict[str, list[Judged]], name: str) -> None:
    figures = report(judged[name])
    (change,) = baseline.changes({name: figures["overall"]}, COMMITTED)
    assert change.before is not None, "not in baseline.json"
    assert not change.fallen, (change, figures["confusions"][:20])


def test_few_real_questions_are_refused(judged: dict[str, list[Judged]]) -> None:
    figures = everything(judged)
    assert len(figures["in_scope_rejected"]) <= 0.03 * figures["in_scope"]["lines"], figures["in_scope_rejected"]


def test_few_questions_of_other_subjects_are_answered(judged: dict[str, list[Judged]]) -> None:
    figures = everything(judged)
    assert len(figures["out_of_scope_accepted"]) <= 0.05 * figures["out_of_scope"]["lines"]


def test_other_subjects_are_told_from_ours_by_probability(judged: dict[str, list[Judged]]) -> None:
    assert everything(judged)["refusals"]["area"] >= 0.98


def test_confidence_means_what_it_says(judged: dict[str, list[Judged]]) -> None:
    calibration = everything(judged)["calibration"]
    assert calibration["expected_error"] <= 0.05, calibration["bins"]


def test_every_topic_is_understood_more_often_than_not(judged: dict[str, list[Judged]]) -> None:
    labels = everything(judged)["labels"]
    assert not {label: rate for label, rate in labels.items() if rate["accuracy"] < 0.5}
