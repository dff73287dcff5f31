"""Each shape of delivery through a real server: taken, read rightly, answered once if somebody said something."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from typing import Any

import pytest

from stillnight.channels.messenger.incoming import SILENT, Kind
from stillnight.content.catalogue import catalogue
from stillnight.conversations.sealing import digest
from tests.channels.conftest import Clinic
from tests.channels.kept import parts, rows, state, until, waiting
from tests.channels.whatsapp_cloud import samples
from tests.channels.whatsapp_cloud.patient import Patient, post

MOVES = {name: (message, Kind.MOVED, "") for name, message in samples.CHANGES_OF_NUMBER.items()}
SHAPES = {name: (message, Kind(read[0]), read[1]) for name, (message, read) in samples.KINDS.items()} | MOVES


def name_of(shape: str) -> str:
    """Id of the message of that shape."""
    return f"wamid.shape{[*SHAPES].index(shape)}"


def sent_now(patient: Patient, shape: str) -> bytes:
    """A sample as if this person had just sent it."""
    message: Mapping[str, Any] = SHAPES[shape][0]
    patient.graph.heard(patient.phone, name_of(shape))
    given = {**samples.without(message, "from_user_id"), "id": name_of(shape), "timestamp": str(int(time.time()))}
    shown = patient.phone if given.get("from") == samples.OURS else samples.OURS
    if "from" in given:
        given["from"] = patient.phone
    value = samples.value(given, contacts=None if message.get("type") == "system" else [patient.contact])
    value["metadata"]["display_phone_number"] = shown
    return samples.body(samples.payload(value))


@pytest.fixture(scope="module")
def patients(clinic: Clinic) -> dict[str, Patient]:
    """One for each shape, which was delivered twice; all at once in any order, and all that is to be sent was sent."""
    patients = {shape: Patient(clinic.server, clinic.graph) for shape in SHAPES}
    bodies = [sent_now(patient, shape) for shape, patient in patients.items()] * 2
    random.Random(7).shuffle(bodies)
    assert {post(clinic.server, body).status_code for body in bodies} == {200}
    until(lambda: not waiting(clinic.server.data_dir), f"the end of the work\n{clinic.server.log}")
    return patients


@pytest.mark.parametrize("shape", SHAPES)
def test_each_message_is_answered_once_and_news_are_not(
    clinic: Clinic, patients: dict[str, Patient], shape: str
) -> None:
    _, kind, words = SHAPES[shape]
    received, folder, name = patients[shape].received, clinic.server.data_dir, name_of(shape)
    if kind in SILENT:
        assert not received
        assert name not in clinic.graph.read
        kept = state(folder, name) if kind is not Kind.MOVED else state(folder, digest(name))
        assert kept == (("done", None) if kind is not Kind.MOVED else ("dropped", "forgotten"))
        return
    until(lambda: name in clinic.graph.read, "two blue ticks")
    assert clinic.graph.read.count(name) == 1
    assert state(folder, name) == ("done", None)
    assert [("sent", None)] * len(received) == parts(folder, name)
    replies = (
        "SELECT DISTINCT reply FROM outbox_parts p JOIN inbox_messages m ON m.number = p.message WHERE message_id = ?"
    )
    assert rows(folder, replies, name) == [(f"{digest(name)}.0",)]
    if not words:
        assert [sent.text for sent in received] == [catalogue().text(f"utter_messenger_{kind.value}")]


@pytest.mark.parametrize("field", samples.OTHER_FIELDS)
def test_other_fields_are_taken_and_nothing_comes_of_them(clinic: Clinic, field: str) -> None:
    before = rows(clinic.server.data_dir, "SELECT max(number) FROM inbox_messages")
    body = samples.body(samples.payload(samples.OTHER_FIELDS[field], field=field))
    assert post(clinic.server, body).status_code == 200
    assert waiting(clinic.server.data_dir) == 0
    assert rows(clinic.server.data_dir, "SELECT max(number) FROM inbox_messages") == before
