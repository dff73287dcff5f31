"""What comes after a danger was heard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stillnight.clinical.emergency import Answer, Move, Open, Safety, step
from stillnight.clinical.red_flags.finder import EMERGENCY, RedFlag, red_flag_finder

ANSWERS = [None, *Answer]
FLAG = red_flag_finder().flag
CHEST = FLAG("chest_pain_stroke_breathing")
OVERDOSE = FLAG("overdose")
SELF_HARM = FLAG("self_harm")
CLOT = FLAG("clot")
URGES = FLAG("impulse_control_urges")
NOTHING = Safety()
RAISED = Safety(Open(CHEST.name, certain=True))
ASKED = Safety(Open(CHEST.name, certain=True, check_ins=1))


def test_message_without_danger_is_answered_as_usual() -> None:
    done = step(NOTHING, [])
    assert (done.move, done.safety, done.flag, done.closed) == (Move.ANSWER, NOTHING, None, None)


@pytest.mark.parametrize("answer", ANSWERS)
def test_answer_to_a_question_that_nobody_asked_changes_nothing(answer: Answer | None) -> None:
    assert step(NOTHING, [], answer, ["ferritin"]).move is Move.ANSWER


def test_danger_is_raised_and_kept_open() -> None:
    done = step(NOTHING, [OVERDOSE])
    assert (done.move, done.flag, done.certain) == (Move.RAISE, OVERDOSE, True)
    assert done.safety.open == Open("overdose", certain=True, numbers=("poison",))


def test_numbers_of_all_dangers_go_with_the_first() -> None:
    done = step(NOTHING, [OVERDOSE, SELF_HARM, OVERDOSE])
    assert done.flag == OVERDOSE
    assert done.safety.open is not None
    assert done.safety.open.numbers == ("poison", "crisis")


@pytest.mark.parametrize("answer", [answer for answer in ANSWERS if answer is not Answer.MISUNDERSTOOD])
@pytest.mark.parametrize("safety", [RAISED, ASKED])
def test_same_danger_again_is_a_reminder_whatever_else_is_said(safety: Safety, answer: Answer | None) -> None:
    done = step(safety, [CHEST], answer)
    assert (done.move, done.flag, done.safety) == (Move.REMIND, CHEST, safety)


@pytest.mark.parametrize("answer", ANSWERS)
def test_new_danger_is_raised_anew(answer: Answer | None) -> None:
    done = step(ASKED, [OVERDOSE], answer)
    assert (done.move, done.flag) == (Move.RAISE, OVERDOSE)
    assert done.safety.open is not None
    assert (done.safety.open.category, done.safety.open.before) == ("overdose", ("chest_pain_stroke_breathing",))
    assert done.safety.open.numbers == ("poison",)


def test_danger_that_was_raised_before_another_is_not_raised_again() -> None:
    both = step(step(RAISED, [OVERDOSE]).safety, [OVERDOSE, CHEST])
    assert (both.move, both.flag) == (Move.REMIND, OVERDOSE)


def test_new_danger_behind_the_known_one_is_raised_too() -> None:
    done = step(Safety(Open("overdose", certain=True, numbers=("poison",))), [OVERDOSE, SELF_HARM])
    assert done.move is Move.RAISE
    assert done.safety.open is not None
    assert set(done.safety.open.numbers) == {"poison", "crisis"}


def test_misunderstood_danger_does_not_hide_another() -> None:
    done = step(RAISED, [CHEST, OVERDOSE], Answer.MISUNDERSTOOD)
    assert done.move is Move.RAISE
    assert done.safety.open is not None


def test_check_in_comes_once_and_then_again_and_again() -> None:
    first = step(RAISED, [])
    second = step(first.safety, [])
    third = step(second.safety, [])
    assert [done.move for done in (first, second, third)] == [
        Move.CHECK_IN,
        Move.CHECK_IN_AGAIN,
        Move.CHECK_IN_AGAIN,
    ]
    assert [done.safety.open and done.safety.open.check_ins for done in (first, second, third)] == [1, 2, 3]


@pytest.mark.parametrize("safety", [RAISED, ASKED])
def test_safe_closes(safety: Safety) -> None:
    done = step(safety, [], Answer.SAFE)
    assert (done.move, done.safety, done.closed) == (Move.SAFE, Safety(closed=CHEST.name), safety.open)


@pytest.mark.parametrize("safety", [RAISED, ASKED])
def test_feeling_well_closes_only_at_the_second_time_where_it_does_not_end_the_danger(safety: Safety) -> None:
    first = step(safety, [], Answer.SAFE, well_ends=lambda category: False)
    assert (first.move, first.closed) == (Move.CALL_ALL_THE_SAME, None)
    assert first.safety.open
    assert first.safety.open.well
    assert step(first.safety, [], Answer.SAFE, well_ends=lambda category: False).move is Move.SAFE


def test_misunderstanding_closes_at_once_whatever_the_danger() -> None:
    assert step(ASKED, [], Answer.MISUNDERSTOOD, well_ends=lambda category: False).move is Move.MISUNDERSTOOD


@pytest.mark.parametrize("flags", [[], [CHEST]])
def test_misunderstood_closes_though_the_danger_is_named_again(flags: list[RedFlag]) -> None:
    done = step(ASKED, flags, Answer.MISUNDERSTOOD)
    assert (done.move, done.safety, done.closed) == (Move.MISUNDERSTOOD, Safety(closed=CHEST.name), ASKED.open)


def test_yes_closes_only_after_a_check_in() -> None:
    before = step(RAISED, [], Answer.YES)
    assert (before.move, before.closed) == (Move.CHECK_IN, None)
    assert before.safety.open is not None
    assert step(ASKED, [], Answer.YES).move is Move.SAFE


def test_no_means_unsafe_only_after_a_check_in() -> None:
    assert step(RAISED, [], Answer.NO).move is Move.CHECK_IN
    done = step(ASKED, [], Answer.NO)
    assert (done.move, done.safety.open) == (Move.UNSAFE, Open(CHEST.name, certain=True, check_ins=2))


@pytest.mark.parametrize(("answer", "move"), [(Answer.UNSAFE, Move.UNSAFE), (Answer.HELP_COMING, Move.HELP_COMING)])
@pytest.mark.parametrize("safety", [RAISED, ASKED])
def test_unsafe_and_help_on_its_way_stay_open(safety: Safety, answer: Answer, move: Move) -> None:
    done = step(safety, [], answer)
    assert (done.move, done.closed) == (move, None)
    assert done.safety.open is not None
    assert done.safety.open.category == CHEST.name


def test_labs_are_remembered_and_handed_out_on_closing() -> None:
    safety = step(NOTHING, [CHEST], labs=["ferritin"]).safety
    safety = step(safety, [], labs=["tsh", "ferritin"]).safety
    safety = step(safety, [CHEST], labs=["hemoglobin"]).safety
    done = step(safety, [], Answer.SAFE, labs=["magnesium"])
    assert done.closed is not None
    assert done.closed.labs == ("ferritin", "tsh", "hemoglobin", "magnesium")


def test_labs_outlive_a_second_danger() -> None:
    safety = step(NOTHING, [CHEST], labs=["ferritin"]).safety
    done = step(step(safety, [OVERDOSE], labs=["tsh"]).safety, [], Answer.SAFE)
    assert done.closed is not None
    assert (done.closed.category, done.closed.labs) == ("overdose", ("ferritin", "tsh"))


def test_labs_outlive_a_same_day_danger() -> None:
    done = step(RAISED, [CLOT], labs=["ferritin"])
    assert done.safety.open is not None
    assert done.safety.open.labs == ("ferritin",)


def test_same_day_danger_is_told_once_then_reminded_and_never_open() -> None:
    first = step(NOTHING, [CLOT])
    second = step(first.safety, [CLOT])
    other = step(second.safety, [URGES])
    assert [done.move for done in (first, second, other)] == [Move.RAISE, Move.REMIND, Move.RAISE]
    assert all(done.safety.open is None for done in (first, second, other))
    assert other.safety.told == (CLOT.name, URGES.name)
    assert step(other.safety, []).move is Move.ANSWER


def test_same_day_danger_leaves_an_emergency_open() -> None:
    done = step(ASKED, [CLOT])
    assert (done.move, done.flag) == (Move.RAISE, CLOT)
    assert done.safety == Safety(ASKED.open, (CLOT.name,))


def test_same_day_danger_that_became_an_emergency_is_raised_and_open() -> None:
    worse = replace(CLOT, urgency=EMERGENCY)
    done = step(step(NOTHING, [CLOT]).safety, [worse])
    assert done.move is Move.RAISE
    assert done.safety.open is not None


def test_danger_of_the_second_net_is_raised_again_once_a_rule_finds_it() -> None:
    first = step(NOTHING, [CHEST], certain=False)
    again = step(first.safety, [CHEST], certain=False)
    sure = step(again.safety, [CHEST], certain=True)
    assert [(done.move, done.certain) for done in (first, sure)] == [(Move.RAISE, False), (Move.RAISE, True)]
    assert again.move is Move.REMIND
    assert step(sure.safety, [CHEST], certain=True).move is Move.REMIND
    assert step(sure.safety, [CHEST], certain=False).move is Move.REMIND


@pytest.mark.parametrize("stored", [None, {}, {"open": None, "told": None}])
def test_nothing_stored_is_nothing_kept(stored: dict[str, None] | None) -> None:
    assert Safety.from_dict(stored) == NOTHING
