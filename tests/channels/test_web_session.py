"""What a session can do besides asking: resume, be forgotten, be told twice, and what strangers cannot do with it."""

from __future__ import annotations

import json
import sqlite3
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from stillnight.channels.web.tokens import Tokens
from tests.channels.test_web import Patient
from tests.conftest import NO_LIMITS, Server, traces

BASE = "/webhooks/web"


def call(patient: Patient, method: str, path: str, token: str | None = None, **more: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token or patient.token}", **more.pop("headers", {})}
    return httpx.request(method, f"{patient.url}{BASE}{path}", headers=headers, timeout=30, **more)


def history(patient: Patient) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = call(patient, "GET", "/history").json()["messages"]
    return kept


@pytest.fixture
def patient(live_server: str) -> Patient:
    return Patient(live_server)


# -- resume


def test_patient_who_comes_back_finds_the_conversation_as_it_was(patient: Patient) -> None:
    answer = patient.says("my ferritin is 18")
    kept = history(patient)
    assert [message["from"] for message in kept] == ["assistant", "patient", "assistant"]
    assert kept[1]["text"] == "my ferritin is 18"
    again = {name: value for name, value in kept[2].items() if name not in ("from", "at")}
    assert again == answer[0]
    assert kept[0]["text"] == patient.welcome[0]["text"]


def test_button_of_a_resumed_conversation_still_works(patient: Patient) -> None:
    patient.says("can low iron cause restless legs")
    button = history(patient)[-1]["buttons"][0]
    assert patient.post({"choice": button["choice"]}).json()["messages"][0]["sources"]


def test_danger_stands_in_the_history_with_its_numbers(patient: Patient) -> None:
    patient.says("i want to kill myself")
    last = history(patient)[-1]
    assert last["urgent"] and last["contacts"]


def test_new_session_has_only_its_greeting(patient: Patient) -> None:
    assert [message["from"] for message in history(patient)] == ["assistant"]


# -- delivered twice, in order


def test_message_sent_twice_is_answered_once_and_alike(patient: Patient) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    first = call(patient, "POST", "/messages", json={"text": "what is restless legs"}, headers=key)
    second = call(patient, "POST", "/messages", json={"text": "what is restless legs"}, headers=key)
    assert first.json() == second.json()
    assert sum(message["from"] == "patient" for message in history(patient)) == 1


def test_message_of_danger_sent_twice_is_answered_alike(patient: Patient) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    answers = [call(patient, "POST", "/messages", json={"text": "i want to die"}, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()


def test_button_pressed_twice_by_one_key_is_answered_once(patient: Patient) -> None:
    choice = {"choice": patient.says("what is restless legs")[0]["buttons"][0]["choice"]}
    key = {"Idempotency-Key": uuid.uuid4().hex}
    answers = [call(patient, "POST", "/messages", json=choice, headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()


def test_key_of_another_message_is_refused(patient: Patient) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    call(patient, "POST", "/messages", json={"text": "what is restless legs"}, headers=key)
    refused = call(patient, "POST", "/messages", json={"text": "is it inherited"}, headers=key)
    assert refused.status_code == 400 and "Idempotency-Key" in refused.json()["detail"]


@pytest.mark.parametrize("key", ["short", "a" * 65, "with space inside", "semi;colon;key"])
def test_odd_key_is_refused(patient: Patient, key: str) -> None:
    refused = call(patient, "POST", "/messages", json={"text": "hello"}, headers={"Idempotency-Key": key})
    assert refused.status_code == 400


def test_two_tabs_at_once_keep_one_order(patient: Patient) -> None:
    questions = [f"is restless legs inherited, question {number}" for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(patient.says, questions))
    assert all(answers)
    kept = history(patient)
    assert [message["from"] for message in kept] == ["assistant", *["patient", "assistant"] * 6]
    assert sorted(message["text"] for message in kept if message["from"] == "patient") == questions


# -- streamed


def test_replies_come_line_by_line_when_asked_for(patient: Patient) -> None:
    key = uuid.uuid4().hex
    headers = {"Accept": "application/x-ndjson", "Idempotency-Key": key}
    streamed = call(patient, "POST", "/messages", json={"text": "what is restless legs"}, headers=headers)
    assert streamed.headers["content-type"].startswith("application/x-ndjson")
    lines = [json.loads(line) for line in streamed.text.splitlines()]
    whole = call(patient, "POST", "/messages", json={"text": "what is restless legs"}, headers={"Idempotency-Key": key})
    assert lines == whole.json()["messages"]


def test_streaming_leaves_no_complaint_in_the_log(server: Server) -> None:
    before = len(server.log)
    headers = {"Accept": "application/x-ndjson"}
    call(Patient(server.url), "POST", "/messages", json={"text": "what is restless legs"}, headers=headers)
    assert "ERROR" not in server.log[before:]


# -- forgetting


def test_forgotten_conversation_is_gone_from_the_database(model: Path, tmp_path: Path) -> None:
    server = Server(tmp_path / "data", NO_LIMITS).start()
    patient, other = Patient(server.url), Patient(server.url)
    other.says("is it inherited")
    answer = patient.says("my secret word is xylophonist and my ferritin is 18")
    assert call(patient, "POST", "/feedback", json=thought(answer, "quetzalcoatl")).status_code == 204
    assert call(patient, "DELETE", "/session").status_code == 204
    assert history(patient) == []
    assert len(history(other)) == 3
    server.stop()
    sender = Tokens((tmp_path / "data" / "secret").read_text(), 30).sender(patient.token)
    for words in ("xylophonist", "quetzalcoatl", sender):
        assert traces(tmp_path / "data", words) == []


# -- feedback, transcript


def thought(answer: list[dict[str, Any]], reason: str | None = None) -> dict[str, Any]:
    return {"message": answer[0]["id"], "helpful": False, **({"reason": reason} if reason else {})}


def test_last_word_on_an_answer_counts(server: Server, patient: Patient) -> None:
    answer = patient.says("what is restless legs")
    for helpful in (False, True):
        told = {"message": answer[0]["id"], "helpful": helpful, "reason": "clear"}
        assert call(patient, "POST", "/feedback", json=told).status_code == 204
    with sqlite3.connect(server.data_dir / "conversations.db") as database:
        query = "select helpful, reason from conversation_feedback where message = ?"
        rows = database.execute(query, (answer[0]["id"],))
        assert rows.fetchall() == [(1, '"clear"')]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"message": "x", "helpful": True},
        {"message": "a.0", "helpful": "yes"},
        {"message": "a.0", "helpful": True, "reason": 5},
        {"message": "a.0", "helpful": True, "reason": "x" * 501},
        [],
    ],
)
def test_odd_feedback_is_refused(patient: Patient, body: Any) -> None:
    assert call(patient, "POST", "/feedback", json=body).status_code == 400


def test_transcript_is_plain_text_with_sources(patient: Patient) -> None:
    answer = patient.says("my ferritin is 18")[0]
    told = call(patient, "GET", "/transcript")
    assert told.headers["content-type"].startswith("text/plain")
    assert "attachment" in told.headers["content-disposition"]
    for part in ("my ferritin is 18", answer["text"], answer["sources"][0]["title"], answer["images"][0]["alt"]):
        assert part in told.text


# -- strangers and oddities

ROUTES = [
    ("POST", "/messages", {"text": "hello"}),
    ("GET", "/history", None),
    ("GET", "/transcript", None),
    ("GET", "/export", None),
    ("POST", "/feedback", {"message": "a.0", "helpful": True}),
    ("DELETE", "/session", None),
]
FORGED = [
    "nonsense",
    "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ3ZWItMDAwMCJ9.",
    Tokens("another secret altogether", 30).new_session()[1],
]


def test_feedback_on_what_was_never_said_is_not_kept(patient: Patient, live_server: str) -> None:
    answer = patient.says("what is plmd")
    stranger = Patient(live_server)
    assert call(stranger, "POST", "/feedback", json=thought(answer, "mine")).status_code == 404
    assert call(patient, "DELETE", "/session").status_code == 204
    assert call(patient, "POST", "/feedback", json=thought(answer, "too late")).status_code == 404


def test_id_of_another_message_is_refused_also_when_streamed(patient: Patient) -> None:
    key = {"Idempotency-Key": uuid.uuid4().hex}
    call(patient, "POST", "/messages", json={"text": "what is plmd"}, headers=key)
    for accepted in ("application/json", "application/x-ndjson"):
        headers = {**key, "Accept": accepted}
        assert call(patient, "POST", "/messages", json={"text": "is it inherited"}, headers=headers).status_code == 400


@pytest.mark.parametrize("origin", ["http://[", "null", "file://", "http://evil.example", "https://127.0.0.1"])
def test_page_of_elsewhere_is_refused(live_server: str, origin: str) -> None:
    answer = httpx.post(f"{live_server}{BASE}/session", headers={"Origin": origin}, timeout=30)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
@pytest.mark.parametrize("token", FORGED, ids=range(len(FORGED)))
def test_forged_token_opens_nothing(
    patient: Patient, method: str, path: str, body: dict[str, Any] | None, token: str
) -> None:
    assert call(patient, method, path, token, json=body).status_code == 401


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_expired_token_opens_nothing(
    patient: Patient, server: Server, method: str, path: str, body: dict[str, Any] | None
) -> None:
    secret = (server.data_dir / "secret").read_text()
    token = _aged(secret, Tokens(secret, 30).sender(patient.token))
    assert call(patient, method, path, token, json=body).status_code == 401


class _AMonthAgo(TimestampSigner):
    def get_timestamp(self) -> int:
        return int(time.time()) - 31 * 24 * 60 * 60


def _aged(secret: str, sender: str) -> str:
    """A token of ours as it was signed 31 days ago."""
    return str(URLSafeTimedSerializer(secret, salt="stillnight.web.session", signer=_AMonthAgo).dumps(sender))


def test_patient_gets_everything_that_is_kept_of_them(patient: Patient) -> None:
    answer = patient.says("my xylophonist says that I take pramipexole")[0]
    call(patient, "POST", "/feedback", json={"message": answer["id"], "helpful": True, "reason": "clear"})
    told = call(patient, "GET", "/export")
    assert "attachment" in told.headers["content-disposition"] and told.headers["cache-control"] == "no-store"
    kept = told.json()
    mine = [each for each in kept["messages"] if each["by"] == "you"]
    assert [each["text"] for each in mine] == ["my xylophonist says that I take pramipexole"]
    assert answer["text"] in [each["text"] for each in kept["messages"]]
    assert "pramipexole" in kept["remembered"]["medicines"]
    assert kept["feedback"][0]["reason"] == "clear"
    stranger = Patient(patient.url)
    assert "xylophonist" not in call(stranger, "GET", "/export").text
    call(patient, "DELETE", "/session")
    assert call(patient, "GET", "/export").json()["messages"] == []


def test_another_ones_token_shows_only_their_own(patient: Patient, live_server: str) -> None:
    patient.says("my secret word is xylophonist")
    stranger = Patient(live_server)
    assert "xylophonist" not in call(stranger, "GET", "/history").text
    call(stranger, "DELETE", "/session")
    assert len(history(patient)) == 3


# -- origins and limits


@pytest.fixture(scope="module")
def strict(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    limits = {
        "STILLNIGHT_ORIGINS": "https://clinic.example, https://other.example",
        "STILLNIGHT_MESSAGES_PER_MINUTE": "3",
        "STILLNIGHT_SESSIONS_PER_HOUR": "6",
    }
    running = Server(tmp_path_factory.mktemp("strict"), limits).start()
    yield running
    running.stop()


def test_page_of_the_clinic_may_read_the_answer(strict: Server) -> None:
    answer = httpx.post(f"{strict.url}{BASE}/session", headers={"Origin": "https://clinic.example"}, timeout=30)
    assert answer.status_code == 201
    assert answer.headers["access-control-allow-origin"] == "https://clinic.example"
    assert answer.headers["vary"] == "Origin"


def test_browser_of_the_clinics_page_asks_first_and_is_let_in(strict: Server) -> None:
    headers = {"Origin": "https://clinic.example", "Access-Control-Request-Method": "DELETE"}
    answer = httpx.options(f"{strict.url}{BASE}/session", headers=headers, timeout=30)
    assert answer.status_code == 204
    assert "DELETE" in answer.headers["access-control-allow-methods"]
    assert "Authorization" in answer.headers["access-control-allow-headers"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://clinic.example.evil.example"])
def test_other_pages_are_refused(strict: Server, origin: str) -> None:
    answer = httpx.post(f"{strict.url}{BASE}/session", headers={"Origin": origin}, timeout=30)
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_who_asks_too_much_is_told_how_long_to_wait(strict: Server) -> None:
    patient = Patient(strict.url)
    answers = [patient.post({"text": "hello"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 60
    assert Patient(strict.url).says("hello")


def test_one_address_cannot_open_conversations_without_end(strict: Server) -> None:
    statuses = [httpx.post(f"{strict.url}{BASE}/session", timeout=30).status_code for _ in range(7)]
    assert statuses[-1] == 429
