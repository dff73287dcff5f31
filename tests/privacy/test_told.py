"""“What do you know about me?”: what is really kept of this person, in the words of the chat."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from tests.channels.graph_api import LoopbackGraph
from tests.channels.test_web import Patient
from tests.channels.whatsapp_cloud import patient as meta
from tests.conftest import Server

ASKS = "what do you know about me?"


@pytest.fixture(scope="module")
def server(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One that keeps for 12 days."""
    settings = {"STILLNIGHT_KEEP_DAYS": "12", "STILLNIGHT_MESSAGES_PER_MINUTE": "1000"}
    running = Server(tmp_path_factory.mktemp("told"), settings).start()
    yield running
    running.stop()


def day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def told(patient: Patient, text: str = ASKS) -> str:
    answer = patient.says(text)
    return str(answer[0]["text"])


def test_first_message_is_the_only_one(server: Server) -> None:
    answer = told(Patient(server.url))
    assert "began with the message you just sent" in answer and "no test results and no medicines" in answer
    assert day(datetime.now() + timedelta(days=12)) in answer


def test_all_messages_of_a_long_chat_are_counted_and_what_was_noted_is_named(server: Server) -> None:
    """Longer than what is read for a turn, and with something that was taken back."""
    patient = Patient(server.url)
    patient.says("my ferritin is 18 ng/mL")
    patient.says("I take pramipexole and amitriptyline")
    patient.says("I don't take amitriptyline, that was wrong")
    patient.says("I am pregnant")
    answer = patient.says("can low iron cause restless legs")[0]
    feedback = {"message": answer["id"], "helpful": True}
    headers = {"Authorization": f"Bearer {patient.token}"}
    httpx.post(f"{patient.url}/webhooks/web/feedback", json=feedback, headers=headers, timeout=30)
    for _ in range(20):
        patient.says("what is restless legs syndrome")
    words = told(patient)
    assert f"26 messages from you since {day(datetime.now())}" in words
    for noted in ("ferritin", "pramipexole", "amitriptyline", "pregnancy", "what you thought of my answers (1)"):
        assert noted in words, words
    exported = httpx.get(f"{patient.url}/webhooks/web/export", headers=headers, timeout=30).json()
    assert sum(each["by"] == "you" for each in exported["messages"]) == 26
    assert "27 messages" in told(patient)


def test_answers_to_the_check_of_signs_are_counted(server: Server) -> None:
    patient = Patient(server.url)
    begun = patient.says("could this be restless legs, can you check my symptoms")
    for _ in range(2):
        button = begun[-1]["buttons"][0]
        begun = patient.post({"choice": button["choice"]}).json()["messages"]
    words, question = (each["text"] for each in patient.says(ASKS))
    assert re.search(r"answers to the check of signs \([1-9]\)", words)
    assert question, "the check goes on"


def test_nothing_of_another_person_is_told(server: Server) -> None:
    Patient(server.url).says("I take ropinirole")
    assert "ropinirole" not in told(Patient(server.url))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("who can read this", "The people who run this chat for the clinic"),
        ("is it encrypted, who sees it", "not locked with a key"),
        ("please delete everything you know about me", "“Forget me”"),
        ("how long do you keep my messages", "12 days"),
    ],
)
def test_other_questions_have_their_own_answer(server: Server, text: str, said: str) -> None:
    assert said in told(Patient(server.url), text)


def test_buttons_lead_on(server: Server) -> None:
    patient = Patient(server.url)
    answer = patient.says("who can read this")[0]
    button = next(each for each in answer["buttons"] if each["title"] == "What is kept of me?")
    assert "2 messages" in patient.post({"choice": button["choice"]}).json()["messages"][0]["text"]


def test_on_whatsapp_a_code_is_told_with_which_the_clinic_finds_it(model: Path, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from stillnight.cli import app

    with LoopbackGraph() as graph:
        server = meta.server_for(graph, tmp_path / "data").start()
        try:
            patient = meta.Patient(server, graph)
            answer = patient.says(ASKS)[0].text
            assert "send the one word DELETE" in answer and "menu" not in answer
            code = re.search(r"whatsapp_cloud-[0-9a-f]{32}", answer)
            assert code
            environment = {"STILLNIGHT_DATA_DIR": str(server.data_dir)}
            for given in (["--session", code[0]], ["--person", f"+{patient.phone}".replace("++", "+")]):
                exported = CliRunner().invoke(app, ["export", *given], env=environment)
                assert exported.exit_code == 0, exported.stderr
                assert json.loads(exported.stdout)["messages"][-1]["text"]
        finally:
            server.stop()
