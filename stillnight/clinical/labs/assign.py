"""Which number belongs to which test, which of several counts, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stillnight.clinical.labs.definitions import Range
from stillnight.clinical.labs.scan import BREAK, IRON, LAB, NUMBER, OTHER, OWNER, RANGE, TIBC, Mark

_NAMES: Final = frozenset({LAB, OTHER, IRON, TIBC})
_BUILT: Final = _NAMES | {NUMBER, RANGE, BREAK}
_LIST: Final = re.compile(r"\s*(?:,|/|&|\+|and|plus|und|y|et)?\s*(?:my|the|then)?\s*", re.IGNORECASE)
_BACK: Final = re.compile(r"\s*(?:-|:|=|\(|was|is|for|of|on|in|the|my|on the|for the|for my|of the|as|as my|level of)?\s*")
_GAP_WORDS_MAX: Final = 9
_YEAR: Final = re.compile(r"\b((?:19|20)\d{2})\b")
_OLD_FIRST: Final = re.compile(
    r"(?:from|was|were|used to be|had been|started at|began at|started|previously|last time|last year|last month|initially|"
    r"originally|before)\s*(?:at|of|about|around|only|a|an)?\s*$"
)


@dataclass(frozen=True)
class Found:
    """A number that belongs to a test.

    key: lab, `iron`, `tibc`, or the other test as it was typed. kind: of the mark. own_range: the range that the sheet
    prints. owner: whose it is, None for one's own. older: whether a newer one was told beside it.
    """

    key: str
    kind: str
    number: Mark
    own_range: Range | None = None
    owner: str | None = None
    older: bool = False


class Assigner:
    """Goes through the marks of one message once."""

    def __init__(self, plain: str, marks: Sequence[Mark], units: Mapping[str, frozenset[str]]) -> None:
        """`plain`: the text that the places of the marks speak of; `units`: for each lab how its units are written."""
        self._units = units
        self._plain = plain
        numbers = [mark for mark in marks if mark.what == NUMBER]
        self._marks = [
            mark
            for mark in marks
            if mark.what in _BUILT or not any(n.start < mark.end and mark.start < n.end for n in numbers)
        ]
        self._built = [mark for mark in self._marks if mark.what in _BUILT]
        self._cues = [mark for mark in self._marks if mark.what not in _BUILT]
        self.found: list[Found] = []
        self._pending: list[Mark] = []
        self._loose: list[tuple[Mark, str | None]] = []
        self._past = False
        self._were_past: set[int] = set()
        self._owner: str | None = None

    def run(self) -> list[Found]:
        """Every number that belongs to something, in order of the text."""
        last_end = 0
        for at, mark in enumerate(self._built):
            self._hear_owner(last_end, mark)
            if mark.what in _NAMES:
                self._name(at, mark)
            elif mark.what == NUMBER:
                self._number(at, mark)
            elif mark.what == RANGE:
                self._range(at, mark)
            else:
                self._break(mark)
            last_end = mark.end
        return self.found

    # -- whose

    def _hear_owner(self, since: int, mark: Mark) -> None:
        for cue in self._between(since, mark.start):
            if cue.what == OWNER:
                self._owner = cue.key.removesuffix("s") if cue.key not in ("boss", "missus", "sis") else cue.key
            elif cue.key in ("mine", "my own"):
                self._owner = None
        if mark.what in _NAMES and re.search(r"\bmy\s*$", self._plain[: mark.start]):
            self._owner = None

    # -- names

    def _name(self, at: int, mark: Mark) -> None:
        loose, self._loose = self._loose, []
        near = loose and (_BACK.fullmatch(self._plain[loose[-1][0].end : mark.start]) or not self.found)
        if near and not self._number_ahead(at):
            (first, owner), *others = loose
            self._put(Found(mark.key, mark.what, first, owner=owner))
            for more, owner in others:
                last = self.found[-1]
                self._again(last, more, self._between(last.number.end, more.start), owner)
            self._pending = []
            return
        since = self._built[at - 1].end if at else 0
        kinds = [cue.what for cue in self._between(since, mark.start)]
        if "newer" in kinds:
            self._past = False
        elif "older_before" in kinds or "older_behind" in kinds:
            self._past = True
        before = self._built[at - 1] if at else None
        listed = before is not None and before in self._pending and _LIST.fullmatch(self._plain[before.end : mark.start])
        self._pending = [*self._pending, mark] if listed else [mark]

    def _number_ahead(self, at: int) -> bool:
        ahead = self._built[at + 1] if at + 1 < len(self._built) else None
        return ahead is not None and ahead.what == NUMBER and len(self._words(self._built[at].end, ahead.start)) <= 3

    # -- numbers

    def _number(self, at: int, mark: Mark) -> None:
        since = self._built[at - 1].end if at else 0
        cues = self._between(since, mark.start)
        if self._is_no_value(mark, cues):
            return
        if cues and cues[-1].what == "mine" and len(self._words(cues[-1].end, mark.start)) <= 2:
            self._owner = None
        last = self.found[-1] if self.found else None
        if self._pending:
            name = self._pending.pop(0)
            if name.what == LAB and (self._is_limit(cues) or self._is_wanted(at, mark) or self._is_denied(cues, mark)):
                self._pending.insert(0, name)
                return
            if not self._fits(name, mark):
                self._pending.insert(0, name)
                return
            if len(self._words(name.end, mark.start)) <= _GAP_WORDS_MAX or len(self._pending):
                self._put(Found(name.key, name.what, mark, owner=self._owner))
            return
        if last is None:
            self._loose.append((mark, self._owner))
            return
        if last.kind != LAB or mark.unit in ("", *self._units[last.key]):
            self._again(last, mark, self._between(last.number.end, mark.start), self._owner)

    def _put(self, new: Found) -> None:
        """Take a number; of two for one test the older steps back."""
        same = [at for at, old in enumerate(self.found) if (old.key, old.owner, old.older) == (new.key, new.owner, False)]
        if same and new.kind == LAB:
            if self._past and same[-1] not in self._were_past:
                new = replace(new, older=True)
            else:
                self.found[same[-1]] = replace(self.found[same[-1]], older=True)
        if self._past:
            self._were_past.add(len(self.found))
        self.found.append(new)

    def _fits(self, name: Mark, mark: Mark) -> bool:
        """Whether a number may be of this test: “b12 injection 1000 mcg” is a dose."""
        return name.what != LAB or not mark.unit or "/" in mark.unit or mark.unit in self._units[name.key]

    def _is_denied(self, cues: list[Mark], mark: Mark) -> bool:
        return bool(cues) and cues[-1].what == "not" and not self._words(cues[-1].end, mark.start)

    def _is_wanted(self, at: int, mark: Mark) -> bool:
        """“they want my ferritin above 100”."""
        ends = [each.end for each in self._built[:at] if each.what in (NUMBER, RANGE, BREAK)]
        return any(cue.what == "wanted" for cue in self._between(ends[-1] if ends else 0, mark.start))

    def _again(self, last: Found, mark: Mark, cues: list[Mark], owner: str | None) -> None:
        """One more number behind a test that has one."""
        kinds = [cue.what for cue in cues]
        behind = self._behind(mark)
        if mark.bracketed and not last.number.bracketed and not {"older_before", "newer"} & set(kinds) and behind != "older_behind":
            if mark.comparator is None and "instead" not in kinds:
                return
            return
        if "reference" in kinds:
            return
        new = Found(last.key, last.kind, mark, owner=owner)
        nearest = next((kind for kind in reversed(kinds) if kind in ("older_before", "newer", "not", "instead")), None)
        if nearest == "not":
            return
        if owner != last.owner:
            self.found.append(new)
        elif nearest == "instead" or (nearest is None and "instead" in kinds):
            self.found[-1] = replace(new, own_range=last.own_range)
        elif nearest == "newer" or (nearest is None and behind == "newer"):
            self.found[-1] = replace(last, older=True)
            self.found.append(new)
        elif nearest == "older_before" or behind == "older_behind":
            if self._old_first(last) and nearest != "older_before":
                self.found[-1] = replace(last, older=True)
                self.found.append(new)
            else:
                self.found.insert(len(self.found) - 1, replace(new, older=True))
        elif self._old_first(last) or re.search(r"(?:->|→|=>|>)\s*$", self._plain[: mark.start]):
            self.found[-1] = replace(last, older=True)
            self.found.append(new)
        elif self._year(mark, last) is not None:
            newer = self._year(mark, last)
            self.found[-1] = replace(last, older=bool(newer))
            self.found.append(replace(new, older=not newer))
        else:
            self._loose.append((mark, owner))

    def _year(self, mark: Mark, last: Found) -> bool | None:
        """Whether the year before a number is later than that before the last one; None when there is none."""
        now = _YEAR.findall(self._plain[last.number.end : mark.start])
        before = _YEAR.findall(self._plain[: last.number.start])
        return int(now[-1]) >= int(before[-1]) if now and before else None

    def _old_first(self, found: Found) -> bool:
        return bool(_OLD_FIRST.search(self._plain[: found.number.start]))

    def _behind(self, mark: Mark) -> str | None:
        """The cue that stands right behind a number."""
        for cue in self._cues:
            if cue.start >= mark.end and cue.what in ("older_behind", "newer"):
                gap = self._plain[mark.end : cue.start]
                return cue.what if not re.search(r"[\d\n;.]", gap) and len(gap.split()) <= 2 else None
        return None

    def _is_no_value(self, mark: Mark, cues: list[Mark]) -> bool:
        after = next((cue for cue in self._cues if cue.start >= mark.end), None)
        if not mark.unit and after and after.what in ("amounts", "spans"):
            gap = self._plain[mark.end : after.start]
            if not gap.strip(" -") and not re.match(r"\s*/", self._plain[after.end : after.end + 2]):
                return True
        nearest = cues[-1] if cues else None
        return bool(
            nearest and nearest.what == "counts" and not self._plain[nearest.end : mark.start].strip(" .:#") and not mark.unit
        )

    def _is_limit(self, cues: list[Mark]) -> bool:
        return any(cue.what == "reference" for cue in cues)

    # -- ranges, ends

    def _range(self, at: int, mark: Mark) -> None:
        last = self.found[-1] if self.found else None
        before = self._built[at - 1] if at else None
        if last and before and before.what == NUMBER and before == last.number:
            number = last.number if last.number.unit else replace(last.number, unit=mark.unit)
            self.found[-1] = replace(last, number=number, own_range=Range(mark.value, mark.high))
        self._pending = [] if last and self._pending and self._pending[-1].start < last.number.start else self._pending

    def _break(self, mark: Mark) -> None:
        if self.found:
            self._loose = []
        self._past = False
        if "\n" in self._plain[mark.start : mark.end] or self._plain[mark.start] in ".!?":
            self._owner = None

    # -- words between

    def _between(self, start: int, end: int) -> list[Mark]:
        return [cue for cue in self._cues if start <= cue.start and cue.end <= end]

    def _words(self, start: int, end: int) -> list[str]:
        return self._plain[start:end].split()
