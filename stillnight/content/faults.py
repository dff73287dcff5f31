"""One thing to mend in a file, and how its place is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from stillnight.paths import PROJECT


@dataclass(frozen=True)
class Fault:
    """One thing to mend: where, and what to do about it."""

    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def spoken(path: Path, line: int | None = None, name: str = "") -> str:
    """A place as an author finds it: the file as seen from the project's folder, the line, the name of the entry."""
    whole = path.resolve()
    shown = whole.relative_to(PROJECT) if whole.is_relative_to(PROJECT) else path
    return ", ".join([str(shown), *([f"line {line}"] if line else []), *([name] if name else [])])
