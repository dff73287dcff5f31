"""The page for the doctor over HTTP: of the own conversation alone, in no address, gone with the conversation."""

from __future__ import annotations

import io

import httpx
import pypdf
import pytest

from tests.channels.test_web import Patient
from tests.conftest import Server, traces

ROUTE = "/webhooks/web/summary"


@pytest.fixture(scope="module")
def patient(live_server: str) -> Patient:
    """Somebody with a page."""
    somebody = Patient(live_server)
    for text in ("my legs crawl every night from 10pm", "my ferritin is 31 ng/mL", "I take sertraline 50 mg"):
        somebody.says(text)
    shown = somebody.says("make me a note for my doctor")
    assert shown[-1]["sheet"] == {"title": "For my visit: restless legs and sleep", "file": "visit-summary.pdf"}
    return somebody


def pdf(patient: Patient, token: str | None = None) -> httpx.Response:
    return httpx.get(patient.url + ROUTE, headers={"Authorization": f"Bearer {token or patient.token}"}, timeout=60)


def page(patient: Patient, token: str | None = None, **headers: str) -> httpx.Response:
    return httpx.post(patient.url + ROUTE, data={"token": token or patient.token}, headers=headers, timeout=60)


def test_patient_gets_a_pdf_of_what_was_told(patient: Patient) -> None:
    answer = pdf(patient)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="visit-summary.pdf"'
    assert answer.headers["cache-control"] == "no-store"
    text = " ".join(pypdf.PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    for words in ("my legs crawl every night from 10pm", "31 ng/mL", "Sertraline*", "I take sertraline 50 mg"):
        assert words in text


def test_patient_gets_a_page_to_print_under_the_policy_of_all_pages(patient: Patient) -> None:
    answer = page(patient, Origin="null")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    assert "I take sertraline 50 mg" in answer.text
    for asset in ("/page/summary.css", "/page/summary.js"):
        assert asset in answer.text
        assert httpx.get(patient.url + asset, timeout=30).status_code == 200


@pytest.mark.parametrize("token", ["", "nonsense", "a.b.c"])
def test_nobody_gets_it_without_the_token_of_the_conversation(patient: Patient, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    assert httpx.get(patient.url + ROUTE, headers=headers, timeout=30).status_code == 401
    assert httpx.post(patient.url + ROUTE, data={"token": token}, timeout=30).status_code == 401
    assert httpx.post(patient.url + ROUTE, timeout=30).status_code == 401
    address = httpx.get(f"{patient.url}{ROUTE}?token={patient.token}", timeout=30)
    assert address.status_code == 401


def test_another_conversation_has_no_page(patient: Patient) -> None:
    other = Patient(patient.url)
    assert pdf(patient, other.token).status_code == 404
    assert page(patient, other.token).status_code == 404


def test_newest_page_counts_and_history_tells_of_it(patient: Patient) -> None:
    somebody = Patient(patient.url)
    somebody.says("I take sertraline and metformin")
    somebody.says("make a summary for my doctor")
    somebody.says("take the sertraline out")
    text = page(somebody).text
    assert "Metformin" in text and "ertraline" not in text
    kept = httpx.get(
        f"{patient.url}/webhooks/web/history", headers={"Authorization": f"Bearer {somebody.token}"}, timeout=30
    ).json()["messages"]
    assert [each["sheet"] is not None for each in kept if each["from"] == "assistant"][-1]


def test_page_is_gone_with_the_conversation(patient: Patient) -> None:
    somebody = Patient(patient.url)
    somebody.says("I take sertraline")
    somebody.says("make a summary for my doctor")
    assert page(somebody).status_code == 200
    headers = {"Authorization": f"Bearer {somebody.token}"}
    assert httpx.delete(f"{patient.url}/webhooks/web/session", headers=headers, timeout=30).status_code == 204
    assert page(somebody).status_code == 404


def test_nothing_of_it_is_left_in_files_or_in_the_log(model: object, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("summary")
    server = Server(folder).start()
    try:
        somebody = Patient(server.url)
        somebody.says("my legs feel like fizzing lemonade at night")
        somebody.says("make a summary for my doctor")
        assert "fizzing lemonade" in page(somebody).text and pdf(somebody).status_code == 200
        headers = {"Authorization": f"Bearer {somebody.token}"}
        assert httpx.delete(f"{server.url}/webhooks/web/session", headers=headers, timeout=30).status_code == 204
    finally:
        server.stop()
    # The log of the server stands there too.
    assert not traces(folder, "fizzing lemonade") and not traces(folder, somebody.token)
