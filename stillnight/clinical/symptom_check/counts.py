"""“3 or 4 nights a week”, “twice a month”, “5 out of 7”: how often something comes, from the numbers in a message."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

_NUMBERS: Final = {
    "once": 1,
    "twice": 2,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "couple": 2,
    "few": 3,
}
_NUMBER: Final = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)})"
_COUNT: Final = re.compile(
    rf"\b(?P<low>{_NUMBER})(?:\s*(?:-|–|to|or)\s*(?P<high>{_NUMBER}))?(?!\d)\s*(?:of\s+)?"
    r"(?P<unit>x|times?|nights?|days?|evenings?)?\s*"
    r"(?P<per>(?:a|per|each|every|in a|/)\s*(?:week|wk|month|year)|out of (?:7|seven)|weekly|monthly)?",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"(?:\b(?:numbers?|nos?|and|or|also|plus|the|both|yes)\b|[\s,.&+#;/()-])+", re.IGNORECASE)
_WEEK: Final = ("week", "wk", "weekly", "7", "seven", "")
_SELDOM: Final = "seldom"
_DAYS: Final = 7
# So many words may stand beside a number that names no span of time.
_SHORT: Final = 5


class Counts:
    """Reads how often. `a_week`: each answer with the number of times a week from which on it holds."""

    def __init__(self, a_week: Mapping[str, int]) -> None:
        self._a_week = sorted(((int(least), option) for option, least in a_week.items()), reverse=True)

    def of(self, text: str) -> str | None:
        """The answer, None when the text tells no number of times."""
        for match in _COUNT.finditer(text):
            span = (match["per"] or "").split()[-1:] or [""]
            times = max(_value(match["low"]), _value(match["high"] or match["low"]))
            if (
                not match["per"]
                and not (match["unit"] and len(text.split()) <= _SHORT)
                and match.group() != text.strip()
            ):
                continue
            if span[0].lstrip("/").lower() not in _WEEK:
                return _SELDOM
            if times > _DAYS:
                continue
            return next((option for least, option in self._a_week if times >= least), _SELDOM)
        return None


def _value(typed: str) -> int:
    return _NUMBERS.get(typed.lower()) or (int(typed) if typed.isdecimal() else 0)


def numbered_items(text: str, items: Sequence[str]) -> set[str]:
    """“1 and 4”: items by their numbers, when the message holds nothing else."""
    pieces = [piece for piece in _NUMBERED.split(text) if piece]
    if not pieces or not all(piece.isdecimal() and len(piece) < 3 for piece in pieces):
        return set()
    return {items[int(piece) - 1] for piece in pieces if 1 <= int(piece) <= len(items)}
