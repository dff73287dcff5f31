"""What comes after a danger was heard: raise it once, check in, and go back only when the person says that all is well.

A pure state machine. It decides what is to be said; the words stand in `data/emergency.yml`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import Any, Final

from stillnight.clinical.red_flags.finder import EMERGENCY, RedFlag

SELF_HARM: Final = "self_harm"


class Answer(Enum):
    """What a message says to “are you safe?”, as far as rules can tell."""

    SAFE = "safe"
    THOUGHTS = "thoughts"
    MISUNDERSTOOD = "misunderstood"
    HELP_COMING = "help_coming"
    UNSAFE = "unsafe"
    ASKS_WHETHER = "asks_whether"
    PUTS_OFF = "puts_off"
    ASKS_THEM = "asks_them"
    YES = "yes"
    NO = "no"


class Move(Enum):
    """What the assistant does next."""

    ANSWER = "answer"  # nothing dangerous: the assistant answers as usual
    RAISE = "raise"  # the whole answer to this danger
    REMIND = "remind"  # the same danger again: short, with the numbers
    CHECK_IN = "check_in"
    CHECK_IN_AGAIN = "check_in_again"
    HELP_COMING = "help_coming"
    UNSAFE = "unsafe"
    SAFE = "safe"
    MISUNDERSTOOD = "misunderstood"
    THOUGHTS = "thoughts"  # of death, without a plan: no misunderstanding, and not over
    CALL_ALL_THE_SAME = "call_all_the_same"  # feeling well does not end this danger
    CANNOT_WAIT = "cannot_wait"  # to somebody who would rather call later
    YES_CALL = "yes_call"  # to somebody who asks whether to call at all
    ASK_THEM = "ask_them"  # what to take meanwhile, and what to say, those know who were called


@dataclass(frozen=True)
class Open:
    """An emergency that was raised and has not been closed.

    category: the danger last raised; before: those raised before it. certain: found by rule, not by the second net
    alone. numbers: kinds of line that go with it. check_ins: how often was asked since. labs: tests that the person
    asked about in passing, to come back to. well: in a danger that feeling well does
    not end, the person said so once, or has called for help. helped: help was called or is there, or it was long ago.
    """

    category: str
    certain: bool
    numbers: tuple[str, ...] = ()
    check_ins: int = 0
    labs: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    well: bool = False
    helped: bool = False


@dataclass(frozen=True)
class Safety:
    """What is kept for the conversation.

    open: the open emergency. told: same-day dangers that were already told. closed: the emergency that was closed
    last. doubted: what a rule found in the message before and the model took back.
    """

    open: Open | None = None
    told: tuple[str, ...] = ()
    closed: str | None = None
    doubted: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """For a slot; `from_dict` reads it back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any] | None) -> Safety:
        """What `as_dict` gave, also after a way through JSON; nothing kept when there is none."""
        if not stored:
            return cls()
        kept = stored.get("open")
        return cls(
            Open(
                kept["category"],
                kept["certain"],
                tuple(kept["numbers"]),
                kept["check_ins"],
                tuple(kept["labs"]),
                tuple(kept["before"]),
                bool(kept.get("well")),
                bool(kept.get("helped")),
            )
            if kept
            else None,
            tuple(stored.get("told") or ()),
            stored.get("closed"),
            stored.get("doubted"),
        )


@dataclass(frozen=True)
class Step:
    """The next move, the flag that it is about, and what to keep.

    certain: whether a rule found the flag. closed: the emergency that just ended.
    """

    move: Move
    safety: Safety
    flag: RedFlag | None = None
    certain: bool = True
    closed: Open | None = None


def step(
    safety: Safety,
    flags: Sequence[RedFlag],
    answer: Answer | None = None,
    labs: Sequence[str] = (),
    certain: bool = True,
    well_ends: Callable[[str], bool] = lambda category: True,
) -> Step:
    """Decide on one message.

    Args:
        safety: what was kept.
        flags: dangers in the message, the first to answer in front.
        answer: what the message says to “are you safe?”.
        labs: lab tests that it asks about.
        certain: whether rules found the flags; the second net alone is not certain.
        well_ends: whether a danger is over when somebody feels well.
    """
    now = safety.open
    if now is None:
        return _raised(safety, flags, labs, certain) if flags else Step(Move.ANSWER, safety)
    now = replace(now, labs=tuple(dict.fromkeys((*now.labs, *labs))))
    others = [flag for flag in flags if flag.name not in (now.category, *now.before)]
    if others:
        return _raised(replace(safety, open=now), others, now.labs, certain)
    if flags and answer is not Answer.MISUNDERSTOOD:
        if certain and not now.certain:
            return _raised(safety, flags, now.labs, certain)
        return Step(Move.REMIND, replace(safety, open=now), flags[0])
    if answer is Answer.THOUGHTS:
        return Step(Move.THOUGHTS, asked_again(safety, replace(now, certain=True)))
    if answer is Answer.ASKS_WHETHER:
        return Step(Move.YES_CALL, asked_again(safety, now))
    if answer is Answer.MISUNDERSTOOD:
        return _closed(Move.MISUNDERSTOOD, safety, now)
    asked = now.check_ins > 0
    if answer is Answer.SAFE or (answer is Answer.YES and asked):
        if now.certain and not now.well and not all(map(well_ends, (now.category, *now.before))):
            return Step(Move.CALL_ALL_THE_SAME, replace(safety, open=replace(now, well=True)))
        return _closed(Move.SAFE, safety, now)
    kept = asked_again(safety, now)
    if answer is Answer.UNSAFE or (answer is Answer.NO and asked):
        # What was only suspected is sure now.
        return Step(Move.UNSAFE, asked_again(safety, replace(now, certain=True)))
    if answer is Answer.ASKS_THEM:
        return Step(Move.ASK_THEM, kept)
    if answer is Answer.PUTS_OFF:
        return Step(Move.CANNOT_WAIT, kept)
    if answer is Answer.HELP_COMING:
        # Who has called for help may say later that all is well. Told again, it answers for all that could be asked.
        told = replace(now, well=True, helped=True, check_ins=now.check_ins + now.helped)
        return Step(Move.HELP_COMING, replace(safety, open=told))
    return Step(Move.CHECK_IN_AGAIN if asked else Move.CHECK_IN, kept)


def asked_again(safety: Safety, now: Open) -> Safety:
    """What to keep when “are you safe?” was asked once more."""
    return replace(safety, open=replace(now, check_ins=now.check_ins + 1))


def _closed(move: Move, safety: Safety, now: Open) -> Step:
    return Step(move, replace(safety, open=None, closed=now.category), closed=now)


def _raised(safety: Safety, flags: Sequence[RedFlag], labs: Sequence[str], certain: bool) -> Step:
    flag = flags[0]
    if flag.urgency != EMERGENCY:
        again = flag.name in safety.told
        told = safety.told if again else (*safety.told, flag.name)
        return Step(Move.REMIND if again else Move.RAISE, replace(safety, told=told), flag, certain)
    now = safety.open
    kinds = (*(kind for each in flags for kind in each.category.numbers), *(now.numbers if now else ()))
    # A second suspicion soon after one that was let go is none to be let go as fast.
    before = (*now.before, now.category) if now else (safety.doubted,) if safety.doubted else ()
    opened = Open(
        flag.name, certain, tuple(dict.fromkeys(kinds)), labs=tuple(labs), before=tuple(dict.fromkeys(before))
    )
    return Step(Move.RAISE, replace(safety, open=opened), flag, certain)
