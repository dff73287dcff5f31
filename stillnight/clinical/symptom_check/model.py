"""The words in which the check is thought: questions, steps, what is known from the chat, what was heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Question(str, Enum):
    """What is asked, in this order. The first five are the features by which restless legs are recognised."""

    URGE = "urge"
    REST = "rest"
    MOVEMENT = "movement"
    EVENING = "evening"
    OTHER = "other"
    OFTEN = "often"
    EFFECT = "effect"
    BACKGROUND = "background"


FEATURES = (Question.URGE, Question.REST, Question.MOVEMENT, Question.EVENING, Question.OTHER)
# Those that must all fit; the fifth says whether something else could explain them.
CORE = FEATURES[:4]


class Command(str, Enum):
    """What steers the check."""

    SKIP = "skip"
    BACK = "back"
    STOP = "stop"
    RESUME = "resume"
    RESTART = "restart"
    RESULT = "result"
    EXPLAIN = "explain"


class Stage(str, Enum):
    """Where a check stands: asking, stopped for now, or done."""

    ASKING = "asking"
    PAUSED = "paused"
    DONE = "done"


class Whose(str, Enum):
    """Whom the check is about: the person who types, or somebody else."""

    SELF = "self"
    OTHER = "other"


class Move(str, Enum):
    """What the assistant does next.

    ask: the open question. again: the same, because the answer was not understood. stay: the same, after something else
    came between. passed: the next question, the one before was let go. first: “back” at the first question.
    pause: nothing is asked until the person wants to go on. finish: say what came out.
    """

    ASK = "ask"
    AGAIN = "again"
    STAY = "stay"
    PASSED = "passed"
    FIRST = "first"
    PAUSE = "pause"
    FINISH = "finish"


@dataclass(frozen=True)
class Known:
    """What the chat told before. A circumstance that nobody spoke of is False.

    medicines: names to say of those that may worsen restless legs. any_medicine: whether any was named.
    ferritin: whether a value was told. man: whether the check is about a man.
    """

    child: bool = False
    pregnant: bool = False
    kidney: bool = False
    man: bool = False
    ferritin: bool = False
    any_medicine: bool = False
    medicines: tuple[str, ...] = ()

    @property
    def told(self) -> frozenset[str]:
        """Answers to the last question that need no asking, because they are so."""
        so = {"pregnancy": self.pregnant and not self.man, "kidney": self.kidney}
        return frozenset(item for item, is_so in so.items() if is_so)

    @property
    def left_out(self) -> frozenset[str]:
        """Items of the last question that need no asking: known, or out of place."""
        other = {"pregnancy": self.child or self.man, "iron": self.ferritin, "medicines": self.any_medicine}
        return self.told | {item for item, is_so in other.items() if is_so}


@dataclass(frozen=True)
class Heard:
    """What a message says.

    answers: options by question; several options where the question allows it, none at all for “not sure”.
    passing: items of such a question that were told while another was asked: it is still asked for the others.
    ruled_out: items of it of which was told that they are not so.
    asks: whether the message is, or holds, a question of its own. named: whether the command names the check, so that
    it is meant whatever was spoken of last. sure: whether the command is meant although the whole message may look like
    something else. back_to: the question that is gone back to, with the answer to it if one was given.
    """

    answers: Mapping[Question, tuple[str, ...]] = field(default_factory=dict)
    passing: Mapping[Question, tuple[str, ...]] = field(default_factory=dict)
    ruled_out: Mapping[Question, tuple[str, ...]] = field(default_factory=dict)
    command: Command | None = None
    whose: Whose | None = None
    asks: bool = False
    named: bool = False
    sure: bool = False
    back_to: Question | None = None

    @property
    def tells(self) -> bool:
        """Whether anything was understood."""
        return bool(self.answers or self.passing or self.ruled_out or self.command or self.whose)
