"""Whose a number is: one's own, or that of somebody who was named."""

from __future__ import annotations

import re
from typing import Final

from stillnight.clinical.labs.definitions import MAN, WOMAN
from stillnight.clinical.labs.reading.marked import Text
from stillnight.clinical.labs.reading.marks import BREAK, MINE, NAMES, NUMBER, OWNER, WEAK_OWNER, Mark
from stillnight.clinical.labs.replies import lab_replies

_RESULTS: Final = re.compile(r"\b(?:asking|printout|results?|bloods?|tests?|labs?|report|numbers|sheet|values)\b|:\s*$")
_MY: Final = re.compile(r"\b(?:my|our)\s*$")
_I: Final = re.compile(r"\bi(?:'?ve)?(?:\s+(?:have|had|got|have got))?\s*[(\[:]?\s*$")
_FIRST_PERSON: Final = re.compile(r"\b(?:i|i'm|im|ive|i've|mine|me)\b|\bmy\s+")
_STILL: Final = re.compile(r"\s*(?:and\s+)?(?:his|her|hers|he|she|their|theirs|they)\b")
# On a report these stand before a name.
_LABEL: Final = re.compile(r"\s*(?:no|nr|id|name|number|ref)?\.?\s*:")
_FILED: Final = frozenset({"patient", "client", "pt", "pts"})
_HERE: Final = re.compile(r"\s+here\b")
# “mum has the letter on the fridge”
_HOLDS: Final = re.compile(
    r"\s+(?:has|have|got|found|kept)\s+(?:the|my)\s+(?:letter|sheet|paper|printout|results?|report)\b"
)
_WHOSE: Final = re.compile(
    r"\b(?:my|me|our|the|his|her|their|mi|mein|meine|meinem|asking for a|for a)\s+"
    r"(?:little |youngest |eldest |oldest )?$|^$"
)
# “before my baby” tells when, and not whose.
_WHEN: Final = re.compile(r"\b(?:before|after|since|when|until|with|had)\s+(?:my|our|the)\s+(?:\w+\s+)?$")
_THEIR: Final = re.compile(r"\b(?:his|her|their)\s*$")
_NOT: Final = re.compile(r"\bnot\s*$")
# “hers 52”, “his one was 20”: right before a number.
_THEIRS: Final = re.compile(
    r"\b(?P<whose>hers|his|theirs|(?:her|his|their) (?:one|result|number|value|reading|level|count))\s*(?:[=:-]\s*)?"
    r"(?:(?:is|was|were|has|got|at|as|came|comes|back|out|in|up|now|only|just|about|around|a|to|be)\s+)*$"
    r"|\b(?P<short>her|his|their)\s*[:=]?\s*$"
)
# “52 hers, 16 mine”, “20 for her”
_THEIRS_BEHIND: Final = re.compile(
    r"\s*\(?(?:(?P<whose>hers|his|theirs|mine)|for (?P<person>her|him|them))\)?(?=\s*(?:[,.;)!?\n]|(?:and|but)\b|$))"
)
_BEHIND: Final = re.compile(r"\s*(?:(?:\(|for)\s*(?:my|the|our)?|my)\s*")
_CLOSED: Final = re.compile(r"\s*\)")
_ME: Final = re.compile(r"\s*(?:\(\s*(?:me|mine|myself)\s*\)|(?:for )?me\b(?!\s*[:=]))")
# “his ferritin”, of somebody who was not named.
SOMEBODY: Final = "relative"
# How far the next sentence is read for “I” and “my”.
_AHEAD: Final = 60


def is_name(owner: str) -> bool:
    """Whether an owner is a person's name, “Leo”, and no word for a relative."""
    return owner[:1].isupper()


class Owners:
    """Goes through one message once. by_number: whose each number is, by where it starts; one's own are left out."""

    def __init__(self, text: Text) -> None:
        """Read the message."""
        self._text = text
        self._plain = text.plain
        self._built = text.built
        self.by_number = self._read()

    def _read(self) -> dict[int, str]:
        """Whose each number is, by where it starts; one's own are left out."""
        owners: dict[int, str] = {}
        owner: str | None = None
        since = 0
        told = False
        for mark in [*self._built, Mark(BREAK, len(self._plain), len(self._plain))]:
            owner = self._heard(since, mark, owner)
            since = mark.end
            if mark.what == NUMBER:
                behind = self._behind(mark)
                whose = owner if behind is None else behind or None
                if whose:
                    owners[mark.start] = whose
                told = True
            elif mark.what == BREAK:
                owner = owner if self._carries_on(mark, told) else None
                told = False
        return owners

    def _heard(self, since: int, mark: Mark, owner: str | None) -> str | None:
        before = self._plain[since : mark.start]
        last = owner
        for cue in self._text.cues(since, mark.start):
            if cue.what == OWNER and self._is_owner(cue) and not (owner and self._is_in_passing(cue)):
                owner = last = one_owner(cue.key)
            elif cue.what == MINE and not _NOT.search(self._plain[since : cue.start]):
                plainly = cue.key in ("mine", "my own")
                near = mark.what == NUMBER and len(self._text.gap(cue.end, mark.start)) <= 2
                owner = None if plainly or near or mark.what in NAMES else owner
        if mark.what in NAMES and (_MY.search(before) or _I.search(before)):
            return None
        theirs = mark.what in NAMES and _THEIR.search(before)
        if mark.what == NUMBER and (hers := _THEIRS.search(before)):
            return self._named_before(mark.start, hers["whose"] or hers["short"]) or SOMEBODY
        return (last or SOMEBODY) if theirs else owner

    def _named_before(self, place: int, pronoun: str) -> str | None:
        """Who was named last before a place and may be meant by “hers” or “his”."""
        unlike = MAN if pronoun.startswith("her") else WOMAN if pronoun in ("his", "him") else ""
        cues = (cue for cue in self._text.cues(0, place) if cue.what == OWNER and self._is_owner(cue))
        named = [owner for cue in cues if lab_replies().group_of(owner := one_owner(cue.key)) != unlike]
        return named[-1] if named else None

    def _is_in_passing(self, cue: Mark) -> bool:
        """“my daughter kicks her sister”: the talk goes on about the one named first."""
        return bool(_THEIR.search(self._plain[: cue.start])) and self._plain[cue.end : cue.end + 2] != "'s"

    def _opens_name(self, place: int) -> bool:
        """Whether a test is named right there: “15.1 me hgb 11.8”."""
        return any(mark.what in NAMES and mark.start == place + 1 for mark in self._built)

    def _is_owner(self, cue: Mark) -> bool:
        """“my son”, “the baby's”, but not “grandma here” and “after my second baby”."""
        weak = any(mark.what == WEAK_OWNER and mark.start == cue.start for mark in self._text.marks)
        if cue.key in _FILED and _LABEL.match(self._plain, cue.end):
            return False
        if (
            _HERE.match(self._plain, cue.end)
            or _HOLDS.match(self._plain, cue.end)
            or (weak and _WHEN.search(self._plain[: cue.start]))
        ):
            return False
        return not weak or bool(_WHOSE.search(self._plain[: cue.start]))

    def _behind(self, number: Mark) -> str | None:
        """“2.0 (me), 6.3 (brother)”: the owner in brackets, empty for one's own, None when there is none."""
        me = _ME.match(self._plain, number.end)
        if me and not self._opens_name(me.end()):
            return ""
        theirs = _THEIRS_BEHIND.match(self._plain, number.end)
        if theirs:
            mine = theirs["whose"] == "mine"
            pronoun = theirs["whose"] or theirs["person"]
            return "" if mine else self._named_before(number.start, pronoun) or SOMEBODY
        cue = self._text.cue_behind(number, (OWNER,), 2)
        before = _BEHIND.fullmatch(self._plain[number.end : cue.start]) if cue else None
        if cue and before and ("(" not in before.group() or _CLOSED.match(self._plain, cue.end)):
            return one_owner(cue.key)
        return None

    def speaks_of_self(self, start: int, end: int) -> bool:
        """Whether “I”, “mine” or “my” is said there, “my mum” left out."""
        owners = {cue.start for cue in self._text.cues(start, end) if cue.what == OWNER}
        return any(
            match.group().rstrip() != "my" or start + match.end() not in owners
            for match in _FIRST_PERSON.finditer(self._plain[start:end])
        )

    def _carries_on(self, stop: Mark, told: bool) -> bool:
        """Whether the next sentence is still about the same person: “my mum's results:”, and the lines behind."""
        start, _ = self._text.sentence(stop.start)
        sentence = self._plain[start : stop.start]
        if _STILL.match(self._plain, stop.end) or not self.speaks_of_self(0, stop.end + _AHEAD):
            return True
        return bool(_RESULTS.search(sentence)) if not told else ";" in self._plain[stop.start : stop.end]


def one_owner(owner: str) -> str:
    """“mums” is the mum."""
    return owner if owner in ("boss", "missus", "sis") else owner.removesuffix("s")
