"""The `stillnight` command as a person or a script uses it, with the real model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stillnight.cli import app
from stillnight.commands import check
from stillnight.nlu.weights import WeightsError

run = CliRunner()


def lines(*objects: object) -> str:
    return "\n".join(json.dumps(each) for each in objects) + "\n"


def test_script_understands_lines_in_order_and_reads_nothing_else(model: Path) -> None:
    typed = [
        {"text": "can low iron cause restless legs"},
        {"text": "im on zolof"},
        {"text": ""},
        {"text": "i want to die"},
    ]
    done = run.invoke(app, ["understand"], input=lines(*typed))
    assert done.exit_code == 0
    iron, medicine, nothing, danger = (json.loads(line) for line in done.stdout.splitlines())
    assert (iron["text"], iron["topic"], iron["task"], iron["red_flag"]) == (typed[0]["text"], "iron", None, None)
    told = {"text", "topic", "task", "confidence", "choices", "red_flag", "red_flag_by", "entities", "outside", "also"}
    assert set(iron) == told
    assert medicine["entities"]["medicines"] == ["sertraline"]
    assert nothing["task"] == "out_of_scope"
    assert (danger["red_flag"], danger["red_flag_by"]) == ("self_harm", "rule")


def test_script_asks_the_rules_alone_without_a_model() -> None:
    typed = lines({"text": "i want to die"}, {"text": "these legs are killing me"})
    done = run.invoke(app, ["understand", "--rules-only", "--model", "no-such-model.tar.gz"], input=typed)
    assert done.exit_code == 0
    danger, harmless = (json.loads(line) for line in done.stdout.splitlines())
    assert danger["red_flags"] == [{"red_flag": "self_harm", "urgency": "emergency"}]
    assert harmless["red_flags"] == []


def test_script_holds_a_conversation(model: Path) -> None:
    done = run.invoke(
        app, ["converse"], input=lines({"name": "iron", "turns": ["can low iron cause this", "tell me more"]})
    )
    assert done.exit_code == 0
    held = json.loads(done.stdout)
    assert held["name"] == "iron"
    assert "automated" in held["welcome"][0]["text"]
    assert [turn["text"] for turn in held["turns"]] == ["can low iron cause this", "tell me more"]
    for turn in held["turns"]:
        message = turn["messages"][0]
        assert set(message) == {"text", "buttons", "sources", "images"}
        assert message["sources"][0]["year"]
        assert message["buttons"][0]["payload"].startswith("/")


def test_engineer_evaluates_a_file(model: Path, tmp_path: Path) -> None:
    labelled, figures = tmp_path / "lines.jsonl", tmp_path / "figures.json"
    labelled.write_text(
        lines(
            {"text": "can low iron cause restless legs", "topic": "iron", "alt": []},
            {"text": "hello there", "task": "greet"},
            {"text": "hello again", "topic": "heart"},
        ),
        encoding="utf-8",
    )
    done = run.invoke(app, ["evaluate", str(labelled), "--json", str(figures)])
    assert done.exit_code == 0
    assert "66.7%" in done.stdout
    written = json.loads(figures.read_text(encoding="utf-8"))
    assert written["overall"]["right"] == 2
    assert written["sets"]["lines"]["accuracy"] == 0.6667


def test_engineer_is_told_when_a_set_has_fallen(model: Path, tmp_path: Path) -> None:
    labelled, committed = tmp_path / "greetings.jsonl", tmp_path / "baseline.json"
    labelled.write_text(lines({"text": "hello there", "task": "greet"}, {"text": "hello again", "topic": "heart"}))
    committed.write_text(json.dumps({"greetings": {"lines": 2, "accuracy": 0.52}}))
    asked = ["evaluate", str(labelled), "--baseline", str(committed), "--html", str(tmp_path / "report.html")]
    done = run.invoke(app, [*asked, "--plots", str(tmp_path / "docs")])
    assert done.exit_code == 1
    assert "-2.00   fallen by more than one point" in done.stdout
    assert "Traceback" not in done.stderr
    assert (tmp_path / "report.html").is_file()
    assert (tmp_path / "docs" / "reliability.svg").is_file()


def test_engineer_is_told_what_cannot_be_measured(tmp_path: Path) -> None:
    first, second, empty = tmp_path / "a" / "lines.jsonl", tmp_path / "b" / "lines.jsonl", tmp_path / "empty.jsonl"
    for path in (first, second):
        path.parent.mkdir()
        path.write_text(lines({"text": "hello", "task": "greet"}), encoding="utf-8")
    empty.write_text("\n", encoding="utf-8")
    for asked, word in (
        ([str(first), str(second)], "two files are named lines"),
        ([str(empty)], "holds no lines"),
        ([str(first), "--update-baseline"], "needs --baseline"),
        ([str(first), "--baseline", str(tmp_path / "none.json")], "none.json cannot be read"),
        ([str(first), "--baseline", str(empty)], "does not hold figures"),
    ):
        done = run.invoke(app, ["evaluate", *asked])
        assert done.exit_code == 1
        assert word in done.stderr
        assert "Traceback" not in done.stderr


def test_engineer_asks_why_a_text_is_understood_so(model: Path) -> None:
    done = run.invoke(app, ["explain", "can low iron cause restless legs", "--json"])
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert told["decision"]["label"] == "faq/iron"
    assert told["said"]["responses"] == ["utter_faq/iron"]
    assert len(told["nearest"]) == 5


def test_script_with_broken_input_gets_one_clear_line(model: Path) -> None:
    for command, typed, word in (
        ("understand", "{oops\n", "line 1 is not JSON"),
        ("understand", lines({"words": "hi"}), "no “text”"),
        ("converse", lines({"turns": "hi"}), "turns"),
    ):
        done = run.invoke(app, [command], input=typed)
        assert done.exit_code == 1
        assert word in done.stderr
        assert "Traceback" not in done.stderr


def test_engineer_without_a_model_is_told_to_train(tmp_path: Path) -> None:
    for command in (["understand"], ["converse"], ["explain", "hi"]):
        done = run.invoke(
            app, [*command, "--model", str(tmp_path / "none.tar.gz")], input=lines({"text": "hi", "turns": []})
        )
        assert done.exit_code == 1
        assert "make train" in done.stderr


def test_engineer_with_a_corrupt_model_is_told_to_train(tmp_path: Path) -> None:
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"not an archive")
    done = run.invoke(app, ["understand", "--model", str(broken)], input=lines({"text": "hi"}))
    assert done.exit_code == 1
    assert "make train" in done.stderr


def test_editor_with_other_weights_than_the_known_ones_gets_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object) -> None:
        raise WeightsError("adapter.npz has sha256 1, expected 2")

    monkeypatch.setattr(check, "check_everything", read)
    done = run.invoke(app, ["check"])
    assert (done.exit_code, done.stderr) == (1, "stillnight: adapter.npz has sha256 1, expected 2\n")


def test_editor_with_a_broken_file_gets_one_clear_line(tmp_path: Path) -> None:
    broken = tmp_path / "iron.yml"
    broken.write_text("responses:\n  utter_x:\n  - text: Yes: it can\n", encoding="utf-8")
    for path in (broken, tmp_path / "missing.yml"):
        done = run.invoke(app, ["check", str(path)])
        assert done.exit_code == 1
        assert path.name in done.output
        assert "Traceback" not in done.output
