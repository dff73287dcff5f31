"""How long the legs went on, and how long somebody slept, in hours: “2 hrs”, “1h30”, “from 11 to 2”, “slept 5h”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from stillnight.clinical.diary.said import Said
from stillnight.clinical.diary.words import DiaryWords, any_of

# A night has no more.
HOURS_MOST: Final = 16.0
_NOON: Final = 12
_CLOCK: Final = r"(?P<{0}h>\d{{1,2}})(?: [:.] (?P<{0}m>[0-5]\d))?(?: (?P<{0}x>am|pm))?(?!\S)"


@dataclass(frozen=True)
class Amounts:
    """In hours; None when not told."""

    hours: float | None = None
    slept: float | None = None


class AmountReader:
    """Finds times and marks them."""

    def __init__(self, words: DiaryWords) -> None:
        """Make the patterns of the word lists."""
        self._words = words
        written = any_of(words.numbers)
        number = rf"(?:\d+ [.,] \d+|\d+ (?:/|⁄) \d+|\d+|{written})"
        hours, minutes = words.any("amounts_hours"), words.any("amounts_minutes")
        half = words.any("amounts_and_a_half")
        midnight, to = words.any("amounts_midnight"), words.any("amounts_to")
        start, end = (f"(?:{_CLOCK.format(name)}|(?P<{name}n>{midnight}))" for name in "ab")
        self._clock = re.compile(
            rf"(?<!\S)(?:(?P<from>{words.any('amounts_from')}) )?{start} (?P<to>-|{to}) {end}(?! {hours})"
        )
        self._amount = re.compile(
            rf"(?<!\S)(?P<low>{number}) (?:-|to|or) (?P<high>{number}) (?:(?P<rh>{hours})|{minutes})|"
            rf"(?<!\S)(?:(?P<n>{number})(?P<half> {half})? (?:an? )?{hours}(?P<half2> {half})?"
            rf"(?: (?:and )?(?P<m>\d+) {minutes}| (?P<m2>[0-5]\d)(?!\S| (?:{hours}|{minutes})))?)|"
            rf"(?<!\S)(?P<min>{number}) {minutes}"
        )
        self._sleepless = re.compile(rf"{words.any('amounts_sleepless')}(?! (?:for|until|till|til|before|after|\d))")
        slept, beside = words.any("amounts_slept"), words.any("amounts_beside")
        self._before = re.compile(rf"(?:(?P<word>\S+) )?(?P<slept>{slept})(?: {beside})*$")
        self._behind = re.compile(
            rf"^(?: of)?(?: (?P<word>good|bad|decent|broken|no|light|deep))? {slept}(?P<on>(?: {beside})*)"
        )
        self._awake = frozenset(words.lists["amounts_awake"])

    def read(self, said: Said) -> Amounts:
        """What is told; the words of it are marked."""
        hours: float | None = None
        slept: float | None = None
        for pattern, value in ((self._amount, self._hours), (self._clock, self._between)):
            line = said.line
            for match in pattern.finditer(line):
                told = value(match)
                if told is None or not 0 <= told <= HOURS_MOST:
                    continue
                sleeps, around = self._sleeps(line, match.start(), match.end())
                if sleeps and slept is None:
                    slept = told
                elif not sleeps and hours is None:
                    hours = told
                else:
                    continue
                said.mark(around)
        line = said.line
        sleepless = self._sleepless.search(line)
        if sleepless and slept is None:
            slept = 0.0
            said.mark(sleepless.span())
        return Amounts(hours, slept)

    def _sleeps(self, line: str, start: int, end: int) -> tuple[bool, tuple[int, int]]:
        """Whether a time is one of sleep, and where it stands, with the word for sleep."""
        before = self._before.search(line[:start].rstrip())
        if before:
            return before["word"] not in self._awake, (before.start("slept"), end)
        behind = self._behind.match(line[end:])
        # “30 min slept 5h”: the five are the sleep.
        if behind is None or self._amount.match(line[end + behind.end() :].lstrip()):
            return False, (start, end)
        return behind["word"] != "no", (start, end + behind.end())

    def _hours(self, match: re.Match[str]) -> float | None:
        if match["low"]:
            low, high = self._number(match["low"]), self._number(match["high"])
            if low is None or high is None:
                return None
            middle = (low + high) / 2
            return _rounded(middle if match["rh"] else middle / 60)
        if match["min"]:
            number = self._number(match["min"])
            return None if number is None else _rounded(number / 60)
        number = self._number(match["n"])
        if number is None:
            return None
        more = 0.5 if match["half"] or match["half2"] else 0.0
        return _rounded(number + more + float(match["m"] or match["m2"] or 0) / 60)

    def _number(self, typed: str) -> float | None:
        if typed in self._words.numbers:
            return self._words.numbers[typed]
        parts = typed.replace("⁄", "/").replace(" ", "").replace(",", ".").split("/")
        # Longer ones are no amounts, and cost time to make numbers of.
        if any(len(part) > 6 for part in parts) or (len(parts) == 2 and not float(parts[1])):
            return None
        return float(parts[0]) / (float(parts[1]) if len(parts) == 2 else 1.0)

    def _between(self, match: re.Match[str]) -> float | None:
        """From one time to another, in the shortest way round the clock."""
        named = any(match[name] for name in ("ax", "bx", "am", "bm", "an", "bn"))
        if not (match["from"] or named or match["to"] in ("til", "till", "until")):
            return None
        first, second = _minutes(match, "a"), _minutes(match, "b")
        if first is None or second is None:
            return None
        exact = [
            match[f"{name}x"] is not None or minutes > _NOON * 60 for name, minutes in (("a", first), ("b", second))
        ]
        around = (second - first) % (24 * 60 if all(exact) else _NOON * 60)
        return _rounded(around / 60) if around else None


def _minutes(match: re.Match[str], name: str) -> int | None:
    if match[f"{name}n"]:
        return 0
    hour, half = int(match[f"{name}h"]), match[f"{name}x"]
    if hour > 24 or (half and not 1 <= hour <= _NOON):
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    return hour * 60 + int(match[f"{name}m"] or 0)


def _rounded(hours: float) -> float:
    """To a hundredth: 20 minutes are 0.33."""
    return round(hours, 2)
