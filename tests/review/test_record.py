"""Who signed what: a sign-off holds for the content that was signed, and for no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from stillnight.commands.review import SigningError, put_name
from stillnight.content.responses import ContentError
from stillnight.review.desk import Desk
from stillnight.review.record import FILE, Record, Status, check_record
from tests.review.conftest import DAY

Edit = Callable[[str, str, str], None]
IRON = "data/faq/iron.yml"


def read(clinic: Path) -> Desk:
    return Desk.read(clinic / "data", clinic / "knowledge", in_full=False)


def sign(clinic: Path, *topics: str, name: str = "Dr A", seen: str | None = None, note: str = "") -> str:
    return put_name(clinic / "data", clinic / "knowledge", list(topics), name, seen, note, DAY)


def standing(clinic: Path, topic: str) -> dict[str, Status]:
    desk = read(clinic)
    return {piece.name: desk.status(piece) for piece in desk.topics[topic].pieces}


def test_nothing_is_signed_where_nobody_signed(clinic: Path) -> None:
    assert set(standing(clinic, "faq/iron").values()) == {Status.OPEN}


def test_topic_is_signed_with_name_day_and_variations(clinic: Path) -> None:
    said = sign(clinic, "iron", note="read twice")
    assert said == "faq/iron: 6 pieces signed by Dr A on 2026-11-22."
    assert set(standing(clinic, "faq/iron").values()) == {Status.SIGNED}
    signature = Record.read(clinic / "knowledge").signatures["utter_faq/iron (child)"]
    assert (signature.name, signature.signed, signature.note) == ("Dr A", "2026-11-22", "read twice")
    assert Status.SIGNED not in standing(clinic, "faq/kidney").values()


def test_changed_text_loses_its_sign_off_and_no_other_does(clinic: Path, edit: Edit) -> None:
    sign(clinic, "iron")
    edit(IRON, "Yes. Low iron is one", "Yes, low iron is one")
    assert standing(clinic, "faq/iron") == {
        **dict.fromkeys(standing(clinic, "faq/iron"), Status.SIGNED),
        "utter_faq/iron": Status.CHANGED,
    }
    sign(clinic, "iron", name="Dr B")
    assert set(standing(clinic, "faq/iron").values()) == {Status.SIGNED}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("one that can be treated.\n      It can", "one that can\n      be treated. It can"),
        ("      review: needed", "      review: done"),
        ("        why: mechanism", "        why: causes"),
    ],
    ids=["line_break", "mark", "follow_up"],
)
def test_what_no_patient_reads_changes_nothing(clinic: Path, edit: Edit, old: str, new: str) -> None:
    sign(clinic, "iron")
    edit(IRON, old, new)
    assert set(standing(clinic, "faq/iron").values()) == {Status.SIGNED}


@pytest.mark.parametrize(
    ("file", "old", "new", "topic", "piece"),
    [
        (IRON, "[iron_consensus_2018, allen_earley_2007, aasm_2025]", "[aasm_2025]", "faq/iron", "utter_faq/iron"),
        (IRON, "title: Tell me more", "title: More of it", "faq/iron", "utter_faq/iron"),
        ("knowledge/labs.yml", "line: {at_most: 75}", "line: {at_most: 70}", "labs/ferritin", "labs ferritin"),
        (
            "knowledge/medicines.yml",
            "effect: worsens",
            "effect: mixed",
            "medicines/sedating_antihistamine",
            "medicines diphenhydramine",
        ),
        ("knowledge/crisis_lines.yml", '"911"', '"912"', "numbers/US", "crisis_lines US"),
    ],
    ids=["source", "button", "lab", "medicine", "number"],
)
def test_whatever_a_patient_is_told_is_signed(
    clinic: Path, edit: Edit, file: str, old: str, new: str, topic: str, piece: str
) -> None:
    sign(clinic, topic)
    edit(file, old, new)
    assert standing(clinic, topic)[piece] is Status.CHANGED


def test_answer_that_changed_after_it_was_read_is_not_signed(clinic: Path, edit: Edit) -> None:
    seen = read(clinic).topics["faq/iron"].hash
    edit(IRON, "Yes. Low iron is one", "Yes, low iron is one")
    with pytest.raises(SigningError, match="was changed since you read it"):
        sign(clinic, "iron", seen=seen)
    assert Status.SIGNED not in standing(clinic, "faq/iron").values()
    sign(clinic, "iron", seen=read(clinic).topics["faq/iron"].hash)
    assert set(standing(clinic, "faq/iron").values()) == {Status.SIGNED}


@pytest.mark.parametrize(
    ("topics", "name", "said"), [(["nothing"], "Dr A", "no topic"), (["iron"], "  ", "--name is empty")]
)
def test_what_cannot_be_signed_is_told(clinic: Path, topics: list[str], name: str, said: str) -> None:
    with pytest.raises(SigningError, match=said):
        sign(clinic, *topics, name=name)
    assert not (clinic / "knowledge" / FILE).exists()


def test_entries_are_only_added(clinic: Path) -> None:
    path = clinic / "knowledge" / FILE
    sign(clinic, "iron")
    first = path.read_text(encoding="utf-8")
    sign(clinic, "kidney", "labs/*", name="Dr B")
    assert path.read_text(encoding="utf-8").startswith(first)
    assert "already" in sign(clinic, "iron")


def test_signed_text_that_was_changed_in_the_record_is_a_fault(clinic: Path, edit: Edit) -> None:
    sign(clinic, "iron")
    topics = read(clinic).topics
    assert list(check_record(clinic / "knowledge", topics)) == []
    edit(f"knowledge/{FILE}", "Low iron is one of", "High iron is one of")
    (fault,) = check_record(clinic / "knowledge", topics)
    assert "the text that Dr A signed as “utter_faq/iron” was changed in this file" in fault.message


def test_broken_record_is_named_with_its_line(clinic: Path) -> None:
    sign(clinic, "iron")
    path = clinic / "knowledge" / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("  name: Dr A", "  nam: Dr A"), encoding="utf-8")
    with pytest.raises(ContentError, match=r"reviews\.yml, line \d+: .*Do you mean “name”"):
        Record.read(clinic / "knowledge")
