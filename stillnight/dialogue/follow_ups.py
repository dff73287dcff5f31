"""Short messages that lean on the last answer (`knowledge/follow_up_talk.yml`): “why not?”, “how late?”."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.medicines.words import key
from stillnight.content.catalogue import catalogue
from stillnight.dialogue import history
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

FILE: Final = "follow_up_talk.yml"
FOLLOW_UP: Final = "action_follow_up"


@dataclass(frozen=True)
class FollowUpTalk:
    """Phrases. before: what may stand in front of one. kinds: by phrase. simpler: words that want it plainer."""

    before: frozenset[str]
    kinds: Mapping[str, str]
    simpler: frozenset[str]

    @classmethod
    @reading(FILE)
    def load(cls, knowledge: Path) -> FollowUpTalk:
        """Read the file."""
        raw = load_yaml(knowledge / FILE)
        kinds = {str(phrase): str(kind) for kind, phrases in raw["kinds"].items() for phrase in phrases}
        return cls(frozenset(map(str, raw["before"])), kinds, frozenset(map(str, raw["simpler"])))

    def kind(self, text: str) -> str | None:
        """What the whole message asks of the last answer."""
        said = key(text)
        if said in self.kinds:
            return self.kinds[said]
        front = next((word for word in self.before if said.startswith(f"{word} ")), None)
        return self.kind(said.removeprefix(f"{front} ")) if front else None

    def wants_simpler(self, text: str) -> bool:
        """Whether it asks for plainer or fewer words."""
        spaced = f" {key(text)} "
        return any(f" {phrase} " in spaced for phrase in self.simpler)


@lru_cache(maxsize=1)
def follow_up_talk() -> FollowUpTalk:
    """The project's, read once."""
    return FollowUpTalk.load(KNOWLEDGE)


def leaning(text: str, events: Sequence[history.Event], circumstance: str | None = None) -> str | None:
    """Response name that answers a message which leans on the last answer; None when it does not, or nothing leads on.

    Args:
        text: the message.
        events: of the conversation.
        circumstance: see `Catalogue.leads`.
    """
    kind = follow_up_talk().kind(text)
    answer = history.answer_before(events) if kind else None
    if kind is None or answer is None:
        return None
    return catalogue().leads(history.response_name(answer), history.last_topic([answer]), kind, circumstance)
