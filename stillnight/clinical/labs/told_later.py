"""What belongs to a value and is told behind its explanation: its unit, the range that the lab prints, its day."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from stillnight.clinical.labs.definitions import Range, lab_definitions
from stillnight.clinical.labs.notebook import CHANGED, DATED, Notebook
from stillnight.clinical.labs.reader import Spoken, lab_reader
from stillnight.clinical.labs.reading.dates import MONTHS
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
_COUNT: Final = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|(?:a )?few|(?:a )?couple(?: of)?|some|several|many)"
)
_MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_TEST: Final = r"(?:test|blood test|bloods|blood|results?|values?|numbers?|one|sheet|letter)"
_DONE: Final = (
    r"(?:done|taken|tested|measured|drawn|all|only|just|about|around|like|from|back|in|over|more than"
    r"|nearly|almost|at least)"
)
# “that was 2 years ago mind you”, “it's from 2021”; what stands there is kept in the person's own words.
_WHEN: Final = re.compile(
    r"^\W*(?:(?:but|oh|and|mind you|actually|sorry|well|though|btw|by the way)\W+)*"
    rf"(?:(?:that|this|it|they|those|these|(?:the|that|my) (?:{_TEST}|(?P<test>[\w ]*?)(?P<number>\d+(?:\.\d+)?)?))"
    r"(?:'?s| was| is| were| are)?|was|from)\s+"
    rf"(?:{_DONE}\s+)*"
    rf"(?P<when>{_COUNT} (?:days?|weeks?|wks?|months?|mths?|years?|yrs?) (?:ago|back|old)|years ago|ages ago"
    rf"|a (?:long )?while (?:ago|back)|last (?:week|month|year|spring|summer|autumn|fall|winter|{_MONTH})|yesterday"
    r"|(?:a )?long (?:time|while) ago"
    rf"|(?:19|20)\d\d|(?:{_MONTH})(?: (?:19|20)\d\d)?)"
    r"(?:\W+(?:mind you|mind|tho|though|by the way|btw|now|sorry|so|lol|actually))*\W*$"
)
_PEOPLE: Final = re.compile(r"^\W*(?:they|those|these)\b")
_OLD: Final = re.compile(r"year|yr|ages|long|last|(?:19|20)\d\d")
_NOT_OLD: Final = re.compile(r"last (?:week|month)")


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
    numbers = {float(each.replace(",", ".")) for each in _NUMBERS.findall(text)}
    # “is 22 normal? the lab says 10-150” names the value itself.
    known = tuple(each for each in known if each.value in numbers) or known
    numbers -= {each.value for each in known}
    if len(known) != 1 or found is None or len(numbers) != 2 or not words & _OF_A_RANGE:
        return None
    if words & _IN_GENERAL or len(spoken.words) > _RANGE_WORDS_MAX or set(spoken.labs) - {known[0].lab}:
        return None
    low, high = (float(found[part].replace(",", ".")) for part in ("low", "high"))
    if low >= high:
        return None
    return book.without(known).opened([replace(known[0], own_range=Range(low, high))], again=CHANGED)


def with_when(text: str, book: Notebook, explained: bool) -> Notebook | None:
    """“that was 2 years ago mind you”, of what was explained just before; “the 40 was from 2019” at any time."""
    found, known = _WHEN.match(text.lower()), book.current() if explained else ()
    if found and found["when"].endswith("old") and _PEOPLE.match(text.lower()):
        return None
    if found and found["test"] is not None:
        # “the 40 was from 2019”, “my ferritin was last year”
        number, labs = found["number"], lab_reader().spoken_of(found["test"]).labs
        if not (number or labs) or (found["test"].strip() and not labs):
            return None
        values = book.newest_of_each()
        known = tuple(each for each in values if not labs or each.lab in labs)
        known = tuple(each for each in known if each.value == float(number)) if number else known
        known = known if len(known) == 1 else ()
    if found is None or not known or book.open:
        return None
    when = text[found.start("when") : found.end("when")]
    told = tuple(replace(each, when=when) if each in known else each for each in book.told)
    return replace(book, told=told).opened([replace(each, when=when) for each in known], again=DATED)


def is_old(when: str) -> bool:
    """Whether the words for a day may mean a year or more: “2 years ago”, “2021”; a bare month does not tell."""
    return _OLD.search(when.lower()) is not None and _NOT_OLD.search(when.lower()) is None
