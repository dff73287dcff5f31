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

    @property
    def right(self) -> bool:
        """Right at the first try."""
        return self.got == self.wanted or self.got in self.alternatives

    @property
    def right_choice(self) -> bool:
        """In doubt, but the right topic was among those asked about."""
        return self.got == ASKED and bool({self.wanted, *self.alternatives} & set(self.choices))


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
    )
