"""A number that was told before and belongs to somebody else: “the TSAT 14 was my husband's, mine is 22%”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from stillnight.clinical.labs.amend import may_be
from stillnight.clinical.labs.notebook import Notebook
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.reading.numerals import numerals, same_length
from stillnight.clinical.labs.reading.owners import SOMEBODY
from stillnight.clinical.labs.values import LabValue

_CLAUSE: Final = re.compile(r"[;!\n]+|[.,](?=\s|$)|\b(?:and|but|while)\b", re.IGNORECASE)
_B12: Final = re.compile(r"\bb[\s-]*12\b")
# “14 was my husband's”, “210 isnt mine”, “14 belongs to him”
_BELONGS: Final = re.compile(
    r"^\s*(?:%|percent)?\s*(?:[a-zµμ]+/[a-z]+\s*)?(?:ferritin|one|number|value|result)?\s*"
    r"(?:actually |really )?"
    r"(?:was|is|were|'s|belongs to|belonged to|should be|goes to|isn'?t|wasn'?t|is not|was not)\s+"
    r"(?:actually |really |in fact |meant to be )?(?P<whose>[^\d?]+)$"
)
_WHOSE: Final = re.compile(
    r"^(?:(?P<own>mine|my own|me)|(?P<pronoun>his|hers|theirs|him|her|them))"
    r"(?: (?:sorry|not mine|not his|not hers))?\W*$"
)
_OTHERS: Final = re.compile(r"(?:'s|s|s')(?: (?:sorry|not mine|one|result|number))?\W*$")
_TO_SOMEBODY: Final = re.compile(r"belong(?:s|ed) to|goes to")
_DENIED: Final = re.compile(r"\b(?:isn'?t|wasn'?t|is not|was not)\s+(?:actually |really )?$")


@dataclass(frozen=True)
class Moved:
    """The notebook with numbers moved, them as they are now, and what else the message says."""

    book: Notebook
    values: tuple[LabValue, ...]
    rest: str


def moved_numbers(text: str, book: Notebook, company: Sequence[str]) -> Moved | None:
    """What a message moves to somebody else; None when it moves no number that was told.

    Args:
        text: as typed.
        book: what was told.
        company: who was named before, the last one behind.
    """
    now, moved, rest = book, [], []
    for clause in _CLAUSE.split(text):
        found = _moved(clause, now, company) if "?" not in clause else None
        if found is None:
            rest.append(clause.strip())
            continue
        value, owner = found
        changed = replace(value, owner=owner, mine=owner is None)
        now = now.without([value])
        moved.append(changed)
    return Moved(now, tuple(moved), ", ".join(filter(None, rest))) if moved else None


def _moved(clause: str, book: Notebook, company: Sequence[str]) -> tuple[LabValue, str | None] | None:
    said = same_length(clause)
    found = list(numerals(_B12.sub(lambda match: " " * len(match.group()), said)))
    behind = _BELONGS.search(said[found[0].end :]) if len(found) == 1 else None
    if behind is None:
        return None
    labs = lab_reader().spoken_of(clause).labs
    told = [*(each.value for each in book.open), *book.newest_of_each()]
    meant = [each for each in told if each.value == found[0].value and (not labs or each.lab in labs)]
    whose = _owner(behind["whose"].strip(), behind.group()[: behind.start("whose") - behind.start()], book, company)
    if len({(each.lab, each.owner) for each in meant}) != 1 or whose == "":
        return None
    # Heard twice, it is theirs already.
    return meant[0], whose


def _owner(words: str, verb: str, book: Notebook, company: Sequence[str]) -> str | None:
    """Whose it is, empty when that is not said."""
    others = [each.owner for each in book.told if each.owner is not None]
    known = [*company, *dict.fromkeys(others)]
    bare = _WHOSE.match(words)
    denied = _DENIED.search(verb) is not None
    if bare and (bare["own"] is not None) != denied:
        return None
    if denied:
        return (known[-1] if known else SOMEBODY) if bare else ""
    if bare:
        fitting = [owner for owner in reversed(known) if may_be(bare["pronoun"], owner)]
        return fitting[0] if fitting else SOMEBODY
    owners = lab_reader().spoken_of(words).owners
    named = len(owners) == 1 and (_OTHERS.search(words) or _TO_SOMEBODY.search(verb))
    return owners[0] if named else ""
