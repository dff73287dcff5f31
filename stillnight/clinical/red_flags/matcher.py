"""Finding templates in a reading: the phrases first, the templates are then put together from them.

Phrases are looked up for all templates at once, in one set, and only templates whose phrases are all there are looked
at, so that the cost grows with the message and hardly with the number of rules. spaCy's PhraseMatcher did the same with
100 MB more and five seconds of loading: docs/decisions/0005-danger.md.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from stillnight.clinical.red_flags.reading import Reading
from stillnight.clinical.red_flags.templates import Element, Phrase, Sequence, Template

# Parts joined by & may lie this far apart.
_TOGETHER_WORDS: Final = 14


@dataclass(frozen=True, order=True)
class Span:
    """Words `start` to `end` (exclusive) of a reading; `gaps`: stretches within that no part of the rule asked for."""

    start: int
    end: int
    gaps: tuple[tuple[int, int], ...] = ()


Spans = Mapping[Phrase, list[int]]
Usable = Callable[[Span], bool]


@dataclass(frozen=True)
class Match:
    """A template that occurs, and where each of its sequences does."""

    key: str
    source: str
    spans: tuple[Span, ...]


def _always(_: Span) -> bool:
    return True


class TemplateMatcher:
    """Holds templates under keys (the name of a flag, of a context) and finds them all."""

    def __init__(self, templates: Iterable[tuple[str, Template]]) -> None:
        """Take note of every phrase."""
        self._templates = list(templates)
        self._phrases: set[Phrase] = set()
        # A template is worth a look only when one phrase of its rarest element is there.
        self._by_phrase: defaultdict[Phrase, list[int]] = defaultdict(list)
        for number, (_, template) in enumerate(self._templates):
            required = [element for element in template.elements if not element.optional]
            anchor = min(required, key=lambda element: len(element.phrases))
            for phrase in anchor.phrases:
                self._by_phrase[phrase].append(number)
            for element in template.every_element:
                self._phrases |= element.phrases
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for phrase in self._phrases:
            lengths[phrase[0]].add(len(phrase))
        # How long the phrases are that begin with a word.
        self._lengths = {first: tuple(sorted(each)) for first, each in lengths.items()}

    def vocabulary(self) -> set[str]:
        """Every word of every template."""
        return {word for phrase in self._phrases for word in phrase}

    def find(
        self,
        reading: Reading,
        hidden: frozenset[int] = frozenset(),
        usable: Usable = _always,
        done: Collection[str] = (),
    ) -> Iterator[Match]:
        """Every template that occurs, once for each place of its first sequence.

        Args:
            reading: the message.
            hidden: words that take no part.
            usable: whether a place of a sequence counts.
            done: keys that need no looking for; it may grow while the matches are read.
        """
        spans = self._spans(reading, hidden)
        numbers = {number for phrase in spans for number in self._by_phrase.get(phrase, ())}
        for number in sorted(numbers):
            key_of, template = self._templates[number]
            if key_of in done:
                continue
            for found in _occurrences(template, spans, reading, usable):
                yield Match(key_of, template.source, found)
                if key_of in done:
                    break

    def _spans(self, reading: Reading, hidden: frozenset[int]) -> Spans:
        spans: defaultdict[Phrase, list[int]] = defaultdict(list)
        words = reading.words
        for start, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                phrase = words[start : start + length]
                if phrase in self._phrases and hidden.isdisjoint(range(start, start + length)):
                    spans[phrase].append(start)
        return spans


def _occurrences(template: Template, spans: Spans, reading: Reading, usable: Usable) -> Iterator[tuple[Span, ...]]:
    parts = []
    for part in template.parts:
        found = sorted(_together_all(part, spans, reading, usable))
        if not found:
            return
        parts.append(found)
    if any(_places(sequence, spans, reading) for sequence in template.unless_anywhere):
        return
    barred = {
        reading.sentence[span.start] for sequence in template.unless for span in _places(sequence, spans, reading)
    }
    for first in parts[0]:
        if reading.sentence[first[0].start] in barred:
            continue
        nearest = [_nearest(others, first[0].start) for others in parts[1:]]
        yield tuple(span for part in (first, *nearest) for span in part)


def _nearest(others: list[tuple[Span, ...]], start: int) -> tuple[Span, ...]:
    at = bisect_left(others, start, key=lambda other: other[0].start)
    return min(others[max(at - 1, 0) : at + 1], key=lambda other: abs(other[0].start - start))


def _together_all(
    part: tuple[Sequence, ...], spans: Spans, reading: Reading, usable: Usable
) -> Iterator[tuple[Span, ...]]:
    places = []
    for sequence in part:
        found = sorted(span for span in _places(sequence, spans, reading) if usable(span))
        if not found:
            return
        places.append(found)
    for first in places[0]:
        chosen = [first]
        for others in places[1:]:
            other = _beside(first, others, reading)
            if other is None:
                break
            chosen.append(other)
        else:
            yield tuple(chosen)


def _beside(first: Span, others: list[Span], reading: Reading) -> Span | None:
    """The nearest of `others` that stands in the sentence of `first`."""
    low = bisect_left(others, first.start - 2 * _TOGETHER_WORDS, key=lambda other: other.start)
    high = bisect_right(others, first.end + _TOGETHER_WORDS, key=lambda other: other.start)
    sentence = reading.sentence[first.start]
    fitting = [
        other
        for other in others[low:high]
        if reading.sentence[other.start] == sentence
        and max(other.start - first.end, first.start - other.end) <= _TOGETHER_WORDS
        and not (other.start < first.end and first.start < other.end)
    ]
    return min(fitting, key=lambda other: abs(other.start - first.start), default=None)


def _places(sequence: Sequence, spans: Spans, reading: Reading) -> list[Span]:
    """Where a sequence occurs within one sentence; of those that end at one word the tightest."""
    reached: dict[int, Span] | None = None
    for element in sequence:
        found: dict[int, Span] = {} if reached is None or not element.optional else dict(reached)
        for start, ends in _ends(element, spans).items():
            before = Span(start, start) if reached is None else _before(start, element.gap, reached, reading)
            if before is None:
                continue
            gaps = before.gaps if before.end == start else (*before.gaps, (before.end, start))
            for end in ends:
                longer = Span(before.start, end, gaps)
                if reading.sentence[longer.start] == reading.sentence[end - 1] and (
                    end not in found or found[end].start < longer.start
                ):
                    found[end] = longer
        if reached is None and element.optional:
            # A missing first word puts no bound on where the next begins.
            continue
        reached = found
        if not reached:
            return []
    return list((reached or {}).values())


def _before(start: int, gap: int, reached: Mapping[int, Span], reading: Reading) -> Span | None:
    """Of what was reached shortly before `start`, the part that began last."""
    fitting = [
        reached[end]
        for end in range(start - gap, start + 1)
        if end in reached and reading.sentence[reached[end].start] == reading.sentence[start]
    ]
    return max(fitting, default=None)


def _ends(element: Element, spans: Spans) -> dict[int, list[int]]:
    ends: defaultdict[int, list[int]] = defaultdict(list)
    for phrase in element.phrases if len(element.phrases) < len(spans) else spans.keys() & element.phrases:
        for start in spans.get(phrase, ()):
            ends[start].append(start + len(phrase))
    return ends
