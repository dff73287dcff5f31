"""A clinic's own copy of answers and facts, and what the desk makes of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from stillnight.paths import DATA, KNOWLEDGE
from stillnight.review.desk import Desk
from stillnight.review.record import FILE
from stillnight.review.site import build

DAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def desk() -> Desk:
    """The project's desk as if nobody had signed anything."""
    read = Desk.read(DATA, KNOWLEDGE)
    return Desk(read.pieces, type(read.record)({}), read.references)


@pytest.fixture(scope="session")
def site(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its pages."""
    folder = tmp_path_factory.mktemp("site")
    build(desk, folder, DAY)
    return folder


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    """A folder with `data/` and `knowledge/`, nothing signed."""
    shutil.copytree(DATA, tmp_path / "data")
    shutil.copytree(KNOWLEDGE, tmp_path / "knowledge")
    (tmp_path / "knowledge" / FILE).unlink(missing_ok=True)
    return tmp_path


@pytest.fixture
def edit(clinic: Path) -> Callable[[str, str, str], None]:
    """Changes the first place where words stand in a file."""

    def change(file: str, old: str, new: str) -> None:
        path = clinic / file
        before = path.read_text(encoding="utf-8")
        assert old in before
        path.write_text(before.replace(old, new, 1), encoding="utf-8")

    return change
