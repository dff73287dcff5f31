"""One labelled line beside what the assistant made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stillnight.commands.understand import Understanding

_LABELS = ("topic", "task", "red_flag")
ASKED = "(asked)"
NO_FLAG = "(no red flag)"


@dataclass(frozen=True)
class Judged:
    """One line: what was wanted (`alternatives` count as right too), and what came."""

    text: str
    wanted: str
    alternatives: frozenset[str]
    got: str
    choices: tuple[str, ...]
    confidence: float
    # Danger: category that was wanted and heard, and by which net.
    flag_wanted: str | None = None
    flag_heard: str | None = None
    flag_by: str | None = None
    near: str | None = None
    # How sure it was that the line is none of ours; topic of a second question in it.
    outside: float = 0.0
    also: str | None = None

    @property
    def accepted(self) -> frozenset[str]:
        """Every label that counts as right."""
        return self.alternatives | {self.wanted}

    @property
    def right(self) -> bool:
        """Right at the first try; of two questions that were heard in one message, one has to be."""
        return self.got in self.accepted or self.also in self.accepted

    @property
    def answered(self) -> str:
        """Label that the line goes by: of two questions that were heard the right one, else the first."""
        if self.got not in self.accepted and self.also in self.accepted:
            return self.also
        return self.got

    @property
    def right_choice(self) -> bool:
        """In doubt, but the right topic was among those asked about."""
        return self.got == ASKED and bool(self.accepted & set(self.choices))

    @property
    def about_danger(self) -> bool:
        """Whether the line asks if danger is heard, not what is meant."""
        return self.flag_wanted is not None or self.wanted == NO_FLAG


def judge(labelled: Mapping[str, Any], understood: Understanding) -> Judged:
    """Compare one labelled line with what the assistant made of it. Raises ValueError for a line without a label."""
    wanted = next((str(labelled[kind]) for kind in _LABELS if labelled.get(kind)), None)
    got = understood.red_flag or understood.topic or understood.task or ASKED
    if wanted is None:
        if "red_flag" not in labelled:
            raise ValueError(f"no topic, task or red_flag: {labelled}")
        # A near miss: whatever it means, it is no danger.
        wanted, got = NO_FLAG, understood.red_flag or NO_FLAG
    return Judged(
        str(labelled["text"]),
        wanted,
        frozenset(map(str, labelled.get("alt") or ())),
        got,
        understood.choices,
        understood.confidence,
        labelled.get("red_flag"),
        understood.red_flag,
        understood.red_flag_by,
        labelled.get("near"),
        understood.outside,
        understood.also,
    )
