"""Illnesses with which a medicine can do harm, when a message names both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.medicines.check import Finding
from stillnight.clinical.medicines.words import key
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

FILE: Final = "medicine_conditions.yml"


@dataclass(frozen=True)
class Condition:
    """An illness. harmful: kinds or names of medicines that can do harm with it. but: names that are an exception."""

    said: str
    called: frozenset[str]
    harmful: frozenset[str]
    but: frozenset[str]
    why: str
    emergency: str
    sources: tuple[str, ...]

    def is_named(self, text: str) -> bool:
        """Whether a message speaks of the illness."""
        spaced = f" {key(text)} "
        return any(f" {phrase} " in spaced for phrase in self.called)

    def harmed_by(self, findings: Iterable[Finding]) -> list[Finding]:
        """The medicines among these that can do harm with it."""
        return [
            each
            for each in findings
            if not self.harmful.isdisjoint({each.key, each.kind.key}) and each.key not in self.but
        ]


@reading(FILE)
def load_conditions(knowledge: Path) -> tuple[Condition, ...]:
    """Every illness of the file. Raises KnowledgeError for an entry that does not fit."""
    return tuple(
        Condition(
            facts["said"],
            frozenset(map(str, facts["called"])),
            frozenset(map(str, facts["with"])),
            frozenset(map(str, facts["but"])),
            facts["why"],
            facts["emergency"],
            tuple(facts["sources"]),
        )
        for facts in load_yaml(knowledge / FILE).values()
    )


@lru_cache(maxsize=1)
def conditions() -> tuple[Condition, ...]:
    """The project's, read once."""
    return load_conditions(KNOWLEDGE)
