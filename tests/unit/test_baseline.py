"""Figures that were committed, and the difference to those of today."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stillnight.commands.evaluate import report_of_sets
from stillnight.commands.evaluate_files import Outputs, tell
from stillnight.commands.judged import Judged
from stillnight.evaluation import baseline
from stillnight.evaluation.baseline import BaselineError


def lines(right: int, wrong: int) -> list[Judged]:
    got = ["iron"] * right + ["heart"] * wrong
    return [Judged("…", "iron", frozenset(), each, (), 0.9) for each in got]


def committed(folder: Path, **accuracies: float) -> Path:
    path = folder / "baseline.json"
    path.write_text(json.dumps({name: {"lines": 1000, "accuracy": each} for name, each in accuracies.items()}))
    return path


def passes(folder: Path, before: float, right: int) -> bool:
    outputs = Outputs(baseline=committed(folder, topics=before))
    return tell(report_of_sets({"topics": lines(right, 1000 - right)}), outputs.committed(), outputs)


@pytest.mark.parametrize(
    ("right", "kept"),
    [(889, False), (880, False), (890, True), (891, True), (900, True), (950, True)],
    ids=["-1.1", "-2", "-1.0", "-0.9", "0", "+5"],
)
def test_fall_of_more_than_one_point_fails(tmp_path: Path, right: int, kept: bool) -> None:
    assert passes(tmp_path, 0.9, right) is kept


def test_one_fallen_set_among_others_fails(tmp_path: Path) -> None:
    outputs = Outputs(baseline=committed(tmp_path, topics=0.9, tasks=0.9))
    figures = report_of_sets({"topics": lines(990, 10), "tasks": lines(880, 120)})
    assert not tell(figures, outputs.committed(), outputs)


def test_difference_is_told_for_each_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outputs = Outputs(baseline=committed(tmp_path, topics=0.9, tasks=0.9, unmeasured=0.9))
    figures = report_of_sets({"topics": lines(889, 111), "tasks": lines(95, 5), "new": lines(1, 1)})
    tell(figures, outputs.committed(), outputs)
    told = capsys.readouterr().out.splitlines()
    rows = told[-3:]
    assert rows[0].split(maxsplit=5) == ["topics", "1000", "88.9%", "90.0%", "-1.10", "fallen by more than one point"]
    assert rows[1].split(maxsplit=5) == ["tasks", "100", "95.0%", "90.0%", "+5.00", "of 1000 lines then"]
    assert rows[2].split(maxsplit=3) == ["new", "2", "50.0%", "not among the committed figures"]


def test_new_set_is_no_fall(tmp_path: Path) -> None:
    outputs = Outputs(baseline=committed(tmp_path, topics=0.9))
    assert tell(report_of_sets({"new": lines(0, 10)}), outputs.committed(), outputs)


def test_update_rewrites_what_was_measured_and_keeps_the_rest(tmp_path: Path) -> None:
    path = committed(tmp_path, topics=0.9, unmeasured=0.8)
    outputs = Outputs(baseline=path, update=True)
    assert tell(report_of_sets({"topics": lines(1, 3)}), outputs.committed(), outputs)
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "topics": {"lines": 4, "accuracy": 0.25},
        "unmeasured": {"lines": 1000, "accuracy": 0.8},
    }


@pytest.mark.parametrize("before", [None, "no JSON", "[1, 2]", '{"topics": 0.9}'])
def test_update_needs_no_file_that_can_be_read(tmp_path: Path, before: str | None) -> None:
    path = tmp_path / "baseline.json"
    if before is not None:
        path.write_text(before, encoding="utf-8")
    with pytest.raises(BaselineError, match="update-baseline"):
        Outputs(baseline=path).committed()
    outputs = Outputs(baseline=path, update=True)
    assert tell(report_of_sets({"topics": lines(1, 0)}), outputs.committed(), outputs)
    assert baseline.read(path) == {"topics": {"lines": 1, "accuracy": 1.0}}


def test_without_a_baseline_nothing_falls(capsys: pytest.CaptureFixture[str]) -> None:
    assert tell(report_of_sets({"topics": lines(0, 9)}), Outputs().committed(), Outputs())
    assert "before" not in capsys.readouterr().out
