"""A number that points at a value told before: “is his 240 too high”, “is 96 good or bad”. It is no new value."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from stillnight.clinical.labs.amend import amendments, may_be
from stillnight.clinical.labs.notebook import AGAIN, Notebook, Open
from stillnight.clinical.labs.questions import UNSAID, is_clear
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.reading.numerals import numerals
from stillnight.clinical.labs.values import LabValue
from stillnight.language.text import sentences_of

_ASKS: Final = re.compile(
    r"^\W*(?:(?:so|and|but|ok|well|then)\W+)*(?:is|isnt|isn't|whats|what's|why|how|does)\b|\?\s*$", re.IGNORECASE
)
# “what does his look like now, with the 14?” asks of all that is his.
_OF_ALL: Final = re.compile(
    r"\b(?:his|hers|theirs|mine|results|numbers|values) (?:all )?(?:look|mean|tell|say)", re.IGNORECASE
)
_WHOSE: Final = re.compile(r"\b(?:(?P<own>my|mine)|his|hers?|their|theirs)\s+(?=\d)")


def pointed_at(text: str, book: Notebook) -> LabValue | None:
    """The value told before that a message asks about by its number; None where it asks about none, or may mean two."""
    for piece in sentences_of(text):
        numbers = [numeral.value for numeral in numerals(piece)]
        if (
            len(numbers) == 1
            and not _OF_ALL.search(piece)
            and _ASKS.search(piece.strip())
            and amendments().asks_plainly(piece)
        ):
            meant = _known(piece, numbers[0], book)
            if len(meant) == 1:
                return meant[0]
    return None


def opened_at(value: LabValue, book: Notebook) -> Notebook | None:
    """The notebook with that value to be explained. What is asked about others gives way, as far as it can."""
    if not book.open:
        return book.opened([value], again=AGAIN)
    others = [each for each in book.open if each.value != value]
    if not is_clear(value) or any(each.value.impossible or each.value.rivals for each in others):
        return None
    waiting = (replace(each, sure=True, unknown=each.value.unit is None) for each in others)
    return replace(book, open=(Open(value, sure=True), *waiting), group=book.group or UNSAID, asked=0, fresh=True)


def _known(piece: str, number: float, book: Notebook) -> list[LabValue]:
    spoken, whose = lab_reader().spoken_of(piece), _WHOSE.search(piece.lower())
    values = [*(each.value for each in book.open), *book.newest_of_each()]
    values = [each for each in values if each.value == number and (not spoken.labs or each.lab in spoken.labs)]
    if spoken.owners:
        return [each for each in values if each.owner in spoken.owners]
    if whose is None:
        return values
    if whose["own"]:
        return [each for each in values if each.owner is None]
    return [each for each in values if each.owner is not None and may_be(whose.group(), each.owner)]
