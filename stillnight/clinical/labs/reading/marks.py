"""What a message is cut into before its lab values are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LAB: Final = "lab"
OTHER: Final = "other_tests"
IRON: Final = "iron"
TIBC: Final = "tibc"
# A medicine: the number behind it is a dose.
THING: Final = "thing"
NUMBER: Final = "number"
RANGE: Final = "range"
UNIT: Final = "unit"
DATE: Final = "date"
BREAK: Final = "break"
OWNER: Final = "owners"
# Names somebody only behind “my” or “the”: a baby, a friend.
WEAK_OWNER: Final = "weak_owners"
MINE: Final = "mine"

OLDER: Final = frozenset({"older_before", "older_behind"})
NAMES: Final = frozenset({LAB, OTHER, IRON, TIBC})
# What a layout is made of; everything else is a cue.
BUILT: Final = NAMES | {THING, NUMBER, RANGE, UNIT, DATE, BREAK}


@dataclass(frozen=True)
class Mark:
    """Something in the text. what: its kind; key: lab, other test or cue word; the rest for numbers and ranges.

    unit: the unit as it was written, squeezed. bracketed: whether it stands in brackets. value: of a date the day, so
    that later days are greater.
    """

    what: str
    start: int
    end: int
    key: str = ""
    value: float = 0.0
    high: float = 0.0
    comparator: str | None = None
    unit: str = ""
    bracketed: bool = False
