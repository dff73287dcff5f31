"""A power cut in the middle of a conversation."""

from __future__ import annotations

from pathlib import Path

from tests.channels.test_web import Patient
from tests.conftest import Server


def test_patient_goes_on_after_the_server_was_killed(model: Path, tmp_path: Path) -> None:
    server = Server(tmp_path / "data").start()
    patient = Patient(server.url)
    answer = patient.says("can low iron cause restless legs")[0]
    server.kill()

    server.start()
    again = patient.says("say that again please")[0]
    assert again["text"] == answer["text"]
    more = patient.post({"choice": answer["buttons"][0]["choice"]})
    assert more.status_code == 200
    assert more.json()["messages"][0]["sources"]
    assert server.stop() == 0


def test_patient_without_a_model_gets_a_plain_sentence(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", {"STILLNIGHT_MODEL": str(tmp_path / "no-model.tar.gz")}).start()
    patient = Patient(server.url)
    assert "emergency number" in patient.welcome[0]["text"]
    assert "emergency number" in patient.says("my legs")[0]["text"]
    assert "no trained model" in server.log
    server.stop()
