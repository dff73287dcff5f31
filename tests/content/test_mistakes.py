"""A clinician's slips in the files that she edits: each is named with file, line and remedy."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from stillnight.commands.check import check_alone
from stillnight.content.schema import SCHEMAS
from stillnight.paths import DATA, KNOWLEDGE, PROJECT
from tests.content.mistakes import MISTAKES, Mistake


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the content."""
    copy = tmp_path_factory.mktemp("clinic")
    shutil.copytree(DATA, copy / "data")
    shutil.copytree(KNOWLEDGE, copy / "knowledge")
    return copy


def line_of(words: str, text: str) -> int:
    """“…” the first line with the words, “…|last” the last one, “…|+1” the one after, “a|b” the first b after a."""
    wanted, _, which = words.partition("|")
    lines = text.splitlines()
    found = [number for number, line in enumerate(lines, start=1) if wanted in line and line[:1] != "#"]
    if which == "last":
        return found[-1]
    if which.startswith("+"):
        return found[0] + int(which)
    return next(n for n in range(found[0], len(lines) + 1) if which in lines[n - 1]) if which else found[0]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)
def test_slip_is_told_with_file_line_and_remedy(folder: Path, mistake: Mistake) -> None:
    path = folder / mistake.file
    before = (PROJECT / mistake.file).read_text(encoding="utf-8")
    assert mistake.old in before
    after = before.replace(mistake.old, mistake.new, 1)
    path.write_text(after, encoding="utf-8")
    try:
        found = [str(fault) for fault in check_alone([path], folder / "knowledge", folder)]
    finally:
        path.write_text(before, encoding="utf-8")
    told = [fault for fault in found if mistake.said in fault]
    assert told, found
    where = re.match(rf"{re.escape(str(path))}(?:, line (\d+))?", told[0])
    assert where, told[0]
    if mistake.at and not mistake.at.startswith("utter_"):
        assert where[1] and int(where[1]) == line_of(mistake.at, after), told[0]
    elif mistake.at:
        name, _, below = mistake.at.partition("|")
        assert where[1], told[0]
        assert below or f", {name}" in told[0], told[0]


def test_every_file_of_knowledge_has_a_schema_which_editors_know() -> None:
    files = {path.stem: f"knowledge/{path.name}" for path in KNOWLEDGE.glob("*.yml")}
    files |= {path.parent.name: f"knowledge/{path.parent.name}/*.yml" for path in KNOWLEDGE.glob("*/*.yml")}
    settings = json.loads((PROJECT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    known = {Path(schema).stem: files for schema, files in settings["yaml.schemas"].items()}
    assert {path.stem for path in SCHEMAS.glob("*.json")} == files.keys() | {"answers"} == known.keys()
    assert {name: known[name] for name in files} == files


def test_content_without_a_slip_has_no_fault(folder: Path) -> None:
    files = [folder / name for name in sorted({mistake.file for mistake in MISTAKES})]
    assert check_alone(files, folder / "knowledge", folder) == []
