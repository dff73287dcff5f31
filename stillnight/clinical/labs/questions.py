"""What has to be asked before a value can be explained, one question at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from stillnight.clinical.labs.definitions import Lab, Urgent
from stillnight.clinical.labs.judge import CREATININE, Person, judge, needs_group
from stillnight.clinical.labs.values import LabValue, likely_slips

CHILD: Final = "child"
UNSAID: Final = "unsaid"


class Asks(str, Enum):
    """Kinds of question: which number, which unit, is it right as typed, is it a woman's, a man's or in pregnancy."""

    NUMBER = "number"
    UNIT = "unit"
    SURE = "sure"
    GROUP = "group"


@dataclass(frozen=True)
class Question:
    """A question about a value. choices: numbers or units as they are said, for buttons.

    rivals: the message held several numbers; else an impossible one.
    """

    asks: Asks
    lab: str
    value: LabValue
    choices: tuple[LabValue, ...] = ()
    units: tuple[str, ...] = ()

    @property
    def among(self) -> bool:
        """Whether one of several numbers of the message is meant."""
        return bool(self.value.rivals)


def is_clear(told: LabValue) -> bool:
    """Whether it is known which value is meant, so that it can be judged."""
    return told.unit is not None and not told.impossible and not told.rivals


def is_urgent(told: LabValue, lab: Lab, person: Person) -> bool:
    """Whether a value, if it is right, needs somebody today: then nothing is asked before that is said."""
    return is_clear(told) and judge(told.measured(lab), person).urgent in (Urgent.EMERGENCY, Urgent.SAME_DAY)


def question_about(told: LabValue, lab: Lab, person: Person, sure: bool, group_asked: bool) -> Question | None:
    """The next question about a value, None when it can be explained.

    Args:
        told: the value.
        lab: its lab.
        person: whose it is, as far as it is known.
        sure: whether the person confirmed a doubtful value.
        group_asked: whether woman, man or pregnant was asked before, and not told.
    """
    if told.rivals:
        return Question(Asks.NUMBER, lab.key, told, _each(told))
    if told.impossible:
        return Question(Asks.NUMBER, lab.key, told, likely_slips(told, lab))
    if told.unit is None:
        return Question(Asks.UNIT, lab.key, told, units=told.choices)
    if is_urgent(told, lab, person):
        return None
    if told.doubtful and not sure and not (person.dialysis and lab.key == CREATININE):
        return Question(Asks.SURE, lab.key, told)
    if told.owner is None and not group_asked and needs_group(told.measured(lab), person):
        return Question(Asks.GROUP, lab.key, told)
    return None


def _each(told: LabValue) -> tuple[LabValue, ...]:
    return tuple(replace(told, value=value, rivals=()) for value in dict.fromkeys((told.value, *told.rivals)))
