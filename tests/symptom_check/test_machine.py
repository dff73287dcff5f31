"""The course of a check: it always ends, and asks at most eight questions.

Proven in two ways. `left` is a row of four numbers, none below zero, and every step from every state that goes on
asking makes it smaller: by induction no conversation goes on for ever, however it goes. And every path without going
back is walked to its end, whatever is known from the chat and in whatever order the answers come.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from stillnight.clinical.symptom_check.definitions import definitions
from stillnight.clinical.symptom_check.machine import Step, aside, pause, resume, start, take
from stillnight.clinical.symptom_check.model import Command, Heard, Known, Move, Question, Stage, Whose
from stillnight.clinical.symptom_check.state import ASIDES_MAX, TRIES_MAX, Check

NOTHING = Heard()
NOBODY = Known()
EVERYBODY = [
    Known(),
    Known(pregnant=True),
    Known(child=True),
    Known(man=True, kidney=True),
    Known(ferritin=True, any_medicine=True),
    Known(child=True, kidney=True, ferritin=True, any_medicine=True),
]
ASKS_ON = frozenset({Move.ASK, Move.AGAIN, Move.STAY, Move.PASSED, Move.FIRST})


def first_option(question: Question) -> tuple[str, ...]:
    return definitions()[question].options[:1]


def answered(question: Question) -> Heard:
    return Heard({question: first_option(question)})


def steps(check: Check, known: Known) -> Iterator[tuple[str, Step]]:
    """Whatever one message can do: answers to one question or two, things told by the way, commands, nothing at all."""
    for question in Question:
        yield f"answers {question.value}", take(check, answered(question), known)
        yield f"is unsure of {question.value}", take(check, Heard({question: ()}), known)
        yield f"aside with {question.value}", aside(check, answered(question), known)
        option = definitions()[question].options[-1]
        yield f"answers {question.value} in another way", take(check, Heard({question: (option,)}), known)
    everything = {question: first_option(question) for question in Question}
    yield "answers everything", take(check, Heard(everything), known)
    for question in (Question.OTHER, Question.BACKGROUND):
        items = definitions()[question].items
        yield (
            f"tells one thing of {question.value} by the way",
            take(check, Heard(passing={question: items[:1]}), known),
        )
        yield f"tells all of {question.value} by the way", take(check, Heard(passing={question: items}), known)
        yield f"rules out one of {question.value}", take(check, Heard(ruled_out={question: items[:1]}), known)
        yield f"rules out all of {question.value}", aside(check, Heard(ruled_out={question: items}), known)
    for command in Command:
        yield command.value, take(check, Heard(command=command), known)
    for question in Question:
        yield f"back to {question.value}", take(check, Heard(back_to=question), known)
        told = Heard({question: first_option(question)}, back_to=question)
        yield f"changes {question.value} by its name", take(check, told, known)
    yield "says nothing", take(check, NOTHING, known)
    yield "asks something else", aside(check, NOTHING, known)
    yield "is for somebody else", take(check, Heard(whose=Whose.OTHER), known)


def states(known: Known) -> Iterator[Check]:
    """Every state in which a question is open, up to what a step looks at.

    Which answers were given changes no step, nor how many changes are left beyond one, or what stands before the last
    question that was asked.
    """
    counts = list(itertools.product(((0, 0), (TRIES_MAX - 1, 0), (0, ASIDES_MAX - 1)), (0, 1)))
    for size in range(len(Question)):
        for settled in itertools.combinations(Question, size):
            answers = {question: first_option(question) for question in settled}
            for open_question in Question:
                left_out = open_question is Question.BACKGROUND and not Check().items(open_question, known)
                if open_question in settled or left_out:
                    continue
                for before in {(), settled}:
                    for (tries, asides), changes in counts:
                        yield Check(
                            Stage.ASKING, Whose.SELF, answers, {}, open_question, before, tries, asides, changes
                        )


# -- every path ends


def test_every_step_that_asks_on_leaves_less() -> None:
    for check in states(NOBODY):
        for name, step in steps(check, NOBODY):
            if name == Command.RESTART.value:
                continue
            if step.move in ASKS_ON:
                assert step.check.left < check.left, (name, check)
            assert min(step.check.left) >= 0, (name, check)


def test_a_state_asks_or_waits_or_is_done() -> None:
    for check in itertools.islice(states(Known()), 0, None, 5):
        for name, step in steps(check, Known()):
            stage = step.check.stage
            assert (step.move in ASKS_ON) == (stage is Stage.ASKING), (name, check)
            assert (step.move is Move.FINISH) == (stage is Stage.DONE), (name, check)
            assert step.check.open is not None or stage is not Stage.ASKING, (name, check)
            assert step.check.open not in step.check.answers, (name, check)


@pytest.mark.parametrize("known", EVERYBODY)
def test_every_path_asks_at_most_eight_questions(known: Known) -> None:
    @cache
    def most(settled: frozenset[Question], open_question: Question) -> int:
        """How many questions are put at most from here, this one included, whatever is answered or skipped."""
        check = Check(answers=dict.fromkeys(settled, ()), open=open_question)
        longest = 1
        for size in range(len(Question) + 1):
            for told in itertools.combinations(Question, size):
                heard = Heard({each: first_option(each) for each in told})
                if open_question not in told:
                    continue
                step = take(check, heard, known)
                if step.check.stage is Stage.ASKING:
                    assert step.check.open is not None
                    longest = max(longest, 1 + most(frozenset(step.check.answers), step.check.open))
        return longest

    for size in range(len(Question) + 1):
        for told in itertools.combinations(Question, size):
            begun = start(Heard({each: first_option(each) for each in told}), known)
            if begun.check.stage is Stage.DONE:
                continue
            assert begun.check.open is not None
            questions = most(frozenset(begun.check.answers), begun.check.open)
            assert questions == len(Question) - size - (
                Question.BACKGROUND not in told and not begun.check.items(Question.BACKGROUND, known)
            )
            assert questions <= 8


@pytest.mark.parametrize("heard", [NOTHING, Heard(command=Command.SKIP), Heard(command=Command.BACK)])
def test_saying_the_same_for_ever_ends(heard: Heard) -> None:
    check, moves = start(NOTHING, Known()).check, []
    for _ in range(60):
        step = take(check, heard, Known())
        check = step.check
        moves.append(step.move)
        if step.move is Move.FINISH:
            break
    assert moves[-1] is Move.FINISH


def test_restart_begins_anew() -> None:
    check = take(start(NOTHING, Known()).check, answered(Question.URGE), Known()).check
    step = take(check, Heard(command=Command.RESTART), Known())
    assert step == start(NOTHING, Known())


# -- what a person does


def through(*heard: Heard, known: Known = NOBODY) -> Step:
    step = start(NOTHING, known)
    for each in heard:
        step = take(step.check, each, known)
    return step


def test_questions_come_in_their_order() -> None:
    order = [start(NOTHING, Known()).check.open]
    check = start(NOTHING, Known()).check
    while check.stage is Stage.ASKING:
        assert check.open is not None
        check = take(check, answered(check.open), Known()).check
        order.append(check.open)
    assert order == [*Question, None]


def test_one_answer_to_three_questions_spares_them() -> None:
    told = Heard({each: first_option(each) for each in (Question.URGE, Question.REST, Question.EVENING)})
    step = through(told)
    assert step.check.open is Question.MOVEMENT
    assert [question for question, _ in step.noted] == [Question.URGE, Question.REST, Question.EVENING]


def test_unclear_answer_is_asked_once_more_and_then_let_go() -> None:
    once = through(NOTHING)
    assert (once.move, once.check.open) == (Move.AGAIN, Question.URGE)
    twice = take(once.check, NOTHING, Known())
    assert (twice.move, twice.check.open) == (Move.PASSED, Question.REST)
    assert twice.check.told(Question.URGE, Known()) is None


def test_skip_and_not_sure_leave_a_question_open() -> None:
    for heard in (Heard(command=Command.SKIP), Heard({Question.URGE: ()})):
        step = through(heard)
        assert (step.move, step.check.open) == (Move.ASK, Question.REST)
        assert step.check.told(Question.URGE, Known()) is None


def test_back_opens_the_question_before_and_its_answer_is_gone() -> None:
    step = through(answered(Question.URGE), answered(Question.REST), Heard(command=Command.BACK))
    assert step.check.open is Question.REST
    assert step.check.told(Question.REST, Known()) is None
    assert step.check.told(Question.URGE, Known()) == first_option(Question.URGE)
    again = take(step.check, Heard(command=Command.BACK), Known())
    assert again.check.open is Question.URGE


def test_back_to_a_named_question_opens_it_and_then_goes_on_where_it_was() -> None:
    check = through(*(answered(each) for each in list(Question)[:5])).check
    step = take(check, Heard(back_to=Question.MOVEMENT), Known())
    assert (step.move, step.check.open) == (Move.ASK, Question.MOVEMENT)
    assert step.check.told(Question.MOVEMENT, Known()) is None
    on = take(step.check, Heard({Question.MOVEMENT: ("not_eased",)}), Known())
    assert on.check.open is Question.OFTEN and on.check.told(Question.MOVEMENT, Known()) == ("not_eased",)


def test_named_question_that_is_answered_at_once_is_not_asked_again() -> None:
    check = through(*(answered(each) for each in list(Question)[:5])).check
    step = take(check, Heard({Question.MOVEMENT: ("partly",)}, back_to=Question.MOVEMENT), Known())
    assert step.check.open is Question.OFTEN and step.noted == ((Question.MOVEMENT, "partly"),)


def test_one_thing_told_by_name_takes_back_none_told_before() -> None:
    check = replace(through(NOTHING).check, answers={Question.BACKGROUND: ("family",)})
    step = take(check, Heard({Question.BACKGROUND: ("iron",)}, back_to=Question.BACKGROUND), Known())
    assert step.check.told(Question.BACKGROUND, Known()) == ("family", "iron")


def test_back_at_the_first_question_says_so() -> None:
    assert through(Heard(command=Command.BACK)).move is Move.FIRST


def test_back_after_the_end_opens_the_last_question() -> None:
    done = through(*(answered(each) for each in Question))
    assert done.move is Move.FINISH
    back = take(done.check, Heard(command=Command.BACK), Known())
    assert (back.move, back.check.open) == (Move.ASK, Question.BACKGROUND)


def test_earlier_answer_can_be_changed_while_another_question_is_open() -> None:
    step = through(Heard({Question.URGE: ("felt",)}), Heard({Question.URGE: ("absent",)}))
    assert step.check.open is Question.REST
    assert step.noted == ((Question.URGE, "absent"),)
    assert step.check.told(Question.URGE, Known()) == ("absent",)


def test_answer_to_the_open_question_changes_none_before_it() -> None:
    step = through(
        Heard({Question.EVENING: ("not_worse",)}), Heard({Question.URGE: ("felt",), Question.EVENING: ("only",)})
    )
    assert step.check.told(Question.EVENING, Known()) == ("not_worse",)
    assert step.noted == ((Question.URGE, "felt"),)


def test_answer_can_be_changed_after_the_end() -> None:
    done = through(*(answered(each) for each in Question))
    changed = take(done.check, Heard({Question.EVENING: ("not_worse",)}), Known())
    assert (changed.move, changed.noted) == (Move.FINISH, ((Question.EVENING, "not_worse"),))


def test_stop_keeps_everything_and_resume_goes_on() -> None:
    stopped = through(answered(Question.URGE), Heard(command=Command.STOP))
    assert (stopped.move, stopped.check.stage) == (Move.PAUSE, Stage.PAUSED)
    kept = Check.from_dict(json.loads(json.dumps(stopped.check.as_dict())))
    assert kept == stopped.check and kept is not None
    on = resume(kept, Known())
    assert (on.move, on.check.open) == (Move.ASK, Question.REST)
    assert on.check.answers == stopped.check.answers


def test_result_before_the_end_can_be_taken_up_again() -> None:
    done = through(answered(Question.URGE), Heard(command=Command.RESULT))
    assert done.move is Move.FINISH
    assert resume(done.check, Known()).check.open is Question.REST


def test_other_messages_in_a_row_let_it_wait_and_an_answer_starts_the_count_anew() -> None:
    check = start(NOTHING, Known()).check
    moves = []
    for _ in range(ASIDES_MAX):
        step = aside(check, NOTHING, Known())
        check = step.check
        moves.append(step.move)
    assert moves == [Move.STAY] * (ASIDES_MAX - 1) + [Move.PAUSE]
    once = aside(start(NOTHING, Known()).check, NOTHING, Known()).check
    assert take(once, answered(Question.URGE), Known()).check.asides == 0


def test_pausing_what_is_done_changes_nothing() -> None:
    done = through(Heard(command=Command.RESULT)).check
    assert pause(done).check == done


# -- what the chat told already


def test_what_is_known_is_not_asked() -> None:
    known = Known(pregnant=True, ferritin=True, any_medicine=True)
    assert Check().items(Question.BACKGROUND, known) == ("family", "kidney")
    assert Check().told(Question.BACKGROUND, known) == ("pregnancy",)


def test_child_and_man_are_not_asked_about_pregnancy() -> None:
    for known in (Known(child=True), Known(man=True)):
        assert "pregnancy" not in Check().items(Question.BACKGROUND, known)


def test_last_question_is_left_out_when_nothing_of_it_is_open() -> None:
    known = Known(pregnant=True, kidney=True, ferritin=True, any_medicine=True)
    step = through(Heard(passing={Question.BACKGROUND: ("family",)}), known=known)
    for question in list(Question)[:-1]:
        assert step.check.open is question
        step = take(step.check, answered(question), known)
    assert step.move is Move.FINISH


def test_thing_told_by_the_way_is_kept_and_the_rest_is_still_asked() -> None:
    step = through(Heard(passing={Question.OTHER: ("cramps",)}))
    assert "cramps" not in step.check.items(Question.OTHER, Known())
    answers = [answered(each) for each in list(Question)[:4]]
    check = step.check
    for heard in answers:
        check = take(check, heard, Known()).check
    assert check.open is Question.OTHER
    check = take(check, Heard({Question.OTHER: ("nothing",)}), Known()).check
    assert check.told(Question.OTHER, Known()) == ("cramps",)


# -- what is kept


@pytest.mark.parametrize("kept", [None, {}, [], "x", {"version": 0}, {"version": 1}, {"version": 1, "stage": "gone"}])
def test_what_cannot_be_read_is_no_check(kept: object) -> None:
    assert Check.from_dict(kept) is None


def test_answer_that_is_no_answer_any_more_is_left_out() -> None:
    kept = replace(Check(), answers={Question.URGE: ("felt",)}).as_dict()
    kept["answers"]["urge"] = ["tingles"]
    read = Check.from_dict(kept)
    assert read is not None and read.told(Question.URGE, Known()) is None


def test_what_is_not_so_is_not_asked_and_takes_back_what_was_told() -> None:
    begun = start(Heard(passing={Question.BACKGROUND: ("family",)}), Known()).check
    step = take(begun, Heard(ruled_out={Question.BACKGROUND: ("family", "kidney")}), Known())
    assert step.noted == ((Question.BACKGROUND, "no_family"), (Question.BACKGROUND, "no_kidney"))
    assert step.check.items(Question.BACKGROUND, Known()) == ("pregnancy", "iron", "medicines")
    assert step.check.told(Question.BACKGROUND, Known()) is None and Check.from_dict(step.check.as_dict()) == step.check
