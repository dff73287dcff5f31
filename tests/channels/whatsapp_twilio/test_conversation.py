"""Whole conversations of a patient over Twilio, where what can be chosen is a numbered list."""

from __future__ import annotations

import re

import pytest

from stillnight.content.catalogue import catalogue
from tests.channels.conftest import Clinic
from tests.channels.kept import person, rows
from tests.channels.twilio_api import Accepted
from tests.channels.whatsapp_twilio.patient import Patient
from tests.conftest import traces

DANGER = "I want to kill myself"
_LISTED = re.compile(r"^(\d+)  (.+)$", re.MULTILINE)


@pytest.fixture
def patient(clinic: Clinic) -> Patient:
    """Somebody who never wrote before."""
    return Patient(clinic.server, clinic.twilio)


def told(name: str) -> str:
    """The words of a response."""
    return catalogue().text(name)


def titles(sent: Accepted) -> list[str]:
    """What can be chosen, in the order of its numbers."""
    listed = _LISTED.findall(sent.body)
    assert [number for number, _ in listed] == [str(number) for number in range(1, len(listed) + 1)]
    return [title for _, title in listed]


def bodies(sent: list[Accepted]) -> str:
    """All of it as one text."""
    return "\n".join(each.body for each in sent)


def test_question_choice_report_danger_stop_delete(clinic: Clinic, patient: Patient) -> None:
    # A question, and a choice by number.
    question = patient.form("can low iron cause restless legs")
    answers = patient.sends(question)
    assert "I am Stillnight, an automated assistant" in bodies(answers)
    assert "Low iron is one of the most common causes" in bodies(answers)
    assert titles(answers[-1])
    assert bodies(patient.says("1")) != bodies(answers)

    # A lab report, whose picture is written out.
    report = bodies(patient.says("my ferritin is 31"))
    assert "Your ferritin is 31 ng/mL" in report

    # Danger, and the numbers of another country by its place in a list.
    danger = patient.says(DANGER)[-1]
    assert "116 123" in danger.body
    assert "999" in danger.body
    change = titles(danger).index("Change country") + 1
    countries = patient.says(str(change))[-1]
    there = titles(countries).index("United States") + 1
    assert "988" in bodies(patient.says(f"option {there}"))

    # Enough.
    assert bodies(patient.says("stop")) == told("utter_messenger_stop")
    kept = patient.says("delete")[-1]
    assert titles(kept) == [told("utter_messenger_delete_yes"), told("utter_messenger_delete_no")]
    assert bodies(patient.says("2")) == told("utter_messenger_kept")
    who = person(clinic.server.data_dir, question["MessageSid"])
    patient.says("delete my data")
    assert bodies(patient.says("yes")) == told("utter_messenger_deleted")
    for table in ("inbox_messages", "outbox_parts", "offered_options"):
        left = rows(clinic.server.data_dir, f"SELECT count(*) FROM {table} WHERE person = ?", who)
        # What says that it is done was sent after it was done.
        assert left[0][0] <= 1, table
    query = "SELECT count(*) FROM conversations WHERE sender = ?"
    assert rows(clinic.server.data_dir, query, who, file="conversations.db") == [(0,)]


@pytest.mark.parametrize("choice", ["2", "two", "2.", "the second one", "Change country", "chnage country"])
def test_choice_is_understood_however_it_is_typed(patient: Patient, choice: str) -> None:
    danger = patient.says(DANGER)[-1]
    wanted = "Change country"
    place = titles(danger).index(wanted) + 1
    said = {"2": str(place), "2.": f"{place}.", "two": _word(place), "the second one": f"the {_ordinal(place)} one"}
    answer = patient.says(said.get(choice, choice))[-1]
    assert "United States" in titles(answer)


def _word(place: int) -> str:
    return ("one", "two", "three")[place - 1]


def _ordinal(place: int) -> str:
    return ("first", "second", "third")[place - 1]


def test_number_that_is_not_in_the_list_chooses_nothing(patient: Patient) -> None:
    patient.says("delete my data")
    assert told("utter_messenger_deleted") not in bodies(patient.says("3"))


def test_nothing_readable_is_left_after_delete(clinic: Clinic, patient: Patient) -> None:
    words = "zebras keep my restless feet awake"
    patient.says(words)
    assert traces(clinic.server.data_dir, words)
    patient.says("DELETE")
    assert bodies(patient.says("one")) == told("utter_messenger_deleted")
    assert not traces(clinic.server.data_dir, words)


def test_page_for_the_doctor_comes_as_text(patient: Patient) -> None:
    patient.says("I take sertraline 50 mg")
    assert "Sertraline*" in bodies(patient.says("make me a note for my doctor"))


def test_diary_is_written_out(patient: Patient) -> None:
    patient.says("log tonight: bad, 2 hours")
    assert "▆" in bodies(patient.says("show my diary"))
    assert ",bad,2,," in bodies(patient.says("download my diary"))
