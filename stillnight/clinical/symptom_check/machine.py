"""The course of a check: which question is open, and what one more message changes. Deterministic, and always ends.

Every step that goes on asking makes `Check.left` smaller, and none of its numbers falls below zero; so no run, from
its start or from where it is taken up again, goes on for ever, however often somebody goes back or changes an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from stillnight.clinical.symptom_check.definitions import Definition, definitions
from stillnight.clinical.symptom_check.model import Command, Heard, Known, Move, Question, Stage, Whose
from stillnight.clinical.symptom_check.state import ASIDES_MAX, TRIES_MAX, Answers, Check

# Before an item that is not so, among what was noted.
RULED_OUT: Final = "no_"


@dataclass(frozen=True)
class Step:
    """What one message changes. noted: answers that were new or other than before, `no_…` of what is not so."""

    check: Check
    move: Move
    noted: tuple[tuple[Question, str], ...] = ()


def start(heard: Heard, known: Known) -> Step:
    """Begin. What the first message tells is not asked again."""
    check = Check(whose=heard.whose or Whose.SELF)
    return _go_on(*_noted(check, heard), known)


def resume(check: Check, known: Known) -> Step:
    """Take up a check that was stopped, or ended before the last question; one that is done says what came out."""
    return _go_on(replace(check, stage=Stage.ASKING, asides=0), (), known)


def pause(check: Check) -> Step:
    """Stop for now. Nothing is lost."""
    return Step(replace(check, stage=Stage.PAUSED) if check.stage is Stage.ASKING else check, Move.PAUSE)


def aside(check: Check, heard: Heard, known: Known) -> Step:
    """Something else came between; what it tells by the way is noted. After too many in a row the check waits."""
    told, noted = _noted(check, heard)
    if noted:
        return _after(check, told, noted, known)
    asides = check.asides + 1
    waits = asides >= ASIDES_MAX
    check = replace(check, asides=asides, stage=Stage.PAUSED if waits else check.stage)
    return Step(check, Move.PAUSE if waits else Move.STAY)


def take(check: Check, heard: Heard, known: Known) -> Step:
    """Take an answer, or whatever else a message says to the check. What says nothing counts as not understood."""
    if heard.back_to is not None:
        return _back_to(check, heard.back_to, heard.answers.get(heard.back_to), known)
    if heard.command is not None:
        return _command(check, heard.command, known)
    told, noted = _noted(check, heard)
    if check.stage is Stage.DONE:
        return Step(told, Move.FINISH, noted)
    settled = check.open is not None and check.open in heard.answers
    if not noted and not settled and heard.answers:
        # Said once more: it is known already.
        again = tuple((question, option) for question, told_too in heard.answers.items() for option in told_too)
        return _after(check, told, again, known)
    if not noted and not settled and heard.whose is None:
        return _again(check, known)
    return _after(check, told, noted, known)


def _command(check: Check, command: Command, known: Known) -> Step:
    if command is Command.RESTART:
        return start(Heard(whose=check.whose), known)
    if command is Command.BACK:
        return _back(check, known)
    if command is Command.RESULT:
        return Step(replace(check, stage=Stage.DONE, open=None), Move.FINISH)
    if command is Command.STOP:
        return pause(check)
    if command is Command.EXPLAIN and check.stage is Stage.ASKING:
        return aside(check, Heard(), known)
    if command is Command.SKIP and check.open is not None:
        return _go_on(_settled(check, {check.open: ()}), (), known)
    # “Go on” while a question is open is no answer to it.
    return _again(check, known) if check.stage is Stage.ASKING else resume(check, known)


def _back(check: Check, known: Known) -> Step:
    """To the question before, which is open again. At the first one, and after too many changes, nothing moves."""
    if not check.before:
        return replace(_again(check, known), move=Move.FIRST) if check.tries + 1 < TRIES_MAX else _again(check, known)
    if check.changes <= 0:
        return _again(check, known)
    return _opened(check, check.before[-1])


def _back_to(check: Check, question: Question, told: tuple[str, ...] | None, known: Known) -> Step:
    """To a question that was named, whatever stands between; one that is answered at once is not asked again."""
    if check.changes <= 0 or not _is_asked(check, question, known):
        return _again(check, known)
    if told is None:
        return _opened(check, question)
    definition = definitions()[question]
    if definition.several and told and told != (definition.nothing,):
        # “I do have low iron” takes nothing back that was told beside it.
        told = tuple(each for each in definition.items if each in {*told, *check.answers.get(question, ())})
    changed = replace(_settled(check, {question: told}), changes=check.changes - 1)
    return _go_on(changed, tuple((question, option) for option in told), known)


def _opened(check: Check, question: Question) -> Step:
    """The question is asked once more, and its answer is gone."""
    again = replace(
        check,
        stage=Stage.ASKING,
        answers={each: options for each, options in check.answers.items() if each is not question},
        passing={each: options for each, options in check.passing.items() if each is not question},
        open=question,
        before=tuple(each for each in check.before if each is not question),
        tries=0,
        asides=0,
        changes=check.changes - 1,
    )
    return Step(again, Move.ASK)


def _again(check: Check, known: Known) -> Step:
    """The answer was not understood: the question is asked once more, then let go."""
    if check.open is None:
        return _go_on(check, (), known)
    if check.tries + 1 < TRIES_MAX:
        return Step(replace(check, tries=check.tries + 1, asides=0), Move.AGAIN)
    step = _go_on(_settled(check, {check.open: ()}), (), known)
    return replace(step, move=Move.PASSED) if step.move is Move.ASK else step


def _after(before: Check, check: Check, noted: tuple[tuple[Question, str], ...], known: Known) -> Step:
    """After answers: go on if the open question, or one that was not asked yet, was among them."""
    if len(check.answers) > len(before.answers):
        return _go_on(check, noted, known)
    # An earlier answer was changed, or something told by the way: that can be done so often.
    if before.changes <= 0:
        return replace(_again(check, known), noted=noted)
    return _go_on(replace(check, changes=before.changes - 1), noted, known)


def _noted(check: Check, heard: Heard) -> tuple[Check, tuple[tuple[Question, str], ...]]:
    """The check with everything that was heard, and what of it is new."""
    answers = heard.answers
    if check.open in answers:
        # What an answer tells beside it changes none that was given before.
        answers = {question: told for question, told in answers.items() if not check.answers.get(question)}
    told_now = _together(answers, heard.passing)
    after = replace(
        _settled(_without(check, heard.ruled_out), answers),
        passing=_apart(_together(check.passing, heard.passing), heard.ruled_out),
        ruled_out=_apart(_together(check.ruled_out, heard.ruled_out), told_now),
        whose=heard.whose or check.whose,
    )
    new = tuple(
        (question, option)
        for told in (answers, heard.passing)
        for question, options in told.items()
        for option in options
        if option not in (*check.answers.get(question, ()), *check.passing.get(question, ()))
        # What is not so is named one by one.
        and not (option == definitions()[question].nothing and question in heard.ruled_out)
    )
    denied = tuple(
        (question, f"{RULED_OUT}{option}")
        for question, options in heard.ruled_out.items()
        for option in options
        if option not in check.ruled_out.get(question, ())
    )
    return after, (*new, *denied)


def _together(before: Answers, told: Answers) -> dict[Question, tuple[str, ...]]:
    """Items told before and now, each once."""
    return {each: tuple(dict.fromkeys((*before.get(each, ()), *told.get(each, ())))) for each in {**before, **told}}


def _apart(items: Answers, gone: Answers) -> dict[Question, tuple[str, ...]]:
    """Items without those that are gone."""
    return {each: tuple(item for item in told if item not in gone.get(each, ())) for each, told in items.items()}


def _without(check: Check, denied: Answers) -> Check:
    """Answers without items that are not so after all; one that loses its last says that none of them is."""
    changed: dict[Question, tuple[str, ...]] = {}
    for question, gone in denied.items():
        told, nothing = check.answers.get(question, ()), str(definitions()[question].nothing)
        if not set(told).isdisjoint(gone):
            changed[question] = tuple(each for each in told if each not in gone) or (nothing,)
    return _settled(check, changed)


def _settled(check: Check, answers: Answers) -> Check:
    return replace(check, answers={**check.answers, **answers}) if answers else check


def _go_on(check: Check, noted: tuple[tuple[Question, str], ...], known: Known) -> Step:
    """To the first question that has no answer and is not left out; without any the check is done."""
    asked = check.open
    waiting = (question for question in Question if question not in check.answers and _is_asked(check, question, known))
    now = next(waiting, None)
    before = (*check.before, asked) if asked is not None and asked is not now else check.before
    # What is open now and was asked before stands at its new place alone.
    before = tuple(question for question in dict.fromkeys(before) if question is not now)
    same = now is not None and now is asked
    tries, asides = (check.tries, check.asides) if same else (0, 0)
    stage = Stage.ASKING if now else Stage.DONE
    after = replace(check, stage=stage, open=now, before=before, tries=tries, asides=asides)
    return Step(after, Move.ASK if now else Move.FINISH, noted)


def _is_asked(check: Check, question: Question, known: Known) -> bool:
    definition: Definition = definitions()[question]
    return not definition.several or bool(check.items(question, known))
