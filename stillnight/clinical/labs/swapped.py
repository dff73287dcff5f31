"""Numbers that were told the wrong way round: two change places, or two people's lists do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from stillnight.clinical.labs.definitions import lab_definitions
from stillnight.clinical.labs.notebook import CHANGED, Notebook
from stillnight.clinical.labs.values import LabValue, weighed


def swapped(book: Notebook) -> Notebook | None:
    """The notebook behind “swap them all”; None where more than two numbers of one person may be meant.

    While something is asked about a value, those that were told before it may be meant as well.
    """
    current = book.current()
    newest = book.newest_of_each()
    told = [*current, *(each for each in newest if book.open and each not in current)]
    same_test = [each for each in newest if each.lab == current[0].lab]
    for values in (current, told, same_test):
        if len(values) == 2:
            return book.without(values).opened(_places_changed(values), again=CHANGED)
        if len({each.owner for each in values}) == 2:
            return exchanged(book, values)
    return _before_the_question(book) if book.open else None


def exchanged(book: Notebook, values: Sequence[LabValue]) -> Notebook:
    """The notebook with the values of two people, each given to the other."""
    owners = list(dict.fromkeys(each.owner for each in values))
    other: Mapping[str | None, str | None] = dict(zip(owners, reversed(owners)))
    moved = [replace(each, owner=other[each.owner], mine=other[each.owner] is None) for each in values]
    return book.without(values).opened(moved, again=CHANGED)


def _before_the_question(book: Notebook) -> Notebook | None:
    """The two values that were explained before the one that is asked about now; that one waits on."""
    newest = (book.newest(lab, book.last_owner) for lab in book.last)
    both = [each for each in newest if each is not None]
    if len(both) != 2:
        return None
    return book.without(both).opened([*_places_changed(both), *book.current()], again=CHANGED)


def _places_changed(both: Sequence[LabValue]) -> list[LabValue]:
    one, other = both
    return [_of(one, other), _of(other, one)]


def _of(kept: LabValue, number: LabValue) -> LabValue:
    """A value of the same test with the number of another."""
    lab = lab_definitions()[kept.lab]
    unit = number.unit if number.said and number.unit in lab.units else None
    changed = replace(kept, value=number.value, comparator=number.comparator, unit=unit, said=unit is not None)
    return weighed(replace(changed, rivals=()), lab)
