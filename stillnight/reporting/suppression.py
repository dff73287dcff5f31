"""Leaving out what few people did, so that it cannot be computed from what is shown either.

A count below `LEAST` is hidden, nought as well. A total is shown only where it tells nothing of any hidden count:
whatever is shown, each of them may still be anything from 0 to `LEAST - 1`, as `tests/reporting` proves by trying all.
Totals count people once, who may stand in several of their parts, so that a total is at most the sum of its parts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

LEAST: Final = 5


@dataclass(frozen=True)
class Row:
    """One thing that was counted. cells: by week, None where fewer than `LEAST`. total: of all weeks, None hidden."""

    name: str
    cells: tuple[int | None, ...]
    total: int | None


def row(name: str, counts: Sequence[int], total: int) -> Row:
    """A row without what is to be hidden.

    Args:
        name: of what was counted.
        counts: of each week.
        total: of all weeks together, everybody counted once.
    """
    cells = tuple(count if count >= LEAST else None for count in counts)
    return Row(name, cells, total if _is_safe(total, cells, hidden=cells.count(None)) else None)


def rows(counts: Mapping[str, Sequence[int]], totals: Mapping[str, int]) -> list[Row]:
    """Rows of which anything is shown, the greatest first. That others are not there tells that few did those."""
    made = (row(name, cells, totals[name]) for name, cells in counts.items())
    shown = [each for each in made if each.total is not None or any(cell is not None for cell in each.cells)]
    return sorted(shown, key=lambda each: (-(each.total or 0), -sum(cell or 0 for cell in each.cells), each.name))


def sums(name: str, counts: Sequence[int], total: int, parts: Sequence[Row], possible: int) -> Row:
    """The row of everybody, beneath rows of what they did.

    Args:
        name: of the row.
        counts: people of each week.
        total: people of all weeks.
        parts: the rows above, as they are shown.
        possible: how many rows there could be.
    """
    others = possible - len(parts)
    cells = []
    for week, count in enumerate(counts):
        # What is not listed at all may account for everybody who is not in a cell that is shown.
        column = tuple(part.cells[week] for part in parts)
        cells.append(count if _is_safe(count, column, hidden=others + 1) else None)
    whole = row(name, [cell or 0 for cell in cells], total)
    above = tuple(part.total for part in parts)
    return whole if _is_safe(total, above, hidden=others + 1) else Row(name, whole.cells, None)


def _is_safe(total: int, parts: Sequence[int | None], hidden: int) -> bool:
    """Whether a total of these parts leaves each hidden one free.

    Args:
        total: of all.
        parts: as they are shown.
        hidden: how many hidden ones may make up the difference.
    """
    if total < LEAST:
        return False
    left = total - sum(part or 0 for part in parts)
    return left <= (LEAST - 1) * max(0, hidden - 1)
