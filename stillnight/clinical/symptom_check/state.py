"""A check as it stands: what was answered, which question is open, how much is left. Plain JSON for a slot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from stillnight.clinical.symptom_check.definitions import definitions
from stillnight.clinical.symptom_check.model import Known, Question, Stage, Whose

VERSION: Final = 1
# A question that was asked so often without an answer is let go as “not sure”.
TRIES_MAX: Final = 2
# After so many other messages in a row the check waits to be taken up again.
ASIDES_MAX: Final = 3
# How often somebody can go back or change an answer.
CHANGES_MAX: Final = 12

Answers = Mapping[Question, tuple[str, ...]]


@dataclass(frozen=True)
class Check:
    """A check of symptoms.

    answers: what was answered; no option at all means “not sure”. passing: items told while something else was asked.
    open: the question that waits for an answer. before: questions asked before it, for “back”. tries: how often it was
    asked without an answer. asides: other messages since then. changes: how often answers can still be changed.
    ruled_out: items that are not so.
    """

    stage: Stage = Stage.ASKING
    whose: Whose = Whose.SELF
    answers: Answers = field(default_factory=dict)
    passing: Answers = field(default_factory=dict)
    open: Question | None = None
    before: tuple[Question, ...] = ()
    tries: int = 0
    asides: int = 0
    changes: int = CHANGES_MAX
    ruled_out: Answers = field(default_factory=dict)

    @property
    def left(self) -> tuple[int, int, int, int]:
        """How much of it is left at most. Each step that goes on asking makes it smaller."""
        return (self.changes, len(Question) - len(self.answers), TRIES_MAX - self.tries, ASIDES_MAX - self.asides)

    def items(self, question: Question, known: Known) -> tuple[str, ...]:
        """What is still to be asked in a question that can have several answers."""
        out = {*self.passing.get(question, ()), *self.ruled_out.get(question, ())}
        if question is Question.BACKGROUND:
            out |= known.left_out
        return tuple(item for item in definitions()[question].items if item not in out)

    def told(self, question: Question, known: Known) -> tuple[str, ...] | None:
        """What is known about a question, from answers and from the chat; None when nothing is."""
        definition = definitions()[question]
        chosen = self.answers.get(question)
        if not definition.several:
            return chosen or None
        items = {*(chosen or ()), *self.passing.get(question, ())}
        if question is Question.BACKGROUND:
            items |= known.told
        if not items and set(definition.items) <= set(self.ruled_out.get(question, ())):
            items.add(str(definition.nothing))
        if any(item != definition.nothing for item in items):
            items.discard(str(definition.nothing))
        return tuple(option for option in definition.options if option in items) or None

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            "version": VERSION,
            "stage": self.stage.value,
            "whose": self.whose.value,
            "answers": {question.value: list(options) for question, options in self.answers.items()},
            "passing": {question.value: list(options) for question, options in self.passing.items()},
            "ruled_out": {question.value: list(options) for question, options in self.ruled_out.items()},
            "open": self.open.value if self.open else None,
            "before": [question.value for question in self.before],
            "tries": self.tries,
            "asides": self.asides,
            "changes": self.changes,
        }

    @classmethod
    def from_dict(cls, kept: object) -> Check | None:
        """From plain JSON; None when there is none, or it is of another version and cannot be used."""
        if not isinstance(kept, Mapping) or kept.get("version") != VERSION:
            return None
        try:
            return cls(
                Stage(kept["stage"]),
                Whose(kept["whose"]),
                _answers(kept["answers"]),
                _answers(kept["passing"]),
                Question(kept["open"]) if kept["open"] else None,
                tuple(map(Question, kept["before"])),
                int(kept["tries"]),
                int(kept["asides"]),
                int(kept["changes"]),
                _answers(kept.get("ruled_out", {})),
            )
        except (KeyError, ValueError, TypeError, AttributeError):
            return None


def _answers(kept: Mapping[str, Any]) -> dict[Question, tuple[str, ...]]:
    """Answers from JSON; what is no answer any more is left out."""
    known = definitions()
    return {
        Question(name): tuple(str(option) for option in options if option in known[Question(name)].options)
        for name, options in kept.items()
    }
