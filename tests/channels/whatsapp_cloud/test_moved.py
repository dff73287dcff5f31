"""Somebody has another number: what the old one was told is gone, and nothing more goes there."""

from __future__ import annotations

import time

import pytest

from stillnight.content.catalogue import catalogue
from stillnight.conversations.sealing import digest
from tests.channels.conftest import Clinic
from tests.channels.graph_faults import error
from tests.channels.kept import outside_conversations, parts, person, resting, rows, state, until, waiting
from tests.channels.whatsapp_cloud.patient import Patient, change, delivery, post
from tests.conftest import traces

VALUE = "my ferritin is 43"
TWO_DAYS_AGO = "1000000000"


def moves(patient: Patient, kind: str = "user_changed_number", **more: str) -> str:
    """Meta tells that this person has another number; the id of that message."""
    notice = patient.message("system", {"type": kind, "body": "A Patient changed", "wa_id": "447700900998"}, **more)
    # Without contacts, as Meta does.
    assert post(patient.server, delivery(change([notice]))).status_code == 200
    until(lambda: not waiting(patient.server.data_dir), "the end of the work")
    return str(notice["id"])


def conversations(clinic: Clinic, sender: str) -> int:
    """How many conversations are kept under this id."""
    query = "SELECT count(*) FROM conversations WHERE sender = ?"
    return int(rows(clinic.server.data_dir, query, sender, file="conversations.db")[0][0])


@pytest.mark.parametrize("written", [{}, {"timestamp": TWO_DAYS_AGO}])
def test_conversation_ends_with_the_number(clinic: Clinic, patient: Patient, written: dict[str, str]) -> None:
    other = Patient(clinic.server, clinic.graph)
    question, others = patient.text(VALUE), other.text(VALUE)
    patient.sends(question)
    other.sends(others)
    sender, another = (person(clinic.server.data_dir, each["id"]) for each in (question, others))
    assert conversations(clinic, sender) == 1
    notice = moves(patient, **written)
    assert not patient.settles()
    assert conversations(clinic, sender) == 0
    assert state(clinic.server.data_dir, digest(notice)) == ("dropped", "forgotten")
    for table in ("inbox_messages", "outbox_parts", "offered_options"):
        assert not rows(clinic.server.data_dir, f"SELECT * FROM {table} WHERE person = ?", sender)
    assert patient.phone not in outside_conversations(clinic.server.data_dir, patient.phone)
    assert conversations(clinic, another) == 1
    # Whoever has the number next is new here.
    assert "43" not in "".join(sent.text for sent in patient.says("what was my ferritin"))


def test_nothing_that_waits_goes_to_the_old_number(clinic: Clinic, patient: Patient) -> None:
    clinic.graph.next(error(131056), times=2)
    question = patient.text("STOP")
    patient.delivers(question)
    until(lambda: parts(clinic.server.data_dir, question["id"]) == [("waiting", "131056")], "a part that waits")
    moves(patient)
    assert not patient.settles()
    # The second fault is still there: nobody tried again.
    assert clinic.graph.fault("message") is not None
    assert not parts(clinic.server.data_dir, question["id"])


@pytest.mark.parametrize("kind", ["customer_identity_changed", "something_of_next_year"])
def test_other_news_of_the_system_end_nothing(clinic: Clinic, patient: Patient, kind: str) -> None:
    question = patient.text(VALUE)
    patient.sends(question)
    moves(patient, kind)
    assert conversations(clinic, person(clinic.server.data_dir, question["id"])) == 1


def test_nobody_ends_a_conversation_by_typing_so(clinic: Clinic, patient: Patient) -> None:
    question = patient.text(VALUE)
    patient.sends(question)
    patient.sends(patient.text("user_changed_number", system={"type": "user_changed_number"}))
    assert conversations(clinic, person(clinic.server.data_dir, question["id"])) == 1


def test_notice_without_a_signature_ends_nothing(clinic: Clinic, patient: Patient) -> None:
    question = patient.text(VALUE)
    patient.sends(question)
    notice = patient.message("system", {"type": "user_changed_number", "wa_id": "447700900998"})
    assert post(clinic.server, delivery(change([notice])), {}).status_code == 401
    assert conversations(clinic, person(clinic.server.data_dir, question["id"])) == 1
    assert traces(clinic.server.data_dir, notice["id"]) == []


def test_whoever_writes_from_the_number_afterwards_is_answered(clinic: Clinic, patient: Patient) -> None:
    with resting(clinic.server):
        patient.delivers(patient.text("STOP"))
        notice = patient.message("system", {"type": "user_changed_number", "wa_id": "447700900998"})
        post(clinic.server, delivery(change([notice])))
        patient.delivers(patient.text("DELETE", timestamp=str(int(time.time()) + 2)))
    told = [sent.text for sent in patient.hears()]
    assert told[-1] == catalogue().text("utter_messenger_delete")
    assert state(clinic.server.data_dir, digest(notice["id"])) == ("dropped", "forgotten")
