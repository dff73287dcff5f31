"""What a message about privacy wants to know (`knowledge/privacy_talk.yml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.medicines.words import key
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

FILE: Final = "privacy_talk.yml"


class Wants(str, Enum):
    """To have it deleted, to hear what is kept of them, to hear who reads it. A value names the list in the file."""

    DELETE = "delete"
    KEPT = "kept"
    READERS = "readers"


@dataclass(frozen=True)
class PrivacyTalk:
    """Phrases by what they want."""

    phrases: Mapping[Wants, tuple[str, ...]]

    @classmethod
    @reading(FILE)
    def load(cls, knowledge: Path) -> PrivacyTalk:
        """Read the file."""
        raw = load_yaml(knowledge / FILE)
        return cls({wants: tuple(map(str, raw[wants.value])) for wants in Wants})

    def wants(self, text: str) -> Wants | None:
        """The first that fits, None for what is general."""
        said = f" {key(text)} "
        return next(
            (wants for wants, phrases in self.phrases.items() if any(f" {each} " in said for each in phrases)), None
        )


@lru_cache(maxsize=1)
def privacy_talk() -> PrivacyTalk:
    """The project's, read once."""
    return PrivacyTalk.load(KNOWLEDGE)
