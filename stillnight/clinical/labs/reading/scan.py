"""A message as a row of marks: tests, numbers with units, ranges, dates, and words that say which number counts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans
from spacy.vocab import Vocab

from stillnight.clinical.labs.definitions import Lab
from stillnight.clinical.labs.reading.dates import dates
from stillnight.clinical.labs.reading.marks import (
    BREAK,
    DATE,
    IRON,
    LAB,
    NUMBER,
    OTHER,
    OWNER,
    RANGE,
    THING,
    TIBC,
    UNIT,
    Mark,
)
from stillnight.clinical.labs.reading.numerals import Numeral, numerals, same_length
from stillnight.clinical.labs.reading.places import Places

_TOKEN: Final = re.compile(
    r"\b[dl]'(?=[^\W\d_]{3})|[^\W\d_]+(?='s\b)|'s\b|[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.,]\d+)*|[^\w\s]|_"
)
_COMPARED: Final = re.compile(
    r"((?<![-<=>])(?:<=|>=|=<|=>|≤|≥|<|>(?!>))|less than or equal to|more than or equal to|at most|less than|"
    r"lower than|below|under|no more than|not more than|no less than|not less than|at least|more than|greater than|"
    r"higher than|above|over)\s*$"
)
_COMPARATORS: Final = {
    **dict.fromkeys(("<", "less than", "lower than", "below", "under"), "<"),
    **dict.fromkeys((">", "more than", "greater than", "higher than", "above", "over"), ">"),
    **dict.fromkeys(("<=", "=<", "≤", "less than or equal to", "at most", "no more than", "not more than"), "<="),
    **dict.fromkeys((">=", "=>", "≥", "more than or equal to", "at least", "no less than", "not less than"), ">="),
}
# Characters before a number in which words such as “less than” stand.
_COMPARED_WITHIN: Final = 60
_DASH: Final = re.compile(r"\s*(?:-|\.\.\.?|bis|till|to|a)\s*")
_BETWEEN: Final = re.compile(r"\bbetween\s*$")
_OPEN: Final = re.compile(
    r"(?:\bfrom\s+\d[\d.,]*\s*%?\s+and|\b(?:from|down|up|went|fell|rose|dropped|climbed|through|then|via))\s*$"
)
# Times, telephone and order numbers: nothing in them is a value.
_NO_VALUE: Final = re.compile(
    # “on the 14th at 8.15”, “6 hours 20”, “~104~” struck out
    r"\d{1,2}(?:st|nd|rd|th)?\s*,?\s*at\s+\d{1,2}[.:]\d{2}\b|day\s+at\s+\d{1,2}(?:[.:]\d{2})?\b|"
    r"\d{1,2}\s*(?:hours?|hrs?)\s+(?:and\s+)?\d{1,2}\b(?![.,]\d)|~+\d+(?:[.,]\d+)?~+|"
    r"\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]m)?|"
    r"\d[\d.,]*\s*(?:naira|pesos?|reais|rand|shillings?|dirhams?|zloty|rupees?|yen|yuan)\b|"
    r"(?:\+\d|\b0\d|\(\d{3}\))(?:[ ()-]{0,2}\d){7,}|\b\d{3}([-.])\d{3}\1\d{4}\b|"
    r"\d{1,2}(?:st|nd|rd|th)\b|\d{1,2}\s*(?:[ap]m|[ap]\.m\.?)(?!\w)|#\s*\d+|\b[a-z]\d{5,}\b|"
    r"\d{1,2}/\d{1,2}\s+at\s+\d{1,2}[.:]\d{2}|\bpage\s+\d+\s+of\s+\d+"
)
# Between a number and its unit a report may print a flag or a column's edge.
_EDGE: Final = re.compile(
    r"[ \t]*(?:\*+|\((?:h|l|hh|ll|high|low)\)|\b(?:h|l|hh|ll|high|low)\b(?!\s*/))?[ \t]*(?:[|;,\t][ \t]*)?"
)
_DOTS: Final = re.compile(
    r"\.{3,}|…|(?<=\w)\.\.(?=\d)|(?<=[a-z])\.(?=[a-z](?:\.|\b))|(?:(?<=^[a-z])|(?<=[\s(][a-z]))\.(?=\s)"
)
# A line of a table with commas between its fields.
_ROW: Final = re.compile(r"(?m)^(?=.*(?:[^\W\d],\S|\d,[^\W\d]))[^,\n]*(?:,[^,\s][^,\n]*){2,},?$")
_CELLS: Final = re.compile(r"(?m)^[^;\n]*(?:;[^;\s][^;\n]*){2,};?$")
_DASHED: Final = re.compile(r"(?m)^.*? - .*? - .*? - .*$")
_BREAK: Final = re.compile(r"[\n;]+|(?<!\bno)(?<!\bnr)[.!?]+(?=\s|$)")
# “1. … 2. …”
_LISTED: Final = re.compile(r"(?:^|\s)1[.)]\s.*\s2[.)]\s", re.DOTALL)
_POINT: Final = re.compile(r"(?:^|\s)\d[.)](?=\s)")
_AMOUNT: Final = re.compile(r"\d\s*$")
_DECIMAL_BEHIND: Final = re.compile(r"\s*[:=]?\s*\d+[.,]\d")
_NUMBER_BEHIND: Final = re.compile(
    r"\s*(?:[:=%(|-]|is|was|of|at|level|an hour|per hour|came back(?: at)?)?\s*[<>~]?\s*"
    r"(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty)\b)"
)
_NUMBER_BEFORE: Final = re.compile(
    r"(?:\d%?|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty))[\s|]*$"
)
# Iron as a treatment: “34 on the iron”, “2 iron pills”.
_TREATED: Final = re.compile(
    r"\d\s*m?g\s+(?:of\s+)?$|\b(?:on|taking|take|took|takes|oral|extra|started|starting|after)\s+(?:(?:the|my|some)\s+)?$"
)
_TREATMENT: Final = re.compile(
    r"\s+(?:pill|tablet|tab|supplement|capsule|infusion|drip|injection|treatment|therapy|deficien|store|rich|drop)"
)
_NEGATIVE: Final = re.compile(r"(?:^|[\s=:(])-$")
_ARROW: Final = re.compile(r"-+>|=>|→|»|>{2,}|<-+")
# From so many letters on a word is mended, and from so many it may have two slips.
_MENDED_FROM: Final = 5
_SLIPS_FROM: Final = 8


def plain_text(text: str) -> str:
    """Small letters and European digits, dots and commas only where they matter, every character where it was typed."""
    plain = _DOTS.sub(lambda match: " " * len(match.group()), same_length(text))
    plain = _ROW.sub(lambda match: match.group().replace(",", "|"), plain)
    plain = _CELLS.sub(lambda match: match.group().replace(";", "|"), plain)
    return _DASHED.sub(lambda match: match.group().replace(" - ", " | "), plain)


class Scanner:
    """Finds marks. Pure."""

    def __init__(
        self, labs: Mapping[str, Lab], talk: Mapping[str, Iterable[str]], everyday: Collection[str] = frozenset()
    ) -> None:
        """Index every name, unit and cue. `everyday`: words that are never taken for a misspelt name."""
        # The words come from `_TOKEN`: nothing of a language is needed.
        self._vocab = Vocab()
        self._names = PhraseMatcher(self._vocab, attr="ORTH")
        self._cues = PhraseMatcher(self._vocab, attr="ORTH")
        for key, lab in labs.items():
            self._add(self._names, f"{LAB} {key}", [*lab.names, *lab.symbols, *lab.beside_number])
        for kind in (OTHER, IRON, TIBC):
            self._add(self._names, kind, talk[kind])
        for kind, words in talk.items():
            if kind not in (OTHER, IRON, TIBC):
                plural = [f"{word}s" for word in words] if kind == OWNER else []
                self._add(self._cues, kind, [*words, *plural])
        self._beside = frozenset(name for lab in labs.values() for name in lab.beside_number)
        # Symbols that are units too.
        self._amounts = frozenset(symbol for lab in labs.values() for symbol in lab.symbols) & set(talk["amounts"])
        words = {word for lab in labs.values() for name in lab.names for word in name.split()}
        self._long = frozenset(word for word in words if len(word) >= _MENDED_FROM)
        self._known = (
            words
            | set(everyday)
            | {word for kind in (OTHER, IRON, TIBC) for name in talk[kind] for word in str(name).split()}
        )
        units = {written for lab in labs.values() for unit in lab.units.values() for written in unit.written} | {
            "ug/dl"
        }
        # The longest first.
        self._units: dict[str, list[str]] = {}
        for unit in sorted(units, key=len, reverse=True):
            self._units.setdefault(unit[0], []).append(unit)
        # Alone, without a number before it, only what can be nothing else is a unit.
        self._plain_units = {unit for unit in units if "/" in unit}

    def _add(self, matcher: PhraseMatcher, key: str, phrases: Iterable[str]) -> None:
        made = (self._doc(same_length(str(phrase)))[0] for phrase in phrases)
        matcher.add(key, [doc for doc in made if len(doc)])

    def _doc(self, plain: str) -> tuple[Doc, list[tuple[int, int]]]:
        found = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(plain)]
        return Doc(self._vocab, words=[word for word, _, _ in found]), [(start, end) for _, start, end in found]

    def _mended(self, doc: Doc) -> Doc:
        """With misspelt words of names put right: “lim movment index”."""
        return Doc(self._vocab, words=[self._near(token.text) for token in doc])

    def scan(self, plain: str, things: Sequence[tuple[int, int]] = ()) -> list[Mark]:
        """Marks in order of their places; none overlap but cues.

        Args:
            plain: a text that went through `plain_text`.
            things: where medicines are named.
        """
        doc, places = self._doc(plain)
        names = list(self._named(doc, places, plain))
        named = Places.of(names)
        names += [Mark(THING, start, end) for start, end in things if not named.touch(start, end)]
        days = [Mark(DATE, day.start, day.end, value=day.value) for day in dates(plain)]
        named = Places.of(names)
        days = [day for day in days if not named.touch(day.start, day.end)]
        numbers = self._numbers(plain, [*names, *days])
        # “per hr” is a unit, and no heart rate.
        counted = Places.of(numbers)
        names = [name for name in names if not counted.touch(name.start, name.end)]
        built = [*names, *days, *numbers]
        units = list(self._lone_units(plain, built))
        cues = [
            Mark(
                self._vocab.strings[key],
                places[start][0],
                places[end - 1][1],
                plain[places[start][0] : places[end - 1][1]],
            )
            for key, start, end in self._cues(doc)
        ]
        cues = [cue for cue in cues if not counted.touch(cue.start, cue.end)]
        # A cue that is only a part of another is none: the mother of “mother-in-law”, the then of “back then”.
        whole = Places.of(cues)
        cues = [cue for cue in cues if not whole.exceed(cue.start, cue.end)]
        breaks = [Mark(BREAK, match.start(), match.end()) for match in _BREAK.finditer(plain)]
        named = Places.of(names)
        breaks = [stop for stop in breaks if not named.touch(stop.start, stop.end)]
        return sorted([*built, *units, *cues, *breaks], key=lambda mark: (mark.start, -mark.end))

    # -- names

    def _named(self, doc: Doc, places: list[tuple[int, int]], plain: str) -> Iterator[Mark]:
        spans = filter_spans(self._names(self._mended(doc), as_spans=True))
        for span in spans:
            start, end = places[span.start][0], places[span.end - 1][1]
            kind, _, key = span.label_.partition(" ")
            if span.text in self._amounts and self._is_amount(plain, start, end):
                continue
            if kind == LAB and span.text in self._beside and not self._has_number(plain, start, end):
                continue
            if kind == IRON and self._is_treatment(plain, start, end):
                continue
            yield Mark(kind, start, end, key or plain[start:end])

    @staticmethod
    def _is_amount(plain: str, start: int, end: int) -> bool:
        """“300 mg” is a dose, “mg/l” a unit, and “88 mg 0.83” names magnesium."""
        behind = _DECIMAL_BEHIND.match(plain, end)
        return plain[end : end + 1] == "/" or (bool(_AMOUNT.search(plain[:start])) and not behind)

    @staticmethod
    def _is_treatment(plain: str, start: int, end: int) -> bool:
        if _TREATMENT.match(plain, end):
            return True
        return bool(_TREATED.search(plain[:start])) and not _NUMBER_BEHIND.match(plain, end)

    @staticmethod
    def _has_number(plain: str, start: int, end: int) -> bool:
        return bool(_NUMBER_BEHIND.match(plain, end) or _NUMBER_BEFORE.search(plain[:start]))

    def _near(self, word: str) -> str:
        if len(word) < _MENDED_FROM - 1 or word in self._known or not word.isalpha():
            return word
        slips = 2 if len(word) >= _SLIPS_FROM else 1
        near = extractOne(word, self._long, scorer=OSA.distance, score_cutoff=slips)
        return str(near[0]) if near and near[0][0] == word[0] else word

    # -- numbers

    def _numbers(self, plain: str, taken: Sequence[Mark]) -> list[Mark]:
        hidden = [match.span() for match in _NO_VALUE.finditer(plain)]
        hidden += [match.span() for match in _POINT.finditer(plain)] if _LISTED.search(plain) else []
        marks: list[Mark] = []
        covered, told, ends = Places(hidden), Places.of(taken), {mark.end for mark in taken}
        for numeral in numerals(plain):
            if told.touch(numeral.start, numeral.end) or covered.cover(numeral.start, numeral.end):
                continue
            if numeral.start and plain[numeral.start - 1].isalpha() and numeral.start not in ends:
                continue
            if plain[numeral.end : numeral.end + 1] == "o" and plain[numeral.end - 1 : numeral.end].isdigit():
                # “3O”: a letter where a nought was meant.
                continue
            mark = self._number(plain, numeral)
            last = marks[-1] if marks else None
            if last and last.what == NUMBER and self._is_range(plain, last, mark):
                marks[-1] = replace(last, what=RANGE, high=mark.value, end=mark.end, unit=mark.unit or last.unit)
                continue
            marks.append(mark)
        return marks

    @staticmethod
    def _is_range(plain: str, last: Mark, mark: Mark) -> bool:
        """“30 - 400” is a range, and “30 to 400” where it rises, unless it came “from 30 to 400”."""
        between = plain[last.end : mark.start]
        if between.strip() == "and" and _BETWEEN.search(plain[: last.start]):
            return True
        if not _DASH.fullmatch(between) or mark.comparator:
            return False
        return between.strip() not in ("to", "a") or (mark.value > last.value and not _OPEN.search(plain[: last.start]))

    def _number(self, plain: str, numeral: Numeral) -> Mark:
        before = plain[: numeral.start]
        near = max(0, numeral.start - _COMPARED_WITHIN)
        compared = None if _ARROW.search(before[-4:]) else _COMPARED.search(plain, near, numeral.start)
        start = compared.start() if compared else numeral.start
        unit, end = self._unit(plain, numeral.end)
        if not unit:
            edge = _EDGE.match(plain, numeral.end)
            behind = edge.end() if edge else numeral.end
            unit, far = self._unit(plain, behind) if behind > numeral.end else ("", end)
            # A lone letter behind a comma is the next word.
            unit, end = (unit, far) if "/" in unit or unit == "%" else ("", end)
        bracketed = max(before.rfind("("), before.rfind("[")) > max(before.rfind(")"), before.rfind("]"))
        comparator = _COMPARATORS[compared[1]] if compared else None
        sign = -1 if before.endswith("-") and _NEGATIVE.search(before[-2:]) else 1
        return Mark(NUMBER, start, end, "", sign * numeral.value, 0.0, comparator, unit, bracketed)

    def _unit(self, plain: str, at: int) -> tuple[str, int]:
        """The longest unit that stands behind a number, squeezed, and where it ends."""
        squeezed, places = "", []
        for place in range(at, min(at + 40, len(plain))):
            if plain[place] not in " -" or (plain[place] == "-" and squeezed):
                squeezed += plain[place]
                places.append(place)
        for written in self._units.get(squeezed[:1], ()):
            if squeezed.startswith(written):
                end = places[len(written) - 1] + 1
                if not (end < len(plain) and plain[end].isalnum() and written[-1].isalnum()):
                    return written, end
        return "", at

    def _lone_units(self, plain: str, built: Sequence[Mark]) -> Iterator[Mark]:
        taken = Places.of(built)
        for match in re.finditer(r"[a-z%]+/[0-9a-z]+", plain):
            if match.group() in self._plain_units and not taken.touch(*match.span()):
                yield Mark(UNIT, match.start(), match.end(), unit=match.group())
