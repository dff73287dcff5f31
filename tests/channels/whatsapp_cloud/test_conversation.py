"""Whole conversations of a patient over Meta's Cloud API."""

from __future__ import annotations

import pytest

from stillnight.content.catalogue import catalogue
from tests.channels.conftest import Clinic
from tests.channels.graph_api import Sent
from tests.channels.kept import person, resting, rows
from tests.channels.whatsapp_cloud.patient import Patient, options_of
from tests.conftest import traces

DANGER = "I want to kill myself"


@pytest.fixture
def patient(clinic: Clinic) -> Patient:
    """Somebody who never wrote before."""
    return Patient(clinic.server, clinic.graph)


def titles(sent: Sent) -> list[str]:
    """What stands on the buttons or rows."""
    return [option["title"] for option in options_of(sent)]


def asked(sent: list[Sent]) -> Sent:
    """The answer with something to choose from."""
    return next(each for each in reversed(sent) if options_of(each))


def words(sent: list[Sent]) -> str:
    """All of it as one text."""
    return "\n".join(each.text for each in sent)


def told(name: str) -> str:
    """The words of a response."""
    return catalogue().text(name)


def test_question_button_report_danger_stop_delete(clinic: Clinic, patient: Patient) -> None:
    # A question, and a button under its answer.
    question = patient.text("can low iron cause restless legs")
    answer = asked(patient.sends(question))
    assert "I am Stillnight, an automated assistant" in words(patient.received)
    assert "Low iron is one of the most common causes" in answer.text
    assert answer.text.splitlines()[-1].startswith("From: ")
    more = patient.presses(answer, titles(answer)[0])
    assert more
    assert more[-1].text != answer.text

    # A lab report, with a picture of it.
    report = patient.says("my ferritin is 31")
    assert "Your ferritin is 31 ng/mL" in report[0].text
    picture = report[-1].payload["image"]
    assert "31 ng/mL" in picture["caption"]
    assert clinic.graph.media[picture["id"]].startswith(b"\x89PNG")

    # Danger, with the numbers of the country of the telephone; then of another country, from a list.
    danger = asked(patient.says(DANGER))
    assert "116 123" in danger.text
    assert "999" in danger.text
    countries = asked(patient.presses(danger, "Change country"))
    assert countries.payload["interactive"]["type"] == "list"
    assert "988" in words(patient.presses(countries, "United States"))

    # Enough.
    assert [sent.text for sent in patient.says("Stop.")] == [told("utter_messenger_stop")]
    keep = asked(patient.says("delete"))
    assert titles(keep) == [told("utter_messenger_delete_yes"), told("utter_messenger_delete_no")]
    assert [sent.text for sent in patient.presses(keep, titles(keep)[1])] == [told("utter_messenger_kept")]
    assert traces(clinic.server.data_dir, DANGER)

    who = person(clinic.server.data_dir, question["id"])
    gone = asked(patient.says("please delete my data"))
    assert [sent.text for sent in patient.presses(gone, titles(gone)[0])] == [told("utter_messenger_deleted")]
    for table in ("inbox_messages", "outbox_parts", "offered_options"):
        left = rows(clinic.server.data_dir, f"SELECT count(*) FROM {table} WHERE person = ?", who)
        # What says that it is done was sent after it was done.
        assert left[0][0] <= 1, table
    for table in ("conversations", "conversation_feedback"):
        query = f"SELECT count(*) FROM {table} WHERE sender = ?"
        assert rows(clinic.server.data_dir, query, who, file="conversations.db") == [(0,)]

    # A new beginning: nothing is known, and the assistant says what it is.
    again = patient.says("can low iron cause restless legs")
    assert "I am Stillnight, an automated assistant" in words(again)


def test_nothing_readable_is_left_after_delete(clinic: Clinic, patient: Patient) -> None:
    said = "zebras keep my restless legs awake"
    patient.says(said)
    assert traces(clinic.server.data_dir, said)
    patient.presses(asked(patient.says("DELETE")), told("utter_messenger_delete_yes"))
    assert not traces(clinic.server.data_dir, said)


def test_deleting_is_confirmed_in_words_too(patient: Patient) -> None:
    patient.says("forget me")
    assert [sent.text for sent in patient.says("Yes")] == [told("utter_messenger_deleted")]


def test_question_on_the_heels_of_deleting_is_answered(clinic: Clinic, patient: Patient) -> None:
    question = asked(patient.says("DELETE"))
    with resting(clinic.server):
        patient.delivers(patient.press(question, titles(question)[0]))
        patient.delivers(patient.text("what is plmd"))
    told_both = [sent.text for sent in patient.hears()]
    assert told_both[0] == told("utter_messenger_deleted")
    assert "Periodic limb movement disorder" in told_both[1]


def test_button_from_before_deleting_does_nothing_bad(patient: Patient) -> None:
    old = asked(patient.says(DANGER))
    patient.presses(asked(patient.says("delete everything")), told("utter_messenger_delete_yes"))
    assert len(patient.presses(old, "Change country")) >= 1


def test_stop_and_danger_in_one_breath_is_danger(patient: Patient) -> None:
    patient.sends(patient.text("STOP"), patient.text(DANGER))
    assert [sent for sent in patient.received if "116 123" in sent.text]


def test_help_says_what_can_be_asked(patient: Patient) -> None:
    assert options_of(patient.says("HELP")[-1])


def test_page_for_the_doctor_comes_as_text_and_as_a_pdf(clinic: Clinic, patient: Patient) -> None:
    patient.says("I take sertraline 50 mg")
    sent = patient.says("make me a note for my doctor")
    assert "Sertraline*" in words(sent)
    document = sent[-1].payload["document"]
    assert document["filename"] == "visit-summary.pdf"
    assert document["caption"] == told("utter_visit_summary_caption")
    assert clinic.graph.media[document["id"]].startswith(b"%PDF-")


def test_diary_comes_with_a_picture_and_as_a_text_file(clinic: Clinic, patient: Patient) -> None:
    patient.says("log tonight: bad, 2 hours")
    sent = patient.says("show my diary")
    picture = next(each.payload["image"] for each in sent if "image" in each.payload)
    assert clinic.graph.media[picture["id"]].startswith(b"\x89PNG")
    document = patient.says("download my diary")[-1].payload["document"]
    assert document["filename"] == "diary.txt"
    assert b'"bad","2"' in clinic.graph.media[document["id"]]
