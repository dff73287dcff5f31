"""Whom to call, by country: the lines of `knowledge/crisis_lines.yml`, and which country a hint speaks of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import phonenumbers

from stillnight.clinical.knowledge import reading
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

EMERGENCY: Final = "emergency"
CRISIS: Final = "crisis"
POISON: Final = "poison"

_WORDS: Final = re.compile(r"[^\W_]+")
_REGION: Final = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?[-_]([A-Za-z]{2})\b")


@dataclass(frozen=True)
class Number:
    """A number as people read it, and the link that dials it (`tel:` or `sms:`)."""

    say: str
    href: str


@dataclass(frozen=True)
class Line:
    """One line of the list: what it is, and its numbers, any of which will do."""

    label: str
    numbers: tuple[Number, ...]

    @property
    def said(self) -> str:
        """The numbers alone, as text."""
        return " or ".join(number.say for number in self.numbers)


@dataclass(frozen=True)
class Country:
    """A country (or region) with its lines by kind: `emergency`, `crisis`, `poison`.

    brands: region of the register of medicines whose brand names are sold there.
    """

    code: str
    title: str
    name: str
    lines: Mapping[str, tuple[Line, ...]]
    brands: str | None


class CrisisLines:
    """Every country that we have numbers for, in file order."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        """`raw`: content of crisis_lines.yml."""
        self.countries = {code: _country(code, facts) for code, facts in raw.items()}
        self._by_region = {region: code for code, facts in raw.items() for region in facts["regions"]}
        self._names = {_words(str(name)): code for code, facts in raw.items() for name in facts["names"]}

    @classmethod
    @reading("crisis_lines.yml")
    def load(cls, knowledge: Path) -> CrisisLines:
        """Read `crisis_lines.yml` of the folder."""
        return cls(load_yaml(knowledge / "crisis_lines.yml"))

    def lines(self, code: str | None, kinds: Sequence[str]) -> tuple[Line, ...]:
        """Lines of a country in the order of `kinds`; none when we know no such country."""
        country = self.countries.get(code or "")
        return tuple(line for kind in kinds for line in country.lines[kind]) if country else ()

    def main_lines(self, kinds: Sequence[str]) -> tuple[Line, ...]:
        """For a country unknown: the first line of each kind of every country, under the country's title."""
        return tuple(
            Line(country.title, country.lines[kind][0].numbers)
            for kind in kinds
            for country in self.countries.values()
            if country.lines[kind]
        )

    def of_phone(self, phone: str) -> str | None:
        """Country of a telephone number in international form, also `whatsapp:+4477…`; None when it tells nothing."""
        digits = phone.rpartition(":")[2].strip().removeprefix("+").removeprefix("00")
        try:
            parsed = phonenumbers.parse(f"+{digits}")
        except phonenumbers.NumberParseException:
            return None
        region = phonenumbers.region_code_for_number(parsed)
        return self._by_region.get(region or phonenumbers.region_code_for_country_code(parsed.country_code or 0))

    def of_region(self, region: str) -> str | None:
        """Country of an ISO code, also of an island that shares its numbers; None when we know no such place."""
        return self._by_region.get(region.strip().upper())

    def of_locale(self, locale: str) -> str | None:
        """Country of a language setting (`en-GB`, or a whole `Accept-Language` line); None when it names no region."""
        for part in locale.split(","):
            match = _REGION.match(part.strip())
            if match:
                return self.of_region(match[1])
        return None

    def mentioned(self, text: str) -> str | None:
        """Country that a text names, by its name or a large city; the last one when there are several."""
        words = _words(text)
        sizes = sorted({len(name) for name in self._names}, reverse=True)
        for end in range(len(words), 0, -1):
            # The longest first: “Northern Ireland” ends where “Ireland” does.
            for name in (words[max(end - size, 0) : end] for size in sizes):
                if name in self._names:
                    return self._names[name]
        return None


def _words(text: str) -> tuple[str, ...]:
    """Words in lower case, without accents: Québec, Montréal."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return tuple(word.lower() for word in _WORDS.findall(plain))


def _country(code: str, facts: Mapping[str, Any]) -> Country:
    lines = {
        kind: tuple(
            Line(line["label"], tuple(_number(str(number), line.get("sms")) for number in line["numbers"]))
            for line in facts["lines"][kind]
        )
        for kind in (EMERGENCY, CRISIS, POISON)
    }
    return Country(code, facts["title"], facts["name"], lines, facts.get("brands"))


def _number(say: str, sms: str | None) -> Number:
    dialled = "".join(char for char in say if char.isdigit())
    return Number(say, f"sms:{dialled}?body={sms}" if sms else f"tel:{dialled}")


@lru_cache(maxsize=1)
def crisis_lines() -> CrisisLines:
    """The project's lines, read once."""
    return CrisisLines.load(KNOWLEDGE)
