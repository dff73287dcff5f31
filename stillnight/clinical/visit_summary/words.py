"""The word lists of `knowledge/visit_summary.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stillnight.clinical.knowledge import KnowledgeError, reading
from stillnight.clinical.medicines.words import key
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

FILE: Final = "visit_summary.yml"
_LISTS: Final = (
    "asks",
    "lead",
    "requests",
    "first",
    "theirs",
    "relatives",
    "greetings",
    "strangers",
    "tells",
    "about",
    "tried",
    "given",
    "begun",
    "stopped",
    "denied",
    "proposed",
    "lists",
    "no_medicines",
    "small",
    "corrects",
    "chat",
    "lay",
    "noticed",
    "hints",
)
_CHANGES: Final = (
    *("polite", "remove", "particles", "add", "change", "tails", "question"),
    *("unwanted", "there", "whole", "once_more", "stands"),
)


@dataclass(frozen=True)
class SummaryWords:
    """The lists by name; `changes` likewise, with the names of the parts of the page and of places in a list."""

    lists: Mapping[str, frozenset[str]]
    times: re.Pattern[str]
    changes: Mapping[str, frozenset[str]]
    sections: Mapping[str, frozenset[str]]
    ordinals: Mapping[str, int]

    @classmethod
    @reading(FILE)
    def load(cls, knowledge: Path) -> SummaryWords:
        """Read the file. Raises KnowledgeError for a list that is missing and for what is no word to YAML."""
        raw = load_yaml(knowledge / FILE)
        changes = raw["changes"]
        return cls(
            {name: _words(raw, name) for name in _LISTS},
            re.compile("|".join(rf"(?:\b|(?=\(|,)){each}" for each in _words(raw, "times", plain=False))),
            {name: _words(changes, name) for name in _CHANGES},
            {name: _words(changes["sections"], name) for name in changes["sections"]},
            {str(word): int(place) for word, place in changes["ordinals"].items()},
        )

    def has(self, name: str, text: str) -> bool:
        """Whether one of the phrases of a list stands in a text."""
        spaced = f" {key(text)} "
        return any(f" {phrase} " in spaced for phrase in self.lists[name])

    def wishes_change(self, text: str) -> bool:
        """Whether a text says that something is wrong, or asks to have it changed."""
        spaced = f" {key(text)} "
        return any(f" {phrase} " in spaced for phrase in self.changes["change"])

    def begins(self, name: str, text: str) -> bool:
        """Whether a text begins with one of the phrases of a list, after words that change nothing."""
        said = f"{without_lead(text, self.lists['lead'])} "
        return any(said.startswith(f"{phrase} ") for phrase in self.lists[name])


def without_lead(text: str, lead: Iterable[str]) -> str:
    """The words of a text in small letters, without those of `lead` in front."""
    said = key(text)
    while front := next((phrase for phrase in lead if said.startswith(f"{phrase} ")), None):
        said = said[len(front) + 1 :]
    return said


def _words(raw: Mapping[str, Any], name: str, plain: bool = True) -> frozenset[str]:
    words = raw[name]
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise KnowledgeError(f'knowledge/{FILE}: {name}: a list of words is wanted; "no" and "on" in quotes')
    return frozenset(key(word) if plain else word for word in words)


@lru_cache(maxsize=1)
def summary_words() -> SummaryWords:
    """The project's, read once."""
    return SummaryWords.load(KNOWLEDGE)
