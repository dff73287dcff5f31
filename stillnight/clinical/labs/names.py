"""Names for people: behind “mine and my husband Graham's”, “Graham is the 240” speaks of the husband."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections.abc import Mapping
from typing import Final

from stillnight.clinical.labs.amend import amendments
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.medicines.finder import medicine_finder

# Typed small, “my husband takes” names nobody.
_NAMED: Final = re.compile(r"\b[Mm]y ([a-z-]+) ([A-Z][a-z]{2,15})\b")

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
        text = re.sub(rf"(?<=\b{owner} ){name}\b", "", text, flags=re.IGNORECASE).replace(f"{owner} '", f"{owner}'")
        text = re.sub(rf"\b(?:my )?{name}('?s)?\b", rf"my {owner}\1", text, flags=re.IGNORECASE)
    return text


def _means_something(name: str) -> bool:
    if name in _DAYS or amendments().tells_whose([name.lower()]):
        return True
    spoken = lab_reader().spoken_of(name)
    return bool(spoken.labs or spoken.owners or medicine_finder().find(name))
