"""Words of a patient without what tells who it is: `redacted("call Anna on 01632 960123")`.

Gives “call [name] on [phone]”. Medicines, lab values, ages and ordinary numbers stay. It takes out what it can
recognise; a story that only one person can have lived still tells who that is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from phonenumbers import Leniency, PhoneNumberMatcher
from spellchecker import SpellChecker

from stillnight.clinical.knowledge import reading
from stillnight.language.identifiers import (
    any_of,
    computer_addresses,
    dates,
    long_numbers,
    numbers_with_cue,
    places,
)
from stillnight.language.people import People
from stillnight.language.spelling import names_in
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

FILE: Final = "redaction.yml"
# An English word that is seen less often than this may as well be a name.
_COMMON: Final = 300
_DIGITS_OF_A_PHONE: Final = 7
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | {"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"'})
_ROUND: Final = str.maketrans("[]", "()")
# “0.40-4.50”, “(130 - 180”, “11/2023 08/2024”: no telephone numbers, whatever country has some that short.
_RANGE: Final = re.compile(r"/|\.\d{1,2}(?!\d)|\d\.\d+\s*-|^\D*\d{1,4}\D+\d{1,4}\D*$")


class Redactor:
    """Takes out what tells who it is, by the lists of `knowledge/redaction.yml`."""

    def __init__(self, raw: Mapping[str, Any], common: Collection[str], never: Collection[str]) -> None:
        """Use `load`. common: everyday words; never: words of the field that are no names."""
        self.stand_ins = {str(kind): str(words) for kind, words in raw["stand_ins"].items()}
        self._placeholder = re.compile(rf"(\[(?:{any_of(self.stand_ins)})\])")
        self._regions = tuple(map(str, raw["phone_regions"]))
        self._unit = re.compile(rf"\s*(?:{any_of(raw['lab_units'])})", re.IGNORECASE)
        self._people = People(raw, common, never)
        self._before_phones = [*computer_addresses(raw), *numbers_with_cue(raw), *dates(raw)]
        self._after_phones = [*long_numbers(raw), *places(raw)]

    @classmethod
    @reading(FILE)
    def load(cls, knowledge: Path) -> Redactor:
        """Read the file of the folder. Raises KnowledgeError when it cannot be used."""
        seen = SpellChecker(language="en").word_frequency.dictionary
        common = frozenset(word for word, times in seen.items() if times >= _COMMON)
        spelling, terms = load_yaml(knowledge / "spelling.yml"), load_yaml(knowledge / "terms.yml")
        field = {str(word).lower() for word in (*spelling["keep"], *spelling["phone_words"])}
        field |= {word for term in terms["set_aside"] for word in str(term).lower().split()}
        return cls(load_yaml(knowledge / FILE), common, names_in(knowledge) | field)

    def redacted(self, text: str) -> str:
        """The text in one line, with placeholders such as “[name]”; no other square brackets are left.

        What is redacted already stays as it is.
        """
        line = self.as_read(text)
        while (fewer := self._once(line)) != line:
            line = fewer
        return line

    def as_read(self, text: str) -> str:
        """The text in one line, in compatibility forms and with round brackets, before anything is taken out."""
        pieces = self._placeholder.split(_one_line(text))
        return "".join(piece if at % 2 else piece.translate(_ROUND) for at, piece in enumerate(pieces))

    def _once(self, line: str) -> str:
        for pattern, kind in self._before_phones:
            line = _put(line, pattern, kind)
        line = self._without_phones(line)
        for pattern, kind in self._after_phones:
            line = _put(line, pattern, kind)
        for start, end in reversed(self._people.spans(line)):
            line = f"{line[:start]}[name]{line[end:]}"
        return line

    def stood_in(self, text: str) -> str:
        """The text with plain made-up words in place of the placeholders."""
        return self._placeholder.sub(lambda match: self.stand_ins[match.group()[1:-1]], text)

    def _without_phones(self, line: str) -> str:
        for region in self._regions:
            if sum(char.isdigit() for char in line) < _DIGITS_OF_A_PHONE:
                break
            for match in reversed(list(PhoneNumberMatcher(line, region, Leniency.VALID))):
                is_range = _RANGE.search(match.raw_string) and not match.raw_string.startswith("+")
                if not is_range and not self._unit.match(line, match.end):
                    line = f"{line[: match.start]}[phone]{line[match.end :]}"
        return line


def _one_line(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES)
    kept = (char for char in folded if unicodedata.category(char) != "Cf")
    return " ".join("".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in kept).split())


def _put(line: str, pattern: re.Pattern[str], kind: str) -> str:
    """The line with the group `it` of each find replaced."""

    def placed(match: re.Match[str]) -> str:
        start, end = match.span("it")
        return f"{line[match.start() : start]}[{kind}]{line[end : match.end()]}"

    return pattern.sub(placed, line)


@lru_cache(maxsize=1)
def redactor() -> Redactor:
    """The project's, made once."""
    return Redactor.load(KNOWLEDGE)


def redacted(text: str) -> str:
    """A patient's words without what tells who it is; see `Redactor.redacted`."""
    return redactor().redacted(text)
