"""Of several numbers for one test: which counts now, which are older, which were a slip, and whose each is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stillnight.clinical.labs.definitions import Range
from stillnight.clinical.labs.reading.days import dated
from stillnight.clinical.labs.reading.groups import Group
from stillnight.clinical.labs.reading.marked import Text
from stillnight.clinical.labs.reading.marks import BREAK, LAB, NUMBER, OLDER, Mark
from stillnight.clinical.labs.reading.owners import Owners

_OLD_FIRST: Final = re.compile(
    r"(?:\bfrom|\b(?:de|von|od)|used to be|had been|started at|began at|started|previously|last time|last year|"
    r"last month|initially|originally|before|\bwent|\brose|\bfell|first)\s*"
    r"(?:at|of|about|around|only|a|an|was|it was)?\s*$"
)
_TO: Final = re.compile(r"(?:-+>|=>|→|»|>|\bto|\bthrough|\bthen)\s*(?:only|just|about|around)?\s*$")
# “the 61% I wrote is really 16%”
_REALLY: Final = re.compile(r"\b(?:is|was|should be|it'?s) (?:really|in fact|in truth)\s*$")
# “it was 180, after six shots it is 640”
_IT_IS: Final = re.compile(r"\b(?:it'?s|it is|now|i'?m at|i am at)\s*$")
_NEWEST_FIRST: Final = re.compile(r"\b(?:newest|latest|most recent|last one) first\b")
_OR: Final = re.compile(r"[\s.,]*or\s*(?:is it|was it|maybe)?\s*")
_ENDS: Final = re.compile(r"\s*(?:one|result|value)?\s*[.,;!)]")
# Behind a year these tell of what is newest.
_JUST: Final = frozenset({"last week", "last month"})
# A number further away than this, in another sentence, is about something else.
_RIVAL_WORDS_MAX: Final = 2


@dataclass(frozen=True)
class Told:
    """A number that belongs to a test.

    key: lab, `iron`, `tibc`, or the other test as it was typed. kind: of the mark. own_range: the range that the sheet
    prints. owner: whose it is, None for one's own. older: whether a newer one was told beside it. rivals: numbers
    beside it that nothing explains: it may be one of them. past: told as one of before (“last month's 12”). mine: told
    as one's own in so many words.
    """

    key: str
    kind: str
    number: Mark
    own_range: Range | None = None
    owner: str | None = None
    older: bool = False
    rivals: tuple[float, ...] = ()
    past: bool = False
    mine: bool = False


@dataclass(frozen=True)
class _Entry:
    """A number on its way. group: whose list it stands in; day: its date, 0 when none was told."""

    group: Group
    told: Told
    day: float

    @property
    def number(self) -> Mark:
        return self.told.number


class Chooser:
    """Looks at all groups of one message once."""

    def __init__(self, text: Text, groups: Sequence[Group]) -> None:
        """Nothing is decided yet."""
        self._text = text
        self._groups = groups
        self._built = text.built
        self._days = dated(text)
        self._owners = Owners(text)

    def run(self) -> list[Told]:
        """What counts and what is older, in order of the text."""
        owners = self._owners.by_number
        kept: list[_Entry] = []
        for group in self._groups:
            for at, number in enumerate(group.numbers):
                told = Told(group.name.key, group.name.what, number, group.own_ranges.get(at), owners.get(number.start))
                kept = self._with(kept, _Entry(group, told, self._days.get(number.start, 0.0)))
            if group.doubts and kept:
                doubts = tuple(number.value for number in group.doubts)
                kept[-1] = replace(kept[-1], told=replace(kept[-1].told, rivals=(*kept[-1].told.rivals, *doubts)))
        return [replace(entry.told, past=self._is_of_before(entry, kept), mine=self._is_own(entry)) for entry in kept]

    def _is_own(self, entry: _Entry) -> bool:
        start, end = self._text.sentence(entry.number.start)
        return entry.told.owner is None and self._owners.speaks_of_self(start, end)

    def _is_of_before(self, entry: _Entry, kept: Sequence[_Entry]) -> bool:
        key = (entry.told.key, entry.told.kind, entry.told.owner)
        before = [e.number for e in kept if (e.told.key, e.told.kind, e.told.owner) == key and e.told.older]
        before = [number for number in before if number.end <= entry.number.start]
        if before and self._text.cue_behind(entry.number, ("newer",)):
            # “1.2 in last year and 2.1 now”
            return False
        if before and self._text.cue_behind(before[-1], (*OLDER, "older_behind", "months")):
            # “1.2 last year and it is 2.1”: the year belongs to the other number.
            return self._is_followed_by_older(entry.number)
        return self._is_past(entry) or self._is_followed_by_older(entry.number)

    # -- which counts

    def _with(self, kept: list[_Entry], new: _Entry) -> list[_Entry]:
        key = (new.told.key, new.told.kind, new.told.owner)
        same = [e for e in kept if (e.told.key, e.told.kind, e.told.owner) == key and not e.told.older]
        if not same:
            # “not 31”, and no other number
            return kept if self._is_denied(new) else [*kept, new]
        now = same[-1]
        others = [entry for entry in kept if entry is not now]
        verdict = self._verdict(now, new)
        if verdict == "instead":
            return [*others, replace(new, told=replace(new.told, own_range=new.told.own_range or now.told.own_range))]
        if verdict == "newer":
            return [*others, _older(now), new]
        if verdict == "older":
            return [*others, _older(new), now]
        if verdict == "rival":
            return [*others, replace(now, told=replace(now.told, rivals=(*now.told.rivals, new.number.value)))]
        return kept

    def _verdict(self, now: _Entry, new: _Entry) -> str:
        """What a further number is: `newer`, `older`, `instead` of the one before, its `rival`, or to be left out."""
        if now.number.value == new.number.value and new.number.unit in ("", now.number.unit):
            return ""
        if now.number.value == new.number.value and not now.number.unit:
            return "instead"
        if (
            new.day
            and not now.day
            and self._is_newest(now)
            and "newer" not in self._text.kinds(now.number.end, new.number.start)
        ):
            # “The latest was 71. In 2021 it was 30”
            return "older"
        if now.day and any(cue.key in _JUST for cue in self._text.cues(now.number.end, new.number.start)):
            # “2023 ferritin 44, last week ferritin 23”
            return "newer"
        if now.day and new.day and now.day != new.day:
            return "newer" if new.day > now.day else "older"
        return self._again(now, new) if now.group is new.group else self._named_again(now, new)

    def _again(self, now: _Entry, new: _Entry) -> str:
        """One more number behind the same name."""
        start, end = now.number.end, new.number.start
        between, cues = self._text.plain[start:end], self._text.cues(start, end)
        if _OR.fullmatch(between):
            return "rival"
        kinds = [cue.what for cue in cues]
        nearest = next((kind for kind in reversed(kinds) if kind in OLDER | {"newer", "instead"}), None)
        own = self._text.cue_behind(now.number, ("newer",))
        if own is not None and _ENDS.match(self._text.plain, own.end):
            # “1.0 now. 0.9 the time before”
            return "instead" if nearest == "instead" else "older"
        if new.number.bracketed and not now.number.bracketed:
            return self._in_brackets(kinds, new)
        if cues and cues[-1].what == "not" and len(self._text.gap(cues[-1].end, end)) <= 1:
            return ""
        if self._is_denied(now):
            return "instead"
        if nearest == "instead" or _REALLY.search(between) or self._text.cue_behind(new.number, ("instead",), 0):
            return "instead"
        if _NEWEST_FIRST.search(self._text.plain):
            return "older"
        risen = self._was(now) and _IT_IS.search(between)
        if risen or _TO.search(between) or nearest == "newer" or self._text.cue_behind(new.number, ("newer",)):
            return "newer"
        if self._is_mine(new) and not self._is_mine(now):
            # “over 75 is ok, mine is 30”
            return "instead"
        # Of “in 2018 it was 1.5, last week 1.9” the second is the newer one.
        dated = now.day > 0 and "past" not in kinds and bool(OLDER & set(kinds))
        now_is_old = dated or self._is_past(now) or self._is_followed_by_older(now.number)
        was = self._was(now)
        if OLDER & set(kinds) and not now_is_old:
            # “was 8, last week 44” may mean either.
            return "rival" if was and "past" not in kinds else "older"
        if self._is_followed_by_older(new.number) and not now_is_old:
            return "older"
        if now_is_old:
            return "newer"
        if "past" in kinds:
            return "newer" if was else "older"
        apart = "\n" in between or bool(re.search(r"[.!?]\s", between))
        far = apart and len(self._text.gap(start, end)) > _RIVAL_WORDS_MAX
        bare = bool(now.number.unit) and not new.number.unit
        if bare or (far and "/" not in new.number.unit):
            return ""
        return "rival"

    def _in_brackets(self, kinds: list[str], new: _Entry) -> str:
        if "instead" in kinds:
            return "instead"
        if OLDER & set(kinds) or "past" in kinds or self._is_followed_by_older(new.number):
            return "older"
        return "newer" if "newer" in kinds or self._text.cue_behind(new.number, ("newer",)) else ""

    def _named_again(self, now: _Entry, new: _Entry) -> str:
        """The same test, named once more."""
        kinds = self._text.kinds(now.number.end, new.number.start)
        if self._is_denied(new):
            return ""
        if "instead" in kinds or self._is_denied(now):
            return "instead"
        if "newer" in kinds or self._text.cue_behind(new.number, ("newer",)):
            return "newer"
        if self._is_past(now) or self._is_followed_by_older(now.number):
            return "newer"
        return "older" if OLDER & set(kinds) or self._is_followed_by_older(new.number) else "newer"

    def _is_denied(self, entry: _Entry) -> bool:
        """“not 6 but 16”, “b12 isn't 250”."""
        cues = self._text.cues(self._clause(entry.number), entry.number.start)
        return bool(cues) and cues[-1].what == "not" and len(self._text.gap(cues[-1].end, entry.number.start)) <= 1

    def _is_past(self, entry: _Entry) -> bool:
        """“from 40”, “last time b12 180”, “before the infusion: ferritin 7”."""
        if _OLD_FIRST.search(self._text.plain[: entry.number.start]):
            return True
        kinds = self._text.kinds(self._clause(entry.number), entry.number.start)
        return next((kind for kind in reversed(kinds) if kind in OLDER | {"newer"}), "newer") in OLDER

    def _is_mine(self, entry: _Entry) -> bool:
        start = self._clause(entry.number)
        return any(cue.key in ("mine", "my own") for cue in self._text.cues(start, entry.number.start))

    def _was(self, entry: _Entry) -> bool:
        return "past" in self._text.kinds(self._clause(entry.number), entry.number.start)

    def _is_newest(self, entry: _Entry) -> bool:
        return "newer" in self._text.kinds(self._clause(entry.number), entry.number.start)

    def _is_followed_by_older(self, number: Mark) -> bool:
        cue = self._text.cue_behind(number, ("older_behind", "months"))
        return cue is not None and "," not in self._text.plain[number.end : cue.start]

    def _clause(self, number: Mark) -> int:
        """Where the words begin that speak of a number: behind the number or sentence before it."""
        before = (mark.end for mark in self._built if mark.end <= number.start and mark.what in (NUMBER, BREAK))
        return max(before, default=0)


def _older(entry: _Entry) -> _Entry:
    return replace(entry, told=replace(entry.told, older=True))


def told_values(text: Text, groups: Sequence[Group]) -> Iterator[Told]:
    """Every number that counts or is older, of tests and of what saturation is computed from, in order of the text."""
    told = Chooser(text, groups).run()
    yield from sorted(told, key=lambda each: (each.number.start, each.kind != LAB))
