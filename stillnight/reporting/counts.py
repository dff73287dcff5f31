"""Counting conversations by week and by what was asked in them. What a message says is not looked at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Final

from stillnight.learning.conversations import Conversation, Event
from stillnight.learning.find import label_of

_WEEK: Final = timedelta(days=7)
_DAY_SECONDS: Final = 24 * 3600.0
# Groups, and names in them that are no label.
PEOPLE: Final = "people"
TOPICS: Final = "topics"
TASKS: Final = "tasks"
OUTSIDE: Final = "outside"
DANGERS: Final = "dangers"
OPINIONS: Final = "opinions"
NOT_UNDERSTOOD: Final = "not understood"
HELPFUL: Final = "helpful"
UNHELPFUL: Final = "not helpful"

_GROUPS: Final = {"faq": TOPICS, "out_of_scope": OUTSIDE, "red_flag": DANGERS}
_FALLBACK: Final = "nlu_fallback"


@dataclass
class Counts:
    """weeks: their Mondays (UTC). counted: for group, name and week, or None for all weeks, which conversations."""

    weeks: tuple[date, ...]
    counted: dict[tuple[str, str, date | None], set[int]] = field(default_factory=lambda: defaultdict(set))

    def names(self, group: str) -> list[str]:
        """Everything that was counted in a group."""
        return sorted({name for of, name, _ in self.counted if of == group})

    def of(self, group: str, name: str) -> tuple[list[int], int]:
        """Conversations of each week, and of all weeks."""
        return [self._number(group, name, week) for week in self.weeks], self._number(group, name, None)

    def _number(self, group: str, name: str, week: date | None) -> int:
        return len(self.counted.get((group, name, week), ()))

    def add(self, conversation: int, group: str, name: str, at: float) -> None:
        """Count a conversation, if it was in one of the weeks (`at`: seconds since 1970)."""
        week = monday(at)
        if week in self.weeks:
            self.counted[group, name, week].add(conversation)
            self.counted[group, name, None].add(conversation)


def monday(at: float) -> date:
    """Of the week (UTC) of a time in seconds since 1970."""
    day = datetime.fromtimestamp(at, timezone.utc).date()
    return day - timedelta(days=day.weekday())


def whole_weeks(now: float, days: int) -> tuple[date, ...]:
    """Mondays of the weeks that are over and of which nothing was deleted for its age yet.

    What changed between two reports would tell what the few did who wrote, or were deleted, in between.

    Args:
        now: seconds since 1970.
        days: that conversations are kept.
    """
    first, last = monday(now - days * _DAY_SECONDS) + _WEEK, monday(now)
    return tuple(first + each * _WEEK for each in range(max(0, (last - first) // _WEEK)))


def count(conversations: Iterable[Conversation], weeks: tuple[date, ...]) -> Counts:
    """Count them all."""
    counts = Counts(weeks)
    for number, conversation in enumerate(conversations):
        for event in conversation.events:
            if event["event"] != "user":
                continue
            at = float(event.get("timestamp") or 0.0)
            for group, name in _asked(event):
                counts.add(number, group, name, at)
                counts.add(number, PEOPLE, PEOPLE, at)
        for opinion in conversation.opinions:
            counts.add(number, OPINIONS, HELPFUL if opinion.helpful else UNHELPFUL, opinion.at)
    return counts


def _asked(event: Event) -> Iterator[tuple[str, str]]:
    label = label_of(event)
    if label == _FALLBACK:
        yield TASKS, NOT_UNDERSTOOD
        return
    base, _, name = label.partition("/")
    group = _GROUPS.get(base)
    yield (group, name or base) if group else (TASKS, label or NOT_UNDERSTOOD)
