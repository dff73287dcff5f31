"""The languages of `knowledge/languages.yml`: how each is known, and what stands before its emergency number."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stillnight.clinical.knowledge import reading
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

# Letters that Unicode does not take apart into a plain one and a mark.
_PLAIN: Final = str.maketrans({"ł": "l", "ı": "i", "ß": "ss", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe"})
_MARKS: Final = re.compile("[\u0300-\u036f]")


def plain(word: str) -> str:
    """Small letters without accents, as people type them in a hurry; other scripts keep their vowel signs."""
    return _MARKS.sub("", unicodedata.normalize("NFKD", word.lower())).translate(_PLAIN)


@dataclass(frozen=True)
class Language:
    """One language. scripts: as Unicode names them, in capitals."""

    code: str
    name: str
    emergency: str
    scripts: frozenset[str]


@dataclass(frozen=True)
class Languages:
    """Every language that we answer in, in file order.

    words: each word or phrase, the languages that it speaks for, and whether it tells each of them alone.
    neighbours: codes of languages without an answer, by script.
    """

    languages: Mapping[str, Language]
    words: Mapping[str, Mapping[str, bool]]
    neighbours: Mapping[str, frozenset[str]]

    @classmethod
    @reading("languages.yml")
    def load(cls, knowledge: Path) -> Languages:
        """Read `languages.yml` of the folder."""
        raw = load_yaml(knowledge / "languages.yml")
        words: dict[str, dict[str, bool]] = {}
        for code, facts in raw["languages"].items():
            for tells, listed in ((False, facts.get("beside", ())), (True, facts.get("alone", ()))):
                for word in listed:
                    words.setdefault(plain(word), {})[code] = tells
        return cls(
            {code: _language(code, facts) for code, facts in raw["languages"].items()},
            words,
            {script.upper(): frozenset(codes) for script, codes in raw["neighbours"].items()},
        )

    @property
    def codes(self) -> frozenset[str]:
        """Every language that can be told, with an answer or without."""
        return frozenset(self.languages).union(*self.neighbours.values())

    @property
    def scripts(self) -> frozenset[str]:
        """Every script that one of our languages is written in."""
        return frozenset().union(*(language.scripts for language in self.languages.values()))

    def written_in(self, script: str) -> tuple[str, ...]:
        """Codes of our languages that are written in a script."""
        return tuple(code for code, language in self.languages.items() if script in language.scripts)


def _language(code: str, facts: Mapping[str, Any]) -> Language:
    scripts = frozenset(script.upper() for script in facts["scripts"])
    return Language(code, str(facts["name"]), str(facts["emergency"]), scripts)


@lru_cache(maxsize=1)
def languages() -> Languages:
    """The project's languages, read once."""
    return Languages.load(KNOWLEDGE)
