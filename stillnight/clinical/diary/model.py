"""What the diary holds, and how it changes. Nights are told, never worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any, Final

NIGHTS_MOST: Final = 30
# The person who types, as the owner of the diary.
SELF: Final = ""


class Severity(str, Enum):
    """How bad a night was, mildest first."""

    NONE = "none"
    MILD = "mild"
    MODERATE = "moderate"
    BAD = "bad"
    VERY_BAD = "very_bad"

    @property
    def step(self) -> int:
        """From 0 to 4."""
        return list(Severity).index(self)


@dataclass(frozen=True)
class Entry:
    """What one message tells of a night; None or empty for what it does not.

    hours: how long the legs went on. slept: hours of sleep. note: the person's own words.
    """

    severity: Severity | None = None
    hours: float | None = None
    slept: float | None = None
    note: str = ""

    def __bool__(self) -> bool:
        """Whether it tells anything."""
        return self != NOTHING

    def with_news(self, news: Entry) -> Entry:
        """The same with what another message tells in its place. A night without symptoms has no hours of them."""
        quiet = news.severity is Severity.NONE and not news.hours
        again = self.severity is Severity.NONE and bool(news.hours)
        return Entry(
            (None if again else self.severity) if news.severity is None else news.severity,
            self.hours if news.hours is None and not quiet else news.hours,
            self.slept if news.slept is None else news.slept,
            news.note or self.note,
        )

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON."""
        severity = self.severity.value if self.severity else None
        return {"severity": severity, "hours": self.hours, "slept": self.slept, "note": self.note}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Entry:
        """From plain JSON."""
        severity = Severity(kept["severity"]) if kept["severity"] else None
        return cls(severity, kept["hours"], kept["slept"], kept["note"])


NOTHING: Final = Entry()


@dataclass(frozen=True)
class Night:
    """One night, named by the day on whose evening it begins. messages: ids of those that told it."""

    day: date
    entry: Entry
    messages: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON."""
        return {"day": self.day.isoformat(), **self.entry.as_dict(), "messages": list(self.messages)}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Night:
        """From plain JSON."""
        return cls(date.fromisoformat(kept["day"]), Entry.from_dict(kept), tuple(kept["messages"]))


@dataclass(frozen=True)
class Diary:
    """All nights of one conversation, by day.

    owner: whose nights they are (`SELF`, or the word for somebody else). latest: the night that was spoken of last,
    which a correction means. before: that night as it was before, None when it was not there. full_told: whether it was
    said that the oldest nights are let go.
    """

    nights: tuple[Night, ...] = ()
    owner: str = SELF
    latest: date | None = None
    before: Night | None = None
    full_told: bool = False

    def of(self, day: date) -> Night | None:
        """The night of a day."""
        return next((night for night in self.nights if night.day == day), None)

    def graded(self, severity: Severity) -> tuple[Night, ...]:
        """The nights that “the bad one” can mean: those of this step, or the worst ones where a bad one is meant."""
        found = tuple(night for night in self.nights if night.entry.severity is severity)
        if found or severity.step < Severity.BAD.step:
            return found
        told = [night.entry.severity for night in self.nights if night.entry.severity is not None]
        worst = max(told, key=lambda each: each.step, default=None)
        if worst is None or worst.step < Severity.MODERATE.step:
            return ()
        return tuple(night for night in self.nights if night.entry.severity is worst)

    def day_graded(self, severity: Severity) -> date | None:
        """The day of “the bad one”; None when it may mean none or several."""
        found = self.graded(severity)
        return found[0].day if len(found) == 1 else None

    def heard(self, message: str) -> bool:
        """Whether a message told one of the nights."""
        return any(message in night.messages for night in self.nights)

    def about(self, day: date) -> Diary:
        """With a night that is spoken of, and of which nothing is told yet."""
        return replace(self, latest=day, before=self.of(day))

    def told(self, day: date, news: Entry, message: str, amends: bool = False) -> tuple[Diary, Night | None]:
        """With what a message tells of a night. A night that is there is changed where the message tells anew.

        Args:
            day: of the night.
            news: what is told; with nothing in it no night is made.
            message: its id.
            amends: whether it goes on about the night that was spoken of last.

        Returns:
            The diary, and the night that was let go since there is room for no more.
        """
        before = self.of(day)
        after = self if amends and day == self.latest else self.about(day)
        if not news:
            return after, None
        entry = before.entry.with_news(news) if before else news
        messages = (*(before.messages if before else ()), *([message] if message else ()))
        night = Night(day, entry, tuple(dict.fromkeys(messages)))
        nights = sorted([*(each for each in self.nights if each.day != day), night], key=lambda each: each.day)
        gone = nights[0] if len(nights) > NIGHTS_MOST else None
        kept = tuple(nights[-NIGHTS_MOST:])
        return replace(after, nights=kept), gone

    def moved(self, day: date, news: Entry, message: str) -> tuple[Diary, Night | None]:
        """With the night that was spoken of last under another day, as a correction wants; see `told`."""
        last = self.of(self.latest) if self.latest else None
        if last is None or last.day == day:
            return self.told(day, news, message)
        now = last.entry if self.before is None else _added(self.before.entry, last.entry)
        undone = [self.before] if self.before else []
        nights = sorted([*(each for each in self.nights if each.day != last.day), *undone], key=lambda each: each.day)
        return replace(self, nights=tuple(nights)).told(day, now.with_news(news), message)

    def without(self, day: date) -> Diary:
        """Without the night of a day."""
        return replace(self, nights=tuple(each for each in self.nights if each.day != day), latest=None, before=None)

    def rested(self) -> Diary:
        """As it is taken into a new session: what was spoken of last is past."""
        return replace(self, latest=None, before=None)

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            "nights": [night.as_dict() for night in self.nights],
            "owner": self.owner,
            "latest": self.latest.isoformat() if self.latest else None,
            "before": self.before.as_dict() if self.before else None,
            "full_told": self.full_told,
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any] | None) -> Diary:
        """From plain JSON; an empty one when nothing was told."""
        if not kept:
            return cls()
        return cls(
            tuple(Night.from_dict(night) for night in kept["nights"]),
            str(kept["owner"]),
            date.fromisoformat(kept["latest"]) if kept["latest"] else None,
            Night.from_dict(kept["before"]) if kept["before"] else None,
            bool(kept["full_told"]),
        )


def _added(before: Entry, after: Entry) -> Entry:
    """What of an entry is new."""
    return Entry(
        after.severity if after.severity != before.severity else None,
        after.hours if after.hours != before.hours else None,
        after.slept if after.slept != before.slept else None,
        after.note if after.note != before.note else "",
    )
