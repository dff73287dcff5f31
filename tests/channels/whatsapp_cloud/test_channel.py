"""What Meta's webhook takes and refuses, and what becomes of it: over HTTP, with a real server and a real worker."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stillnight.channels.messenger.opening import check_inbox
from stillnight.channels.whatsapp_cloud.channel import CloudChannel
from stillnight.channels.whatsapp_cloud.limits import CLOUD
from stillnight.content.catalogue import catalogue
from stillnight.messenger_settings import CloudSettings, ConfigurationError
from stillnight.server import BODY_MAX, DELIVERY_MAX
from stillnight.settings import Settings
from tests.channels.conftest import Clinic
from tests.channels.graph_api import LINE, LoopbackGraph
from tests.channels.graph_faults import error
from tests.channels.kept import (
    outside_conversations,
    parts,
    person,
    refused_to_start,
    resting,
    rows,
    state,
    until,
    waiting_beside,
)
from tests.channels.whatsapp_cloud.patient import (
    SECRET,
    SIGNATURE,
    VERIFY_TOKEN,
    Patient,
    change,
    delivery,
    environment,
    post,
    signed,
    webhook,
)
from tests.conftest import Server, traces

QUESTION = "what is plmd"
OTHER_QUESTION = "can low iron cause restless legs"


@pytest.fixture
def patient(clinic: Clinic) -> Patient:
    """Somebody who never wrote before."""
    return Patient(clinic.server, clinic.graph)


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


def test_server_does_not_start_without_a_secret(graph: LoopbackGraph, tmp_path: Path) -> None:
    variable = "STILLNIGHT_WHATSAPP_CLOUD_APP_SECRET"
    said = refused_to_start({**environment(graph), variable: " "}, tmp_path)
    assert len(said.splitlines()) == 1
    assert variable in said
    assert graph.token not in said


@pytest.mark.parametrize("name", ["app_secret", "verify_token", "access_token"])
def test_channel_needs_each_of_its_secrets(name: str) -> None:
    given = {"app_secret": SECRET, "verify_token": VERIFY_TOKEN, "access_token": "token", name: None}
    with pytest.raises(ConfigurationError, match=f"STILLNIGHT_WHATSAPP_CLOUD_{name.upper()} is not set"):
        CloudChannel(CloudSettings.parse_obj(given))


def test_inbox_must_be_a_database_that_is_known() -> None:
    with pytest.raises(ConfigurationError, match="STILLNIGHT_INBOX: mysql is not supported"):
        check_inbox(Settings.parse_obj({"inbox": "mysql://name:password@host/inbox"}))


def test_delivery_waits_beside_an_inbox_that_is_not_there_yet(graph: LoopbackGraph, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    # Without a model it starts sooner, and deliveries are taken all the same.
    given = {"STILLNIGHT_INBOX": f"sqlite:///{disk}/inbox.db", "STILLNIGHT_MODEL": str(tmp_path / "none")}
    server = Server(tmp_path / "data", {**environment(graph), **given}).start()
    try:
        patient = Patient(server, graph)
        message = patient.text(QUESTION)
        assert patient.delivers(message).status_code == 200
        assert waiting_beside(server.data_dir) == 1
        disk.mkdir()
        until(lambda: not waiting_beside(server.data_dir), "the inbox")
        assert state(disk, message["id"])
    finally:
        server.stop()


def test_delivery_is_refused_until_it_can_be_kept(graph: LoopbackGraph, tmp_path: Path) -> None:
    in_the_way = tmp_path / "data" / "deliveries.a"
    in_the_way.mkdir(parents=True)
    server = Server(tmp_path / "data", {**environment(graph), "STILLNIGHT_MODEL": str(tmp_path / "none")}).start()
    try:
        patient = Patient(server, graph)
        message = patient.text(QUESTION)
        assert patient.delivers(message).status_code == 503
        in_the_way.rmdir()
        until(lambda: patient.delivers(message).status_code == 200, "a place to keep it")
        until(lambda: not waiting_beside(server.data_dir), "the inbox")
        assert state(server.data_dir, message["id"])
    finally:
        server.stop()


# -- subscribing


def subscribe(clinic: Clinic, token: str | None, mode: str = "subscribe") -> httpx.Response:
    """What Meta asks when somebody enters the address there."""
    query = {"hub.mode": mode, "hub.challenge": "1158201444", **({} if token is None else {"hub.verify_token": token})}
    return httpx.get(webhook(clinic.server), params=query, timeout=10)


def test_meta_learns_that_the_address_is_ours(clinic: Clinic) -> None:
    answer = subscribe(clinic, VERIFY_TOKEN)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("token", ["wrong", "", None, "tökén", f"{VERIFY_TOKEN}é", "\N{SNOWMAN}"])
def test_nobody_else_does(clinic: Clinic, token: str | None) -> None:
    answer = subscribe(clinic, token)
    assert (answer.status_code, answer.text) == (403, "")
    assert subscribe(clinic, VERIFY_TOKEN, mode="unsubscribe").status_code == 403


# -- signatures


FORGED = {
    "missing": [],
    "blank": [b""],
    "no name before it": [b"%(right)s"],
    "of another secret": [b"sha256=" + b"0" * 64],
    "shorter": [b"sha256=" + b"0" * 63],
    "older kind": [b"sha1=" + b"0" * 40],
    "Latin-1": ["sha256=é".encode("latin-1")],
    "UTF-8": ["sha256=é".encode()],
    "only digits of another script": [b"sha256=" + "٣".encode() * 64],
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_delivery_is_refused_and_not_kept(clinic: Clinic, patient: Patient, name: str) -> None:
    body, before = patient.body(patient.text(QUESTION)), kept(clinic)
    right = signed(body)[SIGNATURE].removeprefix("sha256=").encode()
    headers = [(SIGNATURE.encode(), value.replace(b"%(right)s", right)) for value in FORGED[name]]
    answer = httpx.post(webhook(clinic.server), content=body, headers=headers, timeout=10)
    assert (answer.status_code, kept(clinic)) == (401, before)
    assert still_answers(clinic)


def test_tampered_delivery_is_refused_and_not_kept(clinic: Clinic, patient: Patient) -> None:
    body, before = patient.body(patient.text(QUESTION)), kept(clinic)
    for other in (body.replace(b"plmd", b"RLS "), body + b" ", body[:-1]):
        assert post(clinic.server, other, signed(body)).status_code == 401
    assert kept(clinic) == before


# -- broken bodies


BROKEN = {
    "nothing": b"",
    "no JSON": b"MessageSid=SM1&Body=hello",
    "no UTF-8": b'{"object": "whatsapp_business_account\xff"}',
    "a list": b"[]",
    "null": b"null",
    "a number": b"7",
    "NaN": b'{"object": "whatsapp_business_account", "entry": NaN}',
    "another product": b'{"object": "page", "entry": []}',
    "deep": b"[" * 200_000,
    "deep and whole": b'{"object": "whatsapp_business_account", "entry": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep objects": b'{"a":' * 100_000,
    "a long number": b'{"object": ' + b"9" * 100_000 + b"}",
    "a byte order mark": b"\xef\xbb\xbf{}",
}


@pytest.mark.parametrize("name", BROKEN)
def test_signed_rubbish_is_refused(clinic: Clinic, name: str) -> None:
    before = kept(clinic)
    assert post(clinic.server, BROKEN[name]).status_code == 400
    assert kept(clinic) == before
    assert still_answers(clinic)


def test_truncated_delivery_is_refused(clinic: Clinic, patient: Patient) -> None:
    body, before = patient.body(patient.text(QUESTION)), kept(clinic)
    for length in range(1, len(body), len(body) // 20):
        assert post(clinic.server, body[:length]).status_code == 400
    assert kept(clinic) == before


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["entry", "changes", "field", "value", "messages", "id", "text"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=_json, depth=st.integers(0, 4))
def test_signed_delivery_of_any_shape_is_taken_or_refused(clinic: Clinic, value: Any, depth: int) -> None:
    for name in ("messages", "value", "changes", "entry")[4 - depth :]:
        inner: dict[str, Any] = {name: value}
        value = inner if name in ("value", "entry") else [{**inner, "field": "messages"}]
    body = {"object": "whatsapp_business_account", **(value if isinstance(value, dict) else {"entry": value})}
    assert post(clinic.server, json.dumps(body).encode()).status_code in (200, 400)


def status_of_announced(clinic: Clinic, path: str, length: int) -> int:
    """What somebody hears who announces so many bytes, before any of them is sent."""
    connection = http.client.HTTPConnection(urlsplit(clinic.server.url).netloc, timeout=10)
    connection.putrequest("POST", path)
    connection.putheader("Content-Length", str(length))
    connection.putheader("Content-Type", "application/json")
    connection.endheaders()
    connection.send(b"{")
    try:
        return connection.getresponse().status
    finally:
        connection.close()


def test_huge_body_is_refused(clinic: Clinic) -> None:
    path = urlsplit(webhook(clinic.server)).path
    assert status_of_announced(clinic, path, DELIVERY_MAX + 1) == 413
    assert status_of_announced(clinic, path, 10**15) == 413
    assert still_answers(clinic)


def pieces(length: int) -> Iterator[bytes]:
    """A body whose length is not announced."""
    for _ in range(0, length, 65_536):
        yield b" " * 65_536


def test_huge_body_of_unknown_length_is_refused(clinic: Clinic) -> None:
    try:
        answer = httpx.post(webhook(clinic.server), content=pieces(DELIVERY_MAX + 200_000), timeout=30)
    except httpx.TransportError:
        # Hung up in the middle of it.
        pass
    else:
        assert answer.status_code == 413
    assert still_answers(clinic)


def test_other_channels_keep_their_own_limit(clinic: Clinic) -> None:
    url = f"{clinic.server.url}/webhooks/web/session"
    assert httpx.post(url, content=b" " * (BODY_MAX + 1), timeout=10).status_code == 413


def test_long_delivery_is_taken(clinic: Clinic) -> None:
    statuses = [{"id": f"wamid.old{number}", "status": "read"} for number in range(2_000)]
    assert post(clinic.server, delivery(change(statuses=statuses))).status_code == 200


# -- once each


def test_duplicates_are_answered_once(clinic: Clinic, patient: Patient) -> None:
    message = patient.text(QUESTION)
    assert patient.delivers(message, message).status_code == 200
    twice = delivery(change([message], [patient.contact]), change([message], [patient.contact]))
    assert post(clinic.server, twice).status_code == 200
    patient.hears()
    told_once = [sent.text for sent in patient.received]
    assert "".join(told_once).count("Periodic limb movement disorder") == 1
    assert patient.delivers(message).status_code == 200
    assert patient.delivers({**message, "timestamp": str(int(time.time()) - 60)}).status_code == 200
    assert not patient.settles()


def test_everything_in_one_delivery_is_heeded(clinic: Clinic, patient: Patient) -> None:
    other = Patient(clinic.server, clinic.graph)
    first = patient.says(QUESTION)[-1]
    failed = {"id": first.id, "status": "failed", "errors": [{"code": 131026}], "biz_opaque_callback_data": first.ours}
    both = [patient.text("my ferritin is 31"), other.text(OTHER_QUESTION), patient.text("STOP")]
    body = delivery(change(both, [patient.contact, other.contact], [failed, {"id": "wamid.unknown", "status": "sent"}]))
    assert post(clinic.server, body).status_code == 200
    assert "Low iron" in other.hears()[-1].text
    answers = [sent.text for sent in patient.hears()]
    assert "31 ng/mL" in answers[0]
    assert answers[-1] == told("utter_messenger_stop")
    query = "SELECT state, note FROM outbox_parts WHERE theirs = ?"
    assert rows(clinic.server.data_dir, query, first.id) == [("dead", "131026")]


def test_order_is_that_of_writing(clinic: Clinic, patient: Patient) -> None:
    now = int(time.time())
    late, early = (patient.text(words, timestamp=str(now - ago)) for words, ago in (("HELP", 5), ("STOP", 60)))
    with resting(clinic.server):
        patient.delivers(late)
        patient.delivers(early)
    assert patient.hears()[0].text == told("utter_messenger_stop")


# -- kinds


WORDLESS = {
    "image": {"id": "1", "mime_type": "image/jpeg", "sha256": "x"},
    "audio": {"id": "1", "mime_type": "audio/ogg; codecs=opus", "voice": True},
    "video": {"id": "1", "mime_type": "video/mp4"},
    "document": {"id": "1", "mime_type": "application/pdf", "filename": "lab.pdf"},
    "sticker": {"id": "1", "mime_type": "image/webp", "animated": False},
    "location": {"latitude": 51.5, "longitude": -0.1, "name": "Home"},
    "contacts": [{"name": {"formatted_name": "Dr A"}, "phones": [{"phone": "+44 7700 900999"}]}],
    "unsupported": {"type": "poll_creation"},
}


@pytest.mark.parametrize("kind", WORDLESS)
def test_each_kind_has_words_of_its_own(patient: Patient, kind: str) -> None:
    answers = patient.sends(patient.message(kind, WORDLESS[kind]))
    assert [sent.text for sent in answers] == [told(f"utter_messenger_{kind}")]


@pytest.mark.parametrize("kind", ["order", "something_of_next_year"])
def test_kind_that_nobody_knows_is_told_so(patient: Patient, kind: str) -> None:
    answers = patient.sends(patient.message(kind, {"catalog_id": "1"}))
    assert [sent.text for sent in answers] == [told("utter_messenger_unsupported")]


def test_caption_is_read(patient: Patient) -> None:
    picture = patient.message("image", {"id": "1", "caption": "my ferritin is 31"})
    assert any("31 ng/mL" in sent.text for sent in patient.sends(picture))


SILENT: dict[str, Any] = {
    "reaction": {"message_id": "wamid.unknown", "emoji": "\N{HEAVY BLACK HEART}"},
    "system": {"body": "A Patient changed from 1 to 2", "wa_id": "447700900998", "type": "user_changed_number"},
    "revoke": {"original_message_id": "wamid.unknown"},
    "unsupported": {"type": "reaction"},
}


@pytest.mark.parametrize("kind", SILENT)
def test_what_says_nothing_gets_no_answer(clinic: Clinic, patient: Patient, kind: str) -> None:
    message = patient.message(kind, SILENT[kind])
    assert patient.delivers(message).status_code == 200
    assert not patient.settles()
    assert state(clinic.server.data_dir, message["id"]) == ("done", None)
    assert patient.says("STOP")[0].text == told("utter_messenger_stop")


@pytest.mark.parametrize(
    ("emoji", "helpful"), [("\N{THUMBS UP SIGN}", 1), ("\N{THUMBS DOWN SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-5}", 0)]
)
def test_thumb_is_feedback_on_that_answer(clinic: Clinic, patient: Patient, emoji: str, helpful: int) -> None:
    question = patient.text(QUESTION)
    answer = patient.sends(question)[-1]
    patient.delivers(patient.message("reaction", {"message_id": answer.id, "emoji": emoji}))
    assert not patient.settles()
    folder = clinic.server.data_dir
    reply = rows(folder, "SELECT reply FROM outbox_parts WHERE theirs = ?", answer.id)[0][0]
    query = "SELECT message, helpful FROM conversation_feedback WHERE sender = ?"
    found = rows(folder, query, person(folder, question["id"]), file="conversations.db")
    assert found == [(reply, helpful)]


# -- taken back, changed, too late, not ours


def edit(patient: Patient, message: dict[str, Any], words: str) -> dict[str, Any]:
    """A change of a message."""
    changed = {"type": "text", "text": {"body": words}}
    return patient.message("edit", {"original_message_id": message["id"], "message": changed})


def test_message_that_was_changed_in_time_is_answered_as_it_is_now(clinic: Clinic, patient: Patient) -> None:
    message = patient.text(OTHER_QUESTION)
    with resting(clinic.server):
        patient.delivers(message)
        patient.delivers(edit(patient, message, QUESTION))
    answers = " ".join(sent.text for sent in patient.hears())
    assert "Periodic limb movement disorder" in answers
    assert "Low iron" not in answers
    assert state(clinic.server.data_dir, message["id"]) == ("dropped", "edited")


def test_change_without_its_words_is_asked_for(patient: Patient) -> None:
    changed = patient.message("edit", {"original_message_id": "wamid.unknown"})
    assert [sent.text for sent in patient.sends(changed)] == [told("utter_messenger_edited")]


def test_message_that_was_taken_back_in_time_is_not_answered(clinic: Clinic, patient: Patient) -> None:
    message = patient.text(OTHER_QUESTION)
    with resting(clinic.server):
        patient.delivers(message)
        patient.delivers(patient.message("revoke", {"original_message_id": message["id"]}))
    assert not patient.settles()
    assert state(clinic.server.data_dir, message["id"]) == ("dropped", "deleted")


def test_nobody_takes_back_the_message_of_another(clinic: Clinic, patient: Patient) -> None:
    stranger, message = Patient(clinic.server, clinic.graph), patient.text("STOP")
    with resting(clinic.server):
        patient.delivers(message)
        stranger.delivers(stranger.message("revoke", {"original_message_id": message["id"]}))
    assert patient.hears()[0].text == told("utter_messenger_stop")


def test_button_of_an_earlier_answer_works(patient: Patient) -> None:
    earlier = patient.says("I want to kill myself")[-1]
    patient.says(OTHER_QUESTION)
    assert patient.presses(earlier, "Change country")[-1].payload["interactive"]["type"] == "list"


def test_button_of_somebody_else_does_nothing(clinic: Clinic, patient: Patient) -> None:
    stranger = Patient(clinic.server, clinic.graph)
    asked = patient.says("delete my data")[-1]
    stranger.presses(asked, "Yes, delete it")
    assert told("utter_messenger_deleted") not in [sent.text for sent in stranger.received]
    assert patient.presses(asked, "No, keep it")[-1].text == told("utter_messenger_kept")


def test_message_older_than_a_day_is_dropped(clinic: Clinic, patient: Patient) -> None:
    old = patient.text(QUESTION, timestamp=str(int(time.time() - CLOUD.window - 60)))
    patient.delivers(old)
    assert not patient.settles()
    assert state(clinic.server.data_dir, old["id"]) == ("dropped", "too old to answer")
    assert patient.says("STOP")[0].text == told("utter_messenger_stop")


def test_other_lines_are_left_to_others(clinic: Clinic, patient: Patient) -> None:
    message = patient.text(QUESTION)
    assert post(clinic.server, delivery(change([message], [patient.contact], line="999"))).status_code == 200
    assert state(clinic.server.data_dir, message["id"]) is None
    assert patient.says("STOP")[0].line == LINE


# -- who writes


def test_person_without_a_number_is_answered(clinic: Clinic) -> None:
    patient = Patient(clinic.server, clinic.graph, phone="", user="US.13491208655302741918")
    answer = patient.says("I want to kill myself")[-1]
    assert answer.payload["recipient"] == patient.user
    assert "to" not in answer.payload
    assert "911" in answer.text


@pytest.mark.parametrize(
    ("phone", "number", "others"),
    [("12025550142", "911", ("999", "112")), ("447700900888", "999", ("911",)), ("61491570156", "000", ("911", "999"))],
)
def test_prefix_decides_on_emergency_numbers(clinic: Clinic, phone: str, number: str, others: tuple[str, ...]) -> None:
    answer = Patient(clinic.server, clinic.graph, phone=phone).says("I want to kill myself")[-1].text
    assert number in answer
    assert not [other for other in others if other in answer]


# -- when Meta does not take it


def attempts(clinic: Clinic) -> list[object]:
    """Requests that were to send a message, taken or not."""
    return [request for request in list(clinic.graph.requests) if request.kind == "message"]


def test_answer_is_sent_again_when_meta_was_not_well(clinic: Clinic, patient: Patient) -> None:
    clinic.graph.next(error(131000))
    assert [sent.text for sent in patient.says("STOP")] == [told("utter_messenger_stop")]


def test_parts_keep_the_pace_that_meta_demands(clinic: Clinic, patient: Patient) -> None:
    clinic.graph.pace, before = CLOUD.pace, len(attempts(clinic))
    try:
        first, picture = patient.says("my ferritin is 31")[-2:]
    finally:
        clinic.graph.pace = None
    assert picture.payload["type"] == "image"
    assert "31 ng/mL" in first.text
    assert len(attempts(clinic)) - before == len(patient.received)


def test_pair_rate_is_waited_out(clinic: Clinic, patient: Patient) -> None:
    clinic.graph.pace = CLOUD.pace
    try:
        patient.delivers(patient.text("STOP"))
        patient.delivers(patient.text("STOP"))
        until(lambda: len(patient.received) == 2, "the second answer")
    finally:
        clinic.graph.pace = None
    assert [sent.text for sent in patient.settles()] == [told("utter_messenger_stop")] * 2


@pytest.mark.parametrize("code", [131047, 131026, 100])
def test_answer_that_meta_will_never_take_is_set_aside(clinic: Clinic, patient: Patient, code: int) -> None:
    clinic.graph.next(error(code))
    message = patient.text("STOP")
    patient.delivers(message)
    assert not patient.settles()
    assert parts(clinic.server.data_dir, message["id"]) == [("dead", str(code))]
    assert state(clinic.server.data_dir, message["id"]) == ("done", None)
    assert patient.says("STOP")


def test_wrong_token_sets_answers_aside(clinic: Clinic, patient: Patient) -> None:
    right, clinic.graph.token = clinic.graph.token, "another"
    try:
        message = patient.text("STOP")
        patient.delivers(message)
        assert not patient.settles()
    finally:
        clinic.graph.token = right
    assert parts(clinic.server.data_dir, message["id"]) == [("dead", "190")]
    assert patient.says("STOP")


# -- what stays behind


def test_words_are_gone_from_the_inbox_when_they_are_answered(clinic: Clinic, patient: Patient) -> None:
    words = "my knees whisper about restless legs"
    patient.says(words)
    folder = clinic.server.data_dir
    assert traces(folder, words)
    until(lambda: not outside_conversations(folder, words), "its files were never emptied")


def test_log_has_no_secrets_words_or_numbers(clinic: Clinic, patient: Patient) -> None:
    patient.says(QUESTION)
    for word in (SECRET, VERIFY_TOKEN, clinic.graph.token, clinic.twilio.token, QUESTION, OTHER_QUESTION, "4477009"):
        assert word not in clinic.server.log
    assert "Periodic limb" not in clinic.server.log
    for secret in (SECRET, VERIFY_TOKEN, clinic.graph.token, clinic.twilio.token):
        assert not traces(clinic.server.data_dir, secret)
