"""The diary over HTTP: of the own conversation alone, as a table, in no log, gone with the conversation."""

from __future__ import annotations

import csv
import io

import httpx
import pytest

from tests.channels.test_web import Patient

ROUTE = "/webhooks/web/diary"


@pytest.fixture(scope="module")
def patient(live_server: str) -> Patient:
    """Somebody with two nights."""
    somebody = Patient(live_server)
    somebody.says("log tonight: bad, 2 hours, café late")
    somebody.says("log the night before last: none, slept 7h")
    return somebody


def table(patient: Patient, method: str = "GET") -> httpx.Response:
    headers = {"Authorization": f"Bearer {patient.token}"}
    return httpx.request(method, patient.url + ROUTE, headers=headers, timeout=60)


def test_patient_gets_a_table_of_their_nights(patient: Patient) -> None:
    answer = table(patient)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="diary.csv"'
    assert answer.headers["cache-control"] == "no-store"
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[1:] for row in rows[1:]] == [["none", "", "7", ""], ["bad", "2", "", "café late"]]


def test_answers_tell_of_the_chart_and_of_the_file(patient: Patient) -> None:
    shown = patient.says("show my diary")[-1]
    [image] = shown["images"]
    assert image["svg"].startswith("<svg") and "none" in image["alt"] and shown["file"] is None
    assert patient.says("download my diary")[-1]["file"] == {"name": "diary.csv"}


def test_nobody_gets_it_without_the_token_and_another_conversation_has_none(patient: Patient) -> None:
    assert httpx.get(patient.url + ROUTE, timeout=30).status_code == 401
    assert httpx.get(f"{patient.url}{ROUTE}?token={patient.token}", timeout=30).status_code == 401
    assert table(Patient(patient.url)).status_code == 404


def test_it_is_in_the_export_and_gone_with_the_conversation(patient: Patient) -> None:
    headers = {"Authorization": f"Bearer {patient.token}"}
    kept = httpx.get(f"{patient.url}/webhooks/web/export", headers=headers, timeout=60).json()
    assert [night["severity"] for night in kept["remembered"]["diary"]["nights"]] == ["none", "bad"]
    assert "nights of your diary (2)" in patient.says("what do you know about me?")[-1]["text"]
    assert httpx.delete(f"{patient.url}/webhooks/web/session", headers=headers, timeout=30).status_code == 204
    assert table(patient).status_code == 404
