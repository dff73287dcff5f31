"""Where names of people stand in a text: known names, and what stands where a name is given.

A list alone does not do: “will”, “mark” and “may” are names as well as words. So there are three kinds: names that are
nothing else, names that count with a capital letter, and names that count only where a name is said (“my wife Rose”).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_POSSESSIVE: Final = re.compile(r"'s?$")
# Between a cue and the name behind it, by kind of cue.
_AFTER_SAYING: Final = re.compile(r"\s*[:,-]?\s*[\"']?")
_AFTER_TITLE: Final = re.compile(r"\.?\s*")
_AFTER_RELATION: Final = re.compile(r"[\s,(]+")
_AFTER_CLOSING: Final = re.compile(r"[\s,.!-]+")
_BETWEEN_NAMES: Final = re.compile(r"(?:\.?\s+|\.)")
_KISSES: Final = re.compile(r"[\s.!,x]*", re.IGNORECASE)
# A slip of the pen rather than an unknown name: “dr perscribed”.
_VERB_ENDINGS: Final = ("ed", "ing", "es", "ly", "nt")
_LONGEST: Final = 3
# When more of the words than this begin with a capital letter, capital letters tell nothing.
_TITLE_CASE: Final = 0.6


@dataclass(frozen=True)
class _Word:
    """low: in small letters. key: without “'s”. capital: begins with a capital letter that tells something.

    illness: “MS”, which is no title. numbered: part of something like “coq10”.
    """

    low: str
    key: str
    start: int
    end: int
    capital: bool
    illness: bool
    numbered: bool


class People:
    """Finds names by the lists and cues of `knowledge/redaction.yml`."""

    def __init__(self, raw: Mapping[str, Any], common: Collection[str], never: Collection[str]) -> None:
        """Read the lists.

        Args:
            raw: content of the file.
            common: words that are no names unless a list says so.
            never: words of the field (medicines, tests) that are none even behind “my name is”.
        """
        self._names = frozenset(str(name) for names in raw["names"].values() for name in names)
        self._capital = frozenset(map(str, raw["capital_names"]))
        self._everyday = frozenset(map(str, raw["everyday_names"]))
        listed = self._names | self._capital | self._everyday
        self._never = (frozenset(never) | frozenset(map(str, raw["no_names"]))) - listed
        self._known = (self._never | frozenset(common)) - listed
        self._small = frozenset(map(str, raw["not_in_small_letters"]))
        self._behind = frozenset(map(str, raw["behind_a_name"]))
        self._left_alone = re.compile("|".join(rf"\b(?:{each})\b" for each in raw["left_alone"]), re.IGNORECASE)
        self._introductions = _phrases(raw["introductions"])
        self._maybe = _phrases(raw["maybe_introductions"])
        self._greetings = _phrases(raw["greetings"])
        self._titles = _phrases(raw["titles"])
        self._worded_titles = _phrases(raw["titles_also_words"])
        self._relations = _phrases(raw["relations"])
        self._closings = _phrases(raw["closings"])

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Start and end of each name, surnames and initials included, in order."""
        words = _words(text)
        alone = [match.span() for match in self._left_alone.finditer(text)]
        found: list[tuple[int, int]] = []
        at = 0
        while at < len(words):
            word = words[at]
            free = not any(start < word.end and word.start < end for start, end in alone)
            if not (free and self._is_name(text, words, at)):
                at += 1
                continue
            last = at
            while last + 1 < len(words) and last - at < _LONGEST and self._goes_on(text, words, last):
                last += 1
            found.append((word.start, words[last].end - _possessive(words[last])))
            at = last + 1
        return found

    def _is_name(self, text: str, words: list[_Word], at: int) -> bool:
        word = words[at]
        if self._listed(word.key) or (word.capital and word.key in self._capital):
            return True
        if len(word.key) < 2 or word.numbered or word.key in self._never:
            return False
        listed = word.key in self._capital or word.key in self._everyday
        unknown = not listed and word.key not in self._known
        small = unknown and not word.key.endswith(_VERB_ENDINGS)
        before = _Before(text, words, at)
        if before.stands(self._introductions, _AFTER_SAYING):
            return listed or word.capital or small
        if before.stands(self._titles, _AFTER_TITLE):
            return word.capital or small or (listed and word.key not in self._small)
        if not word.capital:
            follows = words[at + 1].low if at + 1 < len(words) else None
            comes_from = follows == "from" and before.stands(self._maybe, _AFTER_SAYING)
            signs = small and before.stands(self._closings, _AFTER_CLOSING) and self._ends(text, words, at)
            return ((small or listed) and comes_from) or signs
        if not (listed or unknown):
            return False
        if before.stands(self._maybe, _AFTER_SAYING):
            return unknown or self._followed(text, words, at)
        if before.stands(self._closings, _AFTER_CLOSING):
            return self._ends(text, words, at)
        return (
            before.stands(self._worded_titles, _AFTER_TITLE)
            or before.stands(self._relations, _AFTER_RELATION)
            or before.stands(self._greetings, _AFTER_RELATION)
        )

    def _listed(self, low: str) -> bool:
        return low in self._names or ("-" in low and not self._names.isdisjoint(low.split("-")))

    def _followed(self, text: str, words: list[_Word], at: int) -> bool:
        """Whether what comes behind a word fits one who gives a name: a comma, the end, “from”."""
        rest = text[words[at].end :].lstrip()
        return not rest or rest[0] in ",.;!" or (at + 1 < len(words) and words[at + 1].low in self._behind)

    def _goes_on(self, text: str, words: list[_Word], last: int) -> bool:
        """Whether the next word belongs to the name: a surname or an initial."""
        this, word = words[last], words[last + 1]
        if _possessive(this) or not _BETWEEN_NAMES.fullmatch(text[this.end : word.start]):
            return False
        if "." in text[this.end : word.start] and this.end - this.start > 1:
            return False
        if len(word.low) == 1:
            return text[word.start].isupper() and word.low != "i"
        return self._listed(word.key) or (word.capital and word.key not in self._known)

    def _ends(self, text: str, words: list[_Word], at: int) -> bool:
        """Whether nothing but the rest of a signature comes behind a word."""
        last = at
        while last + 1 < len(words) and self._goes_on(text, words, last):
            last += 1
        return _KISSES.fullmatch(text[words[last].end :]) is not None


class _Before:
    """The words before one, to look for a cue in."""

    def __init__(self, text: str, words: list[_Word], at: int) -> None:
        self._gap = text[words[at - 1].end : words[at].start] if at else ""
        # “MS” is an illness, “Ms” a title.
        self._said = ["" if word.illness else word.low for word in words[max(0, at - 4) : at]]

    def stands(self, cues: Collection[tuple[str, ...]], gap: re.Pattern[str]) -> bool:
        """Whether one of the cues ends right before the word."""
        if not self._said or not gap.fullmatch(self._gap):
            return False
        return any(tuple(self._said[-length:]) in cues for length in range(1, len(self._said) + 1))


def _words(text: str) -> list[_Word]:
    matches = list(_WORD.finditer(text))
    long = [match.group() for match in matches if len(match.group()) > 3]
    tells = len(long) < 4 or sum(word.istitle() for word in long) <= _TITLE_CASE * len(long)
    return [
        _Word(
            match.group().lower(),
            _POSSESSIVE.sub("", match.group().lower()),
            match.start(),
            match.end(),
            tells and match.group()[0].isupper() and any(char.islower() for char in match.group()),
            match.group() == "MS",
            any(char.isdigit() for char in text[max(0, match.start() - 1) : match.end() + 1]),
        )
        for match in matches
        if not _in_brackets(text, match)
    ]


def _in_brackets(text: str, match: re.Match[str]) -> bool:
    """Whether a word is what an earlier step put in: “[phone]”."""
    return text[match.start() - 1 : match.start()] == "[" and text[match.end() : match.end() + 1] == "]"


def _possessive(word: _Word) -> int:
    return len(word.low) - len(word.key)


def _phrases(cues: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(_WORD.findall(str(cue).lower())) for cue in cues)
