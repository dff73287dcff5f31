"""Numbers of two people that were told the wrong way round: “the 6.8 is mine and the 1.9 hers”, “swap the TSHs”."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from stillnight.clinical.labs.amend import may_be
from stillnight.clinical.labs.notebook import AGAIN, Notebook
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.reading.numerals import numerals, same_length
from stillnight.clinical.labs.swapped import exchanged
from stillnight.clinical.labs.values import LabValue

_B12: Final = re.compile(r"\bb[\s-]*12\b")
_CLAUSE: Final = re.compile(r"[;!\n]+|[.,](?=\s|$)|\b(?:and|but|while)\b")
_OWN: Final = re.compile(r"\b(?:mine|my own|me|my)\b")
_OTHERS: Final = re.compile(r"\b(?:hers?|his|him|theirs)\b")
_SWAPS: Final = re.compile(
    r"\b(?:swap(?:ped)?|switch(?:ed)?|exchange|mix(?:ed)? (?:them |two |these )?up|muddled|wrong way (?:round|around)"
    r"|other way (?:round|around)|back to front|backwards)\b"
)
_DENIED: Final = re.compile(r"\b(?:is not|isn'?t|was not|wasn'?t|are not|not)\s+(?:mine|hers?|his|my)\b")
# “The first one is me” gives whole lists to people, which is read elsewhere.
_LISTS: Final = re.compile(r"\b(?:first|second|last|former|latter|lists?)\b")
_DIGIT: Final = re.compile(r"\d")
# “the TSHs”
_PLURAL: Final = re.compile(r"(?<=[a-z\d])'?s\b")
_RIGHT: Final = re.compile(r"\b(?:right|correct|fine|ok|okay|stay|stays|same)\b")

Pair = tuple[LabValue, LabValue]


def told_apart(text: str, book: Notebook) -> Notebook | None:
    """The notebook with the two numbers of one test given to the right people; None where a message does no such thing.

    Args:
        text: as typed.
        book: what was told.
    """
    if "?" in text or _LISTS.search(text.lower()):
        return None
    pairs = list(_pairs(book))
    said = _B12.sub(lambda match: " " * len(match.group()), same_length(text))
    # “I've mixed two up” counts nothing.
    numbers = {numeral.value for numeral in numerals(said) if _DIGIT.match(said, numeral.start)}
    if not numbers:
        named = _named_to_swap(said)
        meant = [pair for pair in pairs if pair[0].lab in named]
        return _exchanged(book, meant) if meant else None
    for pair in pairs:
        if numbers <= {each.value for each in pair}:
            swaps = _SWAPS.search(said) or _DENIED.search(said)
            return _with(book, pair, dict(_told(said, pair)), swaps=swaps is not None)
    return None


def _pairs(book: Notebook) -> Iterator[Pair]:
    """Tests of which two people told one number each, and not the same."""
    waiting = [each.value for each in book.open]
    opened = {(each.lab, each.owner) for each in waiting}
    newest = [*waiting, *(each for each in book.newest_of_each() if (each.lab, each.owner) not in opened)]
    for lab in dict.fromkeys(each.lab for each in newest):
        of_lab = [each for each in newest if each.lab == lab]
        if len(of_lab) == 2 and of_lab[0].owner != of_lab[1].owner and of_lab[0].value != of_lab[1].value:
            yield of_lab[0], of_lab[1]


def _named_to_swap(said: str) -> set[str]:
    """Tests whose numbers are to change places: not those of which a clause says that they are right."""
    clauses = [clause for clause in _CLAUSE.split(said) if _SWAPS.search(clause) and not _RIGHT.search(clause)]
    return {lab for clause in clauses for lab in lab_reader().spoken_of(_PLURAL.sub("", clause)).labs}


def _told(said: str, pair: Pair) -> Iterator[tuple[float, str | None]]:
    """Whose each number is said to be."""
    for clause in _CLAUSE.split(said):
        found = [numeral.value for numeral in numerals(clause) if numeral.value in {each.value for each in pair}]
        owners = [each.owner for each in pair]
        whose = _whose(clause, owners) if len(found) == 1 else None
        if whose is not None:
            denied = _DENIED.search(clause) is not None
            yield found[0], next(each for each in owners if (each == whose[0]) != denied)


def _whose(clause: str, owners: Sequence[str | None]) -> tuple[str | None] | None:
    """The one of the two people whom a clause names; None for none or both."""
    named = lab_reader().spoken_of(clause).owners
    pronoun = _OTHERS.search(clause)
    meant = [
        owner
        for owner in owners
        if (owner is None and _OWN.search(clause) and not named)
        or (owner is not None and (owner in named or (pronoun and may_be(pronoun.group(), owner))))
    ]
    return (meant[0],) if len(meant) == 1 else None


def _with(book: Notebook, pair: Pair, told: dict[float, str | None], swaps: bool) -> Notebook | None:
    was = {each.value: each.owner for each in pair}
    if not told or (len(told) < 2 and not swaps) or len(set(told.values())) < len(told):
        return None
    if all(was[number] == owner for number, owner in told.items()):
        # Heard twice, or right already.
        return book if book.open else book.opened(pair, again=AGAIN)
    return _exchanged(book, [pair])


def _exchanged(book: Notebook, pairs: Sequence[Pair]) -> Notebook:
    """With both numbers of each pair at their new owner; the person's own first."""
    now = book
    for pair in pairs:
        one = exchanged(now, sorted(pair, key=lambda each: each.owner is None))
        others = tuple(each for each in now.open if each.value not in pair) if now.open else ()
        now = one.opened([*(each.value for each in others), *(each.value for each in one.open)], again=one.again)
    return now
