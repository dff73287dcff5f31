"""Our reading of the training data against Rasa's own."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message

from stillnight.assistant.importer import DataImporter, Example
from stillnight.paths import DATA, PROJECT

FILES = ("rules.yml", "smalltalk.yml", "labs.yml", "faq/iron.yml", "near_misses/clot.yml", "red_flags/clot.yml")


@pytest.fixture(scope="module")
def importers(tmp_path_factory: pytest.TempPathFactory) -> tuple[DataImporter, RasaFileImporter]:
    """Both, over some files of every kind."""
    folder = tmp_path_factory.mktemp("data")
    for name in FILES:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes((DATA / name).read_bytes())
    arguments = (str(PROJECT / "config.yml"), str(PROJECT / "domain.yml"), [str(folder)])
    return DataImporter(*arguments), RasaFileImporter(*arguments)


def test_examples_are_those_that_rasa_reads(importers: tuple[DataImporter, RasaFileImporter]) -> None:
    ours, theirs = (importer.get_nlu_data() for importer in importers)
    assert len(ours.training_examples) > 500
    assert sorted(map(repr, (each.data for each in ours.training_examples))) == sorted(
        map(repr, (each.data for each in theirs.training_examples))
    )


def test_responses_are_those_that_rasa_reads(importers: tuple[DataImporter, RasaFileImporter]) -> None:
    ours, theirs = (importer.get_nlu_data().responses for importer in importers)
    assert "utter_faq/iron" in ours
    assert ours == theirs


def test_rules_are_those_that_rasa_reads(importers: tuple[DataImporter, RasaFileImporter]) -> None:
    ours, theirs = (importer.get_stories().fingerprint() for importer in importers)
    assert ours == theirs


def test_project_is_read_by_it() -> None:
    importer = TrainingDataImporter.load_from_config(str(PROJECT / "config.yml"), str(PROJECT / "domain.yml"), [])
    wrapped = importer.importer._importer
    assert any(isinstance(each, DataImporter) for each in [wrapped, *getattr(wrapped, "_importers", ())])


def test_test_stories_are_no_training_stories(tmp_path: Path) -> None:
    (tmp_path / "test_one.yml").write_text(
        "stories:\n- story: one\n  steps:\n  - intent: help\n  - action: utter_help\n", encoding="utf-8"
    )
    importer = DataImporter(None, str(PROJECT / "domain.yml"), [str(tmp_path)])
    assert not importer.get_stories().story_steps
    assert importer.get_conversation_tests().story_steps


def test_examples_are_alike_when_they_say_the_same_under_the_same_label() -> None:
    one, same = (Example.build("legs?", "faq/iron") for _ in range(2))
    other = Example.build("legs?", "faq/kidney")
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert len(dict.fromkeys([one, same, other])) == 2


def test_copy_has_features_of_its_own() -> None:
    example = Example.build("legs?", "faq/iron")
    copied = copy.deepcopy(example)
    copied.set("mended_text", "legs?")
    assert isinstance(copied, Message)
    assert example.get("mended_text") is None
