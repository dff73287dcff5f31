"""What a message says of lab values, read with what was spoken of just before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from stillnight.clinical.circumstances import circumstances
from stillnight.clinical.labs.definitions import lab_definitions
from stillnight.clinical.labs.notebook import Notebook
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.reading.numerals import numerals, same_length
from stillnight.clinical.labs.values import LabReading, weighed
from stillnight.clinical.medicines.finder import medicine_finder, spans
from stillnight.language.text import sentences_of

_WRONG_UNIT: Final = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:mmol|[uµμ]mol|nmol|mg|g|pg|meq|m?iu)\s*(?:/|per)\s*(?:dl|ml|l)\b", re.IGNORECASE
)
_UNIT_ALONE: Final = re.compile(r"\d\s*[a-zµμ]+\s*/\s*[a-z]+", re.IGNORECASE)
_PERCENT: Final = re.compile(r"(\d)\s*(?:percent|per cent|pct)\b", re.IGNORECASE)
_LEAD: Final = re.compile(
    r"^\W*(?:(?:yes|yeah|yep|ok|okay|so|oh|ah|and|well|right|sorry for the wait|here it is|here we go"
    r"|(?:i(?:'?ve| have)? ?|just )?(?:got|found|have|seen) (?:it|them|the (?:letter|sheet|results?|paper|email))"
    r"(?: (?:now|here|back|at last|today))?|(?:got|found) it)\b\W*)+",
    re.IGNORECASE,
)
# Before a result that turned up after all.
_THERE_IS: Final = re.compile(
    r"^\W*(?:(?:or|but|oh|ah|well|wait|actually|no|and|hang on)\W+)*"
    r"(?:there(?:'?s| is| was)|i (?:have|found|see|got))\s+(?:only |just )?(?:a|an|one|the|my)?\s*"
    r"(?:old|older|earlier|single)?\s*(?:result|value|number|one|test|reading)\b\W*",
    re.IGNORECASE,
)
_NO_UNIT: Final = re.compile(
    r"^\W*(?:(?:but|and|sorry|well|no|so|oh|um)\W+)*"
    r"(?:(?:i )?(?:do not|don'?t|cannot|can'?t|dunno)\s*(?:know|see|find|have|tell|read)?"
    r"|there(?:'?s| is| was) no|without|no)"
    r"\s+(?:(?:the|which|what|an?|any)\s+)?units?\b(?:\s+(?:there|given|printed|on it|it is|it was))?\W*(?:but\b\W*)?",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(
    r"(?:\W*\b(?:lol|lmao|ha(?:ha)+|hehe|tho|though|btw|x+|pls|please|thanks|ty)\b\W*)+$", re.IGNORECASE
)
_MINE_IS: Final = re.compile(r"^(?:mine|my one|its|it's|it)\s+(?:(?:is|was|came back at|came back)\s+)?", re.IGNORECASE)
_MEANT: Final = re.compile(r"\b(?:mean|means|meant|sorry|should be|i should say|oops|called)\b")
_IRON: Final = re.compile(r"\b(?:iron|ferrous|fe)(?: (?:level|store|stores|count|test|blood))?\b", re.IGNORECASE)
_FEW: Final = 6
_AGES: Final = re.compile(
    r"\b(?:(?:kids|children|boys|girls|sons|daughters|twins|babies)\s+(?:are|were|turned)"
    r"|(?:son|daughter|kid|child|boy|girl|baby|toddler|little one)\s+(?:is|was|turned)"
    r"|(?:kid|child|boy|girl|son|daughter|toddler|little one)'s)"
    r"\s+(?:only |just |now )?(?P<age>\d{1,2})\b(?![.,]?\d|\s*(?:%|[a-zµμ]+\s*/))"
)
_OLDEST_CHILD: Final = 20
# “no, it is 35”, but not “i have no idea”.
_OPENS_CORRECTION: Final = re.compile(
    r"^\W*(?:(?:but|so|oh|ah|um)\W+)*no\b(?! (?:thanks?|idea|problem|worries|one|need|more)\b)", re.IGNORECASE
)
# Right behind a medicine.
_DOSE: Final = re.compile(r"\W*(?:(?:xl|xr|sr|mr|er|at|of|is|was)\W+)?(\d+(?:[.,]\d+)?)", re.IGNORECASE)
_MEASURED: Final = re.compile(
    r"\b(\d+(?:[.,]\d+)?)\s*(?:kgs?|kilos?|kilograms?|stone|lbs?|pounds|cm|years?|yrs?|months?|weeks?)\b", re.IGNORECASE
)
_HOUR: Final = re.compile(
    r"\b\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm|a\.m|p\.m|o'?clock|hours?|hrs?|h|minutes?|mins?|times|nights?|days?|miles|km|steps)\b"
    r"|\bi(?:'?m| am) (?:only |just |nearly |almost )?\d{1,2}\W*$",
    re.IGNORECASE,
)
_TESTED: Final = re.compile(
    r"\b(?:labs?|bloods?|tests?|tested|results?|values?|levels?|count|index|sheet|report)\b", re.IGNORECASE
)
_PIECES_MAX: Final = 6
_COMMA: Final = re.compile(r",\s+")
_DIGIT: Final = re.compile(r"\d")
_BUT: Final = re.compile(r"\s+(?:but|because|cos|though|so)\s.*$", re.IGNORECASE | re.DOTALL)


def read(text: str, last: Sequence[str] = ()) -> LabReading:
    """What a message says of lab values.

    Args:
        text: the message.
        last: labs of the last answer: “18 not 81, sorry” and “and last month's 12?” speak of the first of them.
    """
    reading = lab_reader().read(text, spans(medicine_finder().find(text)))
    if not reading.values and "iron" in reading.others:
        # “and iron? my ferritin is 22”
        behind = lab_reader().read(text[text.lower().find("iron") + len("iron") :])
        reading = behind if behind.values else reading
    first = _with_the_first(text, reading, last) if reading.values or reading.others else None
    if first or reading.values:
        return first or reading
    bare = _WRONG_UNIT.sub(r"\1 ", text)
    if bare != text:
        without = lab_reader().read(bare)
        units = tuple(lab_definitions()[without.values[0].lab].units) if len(without.values) == 1 else ()
        if len(units) > 1:
            # No unit of this test: the number is kept, and the unit asked for.
            return replace(without, values=(replace(without.values[0], unit=None, said=False, choices=units),))
    if _tells_age(text):
        return reading
    return _found_later(text) or (_read_on(text, last[0]) or _corrected(text, last[0]) if last else None) or reading


def _found_later(text: str) -> LabReading | None:
    """“ferritin was never measured. or there is a result from last year, 48”: of the one test that is named."""
    labs = lab_reader().spoken_of(text).labs
    pieces = [piece for piece in sentences_of(text)[:_PIECES_MAX] if _THERE_IS.match(piece)] if len(labs) == 1 else []
    found = (lab_reader().read_on(_THERE_IS.sub("it was ", piece), labs[0]) for piece in pieces)
    return next((each for each in found if each), None)


def _tells_age(text: str) -> bool:
    """“her kids are 5 and 7”, “my son is 9”: no value, where no test is named beside it."""
    return any(int(found["age"]) <= _OLDEST_CHILD for found in _AGES.finditer(same_length(text)))


def _corrected(text: str, lab: str) -> LabReading | None:
    """“no sorry 35 not 53. reading it without my glasses lol”: the sentence that reads as a correction.

    What takes the old number back stands in it or right before it: “Sorry, decimal point. It's 45.0”.
    """
    pieces = sentences_of(text)
    before = False
    for piece in pieces[:_PIECES_MAX] if len(pieces) > 1 or "," in text else ():
        corrects = _corrects(piece)
        found = _read_on(piece, lab) or _in_a_clause(piece, lab) if corrects or before else None
        if found:
            return replace(found, corrects=True)
        before = corrects
    return None


def _in_a_clause(piece: str, lab: str) -> LabReading | None:
    """“sorry, read it wrong, that's 13 not 31”: the clause that holds the number, the last one."""
    clauses = _COMMA.split(piece)
    at = next((place for place, each in enumerate(clauses) if _DIGIT.search(each)), 0)
    told = ", ".join(clauses[at:])
    if at == 0 or tells_measure(told):
        return None
    return _read_on(told, lab)


def _corrects(piece: str) -> bool:
    return bool(_OPENS_CORRECTION.match(piece)) or lab_reader().takes_back(piece)


def _with_the_first(text: str, reading: LabReading, last: Sequence[str]) -> LabReading | None:
    """“mine is 61 and tsat 18”, of a test that was named just before: the first number is no other test's."""
    plain = _LEAD.sub("", text)
    mine = _MINE_IS.match(plain)
    if not last or mine is None or not plain[mine.end() : mine.end() + 1].isdigit():
        return None
    found = lab_reader().read(f"my {lab_definitions()[last[0]].title} {plain[mine.end() :]}")
    return found if [each.lab for each in found.values] == [last[0], *(each.lab for each in reading.values)] else None


def _read_on(text: str, lab: str) -> LabReading | None:
    """“yes 12 percent”, “mine is 1.9 mg/dl”, “hers was 8”, of a test that was named just before."""
    if _MINE_IS.search(_LEAD.sub("", text)):
        # “mine is 12 but im more worried about her”
        text = _BUT.sub("", text)
    text = _NO_UNIT.sub("", text)
    plain = _TAIL.sub("", _LEAD.sub("", _PERCENT.sub(r"\1%", text)))
    if lab_reader().read(plain).others:
        # “crp 14 mg/l”: the number has a name of its own.
        return None
    if _UNIT_ALONE.search(plain):
        # “mg” would be read as magnesium.
        mine = "my " if plain.lower().startswith(("mine", "my")) else ""
        found = lab_reader().read(f"{mine}{lab_definitions()[lab].title} {_MINE_IS.sub('', plain)}")
        return found if [each.lab for each in found.values] == [lab] else None
    return lab_reader().read_on(plain, lab)


def corrects_dose(text: str, said_before: str) -> bool:
    """“no 75. 150 was the old one”, behind “im on venlafaxine 150”: a dose is put right, and no lab value.

    Args:
        text: a message.
        said_before: the one before it.
    """
    named = medicine_finder().find(said_before)
    doses = [found for each in named if (found := _DOSE.match(said_before, each.end))]
    if not doses or lab_reader().read(said_before, spans(named)).values or medicine_finder().find(text):
        return False
    spoken = lab_reader().spoken_of(text)
    numbers = {numeral.value for numeral in numerals(same_length(text))}
    again = any(float(found[1].replace(",", ".")) in numbers for found in doses)
    return bool(numbers) and not (spoken.labs or spoken.owners) and (again or _corrects(text))


def corrects_measure(text: str, said_before: str) -> bool:
    """“oh sorry 12... no 21 is right”, behind “she weighs 21 kg”: a weight, a height or an age is put right."""
    told = {float(found[1].replace(",", ".")) for found in _MEASURED.finditer(said_before)}
    if not told or lab_reader().read(said_before).values or not _corrects_anywhere(text):
        return False
    spoken = lab_reader().spoken_of(text)
    numbers = {numeral.value for numeral in numerals(same_length(text))}
    return bool(numbers & told) and not (spoken.labs or spoken.owners)


def tells_measure(text: str) -> bool:
    """“im 24”, “i weigh 80 kg”, “its 3am”: a number that is no value of any test, where no test is named."""
    measured = circumstances().tells_age(text) or _MEASURED.search(text) or _HOUR.search(text)
    return bool(measured) and not (lab_reader().spoken_of(text).labs or _TESTED.search(text))


def _corrects_anywhere(text: str) -> bool:
    return _corrects(text) or any(map(_corrects, sentences_of(text)[:_PIECES_MAX]))


def iron_meant(text: str, said_before: str) -> LabReading | None:
    """“ferritin i mean”, behind “my iron came back 12”."""
    spoken = lab_reader().spoken_of(text)
    if len(spoken.labs) != 1 or len(spoken.words) > _FEW or not _MEANT.search(text.lower()):
        return None
    renamed = _IRON.sub(lab_definitions()[spoken.labs[0]].title, said_before, count=1)
    found = lab_reader().read(renamed) if renamed != said_before else None
    return found if found and [each.lab for each in found.values] == list(spoken.labs) else None


def in_the_same_unit(reading: LabReading, book: Notebook) -> LabReading:
    """“sorry 86”, after 68 g/L: the unit stays."""
    if not reading.corrects:
        return reading
    told = [*book.told, *(each.value for each in book.open)]
    units = {each.lab: each.unit for each in told if each.said and each.unit}
    labs = lab_definitions()
    values = tuple(
        weighed(replace(each, unit=units[each.lab], said=True), labs[each.lab])
        if not each.said and each.lab in units
        else each
        for each in reading.values
    )
    return replace(reading, values=values)
