"""Reading the answer to “are you safe?”, by rule: it must be understood without a model, too.

In doubt it is not safe. An answer that closes the emergency has to stand plainly in its clause, and nothing beside it
may speak of trouble. What is denied, doubted or asked is no answer. All words stand in `knowledge/check_in.yml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from stillnight.clinical.emergency import Answer
from stillnight.clinical.knowledge import reading
from stillnight.clinical.red_flags.matcher import Span, TemplateMatcher
from stillnight.clinical.red_flags.readers import make_reader
from stillnight.clinical.red_flags.reading import Reading
from stillnight.clinical.red_flags.templates import Template, parse
from stillnight.paths import KNOWLEDGE
from stillnight.recent import recent
from stillnight.yaml_files import load_yaml

_QUESTION_MARK: Final = re.compile("[?？؟¿]+")
_ASKED: Final = " questionmark? "  # read as a word, so that it can be a cue
_FIRST_MAY_MISS: Final = re.compile(r"\[([^\[\]]*)\]\s*(.*)")
_ALONE: Final = "alone"
_ANYWHERE: Final = "anywhere"
_WHOLE: Final = "whole"
_RETURNS: Final = "returns"
_AFTERWARDS: Final = "afterwards"
_REPORTED: Final = "reported"
_HELPER: Final = "helper"
# Who says this much beside “im fine” is telling a story, and rules do not know how it ends.
_OTHER_WORDS_MAX: Final = 12


class _Message:
    """One message with the cues in it."""

    def __init__(self, reading: Reading, cues: Mapping[str, list[Span]]) -> None:
        """Find where clauses begin and which words change nothing."""
        self.size = len(reading)
        self._reading = reading
        self._cues = cues
        borders = {at for at in range(self.size) if at == 0 or reading.clause[at] != reading.clause[at - 1]}
        self._borders = sorted(borders | {self.size} | {span.start for span in self._each("joiner", "contrast")})
        self.ends_in_no = any(span.end == self.size for span in self._each("taken_back"))
        self._calls = self.words("harmless", "joiner", "contrast")
        self.harmless = self._calls | self.words("kin")

    def _each(self, *kinds: str) -> Iterator[Span]:
        return (span for kind in kinds for span in self._cues.get(kind, ()))

    def words(self, *kinds: str) -> set[int]:
        """Places of the words of these cues."""
        return {at for span in self._each(*kinds) for at in range(span.start, span.end)}

    def _clause(self, span: Span) -> tuple[int, int]:
        """From where to where the clause around an answer reaches."""
        borders = self._borders
        return borders[bisect_right(borders, span.start) - 1], borders[bisect_left(borders, span.end)]

    def alone(self, span: Span, harmless: Collection[int]) -> bool:
        """Whether the answer has its clause to itself; behind it a new sentence may begin without a full stop."""
        start, end = self._clause(span)
        behind = next((at for at in range(span.end, end) if at not in harmless), end)
        return all(at in harmless for at in range(start, span.start)) and (
            behind == end or any(cue.start == behind for cue in self._each("subject"))
        )

    def asked(self, span: Span, whole_sentence: bool = False) -> bool:
        """Whether the answer stands in a question."""
        start, end = self._clause(span)
        marks = [cue.start for cue in self._each("question_mark")]
        sentence = self._reading.sentence
        if any(start <= at < end or (whole_sentence and sentence[at] == sentence[span.start]) for at in marks):
            return True
        first = next((at for at in range(start, span.start) if at not in self._calls), None)
        inverted = any(start <= cue.start < span.start for cue in self._each("asked"))
        return inverted or any(cue.start == first for cue in self._each("asked_first"))

    def asked_in_general(self, span: Span) -> bool:
        """Whether the answer stands in a question that speaks of nobody."""
        start, end = self._clause(span)
        return self.asked(span) and not any(start <= cue.start < end for cue in self._each("person"))

    def denied(self, span: Span, beyond_subjects: bool = False) -> bool:
        """Whether a denial stands before the answer in its clause, no new subject between (“i didnt i was joking”)."""
        start, _ = self._clause(span)
        ends = [cue.end for cue in self._each("negation") if start <= cue.start < span.start and self._counts(cue)]
        between = range(max(ends), span.start + 1) if ends else range(0)
        return bool(ends) and (beyond_subjects or all(cue.start not in between for cue in self._each("restart")))

    def doubted(self, span: Span) -> bool:
        """Whether the answer is only guessed, wished for, or of another time."""
        start, end = self._clause(span)
        around = {*range(start, span.start), *range(span.end, end)}
        before = any(start <= cue.start < span.start for cue in self._each("intent"))
        return before or any(cue.start in around for cue in self._each("doubt", "elsewhen"))

    def denied_at_once(self, span: Span) -> bool:
        """Whether a denial stands right before: “not in danger”."""
        return any(cue.end == span.start for cue in self._each("negation"))

    def _counts(self, cue: Span) -> bool:
        return any(at not in self.harmless for at in range(cue.start, cue.end))

    def bad(self, kinds: Iterable[str], spoken_for: Collection[int], since: int = 0) -> bool:
        """Whether a cue of these kinds stands among the words that are not spoken for."""
        return any(at >= since and at not in spoken_for for at in self.words(*kinds))

    def turn_after(self, span: Span) -> int | None:
        """Where a “but” stands behind the answer."""
        return min((cue.start for cue in self._each("contrast") if cue.start >= span.end), default=None)

    def trouble(self, outside: set[int]) -> bool:
        """Whether something bad is said and not denied; `outside`: words that do not count."""
        cues = (cue for cue in self._each("symptom", "deed") if not set(range(cue.start, cue.end)) <= outside)
        return any(not self.denied(cue) for cue in cues)


class CheckIn:
    """The sentences of `knowledge/check_in.yml`."""

    @reading("check_in.yml")
    def __init__(self, knowledge: Path) -> None:
        """Read the file."""
        raw = load_yaml(knowledge / "check_in.yml")
        fillers = frozenset(map(str, raw["fillers"]))

        def template(entry: object) -> Iterator[Template]:
            return (parse(source, raw["groups"], fillers) for source in _sources(str(entry)))

        def matcher(kind: str, entries: Iterable[object]) -> TemplateMatcher:
            return TemplateMatcher((kind, each) for entry in entries for each in template(entry))

        answers = {Answer(kind): places for kind, places in raw["answers"].items()}
        self._cues = TemplateMatcher(
            (kind, each) for kind, entries in raw["cues"].items() for entry in entries for each in template(entry)
        )
        back = raw[_RETURNS]
        self._returns = matcher(_RETURNS, back[_ANYWHERE])
        self._afterwards = matcher(_AFTERWARDS, raw[_AFTERWARDS])
        self._reported = matcher(_REPORTED, raw[_REPORTED])
        self._answers = TemplateMatcher(
            (f"{answer.value} {where}", each)
            for answer, places in answers.items()
            for where in (_ALONE, _ANYWHERE)
            for entry in places.get(where, ())
            for each in template(entry)
        )
        whole = {answer: list(map(str, places.get(_WHOLE, ()))) for answer, places in answers.items()}
        words = {word for entries in whole.values() for entry in entries for word in entry.split()}
        # The fillers are its own: “maybe” matters here.
        matchers = (self._answers, self._cues, self._returns, self._afterwards, self._reported)
        words |= {word for matcher in matchers for word in matcher.vocabulary()}
        self._reader = make_reader(knowledge, words, fillers)
        # In the order of the file: the first that fits counts.
        self._back = {self._reader.read(entry).words for entry in map(str, back[_WHOLE])}
        self._whole = {answer: {self._reader.read(entry).words for entry in whole[answer]} for answer in answers}

    def returns(self, text: str) -> bool:
        """Whether, soon after an emergency was closed, the text says that it is there again, or was meant."""
        reading = self._reader.read(text)
        return reading.words in self._back or any(True for _ in self._returns.find(reading))

    def afterwards(self, text: str) -> bool:
        """Whether the text tells that the emergency was hours or days ago: “(next day) i am home”."""
        return any(True for _ in self._afterwards.find(self._reader.read(text)))

    def reported(self, text: str) -> bool:
        """Whether the text tells, afterwards, what those who helped have found: “he is home, they think it was two”."""
        return self.afterwards(text) and any(True for _ in self._reported.find(self._reader.read(text)))

    def helped(self, text: str) -> bool:
        """Whether the text speaks of somebody who was asked and who knows: a doctor, a poison line, a hospital."""
        return bool(_spans(self._cues, self._reader.read(text)).get(_HELPER))

    @recent
    def answer(self, text: str) -> Answer | None:
        """What the text says, None when it is no answer to that question."""
        reading = self._reader.read(_QUESTION_MARK.sub(_ASKED, text))
        if not reading.words:
            return None
        message = _Message(reading, _spans(self._cues, reading))
        found = _spans(self._answers, reading)
        for answer, whole in self._whole.items():
            if reading.words in whole or self._said(answer, found, message):
                return answer
        return Answer.UNSAFE if self._taken_back(found, message) else None

    @staticmethod
    def _said(answer: Answer, found: Mapping[str, list[Span]], message: _Message) -> bool:
        alone = found.get(f"{answer.value} {_ALONE}", [])
        if answer is Answer.SAFE:
            return _safe(alone, message)
        if answer in (Answer.PUTS_OFF, Answer.ASKS_WHETHER, Answer.ASKS_THEM):
            return f"{answer.value} {_ANYWHERE}" in found
        spans = [span for span in alone if message.alone(span, message.harmless)]
        spans += found.get(f"{answer.value} {_ANYWHERE}", [])
        if answer is Answer.THOUGHTS:
            return any(not message.denied_at_once(span) and not message.asked(span) for span in spans)
        if answer is Answer.UNSAFE:
            return any(not message.denied_at_once(span) and not message.asked_in_general(span) for span in spans)
        said = [span for span in spans if not (message.asked(span) or message.denied(span) or message.doubted(span))]
        return any(_stands(answer, span, message, _places(said)) for span in said)

    @staticmethod
    def _taken_back(found: Mapping[str, list[Span]], message: _Message) -> bool:
        """Whether an answer is denied, before it or after a “but”."""
        for key, span in ((key, span) for key, spans in found.items() for span in spans):
            safe = key.startswith(Answer.SAFE.value)
            turn = message.turn_after(span) if safe else None
            turned = turn is not None and message.bad(("negation", "symptom", "deed"), message.harmless, turn)
            if (turned or message.denied(span, beyond_subjects=safe)) and not message.asked(span, whole_sentence=True):
                return True
        return False


def _safe(spans: list[Span], message: _Message) -> bool:
    """Whether it is plainly said that all is well, and nothing beside it makes that doubtful."""
    spoken_for = set(message.harmless)
    plain = []
    for span in sorted(spans):
        if message.alone(span, spoken_for) and not message.asked(span, whole_sentence=True):
            plain.append(span)
            spoken_for |= _places([span])
    if not plain or message.ends_in_no:
        return False
    others = [at for at in range(message.size) if at not in spoken_for]
    turn = message.turn_after(plain[0])
    return not (
        len(others) > _OTHER_WORDS_MAX
        or message.bad(("negation", "symptom", "doubt", "underway"), spoken_for)
        or message.bad(("deed",), message.harmless)
        or (turn is not None and others and others[-1] > turn)
    )


def _stands(answer: Answer, span: Span, message: _Message, said: set[int]) -> bool:
    """Whether nothing else in the message speaks against an answer that is neither denied nor doubted."""
    turn = message.turn_after(span)
    spoken_for = message.harmless | said
    if turn is not None and message.bad(("negation", "symptom", "deed", "intent"), spoken_for, turn):
        return False
    if answer is Answer.HELP_COMING:
        return not message.bad(("negation", "failed"), spoken_for, span.end)
    return not (message.ends_in_no or message.bad(("doubt",), spoken_for) or message.trouble(spoken_for))


def _spans(matcher: TemplateMatcher, reading: Reading) -> Mapping[str, list[Span]]:
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for match in matcher.find(reading):
        found[match.key].append(match.spans[0])
    return found


def _places(spans: Iterable[Span]) -> set[int]:
    return {at for span in spans for at in range(span.start, span.end)}


def _sources(entry: str) -> Iterator[str]:
    """An entry whose first word may be missing, as one with that word and one without it."""
    match = _FIRST_MAY_MISS.match(entry)
    if match is None:
        yield entry
        return
    for rest in _sources(match[2]):
        yield f"({match[1]}) {rest}"
        yield rest


@lru_cache(maxsize=1)
def check_in() -> CheckIn:
    """The project's, made once."""
    return CheckIn(KNOWLEDGE)
