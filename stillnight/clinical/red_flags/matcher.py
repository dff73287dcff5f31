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
from typing import Final, NamedTuple

from stillnight.clinical.red_flags.reading import Reading
from stillnight.clinical.red_flags.templates import Phrase, Sequence, Template

# Parts joined by & may lie this far apart.
_TOGETHER_WORDS: Final = 14
_NOWHERE: Final[Mapping[int, list[int]]] = {}


class Span(NamedTuple):
    """Words `start` to `end` (exclusive) of a reading; `gaps`: stretches within that no part of the rule asked for."""

    start: int
    end: int
    gaps: tuple[tuple[int, int], ...] = ()


# Of each set of phrases that was met: where they start, and where they end.
Spans = Mapping[int, Mapping[int, list[int]]]
Usable = Callable[[Span], bool]


@dataclass(frozen=True)
class Match:
    """A template that occurs, and where each of its sequences does."""

    key: str
    source: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class _Step:
    """An element of a sequence. Its phrases are known by their number alone: see `TemplateMatcher`."""

    phrases: int
    gap: int
    optional: bool


_Steps = tuple[_Step, ...]


@dataclass(frozen=True)
class _Rule:
    """A template under its key, made of steps."""

    key: str
    source: str
    parts: tuple[tuple[_Steps, ...], ...]
    unless: tuple[_Steps, ...]
    unless_anywhere: tuple[_Steps, ...]


def _always(_: Span) -> bool:
    return True


class TemplateMatcher:
    """Holds templates under keys (the name of a flag, of a context) and finds them all.

    A group of words stands in hundreds of templates. So each set of phrases has a number, each phrase the numbers of
    the sets that hold it, and the sets themselves are not kept: a tenth of the memory.
    """

    def __init__(self, templates: Iterable[tuple[str, Template]]) -> None:
        """Take note of every phrase."""
        self._rules: list[_Rule] = []
        # A template is worth a look only when one phrase of its rarest element is there.
        self._by_anchor: defaultdict[int, list[int]] = defaultdict(list)
        sets: dict[frozenset[Phrase], int] = {}

        def steps(sequence: Sequence) -> _Steps:
            return tuple(_Step(sets.setdefault(each.phrases, len(sets)), each.gap, each.optional) for each in sequence)

        for number, (key, template) in enumerate(templates):
            required = [element for element in template.elements if not element.optional]
            anchor = min(required, key=lambda element: len(element.phrases))
            self._by_anchor[sets.setdefault(anchor.phrases, len(sets))].append(number)
            parts = tuple(tuple(map(steps, part)) for part in template.parts)
            unless, anywhere = tuple(map(steps, template.unless)), tuple(map(steps, template.unless_anywhere))
            self._rules.append(_Rule(key, template.source, parts, unless, anywhere))
        self._holders = _holders(sets)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for phrase in self._holders:
            lengths[phrase[0]].add(len(phrase))
        # How long the phrases are that begin with a word.
        self._lengths = {first: tuple(sorted(each)) for first, each in lengths.items()}

    def vocabulary(self) -> set[str]:
        """Every word of every template."""
        return {word for phrase in self._holders for word in phrase}

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
        numbers = {number for phrases in spans for number in self._by_anchor.get(phrases, ())}
        for number in sorted(numbers):
            rule = self._rules[number]
            if rule.key in done:
                continue
            for found in _occurrences(rule, spans, reading, usable):
                yield Match(rule.key, rule.source, found)
                if rule.key in done:
                    break

    def _spans(self, reading: Reading, hidden: frozenset[int]) -> Spans:
        spans: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        words = reading.words
        for start, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                end = start + length
                holders = self._holders.get(words[start:end], ()) if end <= len(words) else ()
                if holders and hidden.isdisjoint(range(start, end)):
                    for phrases in holders:
                        spans[phrases][start].append(end)
        return spans


def _holders(sets: Mapping[frozenset[Phrase], int]) -> dict[Phrase, tuple[int, ...]]:
    """For each phrase the numbers of the sets that hold it."""
    holders: defaultdict[Phrase, list[int]] = defaultdict(list)
    for phrases, number in sets.items():
        for phrase in phrases:
            holders[phrase].append(number)
    # Names of one kind of medicine stand together everywhere.
    same: dict[tuple[int, ...], tuple[int, ...]] = {}
    return {phrase: same.setdefault(tuple(numbers), tuple(numbers)) for phrase, numbers in holders.items()}


def _occurrences(rule: _Rule, spans: Spans, reading: Reading, usable: Usable) -> Iterator[tuple[Span, ...]]:
    parts = []
    for part in rule.parts:
        found = sorted(_together_all(part, spans, reading, usable))
        if not found:
            return
        parts.append(found)
    if any(_places(sequence, spans, reading) for sequence in rule.unless_anywhere):
        return
    barred = {reading.sentence[span.start] for sequence in rule.unless for span in _places(sequence, spans, reading)}
    for first in parts[0]:
        if reading.sentence[first[0].start] in barred:
            continue
        nearest = [_nearest(others, first[0].start) for others in parts[1:]]
        yield tuple(span for part in (first, *nearest) for span in part)


def _nearest(others: list[tuple[Span, ...]], start: int) -> tuple[Span, ...]:
    at = bisect_left(others, start, key=lambda other: other[0].start)
    return min(others[max(at - 1, 0) : at + 1], key=lambda other: abs(other[0].start - start))


def _together_all(
    part: tuple[_Steps, ...], spans: Spans, reading: Reading, usable: Usable
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


def _places(sequence: _Steps, spans: Spans, reading: Reading) -> list[Span]:
    """Where a sequence occurs within one sentence; of those that end at one word the tightest."""
    reached: dict[int, Span] | None = None
    for step in sequence:
        found: dict[int, Span] = {} if reached is None or not step.optional else dict(reached)
        for start, ends in spans.get(step.phrases, _NOWHERE).items():
            before = Span(start, start) if reached is None else _before(start, step.gap, reached, reading)
            if before is None:
                continue
            gaps = before.gaps if before.end == start else (*before.gaps, (before.end, start))
            for end in ends:
                longer = Span(before.start, end, gaps)
                if reading.sentence[longer.start] == reading.sentence[end - 1] and (
                    end not in found or found[end].start < longer.start
                ):
                    found[end] = longer
        if reached is None and step.optional:
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
