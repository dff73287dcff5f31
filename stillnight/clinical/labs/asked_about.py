"""Questions behind an explanation that are about all values, or about numbers told before: no number in them is new."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from stillnight.clinical.labs.amend import amendments, may_be
from stillnight.clinical.labs.definitions import MAN, WOMAN, lab_definitions
from stillnight.clinical.labs.judge import Person, needs_group
from stillnight.clinical.labs.notebook import AGAIN, CHANGED, COMPARED, FLAGGED, MARKED, RELEVANT, UNIT, Notebook
from stillnight.clinical.labs.questions import UNSAID
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.reading.numerals import numerals, same_length
from stillnight.clinical.labs.replies import lab_replies
from stillnight.clinical.labs.values import LabValue

_ASKS: Final = re.compile(
    r"^\W*(?:(?:so|and|but|ok|well|then)\W+)*(?:is|are|isnt|isn't|whats|what's|what|why|how|does|do|can|could)\b|\?\s*$",
    re.IGNORECASE,
)
_B12: Final = re.compile(r"\bb[\s-]*12\b", re.IGNORECASE)
_PRONOUN: Final = re.compile(r"\b(?:(?P<own>my|mine)|his|hers|theirs|her (?=\d|ferritin|tsat|one|numbers|results))\b")
# “the TSH has an H next to it”
_MARK: Final = re.compile(
    r"\b(?:an?|the|that|this|capital|big|letter|those|it says|marked|flagged|with)\s+[“\"'(]?(?:HH?|LL?)\b"
)
_CALLED: Final = re.compile(
    r"\b(?:dr|doc|doctor|gp|consultant|lab|nurse|surgery|hospital|midwife|they|he|she|website|sheet)\b[^.?!]*"
    r"\b(?:says?|said|told|thinks?|thought|calls?|called|reckons?|insists?)\b[^.?!]*\d[^.?!]*"
    r"\b(?:normal|fine|ok|okay|enough|good|plenty|not low|in range|great|perfect)\b"
)
# “44 is inside the lab's range, which is right?”, “it's inside their range though”
_INSIDE: Final = re.compile(
    r"\b(?:in|inside|within)\b[^.?!]{0,12}\b(?:the|their|my|its|his|her|normal|lab'?s?|sheet)\b"
    r"[^.?!]{0,20}\brange\b(?! of)"
)
_OF_LAB: Final = re.compile(r"\b(?:labs?|lab'?s|their|sheet|printout|report|hospital|hospital's|gp|doctor)\b")
_ANY_RANGE: Final = re.compile(r"\d\s*(?:-|–|to)\s*\d")
_WHICH: Final = re.compile(
    r"\bwhich\b(?: (?:ones?|of (?:these|those|them)|tests?|values?|numbers?|results?))? .*\b(?:rls|restless|legs?)\b"
)
_IN_UNIT: Final = re.compile(
    r"\b(?P<number>\d+(?:\.\d+)?)\s*(?P<one>[a-zµμ]+/[a-z]+)\s+(?:in|into|to|as)\s+(?P<other>[a-zµμ]+/[a-z]+)"
)
_THAN_ME: Final = re.compile(r"\bthan (?:me|mine|i am|i have|my)\b|\b(?:compared?|next) (?:to|with) (?:me|mine)\b")
_TOGETHER_MAX: Final = 8
_SAID_WORDS_MAX: Final = 9


def numbers_pointed_at(text: str, book: Notebook) -> list[LabValue]:
    """“is a ferritin of 210 with a 14 a contradiction?”: values of one person that a question names by their numbers.

    Empty when one of its numbers is new, or may be that of two people.
    """
    said = _B12.sub("b", same_length(text))
    numbers = {numeral.value for numeral in numerals(said)}
    if len(numbers) < 2 or not _ASKS.search(text.strip()):
        return []
    pronoun = _PRONOUN.search(text.lower())
    owners = dict.fromkeys(each.owner for each in book.told)
    found = []
    for owner in owners:
        if pronoun and (pronoun["own"] is not None) != (owner is None):
            continue
        if pronoun and owner is not None and not may_be(pronoun.group(), owner):
            continue
        theirs = [each for each in book.newest_of_each() if each.owner == owner and each.value in numbers]
        if {each.value for each in theirs} == numbers and set(lab_reader().spoken_of(text).labs) <= {
            each.lab for each in theirs
        }:
            found.append(theirs)
    return found[0] if len(found) == 1 else []


def asked_about_all(text: str, book: Notebook) -> Notebook | None:
    """“ok so overall in two sentences”: all values of whoever was spoken of last, explained together once more."""
    if book.open or not amendments().asks_for_all(text):
        return None
    values = [each for each in book.newest_of_each() if each.owner == book.last_owner][-_TOGETHER_MAX:]
    return book.opened(values, again=AGAIN) if len(values) > 1 else None


def asked_about_mark(text: str, book: Notebook) -> Notebook | None:
    """“the TSH has an H next to it”: the values that are marked, those of the test that is named or spoken of last."""
    if _MARK.search(text) is None:
        return None
    book = replace(book.set_aside(), group=book.group or UNSAID) if book.open else book
    named = lab_reader().spoken_of(text).labs
    values: Sequence[LabValue] = [each for each in book.newest_of_each() if each.lab in named and each.owner is None]
    if not named:
        values = book.current()
    return book.opened(values, again=MARKED) if len(values) == 1 or (named and values) else None


def called_normal(text: str, book: Notebook) -> Notebook | None:
    """“dr said 75 is normal. whos right”: what a lab calls normal, and the line for restless legs."""
    said = _B12.sub("b", same_length(text))
    found = _CALLED.search(said)
    inside = _INSIDE.search(said) and _OF_LAB.search(said) and not _ANY_RANGE.search(said)
    if book.open or not (found or inside):
        return None
    numbers = {numeral.value for numeral in numerals(said)}
    told = book.newest_of_each() if numbers else book.current()
    values = [each for each in told if (each.value in numbers or not numbers) and lab_definitions()[each.lab].line]
    return book.opened(values, again=FLAGGED) if len(values) == 1 else None


def asked_which_matter(text: str, book: Notebook) -> Notebook | None:
    """“which ones are to do with restless legs”: of several values, those on which doctors go by for the legs."""
    book = replace(book.set_aside(), group=book.group or UNSAID) if book.open else book
    own = [each for each in book.newest_of_each() if each.owner == book.last_owner]
    iron = [each for each in own if lab_definitions()[each.lab].line]
    if len(own) < 2 or not iron or _WHICH.search(text.lower()) is None:
        return None
    return book.opened(iron, again=RELEVANT)


def asked_in_unit(text: str, book: Notebook) -> Notebook | None:
    """“what is 28 µg/L in ng/mL”, where both are the same."""
    found = _IN_UNIT.search(text.lower())
    if found is None or book.open:
        return None
    number, unit_of = float(found["number"]), lab_replies().unit_of
    named = [each for each in book.newest_of_each() if each.value == number]
    values = [each for each in named if {unit_of(each.lab, found[part]) for part in ("one", "other")} == {each.unit}]
    return book.opened(values, again=UNIT) if len(values) == 1 else None


def compared_with_own(text: str, news: Sequence[LabValue], book: Notebook) -> Notebook | None:
    """“my cousin has hemoglobin 12.8, is she lower than me?”: theirs beside one's own.

    Args:
        text: as typed.
        news: the values of the message.
        book: with them.
    """
    if len(news) != 1 or news[0].owner is None or _THAN_ME.search(text.lower()) is None:
        return None
    aside = book.set_aside()
    both = [each for each in aside.newest_of_each() if each.lab == news[0].lab and each.owner in (None, news[0].owner)]
    both.sort(key=lambda each: each.owner is not None)
    return replace(aside, group=aside.group or UNSAID).opened(both, again=COMPARED) if len(both) > 1 else None


def means_by_group(text: str, was: Notebook, now: Notebook, known: Person) -> Notebook | None:
    """“I'm female, 46”: one's own values that were explained for women and for men, now for one of them."""
    told = now.group in (WOMAN, MAN) and was.group not in (WOMAN, MAN)
    if not told or now.open or "?" in text or len(lab_reader().spoken_of(text).words) > _SAID_WORDS_MAX:
        return None
    own = [each for each in now.newest_of_each() if each.owner is None and each.unit]
    nobody = replace(known, group=None)
    values = [each for each in own if needs_group(each.measured(lab_definitions()[each.lab]), nobody)]
    return now.opened(values, again=CHANGED) if values else None
