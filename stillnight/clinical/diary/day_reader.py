"""Finding words for a day in a message: “last night”, “monday”, “20 nov”, “3 nights ago”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stillnight.clinical.diary.days import TONIGHT, Day, Kind
from stillnight.clinical.diary.said import Said
from stillnight.clinical.diary.words import DiaryWords, any_of
from stillnight.clinical.labs.reading.dates import MONTHS

_NIGHT: Final = "(?: (?:night|nights|evening|eve)(?!\\S))?"
_YEAR: Final = r"(?:,? (?P<year>20\d\d)(?!\S))?"
_TH: Final = "(?: (?:st|nd|rd|th)(?!\\S))?"


@dataclass(frozen=True)
class Found:
    """Words for a day and where they stand in the line."""

    day: Day
    span: tuple[int, int]


class DayReader:
    """Finds days and marks the first."""

    def __init__(self, words: DiaryWords) -> None:
        """Make the patterns of the word lists."""
        lists = {name: words.any(f"days_{name}") for name in ("tonight", "last", "before_last", "future", "ago")}
        month, following = any_of(MONTHS), words.any("days_next")
        number = rf"(?:\d{{1,2}}|{any_of(words.numbers)})"
        self._words = words
        self._before = re.compile(rf"{words.any('days_unlike')}(?: (?:the|last|this))?$")
        self._near = re.compile(r"(?:^|(?<!\S)(?:on|last|for|this|in|:|,))$")
        short = any_of(words.short)
        self._patterns = (
            ("future", re.compile(rf"{lists['future']}|{following} {any_of([*words.weekdays, *words.short])}")),
            ("before_last", re.compile(lists["before_last"])),
            ("tonight", re.compile(lists["tonight"])),
            ("ago", re.compile(rf"(?<!\S)(?P<number>{number}) {lists['ago']}")),
            ("weekday", re.compile(rf"(?P<past>(?<!\S)last )?(?P<weekday>{any_of(words.weekdays)}){_NIGHT}")),
            ("short", re.compile(rf"(?P<past>(?<!\S)last )?(?P<weekday>{short})(?: \.)?(?P<night>{_NIGHT})")),
            ("last", re.compile(lists["last"])),
            (
                "date",
                re.compile(
                    r"(?<!\S)(?P<year>20\d\d) (?P<edge>[-/.]) (?P<month>\d{1,2}) (?P=edge) (?P<day>\d{1,2})(?!\S)"
                ),
            ),
            ("date", re.compile(rf"(?<!\S)(?P<day>\d{{1,2}}){_TH}(?: of)? (?P<name>{month}){_NIGHT}{_YEAR}")),
            (
                "date",
                re.compile(
                    rf"(?P<name>{month}) (?:the )?(?P<day>\d{{1,2}}){_TH}(?! (?:h|hrs?|hours?|min|mins)(?!\S)){_YEAR}"
                ),
            ),
            (
                "pair",
                re.compile(
                    r"(?<!\S)(?P<day>\d{1,2}) (?P<edge>[-/.]) (?P<month>\d{1,2})"
                    r"(?: (?P=edge) (?P<year>20\d\d|\d\d)(?!\S)|(?P<dot> \.)?(?!\S))"
                ),
            ),
            (
                "month_day",
                re.compile(r"(?<!\S)(?P<the>the |on |for )?(?P<day>\d{1,2}) (?:st|nd|rd|th)(?!\S)(?: night(?!\S))?"),
            ),
        )

    def read(self, said: Said, start: int = 0) -> tuple[Found | None, int]:
        """The first day, whose words are marked, and how many different ones are named.

        Args:
            said: the message.
            start: where in the line what is told begins, behind the verb.
        """
        kept = self._kept(said.line, start)
        if not kept:
            return None, 0
        said.mark(kept[0].span)
        return kept[0], len({found.day for found in kept})

    def several(self, said: Said, start: int = 0) -> list[Found]:
        """Every day, as far as they are different; see `read`. Nothing is marked."""
        kept = self._kept(said.line, start)
        return kept if len({found.day for found in kept}) == len(kept) else []

    def _kept(self, line: str, start: int) -> list[Found]:
        kept: list[Found] = []
        for found in sorted(self._all(line, start), key=lambda each: (each.span[0], -each.span[1])):
            if kept and found.span[0] < kept[-1].span[1]:
                continue
            if not self._before.search(line[: found.span[0]].rstrip()):
                kept.append(found)
        return kept

    def _all(self, line: str, start: int) -> Iterator[Found]:
        for name, pattern in self._patterns:
            for match in pattern.finditer(line):
                day = self._day(name, match, line, start)
                if day is not None:
                    yield Found(day, match.span())

    def _day(self, name: str, match: re.Match[str], line: str, start: int) -> Day | None:
        if name == "tonight":
            return TONIGHT
        if name == "future":
            return Day(Kind.FUTURE)
        if name in ("last", "before_last"):
            return Day(Kind.AGO, 1 if name == "last" else 2)
        if name == "ago":
            number = self._words.numbers.get(match["number"]) or float(match["number"])
            return Day(Kind.AGO, int(number)) if number == int(number) else None
        if name == "weekday":
            return Day(Kind.WEEKDAY, self._words.weekdays[match["weekday"]], past=bool(match["past"]))
        if name == "short":
            ahead = line[start : match.start()].rstrip() if match.start() >= start else "."
            clear = match["past"] or match["night"] or self._near.search(ahead)
            return Day(Kind.WEEKDAY, self._words.short[match["weekday"]], past=bool(match["past"])) if clear else None
        if name == "month_day":
            return Day(Kind.MONTH_DAY, int(match["day"]))
        return _pair(match) if name == "pair" else _date(match)


def _date(match: re.Match[str]) -> Day | None:
    parts = match.groupdict()
    month = MONTHS[parts["name"]] if parts.get("name") else int(parts["month"])
    return Day(Kind.DATE, int(parts["day"]), month=month, year=int(parts["year"] or 0))


def _pair(match: re.Match[str]) -> Day | None:
    """A date in two numbers: with a stroke, or with points or hyphens where nothing else is written so."""
    first, second, edge = int(match["day"]), int(match["month"]), match["edge"]
    year = int(match["year"] or 0)
    if (edge == "-" and not year) or (edge == "." and not (year or match["dot"])):
        return None
    if not (0 < first <= 31 and 0 < second <= 31 and min(first, second) <= 12):
        return None
    year += 2000 if 0 < year < 100 else 0
    if second > 12:
        first, second = second, first
    return Day(Kind.DATE, first, month=second, year=year, swappable=first <= 12)
