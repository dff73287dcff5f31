"""What takes a danger back: said to be absent, feared, asked in general, long ago, a story, a figure of speech.

The idea is that of ConText (Harkema 2009): a cue has a reach, forward or backward, and other words end it. Every cue
stands in `knowledge/red_flag_context.yml`; here is only how far each kind reaches.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from stillnight.clinical.red_flags.matcher import Match, Span, TemplateMatcher
from stillnight.clinical.red_flags.reading import Reading
from stillnight.clinical.red_flags.templates import Notation

_NEGATION_REACH: Final = 5
_WORRY_REACH: Final = 7
_LIST_TAIL: Final = 6
_AGO_REACH: Final = 9
_ANSWER_REACH: Final = 6

_FIGURATIVE: Final = "figurative"
_BEFORE: Final = "negation.before"
_AFTER: Final = "negation.after"
_NOT_SO: Final = "negation.not_so"
_STOPPER: Final = "stoppers"
_RESTART: Final = "restarts"
_NOT_CUES: Final = frozenset({"rewritten", "fillers", "groups", "list_words"})


def context_matcher(raw: Mapping[str, object], notation: Notation) -> TemplateMatcher:
    """The cues of `red_flag_context.yml`, keyed by their kind."""
    return TemplateMatcher(
        (kind, notation.parse(str(source)))
        for kind, sources in _by_kind(raw)
        if kind not in _NOT_CUES
        for source in sources
    )


def _by_kind(raw: Mapping[str, object]) -> Iterable[tuple[str, list[object]]]:
    for kind, content in raw.items():
        if isinstance(content, Mapping):
            yield from ((f"{kind}.{name}", list(entries)) for name, entries in content.items() if kind == "negation")
        elif isinstance(content, list):
            yield kind, content


class Context:
    """The cues of one message."""

    def __init__(
        self, matcher: TemplateMatcher, reading: Reading, own: frozenset[str], list_words: frozenset[str] = frozenset()
    ) -> None:
        """Find every cue.

        Args:
            matcher: the cues.
            reading: the message.
            own: words by which one speaks of oneself or of somebody near.
            list_words: words that make a comma part of a list, “or”.
        """
        self._reading = reading
        self._list_words = list_words
        self._cues: defaultdict[str, list[Span]] = defaultdict(list)
        for match in matcher.find(reading):
            self._cues[match.key].append(match.spans[0])
        self.hidden = frozenset(at for cue in self._cues[_FIGURATIVE] for at in range(cue.start, cue.end))
        pretended = {at for cue in self._cues[_NOT_SO] for at in range(cue.start, cue.end)}
        self._negations = sorted(
            (cue for cue in self._cues[_BEFORE] if cue.start not in pretended), key=lambda cue: cue.end
        )
        self._negated_after = {cue.start: cue for cue in self._cues[_AFTER] if cue.start not in pretended}
        self._stops = sorted(cue.start for cue in self._cues[_STOPPER])
        self._restarts = sorted([*self._stops, *(cue.start for cue in self._cues[_RESTART])])
        self._starts = {kind: sorted(cues) for kind, cues in self._cues.items()}
        self._sentences = {
            kind: frozenset(reading.sentence[cue.start] for cue in cues) for kind, cues in self._cues.items()
        }
        self._personal = self._clauses_of_somebody(own)
        self._general = frozenset(
            reading.clause[at] for cue in self._cues["general"] for at in range(cue.start, cue.end)
        )

    def _clauses_of_somebody(self, own: frozenset[str]) -> frozenset[int]:
        inside = {at for kind in ("general", "setting") for cue in self._cues[kind] for at in range(cue.start, cue.end)}
        reading = self._reading
        return frozenset(
            reading.clause[at] for at, word in enumerate(reading.words) if word in own and at not in inside
        )

    @property
    def about_somebody(self) -> bool:
        """Whether the message speaks of oneself or of somebody near at all."""
        return bool(self._personal)

    def usable(self, span: Span) -> bool:
        """Whether these words are said and not denied."""
        return not (self._denied_before(span) or self._denied_inside(span) or self._denied_after(span))

    def taken_back(self, match: Match, despite: frozenset[str]) -> bool:
        """Whether the message itself says that this is no danger now. `despite`: kinds that do not count for it."""
        span = match.spans[0]
        return (
            ("worry" not in despite and self._feared(span))
            or ("general" not in despite and self._in_general(span))
            or ("long_ago" not in despite and self._ago("long_ago", span))
            or ("history" not in despite and self._ago("history", span))
            or ("fiction" not in despite and self._in("fiction", span))
        )

    # -- said to be absent

    def _denied_before(self, span: Span) -> bool:
        at = bisect_left(self._negations, span.start - _NEGATION_REACH, key=lambda cue: cue.end)
        for cue in self._negations[at:]:
            if cue.end > span.start:
                return False
            if (
                self._one_sentence(cue, span)
                and not self._ended(cue, span, self._restarts)
                and self._same_list(cue, span)
            ):
                return True
        return False

    def _denied_inside(self, span: Span) -> bool:
        for gap_start, gap_end in span.gaps:
            at = bisect_left(self._negations, gap_end - 1, key=lambda cue: cue.end)
            if any(gap_start <= cue.start and cue.end <= gap_end for cue in self._negations[at : at + 2]):
                return True
        return False

    def _denied_after(self, span: Span) -> bool:
        """“Seizures: none”, “Any chest pain? No.”, “chest pain denied”."""
        reading = self._reading
        for start in range(span.end, min(span.end + _ANSWER_REACH, len(reading))):
            cue = self._negated_after.get(start)
            asked = reading.asked_before[start]
            if cue is not None and (asked or start <= span.end + 1):
                closes = (
                    cue.end >= len(reading)
                    or reading.sentence[cue.end] != reading.sentence[start]
                    or reading.comma_before[cue.end]
                )
                same = reading.sentence[start] == reading.sentence[span.end - 1]
                if (asked and closes) or (same and (closes or cue.end - start > 1)):
                    return True
            if asked:
                return False
        return False

    def _same_list(self, cue: Span, span: Span) -> bool:
        """A comma ends what a “no” denies, unless it is the comma of a list: no fever, chest pain or cough."""
        if not any(self._reading.comma_before[cue.end : span.start + 1]):
            return True
        around = {*self._reading.words[cue.end : span.start], *self._reading.words[span.start : span.end + _LIST_TAIL]}
        return bool(around & self._list_words)

    # -- not now, or not in earnest

    def _feared(self, span: Span) -> bool:
        cues = self._starts.get("worry", [])
        at = bisect_left(cues, span.start - 2 * _WORRY_REACH, key=lambda cue: cue.start)
        for cue in cues[at:]:
            if cue.start > span.start:
                return False
            if (
                cue.end <= span.start + 1
                and span.start - cue.end <= _WORRY_REACH
                and self._one_sentence(cue, span)
                and not self._ended(cue, span, self._stops)
            ):
                return True
        return False

    def _in_general(self, span: Span) -> bool:
        clause = self._reading.clause[span.start]
        if clause in self._personal or self._reading.sentence[span.start] in self._sentences.get("now", ()):
            return False
        return "setting" in self._sentences or clause in self._general

    def _ago(self, kind: str, span: Span) -> bool:
        ago = self._distance(kind, span)
        if ago is None:
            return False
        now = self._distance("now", span)
        return now is None or ago <= now

    def _distance(self, kind: str, span: Span) -> int | None:
        """How far the nearest cue of that kind in the same sentence is."""
        cues = self._starts.get(kind, [])
        at = bisect_left(cues, span.start, key=lambda cue: cue.start)
        distances = [
            max(cue.start - span.end, span.start - cue.end, 0)
            for cue in cues[max(at - 3, 0) : at + 3]
            if self._one_sentence(cue, span)
        ]
        return min((far for far in distances if far <= _AGO_REACH), default=None)

    def _in(self, kind: str, span: Span) -> bool:
        return self._reading.sentence[span.start] in self._sentences.get(kind, ())

    def _one_sentence(self, cue: Span, span: Span) -> bool:
        return self._reading.sentence[cue.start] == self._reading.sentence[span.start]

    def _ended(self, cue: Span, span: Span, ends: list[int]) -> bool:
        """Whether a word that ends the reach of the cue stands between it and the span."""
        at = bisect_left(ends, cue.end)
        return at < len(ends) and ends[at] < span.start
