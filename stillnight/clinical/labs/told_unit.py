"""A unit that is told by itself, behind values that were explained: “ng/ml”, “it says µg/L on the printout”."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from stillnight.clinical.labs.definitions import Lab, lab_definitions
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.reading.numerals import same_length
from stillnight.clinical.labs.replies import lab_replies
from stillnight.clinical.labs.values import LabValue

_WORDS_MAX: Final = 10
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
# “micrograms per litre” is written in one word in knowledge/labs.yml.
_SPELT: Final = ("micrograms", "nanograms", "picograms", "milligrams", "grams", "millimoles", "micromoles", "picomoles")
_PER: Final = frozenset(
    {"unit", "units", "per", "litre", "liter", "millilitre", "milliliter", "decilitre", "deciliter", "mil", "mils"}
)
_CLAUSE: Final = re.compile(r"[,;]|\band\b|\.(?:\s|$)")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
# “mmol not mg”: the second is the wrong one.
_NOT_THAT: Final = re.compile(r"\b(?:not|isnt|isn't|instead of|rather than)\s+(?:in\s+)?[a-zµμ]+(?:\s*/\s*[a-z]+)?")


def told_unit(text: str, known: Sequence[LabValue], small: Collection[str]) -> tuple[LabValue, str] | None:
    """The value whose unit a message tells, and that unit; None when it is about something else.

    Args:
        text: a message without a value.
        known: the values that were spoken of; the unit has to be one of a single one of them.
        small: words that may stand beside it.
    """
    plain = _NOT_THAT.sub(" ", same_length(text))
    found = [(value, unit) for value in known if (unit := _unit_of(lab_definitions()[value.lab], plain))]
    if len(found) != 1:
        return None
    words = [word.replace("'", "") for word in _WORD.findall(plain)]
    others = set(words) - _parts(lab_definitions()[found[0][0].lab])
    return found[0] if len(words) <= _WORDS_MAX and others <= set(small) else None


def told_units(text: str, known: Sequence[LabValue]) -> list[tuple[LabValue, str]]:
    """“haemoglobin is in g/L I think, and ferritin ug/L”: two values or more with their units; else empty."""
    found: list[tuple[LabValue, str]] = []
    for clause in _CLAUSE.split(same_length(text)):
        named = lab_reader().spoken_of(clause).labs
        values = [each for each in known if (each.lab,) == named]
        unit = _unit_of(lab_definitions()[named[0]], clause) if len(values) == 1 else None
        if named and unit is None:
            return []
        found += [(values[0], unit)] if unit else []
    return found if len(found) > 1 else []


def _unit_of(lab: Lab, plain: str) -> str | None:
    """The unit that is written, or that alone begins so: “mmol”."""
    begun = [unit for unit in lab.units if re.search(rf"\b{re.escape(unit.lower().split('/')[0])}\b", plain)]
    return lab_replies().unit_of(lab.key, plain) or (begun[0] if len(begun) == 1 else None)


def _parts(lab: Lab) -> set[str]:
    """The words of which its units are written, and its name."""
    ways = [*lab.units, *(way for each in lab.units.values() for way in each.written)]
    said = {part for way in ways for part in _LETTERS.findall(way.lower())}
    spelt = {word for word in _SPELT if any(word in way for way in ways)}
    return said | spelt | _PER | set(lab.names[0].split())
