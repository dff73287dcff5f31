"""The web channel over real HTTP, with a real server behind it."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.conftest import Server

SIX_SOURCE_FAQS = {
    "What is the difference between Restless Legs Syndrome and Periodic Limb Movement Disorder?": "while awake",
    "Why do my legs move involuntarily during sleep?": "dopamine",
    "Can iron deficiency cause restless legs and sleep movements?": "iron",
    "What medications make restless legs and sleep movements worse?": "suddenly",
    "How are sleep movement disorders diagnosed?": "no single test",
    "What treatments are available for restless legs and sleep movement disorders?": "iron",
}


class Patient:
    """Somebody with a session."""

    def __init__(self, url: str) -> None:
        self.url = url
        begun = httpx.post(f"{url}/webhooks/web/session", timeout=30)
        assert begun.status_code == 201
        self.token = begun.json()["token"]
        self.welcome = begun.json()["messages"]

    def post(self, body: Any, token: str | None = None) -> httpx.Response:
        return httpx.post(
            f"{self.url}/webhooks/web/messages",
            json=body,
            headers={"Authorization": f"Bearer {token or self.token}"},
            timeout=30,
        )

    def says(self, text: str) -> list[dict[str, Any]]:
        answer = self.post({"text": text})
        assert answer.status_code == 200, answer.text
        messages: list[dict[str, Any]] = answer.json()["messages"]
        return messages


@pytest.fixture
def patient(live_server: str) -> Patient:
    return Patient(live_server)


def test_new_patient_is_told_that_this_is_automated(patient: Patient) -> None:
    greeting = patient.welcome[0]["text"]
    assert "automated" in greeting
    assert "not a doctor" in greeting
    assert "emergency number" in greeting


@pytest.mark.parametrize(("question", "truth"), SIX_SOURCE_FAQS.items())
def test_patient_gets_an_answer_with_sources(patient: Patient, question: str, truth: str) -> None:
    answer = patient.says(question)
    assert len(answer) == 1
    assert truth in answer[0]["text"].lower()
    assert answer[0]["sources"]
    assert all(source["title"] and source["year"] for source in answer[0]["sources"])
    assert 2 <= len(answer[0]["buttons"]) <= 3


def test_patient_presses_tell_me_more(patient: Patient) -> None:
    first = patient.says("can low iron cause restless legs")[0]
    button = next(button for button in first["buttons"] if button["title"] == "Tell me more")
    more = patient.post({"choice": button["choice"]}).json()["messages"]
    assert len(more) == 1
    assert more[0]["text"] != first["text"]
    assert more[0]["sources"]


def test_typed_command_is_a_sentence_like_any_other(patient: Patient) -> None:
    for command in ("/faq/iron", '/more{"topic": "iron"}', "/restart", "/session_start", " /greet@1.0"):
        assert patient.says(command)[0]["text"]
    assert "automated" not in patient.says("/restart")[0]["text"].lower() or patient.welcome


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "🦵😭🦵",
        "?!?!",
        "\x00\x07",
        "ل" * 300,
        "asdf qwer zxcv",
        "\ud83d".encode("utf-16", "surrogatepass").decode("utf-16", "replace"),
    ],
)
def test_patient_never_meets_silence(patient: Patient, text: str) -> None:
    assert all(message["text"] for message in patient.says(text))
    assert patient.says(text)


def test_patient_with_a_very_long_message_gets_a_kind_line(patient: Patient) -> None:
    answer = patient.says("my legs will not rest and " * 200)
    assert "one question" in answer[0]["text"]


def test_patient_hears_the_same_answer_again(patient: Patient) -> None:
    first = patient.says("is restless legs inherited")[0]
    again = patient.says("can you say that again please")[0]
    assert again["text"] == first["text"]
    assert [source["id"] for source in again["sources"]] == [source["id"] for source in first["sources"]]


@pytest.mark.parametrize("token", ["", "nonsense", "eyJhbGciOiJub25lIn0.e30.", "IndlYi0wMDAwIg.aaaaaa.bbbbbbbb"])
def test_stranger_without_our_token_is_refused(patient: Patient, token: str) -> None:
    refused = httpx.post(
        f"{patient.url}/webhooks/web/messages",
        json={"text": "hello"},
        headers={"Authorization": f"Bearer {token}"} if token else {},
        timeout=30,
    )
    assert refused.status_code == 401
    assert refused.headers["content-type"].startswith("application/problem+json")
    assert refused.json()["status"] == 401


def test_stranger_cannot_press_another_ones_button(patient: Patient) -> None:
    button = patient.says("what is restless legs")[0]["buttons"][0]
    stranger = Patient(patient.url)
    assert stranger.post({"choice": button["choice"]}).status_code == 404


@pytest.mark.parametrize(
    "body", [[], "text", None, {}, {"text": 5}, {"text": None}, {"choice": ["x"]}, {"message": "hi"}]
)
def test_developer_with_a_wrong_body_gets_a_clear_error(patient: Patient, body: Any) -> None:
    refused = patient.post(body)
    assert refused.status_code == 400
    assert "text" in refused.json()["detail"]


def test_developer_with_broken_json_gets_a_clear_error(patient: Patient) -> None:
    refused = httpx.post(
        f"{patient.url}/webhooks/web/messages",
        content=b"{not json",
        headers={"Authorization": f"Bearer {patient.token}"},
        timeout=30,
    )
    assert refused.status_code == 400
    assert refused.headers["content-type"].startswith("application/problem+json")


def test_stranger_finds_nothing_of_rasas_own_api(live_server: str) -> None:
    for path in (
        "/status",
        "/version",
        "/domain",
        "/conversations/default/tracker",
        "/webhooks/rest/webhook",
        "/model",
    ):
        assert httpx.get(live_server + path, timeout=30).status_code in {404, 405}
        assert httpx.post(live_server + path, json={}, timeout=30).status_code in {404, 405}


def test_every_answer_carries_the_security_headers(live_server: str) -> None:
    for path in ("/", "/page/chat.js", "/nothing-here"):
        headers = httpx.get(live_server + path, timeout=30).headers
        assert headers["content-security-policy"].startswith("default-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


def test_log_holds_no_word_of_a_patient(server: Server) -> None:
    Patient(server.url).says("my secret word is xylophonist and my legs itch")
    assert "xylophonist" not in server.log


def test_long_message_about_danger_is_answered_as_danger(patient: Patient) -> None:
    answer = patient.says(
        "i want to end my life and i have the pills here. " + "my legs never rest and i cannot go on. " * 60
    )
    assert "emergency number" in answer[0]["text"]
    assert "one question" not in answer[0]["text"]
