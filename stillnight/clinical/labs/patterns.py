"""What several values say together: the patterns of `knowledge/lab_patterns.yml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.labs.definitions import Lab, load_labs
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

_FILE: Final = "lab_patterns.yml"


@dataclass(frozen=True)
class Pattern:
    """Bands by lab that mean something together."""

    name: str
    when: Mapping[str, frozenset[str]]
    sources: tuple[str, ...]

    def fits(self, bands: Mapping[str, str]) -> bool:
        """Whether every test of it was told and lies in one of its bands."""
        return all(bands.get(lab) in wanted for lab, wanted in self.when.items())


def fitting(patterns: Iterable[Pattern], bands: Mapping[str, str]) -> list[Pattern]:
    """The patterns that fit, each about tests that none before it is about.

    Args:
        patterns: the more important ones first.
        bands: name of the band of each test that was told.
    """
    found: list[Pattern] = []
    spoken: set[str] = set()
    for pattern in patterns:
        if pattern.fits(bands) and not spoken & pattern.when.keys():
            found.append(pattern)
            spoken |= pattern.when.keys()
    return found


def load_patterns(knowledge: Path) -> tuple[Pattern, ...]:
    """Every pattern in file order. Raises KnowledgeError for one that speaks of what labs.yml does not know."""
    labs = load_labs(knowledge)
    with reading(_FILE):
        return tuple(_pattern(str(name), facts, labs) for name, facts in load_yaml(knowledge / _FILE).items())


def _pattern(name: str, facts: Mapping[str, Mapping[str, list[str]]], labs: Mapping[str, Lab]) -> Pattern:
    when = {str(lab): frozenset(map(str, bands)) for lab, bands in facts["when"].items()}
    for lab, bands in when.items():
        for band in bands:
            if band not in labs[lab].bands:
                raise ValueError(f"{name}: {lab} has no band “{band}”")
    return Pattern(name, when, tuple(facts["sources"]))


@lru_cache(maxsize=1)
def lab_patterns() -> tuple[Pattern, ...]:
    """The project's, read once."""
    return load_patterns(KNOWLEDGE)
