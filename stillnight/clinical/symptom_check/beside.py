"""What stands beside an answer: items that are not so, and clauses about something else than the legs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from stillnight.clinical.red_flags.matcher import Match
from stillnight.clinical.red_flags.reading import Reading
from stillnight.clinical.symptom_check.model import Question

DENIES: Final = "denies"
APART: Final = "apart"
_SENTENCE_END: Final = re.compile(r"(?<=[.!?;\n])\s+")


class Beside:
    """The signs `denies` and `apart` of one message."""

    def __init__(self, signs: Iterable[Match], message: Reading, open_question: Question | None) -> None:
        """Sort them. What is asked just now is never about something else."""
        self._message = message
        self.ruled_out: dict[Question, tuple[str, ...]] = {}
        self._words: dict[Question, set[int]] = {}
        self._apart: set[tuple[Question, int]] = set()
        for match in signs:
            kind, *names = match.key.split()
            if kind == DENIES:
                question = Question(names[0])
                self.ruled_out[question] = tuple(dict.fromkeys((*self.ruled_out.get(question, ()), names[1])))
                for span in match.spans:
                    self._words.setdefault(question, set()).update(range(span.start, span.end))
            elif kind == APART and Question(names[0]) is not open_question:
                self._apart.update((Question(names[0]), message.clause[span.start]) for span in match.spans)

    def holds(self, match: Match, question: Question) -> bool:
        """Whether a sign of this question is none: its words deny an item, or its clause is not of the legs."""
        start = min(span.start for span in match.spans)
        denied = any(start in words for words in self._words.values())
        return denied or (question, self._message.clause[start]) in self._apart

    def denies_other(self, word: int, question: Question) -> bool:
        """Whether a word belongs to the denial of an item of another question."""
        return any(word in words for other, words in self._words.items() if other is not question)

    def is_apart(self, question: Question) -> bool:
        """Whether a clause speaks of something else, in the words of this question."""
        return any(each is question for each, _ in self._apart)

    def without_told(self, told: Mapping[Question, Iterable[str]]) -> dict[Question, tuple[str, ...]]:
        """What is not so; what is told as well is."""
        left = {
            each: tuple(item for item in items if item not in told.get(each, ()))
            for each, items in self.ruled_out.items()
        }
        return {each: items for each, items in left.items() if items}


def without_questions(text: str, asks: Callable[[str], bool]) -> str:
    """The sentences of a text that ask nothing."""
    return " ".join(sentence for sentence in _SENTENCE_END.split(text) if not asks(sentence))


def spoiled(hours: float, below: Mapping[str, float], otherwise: str) -> str:
    """How much a night with so many hours of sleep is spoiled: the first step whose hours it does not reach."""
    steps: Sequence[tuple[float, str]] = sorted((least, option) for option, least in below.items())
    return next((option for least, option in steps if hours < least), otherwise)
