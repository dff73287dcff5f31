"""The nights as a small chart: a column for each, whose height is read off the words at its side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from stillnight.clinical.diary.model import Night

# Characters of growing height, one for each step.
_HEIGHTS: Final = "▁▂▄▆█"
_UNKNOWN: Final = "?"


@dataclass(frozen=True)
class ChartWords:
    """All words that are shown. title: with {span}. span: from {first} to {last}. unknown: that it was not told.

    none to very_bad: names of the steps. legend: what the characters of growing height mean.
    """

    title: str
    span: str
    none: str
    mild: str
    moderate: str
    bad: str
    very_bad: str
    unknown: str
    legend: str

    @property
    def steps(self) -> tuple[str, ...]:
        """Mildest first."""
        return self.none, self.mild, self.moderate, self.bad, self.very_bad


@dataclass(frozen=True)
class NightChart:
    """Everything that is drawn: days in ISO form with their step from 0 to 4, None when it was not told; by day."""

    nights: tuple[tuple[str, int | None], ...]

    @property
    def days(self) -> list[date]:
        """Oldest first."""
        return [date.fromisoformat(day) for day, _ in self.nights]


def chart_of(nights: Iterable[Night]) -> NightChart:
    """The chart of nights."""
    return NightChart(
        tuple(
            (night.day.isoformat(), night.entry.severity.step if night.entry.severity else None)
            for night in sorted(nights, key=lambda each: each.day)
        )
    )


def chart_from_dict(facts: Mapping[str, Any]) -> NightChart:
    """The chart of which `dataclasses.asdict` made these facts."""
    return NightChart(tuple((str(day), None if step is None else int(step)) for day, step in facts["nights"]))


def span_of(days: list[date], words: ChartWords) -> str:
    """“3 to 21 November”, or the one day."""
    first, last = days[0], days[-1]
    if first == last:
        return _day(first)
    start = str(first.day) if (first.year, first.month) == (last.year, last.month) else _day(first)
    return words.span.format(first=start, last=_day(last))


def counts_of(chart: NightChart, words: ChartWords) -> str:
    """“none 2, mild 4”: steps that no night has are left out."""
    counted = Counter(step for _, step in chart.nights)
    named = [(name, counted[step]) for step, name in enumerate(words.steps)] + [(words.unknown, counted[None])]
    return ", ".join(f"{name} {count}" for name, count in named if count)


def described(chart: NightChart, words: ChartWords) -> str:
    """What the picture shows, in words: for those who do not see it."""
    each = "; ".join(
        f"{_day(day)} {words.unknown if step is None else words.steps[step]}"
        for day, (_, step) in zip(chart.days, chart.nights)
    )
    return f"{title_of(chart, words)}: {each}."


def as_text(chart: NightChart, words: ChartWords) -> str:
    """The chart in plain characters, one for each night."""
    row = "".join(_UNKNOWN if step is None else _HEIGHTS[step] for _, step in chart.nights)
    return f"{title_of(chart, words)}\n{row}\n{words.legend}"


def title_of(chart: NightChart, words: ChartWords) -> str:
    """The heading of the picture."""
    return words.title.format(span=span_of(chart.days, words))


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"
