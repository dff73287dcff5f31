"""Lines of the tests that are learned by heart, or nearly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stillnight.content.held_out import check_held_out
from stillnight.content.responses import ContentFile, read_all
from stillnight.paths import DATA, PROJECT

IRON, LABS = Path("data/faq/iron.yml"), Path("data/labs.yml")


def file(path: Path, **examples: list[str]) -> ContentFile:
    return ContentFile(path, {label.replace("__", "/"): tuple(texts) for label, texts in examples.items()}, ())


def held_out(tests: Path, name: str, *texts: str) -> None:
    path = tests / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")


@pytest.mark.parametrize("name", ["nlu/held_out_tasks.jsonl", "safety/dangers.jsonl"])
def test_every_line_of_the_tests_that_is_learned_is_reported(tmp_path: Path, name: str) -> None:
    held_out(tmp_path, name, "Can't it be…  IRON?", "is it magnesium", "Cant it be iron!")
    faults = [str(fault) for fault in check_held_out([file(IRON, faq__iron=["can’t it be iron"])], tmp_path)]
    assert faults == [
        f"{Path(name).name} line {number}: “{text}” is held out for the tests and stands in iron.yml faq/iron as "
        "“can’t it be iron”: delete the example"
        for number, text in ((1, "Can't it be…  IRON?"), (3, "Cant it be iron!"))
    ]


def test_dangers_are_held_out_too(tmp_path: Path) -> None:
    held_out(tmp_path, "safety/dangers.jsonl", "I took them ALL")
    flags = file(Path("data/red_flags/overdose.yml"), red_flag__overdose=["i took them all"])
    assert len(list(check_held_out([flags], tmp_path))) == 1


def test_lines_that_differ_in_a_word_or_a_number_or_have_no_words_are_others(tmp_path: Path) -> None:
    held_out(tmp_path, "nlu/held_out_tasks.jsonl", "ferritin 1.5", "is it the iron", "???", "#$%&*@@", "🦶!")
    learned = file(LABS, lab_report=["ferritin 15", "is it iron", "!!!", "%%$#@", "🌀!"])
    assert list(check_held_out([learned], tmp_path)) == []


def test_other_files_of_the_tests_may_share_lines(tmp_path: Path) -> None:
    held_out(tmp_path, "labs/dev.jsonl", "ferritin 15")
    held_out(tmp_path, "nlu/seen.jsonl", "ferritin 15")
    assert list(check_held_out([file(LABS, lab_report=["ferritin 15"])], tmp_path)) == []


@pytest.mark.parametrize("name", ["nlu/held_out_tasks.jsonl", "safety/dangers_fresh.jsonl"])
def test_line_that_is_nearly_learned_is_reported_with_what_is_most_like_it(tmp_path: Path, name: str) -> None:
    held_out(tmp_path, name, "is it magnesium", "wich bloods do i ask for?")
    alike = ["which blood do I ask him for", "Which bloods do I ask for", "wich bloods do i ask them for"]
    (fault,) = check_held_out([file(IRON, faq__iron=alike)], tmp_path)
    assert str(fault) == (
        f"{Path(name).name} line 2: “wich bloods do i ask for?” is held out for the tests and nearly stands in "
        "iron.yml faq/iron as “Which bloods do I ask for” (98% of the letters): delete or reword the example if it is "
        "the newer, else the line"
    )


def test_learned_line_is_reported_once(tmp_path: Path) -> None:
    held_out(tmp_path, "nlu/held_out_tasks.jsonl", "which bloods do i ask for")
    (fault,) = check_held_out(
        [file(IRON, faq__iron=["which bloods do i ask for", "wich bloods do i ask for"])], tmp_path
    )
    assert "and stands in" in str(fault)


def test_lines_that_differ_by_more_and_lines_of_three_words_are_others(tmp_path: Path) -> None:
    held_out(
        tmp_path, "nlu/held_out_tasks.jsonl", "which bloods should my doctor take", "what is rsl", "ferritin was 15"
    )
    learned = ["which bloods do my doctors want", "what is rls", "ferritin was 16"]
    assert list(check_held_out([file(IRON, faq__iron=learned)], tmp_path)) == []


def test_lines_that_rules_were_made_on_may_be_like_an_example_but_not_the_same(tmp_path: Path) -> None:
    held_out(tmp_path, "safety/dangers_tuned_on.jsonl", "i cant see a way out of this", "i just took them all")
    learned = file(Path("data/red_flags/self_harm.yml"), red_flag__self_harm=["i cant see any way out of this"])
    assert list(check_held_out([learned], tmp_path)) == []
    learned = file(Path("data/red_flags/overdose.yml"), red_flag__overdose=["I just took them all"])
    assert len(list(check_held_out([learned], tmp_path))) == 1


def test_no_line_of_ours_is_learned() -> None:
    assert [str(fault) for fault in check_held_out(read_all(DATA), PROJECT / "tests")] == []
