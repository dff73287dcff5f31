"""Everything that the assistant can say is on the desk, once."""

from __future__ import annotations

import pytest

from stillnight.content.responses import answers, read_all
from stillnight.paths import DATA, KNOWLEDGE
from stillnight.review.answers import condition_name
from stillnight.review.desk import Desk, TopicError
from stillnight.review.pieces import Group
from stillnight.yaml_files import load_yaml


def test_every_answer_and_variation_is_a_piece(desk: Desk) -> None:
    said = {
        condition_name(answer.name, [value for _, value in answer.condition], answer.channel): answer.text
        for answer in answers(read_all(DATA))
    }
    on_desk = {piece.name: piece.said for piece in desk.pieces if piece.name.startswith("utter_")}
    assert on_desk == said


@pytest.mark.parametrize(
    "file", ["labs", "lab_patterns", "medicines", "medicine_classes", "stopping", "crisis_lines", "references"]
)
def test_every_fact_is_a_piece(desk: Desk, file: str) -> None:
    names = {piece.name for piece in desk.pieces}
    assert {f"{file} {key}" for key in load_yaml(KNOWLEDGE / f"{file}.yml")} <= names


def test_every_danger_has_its_rules_and_its_messages(desk: Desk) -> None:
    for flag, facts in load_yaml(KNOWLEDGE / "red_flags.yml")["red_flags"].items():
        pieces = {piece.name: piece for piece in desk.topics[f"dangers/{flag}"].pieces}
        assert {f"utter_red_flag/{flag}", f"utter_possible_{flag}", f"red_flags {flag}"} <= set(pieces)
        assert set(map(str, facts["says"])) <= set(pieces[f"red_flags {flag}"].questions)


def test_no_two_pieces_share_a_name(desk: Desk) -> None:
    names = [piece.name for piece in desk.pieces]
    assert len(names) == len(set(names))


def test_every_medicine_has_the_statement_that_a_patient_reads(desk: Desk) -> None:
    medicines = [piece for piece in desk.pieces if piece.name.startswith("medicines ")]
    assert all(piece.said for piece in medicines)
    benadryl = next(piece for piece in medicines if piece.name == "medicines diphenhydramine")
    assert "Diphenhydramine can make restless legs worse." in benadryl.said


def test_numbers_and_references_tell_when_they_were_checked(desk: Desk) -> None:
    for piece in desk.pieces:
        if piece.group in {Group.NUMBERS, Group.REFERENCES}:
            assert "checked" in dict(piece.facts), piece.name


def test_dangers_and_emergencies_are_always_served(desk: Desk) -> None:
    must = {piece.name for piece in desk.pieces if piece.group in {Group.DANGERS, Group.NUMBERS}}
    must |= {"utter_lab_hemoglobin_dangerously_low", "utter_stop_medication", "utter_medicine_pair", "utter_greet"}
    assert must <= {piece.name for piece in desk.pieces if piece.always}
    assert not any(piece.always for piece in desk.pieces if piece.group is Group.TOPICS)


def test_topics_are_found_by_short_name_and_by_pattern(desk: Desk) -> None:
    assert [topic.name for topic in desk.named("iron")] == ["faq/iron"]
    assert [topic.name for topic in desk.named("ferritin")] == ["labs/ferritin"]
    assert len(desk.named("dangers/*")) > 14
    with pytest.raises(TopicError, match=r"no topic “feritin”\. Do you mean “ferritin”\?"):
        desk.named("feritin")
