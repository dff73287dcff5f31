"""A message as a row of marks: names of tests, numbers with their units, ranges, and words that say which number counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

import spacy
from rapidfuzz.distance import OSA
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from stillnight.clinical.labs.definitions import Lab
from stillnight.clinical.labs.numerals import Numeral, numerals, same_length

LAB: Final = "lab"
OTHER: Final = "other_tests"
IRON: Final = "iron"
TIBC: Final = "tibc"
NUMBER: Final = "number"
RANGE: Final = "range"
BREAK: Final = "break"
OWNER: Final = "owners"

_TOKEN: Final = re.compile(r"[^\W\d_]+(?='s\b)|'s\b|[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]|_")
_COMPARED: Final = re.compile(
    r"(<=|>=|=<|=>|≤|≥|<|>|less than or equal to|more than or equal to|at most|less than|lower than|below|under|"
    r"no more than|not more than|no less than|not less than|at least|more than|greater than|higher than|above|over)\s*$"
)
_COMPARATORS: Final = {
    **dict.fromkeys(("<", "less than", "lower than", "below", "under"), "<"),
    **dict.fromkeys((">", "more than", "greater than", "higher than", "above", "over"), ">"),
    **dict.fromkeys(("<=", "=<", "≤", "less than or equal to", "at most", "no more than", "not more than"), "<="),
    **dict.fromkeys((">=", "=>", "≥", "more than or equal to", "at least", "no less than", "not less than"), ">="),
}
_DASH: Final = re.compile(r"\s*(?:-|\.\.\.?|bis|till|to)\s*")
# Dates, times, telephone numbers: nothing in them is a value.
_NO_VALUE: Final = re.compile(
    r"\d{1,4}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}:\d{2}(?:\s*[ap]m)?|\+?\d(?:[ ()-]{0,2}\d){8,}|"
    r"\b(?:19|20)\d{2}\b(?!\s*(?:ng|pg|pmol|ug|mcg))|\d{1,2}(?:st|nd|rd|th)\b|\d{1,2}\s*(?:am|pm)\b|#\s*\d+|\b\d+/\d+\b"
)
_DOTS: Final = re.compile(r"\.{3,}|…|(?<=\w)\.\.(?=\d)")
_NEGATIVE: Final = re.compile(r"(?:^|[\s=:(])-$")
_SLIPS_MAX: Final = 2
_FUZZY_FROM: Final = 6


@dataclass(frozen=True)
class Mark:
    """Something in the text. what: its kind; key: lab, other test or cue word; the rest for numbers and ranges.

    unit: the unit as it was written, squeezed. bracketed: whether it stands in brackets.
    """

    what: str
    start: int
    end: int
    key: str = ""
    value: float = 0.0
    high: float = 0.0
    comparator: str | None = None
    unit: str = ""
    bracketed: bool = False


class Scanner:
    """Finds marks. Pure."""

    def __init__(self, labs: Mapping[str, Lab], talk: Mapping[str, Iterable[str]]) -> None:
        """Index every name, unit and cue."""
        self._nlp = spacy.blank("en")
        self._names = PhraseMatcher(self._nlp.vocab, attr="ORTH")
        self._cues = PhraseMatcher(self._nlp.vocab, attr="ORTH")
        for key, lab in labs.items():
            self._add(self._names, f"{LAB} {key}", [*lab.names, *lab.symbols])
        for kind in (OTHER, IRON, TIBC):
            self._add(self._names, kind, talk[kind])
        for kind, words in talk.items():
            if kind not in (OTHER, IRON, TIBC):
                plural = [f"{word}s" for word in words] if kind == OWNER else []
                self._add(self._cues, kind, [*words, *plural])
        self._fuzzy = {
            name: key for key, lab in labs.items() for name in lab.names if name.isalpha() and len(name) >= _FUZZY_FROM
        }
        self._units = sorted(
            {written for lab in labs.values() for unit in lab.units.values() for written in unit.written} | {"ug/dl"},
            key=len,
            reverse=True,
        )

    def _add(self, matcher: PhraseMatcher, key: str, phrases: Iterable[str]) -> None:
        made = (self._doc(same_length(str(phrase)))[0] for phrase in phrases)
        matcher.add(key, [doc for doc in made if len(doc)])

    def _doc(self, plain: str) -> tuple[Doc, list[tuple[int, int]]]:
        found = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(plain)]
        return Doc(self._nlp.vocab, words=[word for word, _, _ in found]), [(start, end) for _, start, end in found]

    def scan(self, text: str) -> list[Mark]:
        """Marks in order of their places; none overlap but cues."""
        plain = _DOTS.sub(lambda match: " " * len(match.group()), same_length(text))
        doc, places = self._doc(plain)
        names = list(self._named(doc, places, plain))
        taken = [(mark.start, mark.end) for mark in names]
        numbers = self._numbers(plain, taken)
        cues = [
            Mark(self._nlp.vocab.strings[key], places[start][0], places[end - 1][1], doc[start:end].text)
            for key, start, end in self._cues(doc)
        ]
        breaks = [Mark(BREAK, match.start(), match.end()) for match in re.finditer(r"[\n;]+|[.!?]+(?=\s|$)", plain)]
        return sorted([*names, *numbers, *cues, *breaks], key=lambda mark: (mark.start, -mark.end))

    def _named(self, doc: Doc, places: list[tuple[int, int]], plain: str) -> Iterator[Mark]:
        spans = filter_spans(self._names(doc, as_spans=True))
        covered = {at for span in spans for at in range(span.start, span.end)}
        for span in spans:
            start, end = places[span.start][0], places[span.end - 1][1]
            kind, _, key = span.label_.partition(" ")
            if kind == LAB and self._is_amount(span.text, start, plain):
                continue
            yield Mark(kind, start, end, key or plain[start:end])
        for at, token in enumerate(doc):
            if at not in covered and token.text.isalpha() and len(token.text) >= _FUZZY_FROM:
                key = self._near(token.text)
                if key:
                    yield Mark(LAB, *places[at], key)

    @staticmethod
    def _is_amount(name: str, start: int, plain: str) -> bool:
        """“mg” right behind a number is a dose or a unit, and no magnesium."""
        return name in ("mg", "cr") and bool(re.search(r"\d\s*$", plain[:start]))

    def _near(self, word: str) -> str | None:
        near = [
            (OSA.distance(word, name), key)
            for name, key in self._fuzzy.items()
            if name[0] == word[0] and abs(len(name) - len(word)) <= _SLIPS_MAX
        ]
        best = min(near, default=(99, ""))
        return best[1] if best[0] <= (_SLIPS_MAX if len(word) > _FUZZY_FROM + 1 else 1) else None

    def _numbers(self, plain: str, taken: list[tuple[int, int]]) -> list[Mark]:
        hidden = [match.span() for match in _NO_VALUE.finditer(plain)]
        marks: list[Mark] = []
        for numeral in numerals(plain):
            inside = any(start < numeral.end and numeral.start < end for start, end in taken)
            if inside or any(start <= numeral.start and numeral.end <= end for start, end in hidden):
                continue
            mark = self._number(plain, numeral)
            last = marks[-1] if marks else None
            if last and last.what == NUMBER and _DASH.fullmatch(plain[last.end : numeral.start]):
                if plain[last.end : numeral.start].strip() != "to" or self._is_range_to(plain, last, mark):
                    marks[-1] = replace(
                        last, what=RANGE, high=mark.value, end=mark.end, unit=mark.unit or last.unit
                    )
                    continue
            marks.append(mark)
        return marks

    @staticmethod
    def _is_range_to(plain: str, last: Mark, mark: Mark) -> bool:
        """“30 to 400” is a range where it rises, unless it came “from 30 to 400”."""
        return mark.value > last.value and not re.search(r"(?:from|down|up|went)\s*$", plain[: last.start])

    def _number(self, plain: str, numeral: Numeral) -> Mark:
        compared = _COMPARED.search(plain[: numeral.start])
        start = compared.start() if compared else numeral.start
        unit, end = self._unit(plain, numeral.end)
        before = plain[:start]
        bracketed = max(before.rfind("("), before.rfind("[")) > max(before.rfind(")"), before.rfind("]"))
        comparator = _COMPARATORS[compared[1]] if compared else None
        sign = -1 if _NEGATIVE.search(plain[: numeral.start]) else 1
        return Mark(NUMBER, start, end, "", sign * numeral.value, 0.0, comparator, unit, bracketed)

    def _unit(self, plain: str, at: int) -> tuple[str, int]:
        """The longest unit that stands behind a number, squeezed, and where it ends."""
        squeezed, places = "", []
        for place in range(at, min(at + 40, len(plain))):
            if plain[place] not in " -" or (plain[place] == "-" and squeezed):
                squeezed += plain[place]
                places.append(place)
        for written in self._units:
            if squeezed.startswith(written):
                end = places[len(written) - 1] + 1
                if not (end < len(plain) and plain[end].isalnum() and written[-1].isalnum()):
                    return written, end
        return "", at
