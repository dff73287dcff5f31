"""What takes a danger back: said to be absent, feared, asked in general, long ago, a story, a figure of speech.

The idea is that of ConText (Harkema 2009): a cue has a reach, forward or backward, and other words end it. Every cue stands in
`knowledge/red_flag_context.yml`; here is only how far each kind reaches.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from stillnight.clinical.red_flags.matcher import Match, Span, TemplateMatcher
from stillnight.clinical.red_flags.reading import Reading
from stillnight.clinical.red_flags.templates import Groups, parse

# Lists of the file that are no cues.
_NO_CUES: Final = frozenset({"fillers", "units"})
_NEGATION_REACH: Final = 5
_WORRY_REACH: Final = 7

_FIGURATIVE: Final = "figurative"
_BEFORE: Final = "negation.before"
_AFTER: Final = "negation.after"
_NOT_SO: Final = "negation.not_so"
_STOPPER: Final = "stoppers"
_RESTART: Final = "restarts"


def context_matcher(raw: Mapping[str, object], groups: Groups) -> TemplateMatcher:
    """The cues of `red_flag_context.yml`, keyed by their kind."""
    templates = [
        (kind, parse(str(source), groups))
        for kind, sources in _by_kind(raw)
        if kind not in _NO_CUES
        for source in sources
    ]
    return TemplateMatcher(templates)


def _by_kind(raw: Mapping[str, object]) -> Iterable[tuple[str, list[object]]]:
    for kind, content in raw.items():
        if isinstance(content, Mapping):
            yield from ((f"{kind}.{name}", list(entries)) for name, entries in content.items() if kind == "negation")
        elif isinstance(content, list):
            yield kind, content


class Context:
    """The cues of one message."""

    def __init__(self, matcher: TemplateMatcher, reading: Reading, own: frozenset[str]) -> None:
        """Find every cue. `own`: words by which one speaks of oneself or of somebody near."""
        self._reading = reading
        self._own = own
        self._cues: defaultdict[str, list[Span]] = defaultdict(list)
        for match in matcher.find(reading):
            self._cues[match.key].append(match.spans[0])
        self.hidden = frozenset(at for cue in self._cues[_FIGURATIVE] for at in range(cue.start, cue.end))
        self._pretended = {at for cue in self._cues[_NOT_SO] for at in range(cue.start, cue.end)}
        self._negations = [cue for cue in self._cues[_BEFORE] if cue.start not in self._pretended]

    @property
    def about_somebody(self) -> bool:
        """Whether the message speaks of oneself or of somebody near at all, or of something that happens."""
        return bool(self._cues["happening"]) or any(word in self._own for word in self._reading.words)

    def taken_back(self, match: Match, despite: frozenset[str]) -> bool:
        """Whether the message itself says that this is no danger now. `despite`: kinds that do not count for this one."""
        if any(self._negated(span) for span in match.spans):
            return True
        return any(self._elsewhere(span, despite) for span in match.spans)

    def _elsewhere(self, span: Span, despite: frozenset[str]) -> bool:
        """Feared, asked in general, long ago or in a story."""
        return (
            ("worry" not in despite and self._feared(span))
            or ("general" not in despite and self._in_general(span))
            or ("history" not in despite and self._long_ago(span))
            or ("fiction" not in despite and self._in("fiction", span))
            or ("history" not in despite and self._in("family", span) and not self._cues["now"])
        )

    def _negated(self, span: Span) -> bool:
        for cue in self._negations:
            if cue.end <= span.start and self._reaches(cue, span, _NEGATION_REACH) and self._same_list(cue, span):
                return True
        return any(
            0 <= cue.start - span.end <= 1
            and self._one_sentence(cue, span)
            and self._ends_there(cue)
            and cue.start not in self._pretended
            for cue in self._cues[_AFTER]
        )

    def _ends_there(self, cue: Span) -> bool:
        """“Fever: none, cough: none”, but not “no sleep” behind a fever."""
        if cue.end == len(self._reading) or self._reading.comma_before[cue.end]:
            return True
        return self._reading.sentence[cue.end] != self._reading.sentence[cue.start]

    def _same_list(self, cue: Span, span: Span) -> bool:
        """A comma ends what a “no” denies, unless it is the comma of a list: no fever, chest pain or cough."""
        commas = [at for at in range(cue.end, span.start + 1) if self._reading.comma_before[at]]
        if not commas:
            return True
        after = self._reading.words[span.start : span.end + 6]
        return "or" in self._reading.words[cue.end : span.start] or "or" in after or "nor" in after

    def _feared(self, span: Span) -> bool:
        return any(
            cue.end <= span.start + 1 and cue.start <= span.start and self._reaches(cue, span, _WORRY_REACH, restart=False)
            for cue in self._cues["worry"]
        )

    def _in_general(self, span: Span) -> bool:
        cues = [cue for cue in self._cues["general"] if self._one_sentence(cue, span)]
        if not cues:
            return False
        inside = {at for cue in cues for at in range(cue.start, cue.end)}
        sentence = self._reading.sentence[span.start]
        return not any(
            word in self._own and at not in inside
            for at, word in enumerate(self._reading.words)
            if self._reading.sentence[at] == sentence
        )

    def _long_ago(self, span: Span) -> bool:
        ago = self._nearest("history", span)
        now = self._nearest("now", span)
        if ago is not None:
            return now is None or ago < now
        return now is None and any(self._looks_back(cue, span) for cue in self._cues["history"])

    def _looks_back(self, cue: Span, span: Span) -> bool:
        """“That was twelve years ago”, in the next sentence."""
        sentence = self._reading.sentence
        if sentence[cue.start] != sentence[span.end - 1] + 1:
            return False
        begins = sentence.index(sentence[cue.start])
        return any(back.start == begins for back in self._cues["looks_back"])

    def _nearest(self, kind: str, span: Span) -> int | None:
        distances = [
            max(cue.start - span.end, span.start - cue.end, 0)
            for cue in self._cues[kind]
            if self._one_sentence(cue, span)
        ]
        return min(distances, default=None)

    def _in(self, kind: str, span: Span) -> bool:
        return any(self._one_sentence(cue, span) for cue in self._cues[kind])

    def _one_sentence(self, cue: Span, span: Span) -> bool:
        return self._reading.sentence[cue.start] == self._reading.sentence[span.start]

    def _reaches(self, cue: Span, span: Span, words: int, restart: bool = True) -> bool:
        if not self._one_sentence(cue, span) or span.start - cue.end > words:
            return False
        ends = [*self._cues[_STOPPER], *(self._cues[_RESTART] if restart else ())]
        return not any(cue.end <= end.start < span.start for end in ends)
