"""Two people's results in one message: “mine and my husband's”, two lists, and “the first one is me”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from stillnight.clinical.labs.amend import amendments
from stillnight.clinical.labs.notebook import AGAIN, Notebook
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.reading.numerals import numerals
from stillnight.clinical.labs.swapped import exchanged
from stillnight.clinical.labs.values import LabReading, LabValue

_APART: Final = re.compile(r"\s*//+\s*|\s*\n\s*")
_ME: Final = r"(?:mine|me|myself|my own)"
_ME_FIRST: Final = re.compile(rf"\b{_ME}\b(?:'s)?(?: (?:ones?|results?))? (?:and|then|&) (?:my|the|our)\b")
_ME_LAST: Final = re.compile(rf"\b(?:and|then|&) {_ME}\b")
# “was the 14 my husband's?” gives nothing to anybody.
_ASKS: Final = re.compile(r"^\W*(?:(?:so|and|but|oh)\W+)*(?:is|was|are|were|does|did|do)\b", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[.,;!?\n]+|\b(?:and|but)\b")
# “mine is the 240” points at a list; “mine is 240” tells a value.
_THE_NUMBER: Final = re.compile(r"\bthe \d")
_PLACES: Final = {"1st": "first", "2nd": "second"}


def two_people(text: str) -> tuple[str | None, str | None] | None:
    """Whose results a message announces, in that order; None stands for oneself. None where it is not two people."""
    said = text.lower()
    owners: Sequence[str] = lab_reader().spoken_of(text).owners
    if len(owners) == 1 and _ME_FIRST.search(said):
        return None, owners[0]
    if len(owners) == 1 and _ME_LAST.search(said):
        return owners[0], None
    return None


def of_two(text: str, people: tuple[str | None, str | None] | None) -> LabReading | None:
    """Two lists of the same tests, the first of whom was announced first; None for any other message."""
    lots = [lot for lot in _APART.split(text) if re.search(r"\d", lot)]
    if people is None or len(lots) != 2:
        return None
    first, second = (lab_reader().read(lot) for lot in lots)
    labs = [{each.lab for each in lot.values} for lot in (first, second)]
    if not labs[0] & labs[1] or any(each.owner for lot in (first, second) for each in lot.values):
        return None
    values = [
        replace(each, owner=owner, mine=owner is None)
        for lot, owner in zip((first, second), people)
        for each in lot.values
    ]
    return LabReading(tuple(values), tuple(sorted({*first.others, *second.others})))


def put_in_order(text: str, book: Notebook) -> Notebook | None:
    """“the first is my husband's”, “my husband is the 240”: the lists with the right owners; None for anything else."""
    values = _of_two_people(book)
    owners = list(dict.fromkeys(each.owner for each in values))
    if len(owners) != 2 or lab_reader().spoken_of(text).labs or _ASKS.match(text):
        return None
    told: dict[int, str | None] = {}
    for clause in _CLAUSE.split(text.lower()):
        placed = _placed(clause, values, owners)
        if placed is not None and told.setdefault(*placed) != placed[1]:
            return None
    if not told or not set(told.values()) <= set(owners) or len(set(told.values())) < len(told):
        return None
    place, whose = next(iter(told.items()))
    if owners[place] == whose:
        return replace(book, fresh=True) if book.open else book.opened(values, again=AGAIN)
    return exchanged(book, values)


def _of_two_people(book: Notebook) -> list[LabValue]:
    """The open values, else the newest told ones, in the order in which they were told."""
    if book.open:
        return [each.value for each in book.open]
    return list(book.newest_of_each())


def _placed(clause: str, values: Sequence[LabValue], owners: Sequence[str | None]) -> tuple[int, str | None] | None:
    """Which list a clause speaks of, and whose it says that this is."""
    for short, whole in _PLACES.items():
        clause = clause.replace(short, whole)
    spoken = lab_reader().spoken_of(clause)
    place = amendments().list_meant(spoken.words)
    numbers = [numeral.value for numeral in numerals(clause)]
    if place is None and len(numbers) == 1 and _THE_NUMBER.search(clause) and amendments().tells_whose(spoken.words):
        of = {each.owner for each in values if each.value == numbers[0]}
        place = owners.index(of.pop()) if len(of) == 1 else None
    own = amendments().is_own(spoken.words)
    if place is None or own + len(spoken.owners) != 1:
        return None
    return place, None if own else spoken.owners[0]
