"""Names for people: behind “mine and my husband Graham's”, “Graham is the 240” speaks of the husband."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from stillnight.clinical.labs.amend import amendments
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.values import LabReading, LabValue
from stillnight.clinical.medicines.finder import medicine_finder

# Typed small, “my husband takes” names nobody.
_NAMED: Final = re.compile(r"\b[Mm]y ([a-z-]+) ([A-Z][a-z]{2,15})\b")

# “Leo ferritin 31, Max's ferritin is 62”
_AT_HEAD: Final = re.compile(r"(?:^|[,;.\n/&]|\band\b)\s*([A-Z][a-z]{1,15})(?:'?s)?:?\s+(?=[a-z])")
# Limits that a sheet prints.
_LIMITS: Final = frozenset({"min", "max"})

_DAYS: Final = frozenset({*day_name, *month_name})


def names_told(text: str) -> dict[str, str]:
    """The names that a message tells, each with the word for the person: Graham, the husband."""
    told = {}
    for found in _NAMED.finditer(text):
        owners, name = lab_reader().spoken_of(found[1]).owners, found[2]
        if len(owners) == 1 and not _means_something(name):
            told[name] = owners[0]
    return told


def with_people(text: str, names: Mapping[str, str]) -> str:
    """A message with people in place of names: “my husband is the 240”."""
    for name, owner in names.items():
        if name == owner:
            continue
        text = re.sub(rf"(?<=\b{owner} ){name}\b", "", text, flags=re.IGNORECASE).replace(f"{owner} '", f"{owner}'")
        text = re.sub(rf"\b(?:my )?{name}('?s)?\b", rf"my {owner}\1", text, flags=re.IGNORECASE)
    return text


def listed_names(text: str) -> dict[str, str]:
    """The names in a list of several people's results, “Leo ferritin 31, Max ferritin 62”, each for itself."""
    found = list(dict.fromkeys(match[1] for match in _AT_HEAD.finditer(text)))
    names = [name for name in found if not _means_something(name)]
    if len(names) < 2 or len(names) < len(found) or {name.lower() for name in names} >= _LIMITS:
        return {}
    reading = of_named(text, names)
    return {name: name for name in names} if reading else {}


def of_named(text: str, names: Sequence[str], last: Sequence[str] = ()) -> LabReading | None:
    """The values of people who go by their names alone, each with its own; None where a name has no value.

    Args:
        text: the message.
        names: of these people.
        last: labs of the last answer, for “max 31 leo 62”.
    """
    known = {name.lower(): name for name in names}
    said = re.compile(rf"\b({'|'.join(map(re.escape, known))})(?:'?s)?\b:?", re.IGNORECASE)
    places = list(said.finditer(text)) if known else []
    ends = [*(place.start() for place in places), len(text)][1:]
    values: list[LabValue] = []
    for place, end in zip(places, ends):
        piece = text[place.end() : end].strip(" ,;.")
        labs = [each.lab for each in values[-1:]] or list(last)
        reading = lab_reader().read(piece)
        if not reading.values and labs:
            reading = lab_reader().read_on(piece, labs[0]) or reading
        if not reading.values or any(each.owner for each in reading.values):
            return None
        values += [replace(each, owner=known[place[1].lower()]) for each in reading.values]
    return LabReading(tuple(values), corrects=lab_reader().takes_back(text)) if values else None


def _means_something(name: str) -> bool:
    if name in _DAYS or amendments().tells_whose([name.lower()]) or amendments().is_no_name(name.lower()):
        return True
    spoken = lab_reader().spoken_of(name)
    other = lab_reader().read(f"{name} 5").others
    return bool(other or spoken.labs or spoken.owners or medicine_finder().find(name))
