"""What belongs to a value and is told behind its explanation: its unit, or the range that the lab prints."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from stillnight.clinical.labs.definitions import Range, lab_definitions
from stillnight.clinical.labs.notebook import CHANGED, Notebook
from stillnight.clinical.labs.reader import Spoken
from stillnight.clinical.labs.replies import lab_replies
from stillnight.clinical.labs.values import weighed

_RANGE: Final = re.compile(r"(?P<low>\d+(?:[.,]\d+)?)\s*(?:-|–|to|and|till)\s*(?P<high>\d+(?:[.,]\d+)?)")
_OF_A_RANGE: Final = frozenset({"range", "normal", "reference", "ref"})
_NUMBERS: Final = re.compile(r"\d+(?:[.,]\d+)?")
_IN_GENERAL: Final = frozenset(
    {"what", "why", "should", "need", "needs", "want", "wants", "aim", "target", "hours", "years"}
)
_RANGE_WORDS_MAX: Final = 20
_UNIT_WORDS_MAX: Final = 8


def with_unit(text: str, spoken: Spoken, book: Notebook) -> Notebook | None:
    """“pg/ml”, after a value was told without."""
    if len(spoken.words) > _UNIT_WORDS_MAX or len(book.unsettled) != 1 or spoken.labs:
        return None
    (value,) = book.unsettled
    unit = lab_replies().unit_of(value.lab, text)
    if unit is None:
        return None
    settled = weighed(replace(value, unit=unit, said=True), lab_definitions()[value.lab])
    return book.opened([settled], again=CHANGED)


def with_own_range(text: str, spoken: Spoken, book: Notebook) -> Notebook | None:
    """“the lab says its normal range is 15 - 150”, of the one value that was explained."""
    known, found = book.current(), _RANGE.search(text.lower())
    words = set(spoken.words)
    if len(known) != 1 or found is None or len(_NUMBERS.findall(text)) != 2 or not words & _OF_A_RANGE:
        return None
    if words & _IN_GENERAL or len(spoken.words) > _RANGE_WORDS_MAX or set(spoken.labs) - {known[0].lab}:
        return None
    low, high = (float(found[part].replace(",", ".")) for part in ("low", "high"))
    if low >= high:
        return None
    return book.without(known).opened([replace(known[0], own_range=Range(low, high))], again=CHANGED)
