"""Danger said in a language that the assistant does not speak: phrases of `knowledge/foreign_dangers.yml`.

They are matched as the English rules are, and read apart from them: other words, no English fillers or short forms, and
of scripts without spaces each sign by itself. Nothing but a “no” right before it takes such a phrase back.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.red_flags.matcher import TemplateMatcher
from stillnight.clinical.red_flags.reading import Reader, Reading
from stillnight.clinical.red_flags.templates import Notation, Template
from stillnight.language.languages import plain
from stillnight.yaml_files import load_yaml

_CHARACTERS_READ: Final = 2_000
_DENIED: Final = "denied"
_GROUPS: Final = "groups"
# Kana, Chinese signs, syllables of Hangul.
_SIGN: Final = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
# Letters that one keyboard or another gives for the same sound in Arabic script.
_ARABIC: Final = str.maketrans(
    {"ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ہ": "ه", "ھ": "ه", "ة": "ه", "ں": "ن"}
)
# “And” is written onto the next word in Arabic and Hebrew.
_AND: Final = re.compile(r"(?<!\w)[וو](\w{2,})")


@dataclass(frozen=True)
class ForeignDanger:
    """A danger and the code of the language in which it was said."""

    danger: str
    language: str


class ForeignDangers:
    """The phrases, ready to read messages."""

    def __init__(self, phrases: Mapping[str, Mapping[str, Any]]) -> None:
        """`phrases`: by language; for each danger a list of templates, and `groups` and `denied` beside them."""
        templates = [
            (ForeignDanger(danger, language), template)
            for language, said in phrases.items()
            for danger, template in _templates(said)
        ]
        self.dangers = frozenset(found.danger for found, _ in templates)
        self._found = {f"{found.language} {found.danger}": found for found, _ in templates}
        self._matcher = TemplateMatcher((f"{found.language} {found.danger}", each) for found, each in templates)
        self._words = self._matcher.vocabulary()
        self._denied = {
            language: frozenset(word for entry in said.get(_DENIED, ()) for word in _made_uniform(entry).split())
            for language, said in phrases.items()
        }
        # No words to mend towards: names of medicines and English slips look like words of twenty languages.
        self._reader = Reader((), {}, ())

    @classmethod
    @reading("foreign_dangers.yml")
    def load(cls, knowledge: Path) -> ForeignDangers:
        """Read the file of the folder. Raises KnowledgeError when it cannot be used."""
        return cls(load_yaml(knowledge / "foreign_dangers.yml"))

    def find(self, text: str) -> tuple[ForeignDanger, ...]:
        """Every danger that is named in one of the languages; of a long message only the beginning is read."""
        words = self._reader.read(_AND.sub(self._apart, _made_uniform(text[:_CHARACTERS_READ])))
        found = {
            self._found[match.key]
            for match in self._matcher.find(words)
            if not self._taken_back(words, match.spans[0].start, self._found[match.key].language)
        }
        return tuple(sorted(found, key=lambda each: (each.danger, each.language)))

    def _apart(self, joined: re.Match[str]) -> str:
        return f" {joined[1]}" if joined[1] in self._words else joined[0]

    def _taken_back(self, words: Reading, start: int, language: str) -> bool:
        return start > 0 and not words.comma_before[start] and words.words[start - 1] in self._denied[language]


def _templates(said: Mapping[str, Any]) -> Iterator[tuple[str, Template]]:
    groups = {name: [_made_uniform(entry) for entry in listed] for name, listed in said.get(_GROUPS, {}).items()}
    notation = Notation(groups)
    for danger, sources in said.items():
        if danger not in {_GROUPS, _DENIED, "review"}:
            yield from ((danger, notation.parse(_made_uniform(source))) for source in sources)


def _made_uniform(text: str) -> str:
    """Small letters without accents or apostrophes, one letter for one sound, signs apart."""
    whole = " ".join(unicodedata.normalize("NFKC", text).replace("’", "'").replace("'", "").split())
    return plain(_SIGN.sub(r" \g<0> ", whole)).translate(_ARABIC)
