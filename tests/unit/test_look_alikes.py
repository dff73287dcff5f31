"""Examples that say the same under different labels, or that are cut from one pattern."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml

from stillnight.commands.check import check_examples
from stillnight.content import look_alikes as module
from stillnight.content.look_alikes import OPENINGS_MAX, check_openings, comparable, look_alikes
from stillnight.content.responses import ContentFile, Example, read_all
from stillnight.nlu.weights import Vectors

IRON, LABS = Path("data/faq/iron.yml"), Path("data/labs.yml")


def file(path: Path, **examples: list[str]) -> ContentFile:
    return ContentFile(path, {label.replace("__", "/"): tuple(texts) for label, texts in examples.items()}, ())


def towards(*degrees: float) -> Vectors:
    """Unit vectors in a plane: the cosine of two is that of the angle between them."""
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def examples(*labels: str) -> list[Example]:
    return [Example(f"text {number}", label, Path(f"{label}.yml")) for number, label in enumerate(labels)]


def pairs(labels: str, vectors: Vectors, checked: int | None = None) -> set[tuple[str, str]]:
    """Numbers of the examples that are found to be alike, as the fault names them."""
    found = [fault.message.split("“text ")[1:] for fault in look_alikes(examples(*labels), vectors, checked)]
    assert len(found) == len({tuple(each) for each in found}), "a pair is told twice"
    return {(one.partition("”")[0], other.partition("”")[0]) for one, other in found}


def test_fault_names_both_files_labels_and_texts_and_the_remedy() -> None:
    both = [Example("what is tsat", "faq/iron", IRON), Example("tsat is what", "lab_explain", LABS)]
    (fault,) = look_alikes(both, towards(0, 10))
    assert str(fault) == (
        "iron.yml faq/iron: “what is tsat” says the same as “tsat is what” in labs.yml lab_explain (cosine 0.98): "
        "decide which of both it belongs to, and delete the other"
    )


def test_likeness_counts_from_its_limit_on() -> None:
    # Cosines of 14.0 and 14.2 degrees: 0.9703 and 0.9694.
    assert pairs("ab", towards(0, 14.0)) == {("0", "1")}
    assert pairs("ab", towards(0, 14.2)) == set()


def test_examples_of_one_label_may_be_alike() -> None:
    assert pairs("aab", towards(0, 0, 90)) == set()


def test_every_pair_is_told_once_however_many_blocks_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    labels, degrees = "abcabca", (0, 60, 120, 121, 1, 61, 180)
    expected = {("0", "4"), ("1", "5"), ("2", "3")}
    for size in (1, 2, 3, 7, 2000):
        monkeypatch.setattr(module, "_BLOCK", size)
        assert pairs(labels, towards(*degrees)) == expected


def test_checked_examples_are_compared_with_all_and_the_others_not_among_themselves(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    labels, degrees = "abbab", (0, 60, 1, 120, 121)
    for size in (1, 2, 2000):
        monkeypatch.setattr(module, "_BLOCK", size)
        assert pairs(labels, towards(*degrees), checked=2) == {("0", "2")}
    assert pairs(labels, towards(*degrees)) == {("0", "2"), ("3", "4")}


def test_no_examples_are_not_alike() -> None:
    assert list(look_alikes([], np.zeros((0, 2), dtype=np.float32))) == []


def test_dangers_their_near_misses_and_pictures_are_not_compared() -> None:
    files = [
        file(IRON, faq__iron=["is it iron", "🦶🌀", "?"]),
        file(Path("data/red_flags/overdose.yml"), red_flag__overdose=["i took them all"]),
        file(Path("data/near_misses/overdose.yml"), faq__iron=["i took it all in, thanks"]),
        file(LABS, lab_explain=["what is tsat"], out_of_scope__everyday=["weather"]),
    ]
    assert [example.text for example in comparable(files)] == ["is it iron", "what is tsat", "weather"]


def many(count: int, opening: str = "How do, I get") -> list[str]:
    return [f"{opening} number{number}" for number in range(count)]


def test_too_many_examples_with_one_opening_are_reported_once() -> None:
    label = {"faq__iron": many(OPENINGS_MAX)}
    assert list(check_openings([file(IRON, **label)])) == []
    elsewhere = file(Path("data/near_misses/overdose.yml"), faq__iron=["how do i get one more"])
    (fault,) = check_openings([file(IRON, **label), elsewhere])
    assert str(fault).startswith("faq/iron: has 9 examples that begin with “how do i get …”; 8 is the limit")


def test_questions_about_other_subjects_may_begin_alike() -> None:
    assert list(check_openings([file(IRON, out_of_scope__everyday=many(30))])) == []


def test_openings_of_different_labels_and_short_texts_do_not_count() -> None:
    half = many(OPENINGS_MAX)
    short = [f"how do i{mark}" for mark in "?!.,;:-…/"]
    assert list(check_openings([file(IRON, faq__iron=[*half, *short], lab_explain=half)])) == []


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two topics that share a question in other words, misspelt in one, and a third file that shares none."""
    for slug, text in (
        ("iron", "can low iron cause restless legs at night"),
        ("causes", "can low iron cause restless legs at nigth"),
        ("cure", "will it ever go away for good"),
    ):
        path = tmp_path / f"data/faq/{slug}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {"nlu": [{"intent": f"faq/{slug}", "examples": f"- {text}\n- restless legs and {slug} at night\n"}]}
        path.write_text(yaml.safe_dump(content), encoding="utf-8")
    lines = tmp_path / "tests/nlu/held_out_topics.jsonl"
    lines.parent.mkdir(parents=True)
    lines.write_text(json.dumps({"text": "Will it ever go away, for good?"}), encoding="utf-8")
    return tmp_path


def alike(project: Path, knowledge: Path, slug: str) -> list[str]:
    files = {file.path.stem: file for file in read_all(project / "data")}
    return [str(fault) for fault in check_examples([files.pop(slug)], files.values(), knowledge, project)]


def test_one_file_is_compared_with_all_of_the_project_as_the_model_reads_it(project: Path, knowledge: Path) -> None:
    (fault,) = alike(project, knowledge, "iron")
    assert (
        "“can low iron cause restless legs at night” says the same as “can low iron cause restless legs at nigth”"
        in fault
    )
    assert "causes.yml faq/causes" in fault

    (fault,) = alike(project, knowledge, "cure")
    assert fault.startswith("held_out_topics.jsonl line 1: ")

    # What was encoded is kept, also after a check of fewer texts.
    (cache,) = (project / "models").glob("*.npz")
    with np.load(cache) as kept:
        before = set(kept["keys"])
    shutil.rmtree(project / "data")
    new = project / "data/faq/mood.yml"
    new.parent.mkdir(parents=True)
    new.write_text("nlu:\n- intent: faq/mood\n  examples: |\n    - it gets me down\n", encoding="utf-8")
    assert alike(project, knowledge, "mood") == []
    with np.load(cache) as kept:
        assert before < set(kept["keys"])
