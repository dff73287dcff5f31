"""Danger is answered whatever else is broken: no model, no store, no actions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from stillnight.content.catalogue import catalogue
from tests.channels.kept import refused_to_start
from tests.channels.test_web import Patient
from tests.conftest import Server

DANGERS = {
    "self_harm": "cant go on, i want to kill myself",
    "overdose": "i swallowed all my clonazepam",
    "chest_pain_stroke_breathing": "my husbands face is drooping and his words are slurred",
}


def assert_danger_is_answered(patient: Patient) -> None:
    for category, text in DANGERS.items():
        reply = patient.says(text)[0]
        assert reply["text"].startswith(catalogue().text(f"utter_red_flag/{category}")), text
        assert reply["contacts"] or "112, 911, 999, 000" in reply["text"]


def assert_only_an_apology(messages: list[dict[str, Any]], name: str = "utter_apology") -> None:
    assert [message["text"] for message in messages] == [catalogue().text(name)]


def test_without_a_model(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", {"STILLNIGHT_MODEL": str(tmp_path / "none.tar.gz")}).start()
    patient = Patient(server.url)
    assert_danger_is_answered(patient)
    assert_only_an_apology(patient.says("can low iron cause restless legs"))
    server.stop()


def test_with_a_store_that_is_no_database(model: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "conversations.db").write_bytes(b"this is no database" * 1000)
    server = Server(data).start()
    patient = Patient(server.url)
    assert_danger_is_answered(patient)
    assert_only_an_apology(patient.says("can low iron cause restless legs"), "utter_not_saved")
    server.stop()


def test_with_a_store_that_breaks_while_serving(model: Path, tmp_path: Path) -> None:
    server = Server(tmp_path / "data").start()
    patient = Patient(server.url)
    assert patient.says("can low iron cause restless legs")[0]["sources"]
    with sqlite3.connect(tmp_path / "data" / "conversations.db") as database:
        database.execute("DROP TABLE conversation_events")
    assert_danger_is_answered(patient)
    server.stop()


def test_with_a_store_that_cannot_be_written_for_a_while(model: Path, tmp_path: Path) -> None:
    server = Server(tmp_path / "data").start()
    patient = Patient(server.url)
    assert patient.says("can low iron cause restless legs")[0]["sources"]
    with closing(sqlite3.connect(tmp_path / "data" / "conversations.db", isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        assert_only_an_apology(patient.says("is it inherited"), "utter_not_saved")
        assert_danger_is_answered(patient)
        assert httpx.get(f"{server.url}/webhooks/web/numbers", params={"country": "GB"}).status_code == 200
    assert patient.says("is it inherited")[-1]["sources"]
    server.stop()


def test_store_of_somebody_else_is_not_used(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    with closing(sqlite3.connect(data / "conversations.db")) as database:
        database.execute("CREATE TABLE conversations (id TEXT)")
    said = refused_to_start({}, data)
    assert len(said.strip().splitlines()) == 1
    assert "database" in said


@pytest.mark.parametrize("broken", ["raise RuntimeError('broken')", "def half("])
def test_with_actions_that_cannot_be_loaded(model: Path, tmp_path: Path, broken: str) -> None:
    package = tmp_path / "shadow" / "actions"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(broken, encoding="utf-8")
    server = Server(tmp_path / "data", {"PYTHONPATH": str(package.parent)}).start()
    patient = Patient(server.url)
    assert_danger_is_answered(patient)
    patient = Patient(server.url)
    assert patient.says("can low iron cause restless legs")[0]["text"] == catalogue().text("utter_faq/iron")
    assert_only_an_apology(patient.says("tell me more"))
    server.stop()
