"""Tests that are named but not explained by their number: how they are written, and which are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from stillnight.clinical.knowledge import reading
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

_FILE: Final = "lab_others.yml"


@dataclass(frozen=True)
class OtherTests:
    """What is known of them. keys: by the name that is typed, of those that can be described. titles: by key.

    written: by the name in small letters, how the rest are written.
    """

    keys: Mapping[str, str]
    titles: Mapping[str, str]
    written: Mapping[str, str]

    def described(self, names: Iterable[str]) -> list[str]:
        """Keys of the tests that can be described, each once."""
        return list(dict.fromkeys(self.keys[name] for name in names if name in self.keys))

    def left(self, names: Iterable[str]) -> list[str]:
        """The names of the others, as they are written."""
        return [self.written.get(name, name) for name in names if name not in self.keys]


@reading(_FILE)
def load_other_tests(knowledge: Path) -> OtherTests:
    """Read the file. Raises KnowledgeError when it cannot be used."""
    raw = load_yaml(knowledge / _FILE)
    return OtherTests(
        {str(name): str(key) for key, facts in raw["explained"].items() for name in facts["names"]},
        {str(key): str(facts["title"]) for key, facts in raw["explained"].items()},
        {str(name).lower(): str(name) for name in raw["written"]},
    )


@lru_cache(maxsize=1)
def other_tests() -> OtherTests:
    """The project's, read once."""
    return load_other_tests(KNOWLEDGE)
