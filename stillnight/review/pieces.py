"""What a clinician looks at and signs: pieces (one answer, one medicine, one number), gathered into topics."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, Final

_HASH_LENGTH: Final = 16
# Marks and dates may change without anything that a patient is told.
_NOT_CONTENT: Final = frozenset({"review", "checked"})


class Group(str, Enum):
    """The parts of the desk, each a page."""

    TOPICS = "topics"
    LABS = "labs"
    MEDICINES = "medicines"
    DANGERS = "dangers"
    NUMBERS = "numbers"
    SYMPTOMS = "symptoms"
    TALK = "talk"
    REFERENCES = "references"


@dataclass(frozen=True)
class Piece:
    """One thing to sign.

    name: unique, such as `utter_faq/iron (child)` or `medicines diphenhydramine`. topic: what it is signed with.
    said: as a patient reads it. facts: what else is known of it, as label and text. leads: what brings a patient there.
    questions: examples that lead to it. content: what its hash is made of. always: served whatever its sign-off.
    needs: names of the pieces whose facts it tells.
    """

    name: str
    topic: str
    group: Group
    title: str
    said: str
    content: str
    file: Path
    line: int = 0
    facts: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    mark: str = ""
    buttons: tuple[tuple[str, str], ...] = ()
    leads: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    grade: float | None = None
    always: bool = False
    needs: tuple[str, ...] = field(default=())

    @property
    def hash(self) -> str:
        """By which its content is known."""
        return content_hash(self.content)

    @property
    def words(self) -> int:
        """Number of words in what is said."""
        return len(self.said.split())


def content_hash(content: str) -> str:
    """The same for the same content, wherever it is."""
    return hashlib.sha256(content.encode()).hexdigest()[:_HASH_LENGTH]


def answer_content(text: str, buttons: Iterable[tuple[str, str]], sources: Sequence[str]) -> str:
    """What of an answer is signed: its words, whatever the line breaks, its buttons and its sources.

    Args:
        text: as written.
        buttons: title and payload of each.
        sources: reference ids.
    """
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    lines += [f"[{title}] {payload}" for title, payload in buttons]
    return "\n".join([*lines, f"sources: {', '.join(sources)}"])


def fact_content(facts: Mapping[str, Any]) -> str:
    """What of an entry of `knowledge/` is signed: all but its marks, one word a line."""
    told = {key: value for key, value in facts.items() if key not in _NOT_CONTENT}
    return "\n".join(f"{key}: {written(value)}" for key, value in told.items())


def written(value: Any) -> str:
    """A value of a YAML file in one line, as a person reads it."""
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {written(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(f"({written(each)})" if isinstance(each, list | dict) else written(each) for each in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
