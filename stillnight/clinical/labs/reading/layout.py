"""Which number belongs to which test: one list of numbers for each name, sentence by sentence and line by line."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise
from typing import Final

from stillnight.clinical.labs.reading.beside import Beside
from stillnight.clinical.labs.reading.groups import Group, runs, segments
from stillnight.clinical.labs.reading.marked import Text
from stillnight.clinical.labs.reading.marks import BREAK, NAMES, NUMBER, Mark

_LISTED: Final = re.compile(r"[\s,/&+|]*(?:and|plus|und|y|et|as well as)?\s*(?:my|the|then|his|her)?\s*")
_THAT_IS: Final = re.compile(r"\b(?:that'?s|that was|that is|it'?s)\s+(?:the|my|an?)?\s*$")
_IT: Final = re.compile(
    r"\b(?:it|that|this|result|mine|his|hers|theirs)\s*(?:was|is|'s|came back|went|went to|dropped to|now)\s*"
    r"(?:at|to)?\s*$"
)
_I_MEAN: Final = re.compile(r"[\s,]*(?:i mean|that is|that's what|thats it|obviously|btw|i'?m talking about)[\s.!]*")
_WEAK: Final = frozenset(["with", "at", "of", "to", "on", "for", "the", "in", "a", "and", "is"])
_COUNTED: Final = re.compile(r"s$|^(?:people|women|men|feet|euro|yen)$")
_WORD_AHEAD: Final = re.compile(r"\s+([^\W\d_]{3,})")
_TURNS: Final = frozenset({"instead", "newer", "not", "older_before", "older_behind"})
# Newer-words that are also said of much else.
_PASSING: Final = frozenset({"to", "then", "through"})
_APART: Final = re.compile(r"^\s*(?:[,;/]|and\b)")
_FOR: Final = re.compile(r"\s*(?:for|was|is)\s+(?:my|the|his|her)?\s*")
# So many words that go with no number may stand before a number that goes on about a test.
_STRANGE_MAX: Final = 3
_FORWARD_WORDS_MAX: Final = 9
_BACK_WORDS_MAX: Final = 8


class Layout:
    """Goes through the segments of one message once."""

    def __init__(
        self, text: Text, units: Mapping[str, frozenset[str]], between: Collection[str], no_nouns: Collection[str]
    ) -> None:
        """Nothing is read yet.

        Args:
            text: the message.
            units: for each lab how its units are written.
            between: words that may stand between a value and its name.
            no_nouns: words that, behind a number, are nothing that it could count.
        """
        self._text = text
        self._beside = Beside(text, units)
        self._fits = self._beside.fits
        self._between = between
        self._no_nouns = no_nouns
        self.groups: list[Group] = []
        # Names that wait for their number, numbers that wait for their name.
        self._waiting: list[Mark] = []
        self._loose: list[Mark] = []

    def run(self) -> list[Group]:
        """Every test with its numbers, in order of the text."""
        for segment in segments(self._text.built):
            self._segment(segment)
        return self.groups

    def is_only_about_numbers(self, start: int) -> bool:
        """Whether every word behind a place is one that goes with numbers: “and compared to last month's 12”."""
        end = len(self._text.plain)
        return self._is_known(self._text.gap(start, end), start, end)

    def _segment(self, marks: Sequence[Mark]) -> None:
        items = [mark for mark in marks if mark.what in NAMES or mark.what == NUMBER]
        names = [mark for mark in items if mark.what in NAMES]
        numbers = [mark for mark in items if mark.what == NUMBER]
        loose = self._loose
        self._loose = [] if items else loose
        if names and numbers:
            self._pair(items, names, numbers)
        elif numbers:
            self._numbers_alone(numbers)
        elif names:
            self._names_alone(names, loose)
        self._beside.add(self.groups, marks)

    # -- one kind alone

    def _numbers_alone(self, numbers: list[Mark]) -> None:
        if not self.groups and not self._waiting:
            self._loose = numbers
        elif not self._is_ours(numbers[0]):
            self._waiting = []
            if measured := [number for number in numbers if self._is_measured(number)]:
                # “it's a 6, so 0.6 mmol/L”
                self._more(measured)
        elif self._waiting and len(self._waiting) == len(numbers) and all(map(self._fits, self._waiting, numbers)):
            for name, number in zip(self._waiting, numbers):
                self.groups.append(Group(name, [number]))
            self._waiting = []
        elif self._waiting and self._fits(self._waiting[-1], numbers[0]):
            self.groups.append(Group(self._waiting[-1], list(numbers)))
            self._waiting = []
        elif self.groups and not self._waiting:
            self._more(numbers)
        else:
            self._loose = numbers

    def _is_ours(self, number: Mark) -> bool:
        """Whether a sentence without a name may speak of the test before: “It's 18”, and no line of another test."""
        start, _ = self._text.sentence(number.start)
        words = self._text.gap(start, number.start)
        said = len(words) <= _BACK_WORDS_MAX and any(
            cue.what == "instead" or (cue.what == "newer" and cue.key not in _PASSING) or cue.key in ("mine", "my own")
            for cue in self._text.cues(start, number.start)
        )
        said = said and self._unknown(start, number.start) <= 1
        last = self.groups[-1].numbers[-1].end if self.groups else start
        stops = sum(mark.what == BREAK for mark in self._text.marks if last <= mark.start < number.start)
        it = stops <= 1 and bool(_IT.search(self._text.plain[start : number.start]))
        known = not words or self._is_measured(number) or said or it or self._is_known(words, start, number.start)
        return known and not self._counts(number)

    def _is_measured(self, number: Mark) -> bool:
        """Whether a number has a unit in which the test before is measured, and is no new line of a report."""
        start, _ = self._text.sentence(number.start)
        line = "\n" in self._text.plain[max(start - 1, 0) : start]
        return not line and "/" in number.unit and bool(self.groups) and self._fits(self.groups[-1].name, number)

    def _unknown(self, start: int, end: int) -> int:
        """How many words between two places go with no number."""
        return sum(not self._is_known([word], start, end) for word in self._text.gap(start, end))

    def _is_known(self, words: Sequence[str], start: int, end: int) -> bool:
        cued = {word for cue in self._text.cues(start, end) for word in re.split(r"\W+", cue.key)}
        return all(word in self._between or word in cued for word in words)

    def _names_alone(self, names: list[Mark], loose: list[Mark]) -> None:
        start = names[0].start
        told = bool(_I_MEAN.fullmatch(self._text.plain, names[-1].end))
        if loose and len(names) == 1 and (told or self._is_near_behind(loose[-1], names[0], sentences=True)):
            self.groups.append(Group(names[0], loose))
            return
        last = self.groups[-1] if self.groups else None
        if last and len(names) == 1 and "instead" in self._text.kinds(last.numbers[-1].end, start):
            # “Ferritin 13. Sorry, I meant hgb!”
            last.name = names[0]
            return
        self._waiting = names

    def _more(self, numbers: list[Mark]) -> None:
        group = self.groups[-1]
        for number in numbers:
            if self._fits(group.name, number):
                group.take(number)

    # -- both kinds

    def _pair(self, items: list[Mark], names: list[Mark], numbers: list[Mark]) -> None:
        turns = list(runs(items))
        self._waiting, waiting = [], self._waiting
        if waiting and items[0].what == NUMBER and len(waiting) == 1 and self._fits(waiting[0], items[0]):
            # The name stood in the sentence before.
            self.groups.append(Group(waiting[0], [items[0]]))
            items, numbers = items[1:], numbers[1:]
            turns = list(runs(items))
            if not numbers:
                self._waiting = names
                return
        if (
            len(turns) == 2
            and len(turns[0]) == len(turns[1]) > 1
            and self._is_list(names)
            and self._zips(names, numbers)
        ):
            self.groups += [Group(name, [number]) for name, number in zip(names, numbers)]
        elif len(turns) == 2 and turns[0] == names and self._is_from_to(names, numbers):
            half = len(names)
            self.groups += [Group(name, [was, now]) for name, was, now in zip(names, numbers[:half], numbers[half:])]
        elif self._is_value_first(turns):
            for run, behind in zip(turns[::2], turns[1::2]):
                self.groups.append(Group(behind[0], self._chained(run)))
        else:
            self._one_by_one(items)

    def _is_from_to(self, names: list[Mark], numbers: list[Mark]) -> bool:
        """“saturation and ferritin went from 10% and 12 to 24% and 55”."""
        half = len(names)
        if half < 2 or len(numbers) != 2 * half or not self._is_list(names):
            return False
        between = self._text.plain[numbers[half - 1].end : numbers[half].start].strip()
        return between in ("to", "->", "→") and self._zips([*names, *names], numbers)

    def _chained(self, run: list[Mark]) -> list[Mark]:
        """Of several numbers before a name those that hang together: “17 or 18”, not “6 hours 20 of it, and 67”."""
        start = len(run) - 1
        while start and self._unknown(run[start - 1].end, run[start].start) <= 1:
            start -= 1
        return run[start:]

    def _zips(self, names: list[Mark], numbers: list[Mark]) -> bool:
        return all(map(self._fits, names, numbers))

    def _is_list(self, names: list[Mark]) -> bool:
        gaps = (self._text.plain[one.end : other.start] for one, other in pairwise(names))
        return all(_LISTED.fullmatch(gap) for gap in gaps)

    def _is_value_first(self, turns: list[list[Mark]]) -> bool:
        """“22 for ferritin and 3.1 for the tsh”: each number before its name, all the way."""
        if turns[0][0].what != NUMBER or len(turns) % 2:
            return False
        return all(len(behind) == 1 and self._backs(run[-1], behind[0]) for run, behind in zip(turns[::2], turns[1::2]))

    def _is_near_behind(self, number: Mark, name: Mark, sentences: bool = False) -> bool:
        words = self._text.gap(number.end, name.start)
        stops = not sentences and re.search(r"[.!?\n;]\s", self._text.plain[number.end : name.start])
        known = self._is_known(words, number.end, name.start)
        return len(words) <= _BACK_WORDS_MAX and known and not stops

    def _one_by_one(self, items: list[Mark]) -> None:
        waiting: list[Mark] = []
        for at, item in enumerate(items):
            before = items[at - 1] if at else None
            ahead = items[at + 1] if at + 1 < len(items) else None
            if item.what in NAMES:
                if self._is_taken(item) or self._renames(item):
                    continue
                listed = before in waiting and before is not None and self._is_list([before, item])
                waiting = [*waiting, item] if listed else [item]
            elif waiting:
                fitting = next((name for name in waiting if self._fits(name, item)), None)
                near = len(self._text.gap(waiting[-1].end, item.start)) <= _FORWARD_WORDS_MAX or self._is_mine(item)
                if fitting and (near or "/" in item.unit):
                    self.groups.append(Group(fitting, [item]))
                    waiting = [name for name in waiting if name is not fitting]
                elif not fitting and "/" not in item.unit:
                    # “b12 1000 mcg” is a supplement.
                    waiting = []
            elif ahead and ahead.what in NAMES and self._is_before(items, at) and self._backs(item, ahead):
                self.groups.append(Group(ahead, [item]))
            elif self.groups and self._fits(self.groups[-1].name, item):
                if self._is_more(items, at):
                    self.groups[-1].take(item)
                elif self._is_perhaps_newer(self.groups[-1], item):
                    self.groups[-1].doubts.append(item)
        self._waiting = waiting

    def _is_mine(self, number: Mark) -> bool:
        """“… is normal, and mine's 46”."""
        return any(
            cue.key in ("mine", "my own") and len(self._text.gap(cue.end, number.start)) <= 1
            for cue in self._text.cues(0, number.start)
        )

    def _is_taken(self, name: Mark) -> bool:
        return bool(self.groups) and self.groups[-1].name is name

    def _backs(self, number: Mark, name: Mark) -> bool:
        return self._fits(name, number) and self._is_near_behind(number, name)

    def _renames(self, name: Mark) -> bool:
        """“PLM index 18, no wait that's the AHI”: the number before was of this test."""
        if not self.groups:
            return False
        since = self.groups[-1].numbers[-1].end
        if "instead" in self._text.kinds(since, name.start) and _THAT_IS.search(self._text.plain[since : name.start]):
            self.groups[-1].name = name
            return True
        return False

    def _is_before(self, items: list[Mark], at: int) -> bool:
        """Whether a number may stand before its name: the name has none behind it, or the number opens the sentence."""
        own = at + 2 < len(items) and items[at + 2].what == NUMBER and self._fits(items[at + 1], items[at + 2])
        kinds = set(self._text.kinds(items[at + 1].end, items[at + 2].start)) if own else set()
        if at == 0 and {"older_before", "older_behind"} & kinds:
            # “It's 74 now, ferritin I mean, compared with 26”
            return True
        between = (
            self._text.plain[items[at].end : items[at + 1].start],
            (self._text.plain[items[at + 1].end : items[at + 2].start] if own else ""),
        )
        if own and not between[0].strip() and _APART.search(between[1]):
            # “410 tibc, 33 iron”
            return True
        return not own or (at == 0 and bool(_FOR.fullmatch(self._text.plain[items[0].end : items[1].start])))

    def _is_perhaps_newer(self, group: Group, item: Mark) -> bool:
        """“it was 400 then after venesection 90”: behind one of the past a number that is not understood."""
        start, _ = self._text.sentence(group.name.start)
        told = self._text.kinds(start, group.numbers[-1].start)
        behind = self._text.kinds(group.numbers[-1].end, item.start)
        return "past" in told and bool({"newer", "older_before"} & set(behind)) and not self._counts(item)

    def _is_more(self, items: list[Mark], at: int) -> bool:
        """Whether a further number may be of the test before: no name of something else stands right before it."""
        start, end = items[at - 1].end if at else 0, items[at].start
        words = self._text.gap(start, end)
        if self._counts(items[at]):
            return False
        cued = any(
            (cue.what in _TURNS and cue.key not in _PASSING) or cue.key in ("mine", "my own")
            for cue in self._text.cues(start, end)
        )
        said = cued and len(words) <= _FORWARD_WORDS_MAX and self._unknown(start, end) <= _STRANGE_MAX
        weak = bool(words) and words[-1] in _WEAK
        while words and words[-1] in _WEAK:
            words.pop()
        if weak and "/" in items[at].unit:
            # “… 138 umol/L, and me I'm 57 with 82 umol/L”: nothing else is measured so.
            return True
        return not words or bool(said) or self._is_known(words[-1:], start, end)

    def _counts(self, number: Mark) -> bool:
        """Whether a further number seems to count something: “1 infusion”."""
        ahead = _WORD_AHEAD.match(self._text.plain, number.end)
        if not ahead or number.unit or number.comparator or not number.value.is_integer():
            return False
        if number.value > 1 and not _COUNTED.search(ahead[1]):
            return False
        named = any(mark.what in NAMES and mark.start == ahead.start(1) for mark in self._text.built)
        known = ahead[1] in self._no_nouns or self._is_known([ahead[1]], number.end, ahead.end())
        return not named and not known
