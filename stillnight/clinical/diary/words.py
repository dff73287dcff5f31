"""The word lists of `knowledge/diary.yml`, as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stillnight.clinical.diary.model import Severity
from stillnight.clinical.knowledge import reading
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

FILE: Final = "diary.yml"
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PLAIN: Final = (
    "denials",
    "not_before",
    "not_behind",
    "soft",
    "nouns",
    "tails",
    "corrects",
    "adds",
    "hours_again",
    "hours_again_beside",
    "past",
    "should",
    "fixes",
    "fillers",
    "agrees",
    "refuses",
    "small",
    "other_log",
    "cues",
)
_GROUPS: Final = {
    "lead": ("polite", "strong", "weak"),
    "commands": ("clear", "show", "shows", "shows_in_talk", "export", "files", "exports", "all", "latest", "entry"),
    "days": ("tonight", "last", "before_last", "future", "next", "ago", "unlike"),
    "amounts": ("hours", "minutes", "and_a_half", "midnight", "from", "to", "slept", "awake", "beside", "sleepless"),
}


@dataclass(frozen=True)
class DiaryWords:
    """Lists by name; those of a group as `group_name`. Words of a message are joined by one space before they are met.

    severities: step by phrase. numbers: value by word. weekdays, short: number from 0 for Monday by word.
    """

    lists: Mapping[str, tuple[str, ...]]
    severities: Mapping[str, Severity]
    numbers: Mapping[str, float]
    weekdays: Mapping[str, int]
    short: Mapping[str, int]
    _patterns: dict[tuple[str, ...], str] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    @reading(FILE)
    def load(cls, knowledge: Path) -> DiaryWords:
        """Read the file. Raises KnowledgeError for a list that is missing and for what is no word to YAML."""
        raw = load_yaml(knowledge / FILE)
        lists = {name: _words(raw, name) for name in (*_PLAIN, "whose")}
        for group, names in _GROUPS.items():
            lists |= {f"{group}_{name}": _words(raw[group], name) for name in names}
        severities = {phrase: step for step in Severity for phrase in _words(raw["severities"][step.value], "says")}
        numbers = {str(word): float(value) for word, value in raw["amounts"]["numbers"].items()}
        days = raw["days"]
        return cls(lists, severities, numbers, _weekdays(days["weekdays"]), _weekdays(days["short"]))

    def any(self, *names: str) -> str:
        """A pattern for one phrase of the lists, the longest that fits."""
        if names not in self._patterns:
            self._patterns[names] = any_of(phrase for name in names for phrase in self.lists[name])
        return self._patterns[names]

    def vocabulary(self) -> frozenset[str]:
        """All words."""
        phrases = [*(phrase for each in self.lists.values() for phrase in each), *self.severities, *self.weekdays]
        return frozenset(word for phrase in (*phrases, *self.numbers) for word in phrase.split())


@dataclass(frozen=True)
class Graded:
    """A night that is named by how bad it was, and where it stands in the line."""

    severity: Severity
    span: tuple[int, int]


class GradedNight:
    """Finds “the bad one”, “that mild night”."""

    def __init__(self, words: DiaryWords) -> None:
        """Make the pattern of the word lists."""
        self._severities = words.severities
        self._pattern = re.compile(rf"(?<!\S)(?:the|that) (?P<says>{any_of(words.severities)}) (?:one|night)(?!\S)")

    def find(self, line: str) -> Graded | None:
        """The first that a line names."""
        match = self._pattern.search(line)
        return Graded(self._severities[match["says"]], match.span()) if match else None


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for one of the phrases between spaces, the longest that fits."""
    return f"(?<!\\S)(?:{'|'.join(map(re.escape, sorted(set(phrases), key=len, reverse=True)))})(?!\\S)"


def _words(raw: Mapping[str, Any], name: str) -> tuple[str, ...]:
    words = raw[name]
    if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
        raise ValueError(f'“{name}”: a list of words is wanted; "no" and "on" in quotes')
    return tuple(words)


def _weekdays(raw: Mapping[str, Any]) -> dict[str, int]:
    return {word: place for place, day in enumerate(WEEKDAYS) for word in _words(raw, day)}


@lru_cache(maxsize=1)
def diary_words() -> DiaryWords:
    """The project's, read once."""
    return DiaryWords.load(KNOWLEDGE)
