"""A clinician edits knowledge/symptom_check.yml: a mistake is told by file and entry, and nothing is left unsaid."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from stillnight.clinical.knowledge import KnowledgeError
from stillnight.clinical.symptom_check.definitions import FILE
from stillnight.clinical.symptom_check.outcome import load_tables
from stillnight.clinical.symptom_check.reader import SymptomReader
from stillnight.content.catalogue import catalogue
from stillnight.content.knowledge_lint import check_symptom_answers
from stillnight.paths import KNOWLEDGE


def edited(folder: Path, old: str, new: str) -> Path:
    """The project's knowledge with one edit."""
    copy = shutil.copytree(KNOWLEDGE, folder / "knowledge")
    text = (copy / FILE).read_text(encoding="utf-8")
    assert old in text
    (copy / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "told: [other new_medicine]",
            "told: [other new_pill]",
            "see new_medicine: there is no answer “other new_pill”",
        ),
        ("person: [pregnant]", "person: [expecting]", "see pregnant: there is no person “expecting”"),
        ("when: {at_least: {open: 3}}", "when: {unknown: 3}", "picture too_little: there is no condition “unknown”"),
        ("how_soon: now,", "how_soon: tonight,", "tonight"),
        (
            "{name: some_open, when: {}",
            "{name: some_open, when: {fits: [urge]}",
            "picture: the last row must always hold",
        ),
        ("    affirm: felt", "    affirm: feels", "urge: there is no answer “feels”"),
        ("  rest:\n", "  resting:\n", "resting"),
    ],
)
def test_wrong_row_is_told_by_name(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load_tables(edited(tmp_path, old, new))
    assert str(caught.value).startswith(f"knowledge/{FILE}") and said in str(caught.value)


def test_rule_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="bracket"):
        SymptomReader(edited(tmp_path, "- no urge\n", "- (no urge\n"))


def test_everything_has_its_sentence() -> None:
    assert not list(check_symptom_answers(KNOWLEDGE, set(catalogue().answers)))


@pytest.mark.parametrize(
    "name", ["ask_urge", "fact_other_cramps", "item_background_iron", "see_child", "feature_rest", "look_veins"]
)
def test_missing_sentence_is_told(name: str) -> None:
    answers = set(catalogue().answers) - {f"utter_symptom_check_{name}"}
    (fault,) = check_symptom_answers(KNOWLEDGE, answers)
    assert f"utter_symptom_check_{name}" in str(fault)
