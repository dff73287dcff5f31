"""What becomes of deliveries to Meta's webhook: over HTTP, with a real server and a real worker."""

from __future__ import annotations

import time
from typing import Any

import pytest

from stillnight.channels.whatsapp_cloud.limits import CLOUD
from stillnight.content.catalogue import catalogue
from tests.channels.conftest import Clinic
from tests.channels.graph_api import LINE
from tests.channels.graph_faults import error
from tests.channels.kept import (
    outside_conversations,
    parts,
    person,
    resting,
    rows,
    state,
    until,
)
from tests.channels.whatsapp_cloud.patient import (
    SECRET,
    VERIFY_TOKEN,
    Patient,
    change,
    delivery,
    post,
)
from tests.conftest import traces

QUESTION = "what is plmd"
OTHER_QUESTION = "can low iron cause restless legs"


def told(name: str) -> str:
    """The words of a response."""
    return catalogue().text(name)


def kept(clinic: Clinic) -> int:
    """How many messages were ever kept."""
    return int(rows(clinic.server.data_dir, "SELECT count(*) FROM inbox_messages")[0][0])


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


# -- what was sent


def test_caption_is_read(patient: Patient) -> None:
    picture = patient.message("image", {"id": "1", "caption": "my ferritin is 31"})
    answers = patient.sends(picture)
    assert "31 ng/mL" in answers[0].text
    # Nobody shall believe that the picture was looked at.
    assert told("utter_messenger_caption") in answers[0].text


def test_danger_in_a_caption_is_answered_as_such(patient: Patient) -> None:
    answer = patient.sends(patient.message("image", {"id": "1", "caption": "I want to kill myself"}))[0].text
    assert "999" in answer
    assert told("utter_messenger_caption") not in answer


@pytest.mark.parametrize("name", ["labs.pdf", "Lab report 2026-11-02.PDF", " scan.jpeg "])
def test_name_of_a_file_is_no_question(patient: Patient, name: str) -> None:
    file = patient.message("document", {"id": "1", "filename": name.strip(), "caption": name})
    assert [sent.text for sent in patient.sends(file)] == [told("utter_messenger_document")]


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


def test_message_that_was_taken_back_before_it_came_is_not_answered(clinic: Clinic, patient: Patient) -> None:
    message = patient.text(OTHER_QUESTION)
    patient.delivers(patient.message("revoke", {"original_message_id": message["id"]}))
    assert not patient.settles()
    assert patient.delivers(message).status_code == 200
    assert not patient.settles()
    assert state(clinic.server.data_dir, message["id"]) is None


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
