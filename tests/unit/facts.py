"""A copy of the project's facts that a test may break."""

from __future__ import annotations

import shutil
from pathlib import Path

from stillnight.paths import KNOWLEDGE


def copied(folder: Path) -> Path:
    """`knowledge/` of the project, in a folder of the test's own."""
    return Path(shutil.copytree(KNOWLEDGE, folder / "knowledge"))


def change(path: Path, old: str, new: str) -> None:
    """Replace what stands in a file, the first time that it does."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
