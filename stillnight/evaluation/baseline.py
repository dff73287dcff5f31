"""Figures that were committed, and whether a change of today fell behind them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

# By chance alone a set of a few hundred lines moves by less.
_ALLOWED_FALL: Final = 0.01

Figures = Mapping[str, Mapping[str, Any]]


class BaselineError(ValueError):
    """A file of committed figures that cannot be read."""


@dataclass(frozen=True)
class Change:
    """Accuracy of one set of lines, now and as committed; `before` is None for a set that is new."""

    name: str
    lines: int
    accuracy: float
    before: float | None = None
    lines_before: int | None = None

    @property
    def difference(self) -> float | None:
        """Now less before."""
        return None if self.before is None else round(self.accuracy - self.before, 4)

    @property
    def fallen(self) -> bool:
        """Whether the accuracy has fallen by more than one point."""
        return self.difference is not None and self.difference < -_ALLOWED_FALL

    @property
    def remark(self) -> str:
        """What should be known about the difference; mostly nothing."""
        if self.before is None:
            return "not among the committed figures"
        other_lines = "" if self.lines == self.lines_before else f"of {self.lines_before} lines then"
        return ", ".join(filter(None, ("fallen by more than one point" if self.fallen else "", other_lines)))


def read(path: Path) -> dict[str, dict[str, Any]]:
    """Committed figures by name of the set. Raises BaselineError when there are none that can be read."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): {"lines": int(s["lines"]), "accuracy": float(s["accuracy"])} for name, s in stored.items()}
    except OSError as error:
        raise BaselineError(f"{path} cannot be read ({error.strerror}); --update-baseline writes it") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BaselineError(f"{path} does not hold figures; --update-baseline writes it anew") from error


def write(path: Path, sets: Figures, before: Figures) -> None:
    """Commit the figures of `sets`; sets of `before` that were not measured keep theirs."""
    kept = {**before, **{name: {"lines": s["lines"], "accuracy": s["accuracy"]} for name, s in sets.items()}}
    path.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def changes(sets: Figures, before: Figures) -> list[Change]:
    """Every set that was measured beside what was committed of it."""
    return [
        Change(
            name,
            now["lines"],
            now["accuracy"],
            before[name]["accuracy"] if name in before else None,
            before[name]["lines"] if name in before else None,
        )
        for name, now in sets.items()
    ]


def rows(changed: Sequence[Change]) -> list[str]:
    """The changes as lines to read."""
    head = f"{'set':<34}{'lines':>6}{'accuracy':>10}{'before':>9}{'points':>9}"
    return [head, *(_row(change) for change in changed)]


def _row(change: Change) -> str:
    now = f"{change.name:<34}{change.lines:>6}{change.accuracy:>10.1%}"
    if change.before is None or change.difference is None:
        return f"{now}{'':>18}   {change.remark}"
    return f"{now}{change.before:>9.1%}{100 * change.difference:>+9.2f}   {change.remark}".rstrip()
