"""What Twilio's webhook takes and refuses, and what becomes of it: over HTTP, with a real server and a real worker."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillnight.channels.whatsapp_twilio.channel import TwilioChannel
from stillnight.channels.whatsapp_twilio.limits import TWILIO
from stillnight.content.catalogue import catalogue
from stillnight.messenger_settings import ConfigurationError, TwilioSettings
from stillnight.server import BODY_MAX
from tests.channels.conftest import Clinic
from tests.channels.kept import outside_conversations, parts, refused_to_start, resting, rows, state, until
from tests.channels.twilio_api import Trouble, TwilioApi
from tests.channels.whatsapp_twilio.patient import LINE, Patient, environment, post, signature, webhook
from tests.conftest import traces

QUESTION = "what is plmd"


@pytest.fixture
def patient(clinic: Clinic) -> Patient:
    """Somebody who never wrote before."""
    return Patient(clinic.server, clinic.twilio)


def told(name: str) -> str:
    """The words of a response."""
    return catalogue().text(name)


def kept(clinic: Clinic) -> int:
    """How many messages were ever kept."""
    return int(rows(clinic.server.data_dir, "SELECT count(*) FROM inbox_messages")[0][0])


def still_answers(clinic: Clinic) -> bool:
    """Whether the server is well."""
    return httpx.get(f"{clinic.server.url}/readyz", timeout=10).status_code == 200


# -- starting


def test_server_does_not_start_without_a_secret(api: TwilioApi, tmp_path: Path) -> None:
    variable = "STILLNIGHT_WHATSAPP_TWILIO_AUTH_TOKEN"
    given = {name: value for name, value in environment(api).items() if name != variable}
    said = refused_to_start(given, tmp_path)
    assert len(said.splitlines()) == 1
    assert variable in said


@pytest.mark.parametrize("name", ["account_sid", "auth_token", "public_url"])
def test_channel_needs_each_of_its_settings(name: str) -> None:
    given = {"account_sid": "AC1", "auth_token": "token", "public_url": "https://clinic.example", name: ""}
    with pytest.raises(ConfigurationError, match=f"STILLNIGHT_WHATSAPP_TWILIO_{name.upper()} is not set"):
        TwilioChannel(TwilioSettings.parse_obj(given))


# -- signatures and broken bodies


@pytest.mark.parametrize("header", ["", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "wrong", b"\xe9", "é".encode(), "٣" * 28])
def test_forged_delivery_is_refused_and_not_kept(clinic: Clinic, patient: Patient, header: str | bytes) -> None:
    before = kept(clinic)
    assert post(clinic.server, clinic.twilio, patient.form(QUESTION), header).status_code == 401
    assert kept(clinic) == before
    assert still_answers(clinic)


def test_tampered_delivery_is_refused_and_not_kept(clinic: Clinic, patient: Patient) -> None:
    form, before = patient.form(QUESTION), kept(clinic)
    right = signature(clinic.twilio.token, form)
    others = [
        {**form, "Body": "what is RLS"},
        {**form, "From": "whatsapp:+447700900999"},
        {**form, "More": ""},
        {name: value for name, value in form.items() if name != "NumMedia"},
    ]
    for other in others:
        assert post(clinic.server, clinic.twilio, other, right).status_code == 401
    assert post(clinic.server, clinic.twilio, form, right, query="?ours=1").status_code == 401
    assert post(clinic.server, clinic.twilio, form, signature("another token", form)).status_code == 401
    assert kept(clinic) == before


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"\xff\xfe=\xff", b"&&&==", b"Body=hello", b"a=1&" * 100_000, b"MessageSid=" + b"9" * 1_000_000],
    ids=["nothing", "JSON", "no UTF-8", "signs", "no id", "many fields", "long"],
)
def test_rubbish_is_refused(clinic: Clinic, body: bytes) -> None:
    before = kept(clinic)
    for header in ("", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="):
        headers = {"X-Twilio-Signature": header, "Content-Type": "application/x-www-form-urlencoded"}
        assert httpx.post(webhook(clinic.server), content=body, headers=headers, timeout=30).status_code in (
            400,
            401,
            413,
        )
    assert kept(clinic) == before
    assert still_answers(clinic)


@pytest.mark.parametrize("form", [{}, {"Body": "hello"}, {"MessageSid": " "}, {"SmsStatus": "received"}])
def test_signed_form_without_an_id_is_refused(clinic: Clinic, form: dict[str, str]) -> None:
    assert post(clinic.server, clinic.twilio, form).status_code == 400


def test_huge_body_is_refused(clinic: Clinic) -> None:
    try:
        # Percent signs alone take longest to read, and only then is it known that nobody signed them.
        answer = httpx.post(webhook(clinic.server), content=b"a=" + b"%" * BODY_MAX, timeout=30)
    except httpx.TransportError:
        # Hung up in the middle of it.
        pass
    else:
        assert answer.status_code == 413
    assert still_answers(clinic)


_names = st.sampled_from(["MessageSid", "SmsStatus", "MessageStatus", "Body", "NumMedia", "ErrorCode", "To", "WaId"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=st.dictionaries(_names, st.text(st.characters(exclude_categories=["Cs"]), max_size=12)))
def test_signed_form_of_any_content_is_taken_or_refused(clinic: Clinic, form: dict[str, str]) -> None:
    assert post(clinic.server, clinic.twilio, form).status_code in (204, 400)


def test_address_behind_a_proxy_is_the_public_one(clinic: Clinic, patient: Patient) -> None:
    form = patient.form("STOP")
    headers = {
        "X-Twilio-Signature": signature(clinic.twilio.token, form),
        "Content-Type": "application/x-www-form-urlencoded",
        "Host": "attacker.example",
        "X-Forwarded-Proto": "http",
    }
    answer = httpx.post(webhook(clinic.server), content=urlencode(form), headers=headers, timeout=10)
    assert (answer.status_code, answer.content) == (204, b"")
    assert [sent.body for sent in patient.settles()] == [told("utter_messenger_stop")]


# -- once each


def test_duplicates_are_answered_once(clinic: Clinic, patient: Patient) -> None:
    form = patient.form("STOP")
    with resting(clinic.server):
        for _ in range(3):
            assert patient.delivers(form).status_code == 204
    assert [sent.body for sent in patient.settles()] == [told("utter_messenger_stop")]
    assert patient.delivers(form).status_code == 204
    assert not patient.settles()


def test_receipt_says_what_became_of_an_answer(clinic: Clinic, patient: Patient) -> None:
    sent = patient.says("STOP")[-1]
    assert sent.callback
    query = "?" + sent.callback.partition("?")[2]
    form = {"MessageSid": sent.sid, "MessageStatus": "undelivered", "ErrorCode": "63024", "To": sent.to}
    assert post(clinic.server, clinic.twilio, form, query=query).status_code == 204
    query = "SELECT state, note FROM outbox_parts WHERE theirs = ?"
    until(lambda: rows(clinic.server.data_dir, query, sent.sid) == [("dead", "63024")], "the receipt's effect")


# -- kinds

WORDLESS = {
    "image": {"MessageType": "image", "NumMedia": "1", "MediaContentType0": "image/jpeg"},
    "audio": {"MessageType": "audio", "NumMedia": "1", "MediaContentType0": "audio/ogg"},
    "video": {"NumMedia": "1", "MediaContentType0": "video/mp4"},
    "document": {"NumMedia": "1", "MediaContentType0": "application/pdf"},
    "sticker": {"NumMedia": "1", "MediaContentType0": "image/webp"},
    "contacts": {"NumMedia": "1", "MediaContentType0": "text/vcard"},
    "location": {"MessageType": "location", "Latitude": "51.5", "Longitude": "-0.1"},
    "unsupported": {"MessageType": "unsupported"},
}


@pytest.mark.parametrize("kind", WORDLESS)
def test_each_kind_has_words_of_its_own(patient: Patient, kind: str) -> None:
    answers = patient.sends(patient.form(**{"MessageType": "", **WORDLESS[kind]}))
    assert [sent.body for sent in answers] == [told(f"utter_messenger_{kind}")]


def test_caption_is_read(patient: Patient) -> None:
    answers = patient.sends(patient.form("my ferritin is 31", **WORDLESS["image"]))
    assert "31 ng/mL" in answers[0].body
    assert told("utter_messenger_caption") in answers[0].body


def test_name_of_a_file_is_no_question(patient: Patient) -> None:
    answers = patient.sends(patient.form("labs.pdf", **WORDLESS["document"]))
    assert [sent.body for sent in answers] == [told("utter_messenger_document")]


def test_reaction_gets_no_answer(clinic: Clinic, patient: Patient) -> None:
    form = patient.form("\N{THUMBS UP SIGN}", MessageType="reaction")
    assert patient.delivers(form).status_code == 204
    assert not patient.settles()
    assert state(clinic.server.data_dir, form["MessageSid"]) == ("done", None)


# -- who writes


@pytest.mark.parametrize(("phone", "number"), [("+12025550143", "911"), ("+447700900889", "999")])
def test_prefix_decides_on_emergency_numbers(clinic: Clinic, phone: str, number: str) -> None:
    answers = Patient(clinic.server, clinic.twilio, phone=phone).says("I want to kill myself")
    assert number in answers[-1].body
    assert answers[-1].line == f"whatsapp:{LINE}"


def test_message_that_did_not_come_over_whatsapp_is_left_out(clinic: Clinic, patient: Patient) -> None:
    form = patient.form(QUESTION, From=patient.phone)
    assert patient.delivers(form).status_code == 204
    assert state(clinic.server.data_dir, form["MessageSid"]) is None


# -- when Twilio does not take it


def test_long_answer_comes_in_parts_that_twilio_takes(patient: Patient) -> None:
    sent = patient.says("what can help? and what is plmd? and my ferritin is 31")
    assert all(len(each.body.encode("utf-16-le")) // 2 <= TWILIO.text for each in sent)


@pytest.mark.parametrize("trouble", [Trouble(500, 20500), Trouble(429, 20429, {"Retry-After": "1"}), Trouble(503)])
def test_answer_is_sent_again_when_twilio_was_not_well(clinic: Clinic, patient: Patient, trouble: Trouble) -> None:
    clinic.twilio.troubles.append(trouble)
    assert [sent.body for sent in patient.says("STOP")] == [told("utter_messenger_stop")]


@pytest.mark.parametrize(("status", "code"), [(400, 63016), (401, 20003), (400, 21211)])
def test_answer_that_twilio_will_never_take_is_set_aside(
    clinic: Clinic, patient: Patient, status: int, code: int
) -> None:
    clinic.twilio.troubles.append(Trouble(status, code))
    form = patient.form("STOP")
    patient.delivers(form)
    until(lambda: parts(clinic.server.data_dir, form["MessageSid"]), "the answer")
    assert not patient.settles()
    assert parts(clinic.server.data_dir, form["MessageSid"]) == [("dead", str(code))]
    assert patient.says("STOP")


# -- what stays behind


def test_words_secrets_and_numbers_stay_where_they_belong(clinic: Clinic, patient: Patient) -> None:
    words = "my ankles whisper about restless legs"
    patient.says(words)
    assert traces(clinic.server.data_dir, words)
    until(lambda: not outside_conversations(clinic.server.data_dir, words), "its files were never emptied")
    assert not traces(clinic.server.data_dir, clinic.twilio.token)
    for word in (words, QUESTION, "7700900", clinic.twilio.account):
        assert word not in clinic.server.log
