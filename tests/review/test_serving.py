"""Signed answers only: what is withheld, and what never is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stillnight.channels.message import Reply
from stillnight.commands.review import put_name
from stillnight.content.catalogue import Catalogue, load
from stillnight.dialogue.wording import capital
from stillnight.paths import DATA, KNOWLEDGE
from stillnight.review.desk import Desk
from stillnight.review.marks import marked, without_unsigned
from stillnight.review.pieces import Group
from stillnight.review.record import Record, Signature
from stillnight.review.serving import NOT_SIGNED, SYMPTOM_CHECK, served, withheld, withhold
from tests.review.conftest import DAY


def signed(desk: Desk, names: Iterable[str]) -> Desk:
    pieces = {piece.name: piece for piece in desk.pieces}
    return replace(
        desk,
        record=Record(
            {name: Signature(pieces[name].topic, "Dr A", "2026-11-22", pieces[name].hash, "") for name in names}
        ),
    )


def test_everything_signed_withholds_nothing(desk: Desk) -> None:
    assert withheld(signed(desk, [piece.name for piece in desk.pieces])) == frozenset()


def test_nothing_signed_withholds_every_topic_and_no_danger(desk: Desk) -> None:
    names = withheld(desk)
    assert {piece.name for piece in desk.pieces if piece.group is Group.TOPICS} <= names
    assert not {piece.name for piece in desk.pieces if piece.group in {Group.DANGERS, Group.NUMBERS}} & names


def test_statement_of_a_lab_waits_for_its_numbers(desk: Desk) -> None:
    low = "utter_lab_ferritin_low"
    assert low in withheld(signed(desk, [low]))
    assert low not in withheld(signed(desk, [low, "labs ferritin"]))


def test_symptom_check_is_served_as_a_whole(desk: Desk) -> None:
    every = [piece.name for piece in desk.pieces if piece.group is Group.SYMPTOMS]
    assert SYMPTOM_CHECK not in withheld(signed(desk, every))
    assert SYMPTOM_CHECK in withheld(signed(desk, [name for name in every if name != "symptom_check see often"]))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(DATA, KNOWLEDGE)


def test_catalogue_says_the_sentence_in_place_of_what_is_not_signed(clinic: Path, catalogue: Catalogue) -> None:
    put_name(clinic / "data", clinic / "knowledge", ["iron"], "Dr A", None, "", DAY)
    given = served(catalogue, clinic / "data", clinic / "knowledge")
    sentence = catalogue.text(NOT_SIGNED)
    assert given.text("utter_faq/iron") == catalogue.text("utter_faq/iron")
    assert given.answer("utter_faq/iron", "child") == catalogue.answer("utter_faq/iron", "child")
    kidney = given.answer("utter_faq/kidney")
    assert (kidney.text, kidney.sources) == (sentence, ())
    for name, answer in catalogue.answers.items():
        if name.startswith(("utter_red_flag", "utter_possible_", "utter_check_in", "utter_numbers", "utter_danger_")):
            assert given.answers[name] == answer


def responses(text: str) -> dict[str, list[dict[str, Any]]]:
    return {"utter_faq/iron": [{"text": text, "buttons": [], "metadata": {"sources": ["aasm_2025"]}}]}


def test_model_with_an_older_text_is_not_served_by_the_signature_of_the_new_one(
    clinic: Path, catalogue: Catalogue
) -> None:
    put_name(clinic / "data", clinic / "knowledge", ["iron"], "Dr A", None, "", DAY)
    given = served(catalogue, clinic / "data", clinic / "knowledge")
    desk = Desk.read(clinic / "data", clinic / "knowledge", in_full=False)
    older = responses("An older text.")
    withhold(older, desk, given)
    assert older["utter_faq/iron"][0]["text"] == catalogue.text(NOT_SIGNED)
    answer = catalogue.answers["utter_faq/iron"]
    same = responses(answer.text)
    same["utter_faq/iron"][0] |= {
        "buttons": [{"title": button.title, "payload": button.payload} for button in answer.buttons],
        "metadata": {"sources": list(answer.sources)},
    }
    withhold(same, desk, given)
    assert same["utter_faq/iron"][0]["text"] == answer.text


def test_lines_that_are_not_signed_leave_one_sentence() -> None:
    text = f"Call now.\nIt is {marked('Ask the clinic.')}\n{marked('Ask the clinic.')}\nDo not stop."
    assert without_unsigned(text) == ("Call now.\nDo not stop.\nAsk the clinic.", True)
    assert without_unsigned("Call now.") == ("Call now.", False)
    reply = Reply(capital(marked("Ask the clinic.")))
    assert reply.as_message()["text"] == "Ask the clinic."
