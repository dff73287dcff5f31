"""Labelled rows become examples, all or none, and nothing else of `data/` changes."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path

import pytest

from stillnight.commands.learn import merge_worksheet
from stillnight.content.examples import Examples, appended, write_all
from stillnight.content.lint import check_file
from stillnight.content.responses import ContentError, read_file
from stillnight.learning.merge import Merged, MergeError, merge
from stillnight.learning.worksheet import LabelledRow
from stillnight.paths import DATA, KNOWLEDGE, PROJECT

HELD_OUT = PROJECT / "tests" / "nlu"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(DATA, tmp_path / "data"))


def merged(data: Path, *rows: tuple[str, str]) -> Merged:
    numbered = [LabelledRow(number, text, label) for number, (text, label) in enumerate(rows, start=2)]
    return merge(numbered, data, HELD_OUT)


def fault(data: Path, text: str, label: str = "iron") -> str:
    before = snapshot(data)
    with pytest.raises(MergeError) as raised:
        merged(data, ("a row in order about blood and iron zqx", "iron"), (text, label))
    assert snapshot(data) == before
    assert len(raised.value.faults) == 1
    assert raised.value.faults[0].startswith("row 3 ")
    return raised.value.faults[0]


def snapshot(data: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(data.rglob("*")) if path.is_file()}


def changes(before: bytes, after: bytes) -> list[str]:
    lines = difflib.unified_diff(before.decode().splitlines(), after.decode().splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and not line.startswith(("+++", "---"))]


def test_rows_are_appended_to_the_examples_of_their_label_and_nothing_else_changes(data: Path) -> None:
    before = snapshot(data)
    told = merged(
        data,
        ("zqx is it the iron: yes #1", "iron"),
        ("zqx 'quoted' - and dashed, [name] says", " FAQ/Iron "),
        ("zqx my ferritin came back", "lab_report"),
        ("zqx my sofa", "out_of_scope/everyday"),
        ("zqx not labelled", ""),
        ("", ""),
    )
    assert told.added == {"faq/iron": 2, "lab_report": 1, "out_of_scope/everyday": 1}
    assert (told.skipped, told.unlabelled) == (0, 1)
    after = snapshot(data)
    changed = {path.name: changes(before[path], after[path]) for path in before if before[path] != after[path]}
    assert changed == {
        "iron.yml": ["+    - zqx is it the iron: yes #1", "+    - zqx 'quoted' - and dashed, Alex says"],
        "labs.yml": ["+    - zqx my ferritin came back"],
        "out_of_scope.yml": ["+    - zqx my sofa"],
    }
    assert list(after) == list(before)
    iron = read_file(data / "faq" / "iron.yml")
    assert iron.examples["faq/iron"][-1] == "zqx 'quoted' - and dashed, Alex says"
    assert iron.answers[0].text == read_file(DATA / "faq" / "iron.yml").answers[0].text
    assert [each for each in check_file(iron, KNOWLEDGE, frozenset()) if "zqx" in each.message] == []


def test_merging_twice_adds_nothing_the_second_time(data: Path) -> None:
    rows = (("zqx my iron", "iron"), ("ZQX  my iron", "faq/iron"), ("can low iron cause restless legs", "iron"))
    assert merged(data, *rows).skipped == 2
    before = snapshot(data)
    told = merged(data, *rows)
    assert (told.added, told.skipped) == ({}, 3)
    assert snapshot(data) == before


@pytest.mark.parametrize(
    ("text", "label", "said_of_it"),
    [
        ("zqx", "irn", "“irn”, which is no label of ours; do you mean “iron”?"),
        ("zqx", "xyzzy", "is no label of ours"),
        ("zqx", "red_flag/clot", "is a danger"),
        ("zqx i want to kill myself", "mood", "is a danger by rule (self_harm)"),
        ("zqx a [joke](b)", "iron", "square brackets"),
        ("zqx a ] bracket", "iron", "square brackets"),
        ("zqx " * 101, "iron", "400 is the limit"),
        ("zqx asks Anna Smith", "iron", "write [name] in its place"),
        ("[name] asks: ring 07700 900123", "iron", "write [phone] in its place"),
        ("?!", "iron", "has no words"),
        ("can low iron cause restless legs", "cure", "stands among the examples of faq/iron already"),
    ],
)
def test_a_row_that_cannot_be_an_example_is_named_and_nothing_is_written(
    data: Path, text: str, label: str, said_of_it: str
) -> None:
    assert said_of_it in fault(data, text, label)


def test_a_line_that_measures_the_model_is_refused_whatever_its_signs(data: Path) -> None:
    assert "measures the model" in fault(data, "Whats the WEATHER in leeds, tomorrow?", "out_of_scope/everyday")


def test_a_near_miss_of_danger_is_not_moved(data: Path) -> None:
    near = read_file(data / "near_misses" / "clot.yml")
    label, lines = next((label, lines) for label, lines in near.examples.items() if label != "faq/iron")
    assert f"stands among the examples of {label}" in fault(data, lines[0])


def test_two_labels_for_one_text_are_refused(data: Path) -> None:
    assert "stands among the examples of faq/iron" in fault(data, "a row in order about blood and iron ZQX", "cure")


def test_every_fault_is_told_at_once(data: Path) -> None:
    with pytest.raises(MergeError) as raised:
        merged(data, ("zqx", "irn"), ("zqx fine", "iron"), ("?!", "iron"))
    assert [each[:5] for each in raised.value.faults] == ["row 2", "row 4"]


def test_every_label_has_a_file_that_takes_lines(data: Path) -> None:
    examples = Examples.read(data)
    assert {"faq/iron", "lab_report", "out_of_scope/everyday", "more"} <= set(examples.files)
    assert not any(label.startswith("red_flag") for label in examples.files)
    assert not any("near_misses" in path.parts for path in examples.files.values())
    for label in ("faq/heart", "greet", "correction", "out_of_scope/unreadable", "ask_source"):
        path = examples.files[label]
        source = path.read_text(encoding="utf-8")
        longer = appended(source, label, ["zqx one", "zqx two"], path)
        assert changes(source.encode(), longer.encode()) == ["+    - zqx one", "+    - zqx two"]


MADE = (
    "# a heading that stays\nversion: '3.1'\nnlu:\n\n- intent: first   # why\n  examples: |\n    - one\n    - two\n\n"
    "  # about the second\n- intent: first\n  metadata: {near_miss: clot}\n  examples: |\n    - near\n"
    "- intent: second\n  examples: |\n      - last"
)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_layout_comments_and_line_ends_stay(newline: str) -> None:
    source = MADE.replace("\n", newline)
    longer = appended(source, "first", ["three"], Path("made.yml"))
    assert longer == source.replace("    - two", f"    - two{newline}    - three")
    longer = appended(source, "second", ["more", "yet more"], Path("made.yml"))
    assert longer == f"{source}{newline}      - more{newline}      - yet more"


def test_examples_of_another_form_are_refused() -> None:
    for source in ("nlu:\n- intent: first\n  examples: '- one'\n", "nlu: []\n", "nlu:\n- intent: other\n"):
        with pytest.raises(ContentError, match="must stand below"):
            appended(source, "first", ["two"], Path("made.yml"))


def test_all_files_are_written_or_none(tmp_path: Path) -> None:
    one, other = tmp_path / "one.yml", tmp_path / "other.yml"
    one.write_text("1")
    other.write_text("2")
    with pytest.raises(ContentError, match="changed by somebody else"):
        write_all({one: ("1", "one"), other: ("stale", "two")})
    (tmp_path / "gone").mkdir()
    with pytest.raises(ContentError, match="cannot be read"):
        write_all({one: ("1", "one"), tmp_path / "gone": ("", "two")})
    assert (one.read_text(), other.read_text()) == ("1", "2")
    write_all({one: ("1", "one"), other: ("2", "two")})
    assert (one.read_text(), other.read_text()) == ("one", "two")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gone", "one.yml", "other.yml"]


def test_the_person_is_told_what_to_do_next(data: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("text,label\nzqx my iron,iron\nzqx later,\ncan low iron cause restless legs,iron\n")
    told = merge_worksheet(sheet, data, HELD_OUT)
    for words in ("faq/iron: 1", "1 skipped", "1 left", "stillnight check", "make train", "stillnight evaluate"):
        assert words in told
    assert "Nothing was added" in merge_worksheet(sheet, data, HELD_OUT)
