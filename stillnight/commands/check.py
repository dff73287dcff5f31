"""The content lint over files or the whole project."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from stillnight.content.knowledge_lint import check_facts, check_lab_answers, unreadable
from stillnight.content.lint import Fault, check_file, check_project
from stillnight.content.responses import read_all, read_file
from stillnight.yaml_files import load_yaml


def _reference_ids(knowledge: Path) -> frozenset[str]:
    return frozenset(load_yaml(knowledge / "references.yml"))


def check_files(files: Sequence[Path], knowledge: Path) -> list[Fault]:
    """Faults of the given content files, each by itself. Raises ContentError for a file that cannot be read."""
    references = _reference_ids(knowledge)
    return [fault for path in files for fault in check_file(read_file(path), knowledge, references)]


def check_all(project: Path, data: Path, knowledge: Path) -> list[Fault]:
    """Faults of all content and of how it fits together. Raises ContentError for a file that cannot be read."""
    references = _reference_ids(knowledge)
    files = read_all(data)
    single = [fault for file in files for fault in check_file(file, knowledge, references)]
    return single + list(check_project(files, project / "domain.yml", knowledge, project / "tests" / "nlu"))


def check_everything(project: Path, data: Path, knowledge: Path) -> list[Fault]:
    """Faults of all content and all facts. Raises ContentError for a file of `data` that cannot be read."""
    broken = list(unreadable(knowledge))
    if broken:
        # The other checks read these files.
        return broken
    answers = {answer.name for file in read_all(data) for answer in file.answers}
    return [
        *check_all(project, data, knowledge),
        *check_facts(knowledge, _reference_ids(knowledge)),
        *check_lab_answers(knowledge, answers),
    ]
