"""Finding templates in a reading: spaCy finds the phrases, the templates are then put together from them.

Phrases are looked up for all templates at once (one pass of spaCy's PhraseMatcher), and only templates whose phrases are
all there are looked at, so that the cost grows with the message and hardly with the number of rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from stillnight.clinical.red_flags.reading import LARGE, Reading
from stillnight.clinical.red_flags.templates import Element, Phrase, Sequence, Template

# Parts joined by & may lie this far apart.
_TOGETHER_WORDS = 14

_UNKNOWN = "_"

Spans = Mapping[Phrase, list[int]]


@dataclass(frozen=True)
class Span:
    """Words `start` to `end` (exclusive) of a reading."""

    start: int
    end: int


@dataclass(frozen=True)
class Match:
    """A template that occurs, and where each of its sequences does."""

    key: str
    source: str
    spans: tuple[Span, ...]


class TemplateMatcher:
    """Holds templates under keys (the name of a flag, of a context) and finds them all."""

    def __init__(self, templates: Iterable[tuple[str, Template]]) -> None:
        """Build the phrase matcher."""
        self._templates = list(templates)
        self._nlp = spacy.blank("en")
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="ORTH")
        self._phrases: dict[int, Phrase] = {}
        # A template is worth a look only when one phrase of its rarest element is there.
        self._by_phrase: defaultdict[Phrase, list[int]] = defaultdict(list)
        for number, (_, template) in enumerate(self._templates):
            required = [element for element in template.elements if not element.optional]
            anchor = min(required, key=lambda element: len(element.phrases))
            for phrase in anchor.phrases:
                self._by_phrase[phrase].append(number)
            for phrase in template.phrases:
                self._add(phrase)
        self._words = self.vocabulary()

    def _add(self, phrase: Phrase) -> None:
        key = self._nlp.vocab.strings.add(" ".join(phrase))
        if phrase and key not in self._phrases:
            self._phrases[key] = phrase
            self._matcher.add(" ".join(phrase), [Doc(self._nlp.vocab, words=list(phrase))])

    def vocabulary(self) -> set[str]:
        """Every word of every template."""
        return {word for phrase in self._phrases.values() for word in phrase}

    def find(self, reading: Reading, hidden: frozenset[int] = frozenset()) -> Iterator[Match]:
        """Every template that occurs, once for each place of its first sequence; `hidden` words cannot take part."""
        spans: defaultdict[Phrase, list[int]] = defaultdict(list)
        # Words of no rule are not shown to spaCy, which would keep every one of them for ever.
        for words in _readings(reading):
            doc = Doc(self._nlp.vocab, words=[word if word in self._words else _UNKNOWN for word in words])
            for key, start, end in self._matcher(doc):
                phrase = self._phrases[key]
                if start not in spans[phrase] and not any(at in hidden for at in range(start, end)):
                    spans[phrase].append(start)
        numbers = {number for phrase in spans for number in self._by_phrase.get(phrase, ())}
        for number in sorted(numbers):
            key_of, template = self._templates[number]
            for found in _occurrences(template, spans, reading):
                yield Match(key_of, template.source, found)


def _readings(reading: Reading) -> Iterator[tuple[str, ...]]:
    """The words, and once more with large counts written as such."""
    yield reading.words
    if reading.large:
        yield tuple(LARGE if at in reading.large else word for at, word in enumerate(reading.words))


def _occurrences(template: Template, spans: Spans, reading: Reading) -> Iterator[tuple[Span, ...]]:
    parts = [list(_together_all(part, spans, reading)) for part in template.parts]
    if all(parts) and not any(_places(sequence, spans, reading) for sequence in template.absent):
        for first in parts[0]:
            nearest = [min(others, key=lambda other: abs(other[0].start - first[0].start)) for others in parts[1:]]
            yield tuple(span for part in (first, *nearest) for span in part)


def _together_all(part: tuple[Sequence, ...], spans: Spans, reading: Reading) -> Iterator[tuple[Span, ...]]:
    places = [_places(sequence, spans, reading) for sequence in part]
    if not all(places):
        return
    for first in places[0]:
        chosen = [first]
        for others in places[1:]:
            fitting = [other for other in others if _together(first, other, reading)]
            if not fitting:
                break
            chosen.append(min(fitting, key=lambda other: abs(other.start - first.start)))
        else:
            yield tuple(chosen)


def _together(first: Span, second: Span, reading: Reading) -> bool:
    apart = max(second.start - first.end, first.start - second.end)
    return reading.sentence[first.start] == reading.sentence[second.start] and apart <= _TOGETHER_WORDS


def _places(sequence: Sequence, spans: Spans, reading: Reading) -> list[Span]:
    """Where a sequence occurs within one sentence; of those that end at one word the tightest."""
    # Reached so far: end of the part already found -> latest start.
    reached: dict[int, int] | None = None
    for element in sequence:
        found: dict[int, int] = {} if reached is None or not element.optional else dict(reached)
        ends_by_start = _ends(element, spans)
        for start, ends in ends_by_start.items():
            begin = start if reached is None else _begin(start, element.gap, reached, reading)
            if begin is None:
                continue
            for end in ends:
                if reading.sentence[begin] == reading.sentence[end - 1]:
                    found[end] = max(found.get(end, -1), begin)
        if reached is None and element.optional:
            # A missing first word puts no bound on where the next begins.
            continue
        reached = found
        if not reached:
            return []
    return [Span(start, end) for end, start in sorted((reached or {}).items())]


def _begin(start: int, gap: int, reached: Mapping[int, int], reading: Reading) -> int | None:
    starts = [
        reached[end]
        for end in range(start - gap, start + 1)
        if end in reached and reading.sentence[reached[end]] == reading.sentence[start]
    ]
    return max(starts, default=None)


def _ends(element: Element, spans: Spans) -> dict[int, list[int]]:
    ends: defaultdict[int, list[int]] = defaultdict(list)
    for phrase in element.phrases if len(element.phrases) < len(spans) else spans.keys() & element.phrases:
        for start in spans.get(phrase, ()):
            ends[start].append(start + len(phrase))
    return ends
