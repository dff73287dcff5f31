"""What comes out: never who has what, for every set of answers; what fits, how soon, what else, what to ask."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest

from stillnight.clinical.symptom_check.definitions import definitions
from stillnight.clinical.symptom_check.model import CORE, Known, Question, Stage, Whose
from stillnight.clinical.symptom_check.outcome import Feature, HowSoon, outcome, outcome_tables
from stillnight.clinical.symptom_check.state import Check
from stillnight.content.catalogue import catalogue
from stillnight.content.safe_words import unsafe_wordings
from stillnight.dialogue.symptom_answers import symptom_answers
from stillnight.paths import KNOWLEDGE

# A diagnosis, its denial, or a number that weighs one.
_VERDICT = re.compile(
    r"\b(?:you|they|she|he) (?:do not |don't |may |might |could |probably )?(?:have|has|suffer)\b"
    r"|\b(?:likely|unlikely|probabl\w*|chances?|percent|score|points|risk of)\b|%"
    r"|\bthis is (?:not )?(?:rls|restless legs)|\b(?:it is|it's) (?:not )?(?:rls|restless legs)\b",
    re.IGNORECASE,
)
FITTING: dict[Question, tuple[str, ...]] = {
    Question.URGE: ("felt",),
    Question.REST: ("at_rest",),
    Question.MOVEMENT: ("eased",),
    Question.EVENING: ("only",),
    Question.OTHER: ("nothing",),
}


def done(answers: dict[Question, tuple[str, ...]], whose: Whose = Whose.SELF) -> Check:
    return Check(stage=Stage.DONE, answers=answers, whose=whose)


def single(question: Question) -> list[tuple[str, ...]]:
    """Every answer to a question, “not sure” too; of those told together each one, and all."""
    definition = definitions()[question]
    each: list[tuple[str, ...]] = [(), *((option,) for option in definition.options)]
    return [*each, definition.items] if definition.several else each


def said(check: Check, known: Known) -> str:
    messages = symptom_answers()._finished(check, known, [])
    return "\n".join(message.reply.text for message in messages)


def everything() -> Iterator[tuple[Check, Known]]:
    """Every set of answers to the first four questions with each of something else; and each of the other answers."""
    people = [
        Known(),
        Known(child=True),
        Known(pregnant=True),
        Known(ferritin=True, any_medicine=True, medicines=("sertraline",)),
    ]
    for core in itertools.product(*(single(question) for question in CORE)):
        first = dict(zip(CORE, core))
        for other in single(Question.OTHER):
            yield done({**first, Question.OTHER: other}), people[0]
    for known, whose in itertools.product(people, Whose):
        for told in ({}, FITTING, {Question.URGE: ("absent",), Question.REST: ("at_rest",)}):
            rest = (Question.OTHER, Question.OFTEN, Question.EFFECT, Question.BACKGROUND)
            for others in itertools.product(*(single(question) for question in rest)):
                yield done({**told, **dict(zip(rest, others))}, whose), known


# -- every set of answers


def test_every_set_of_answers_has_an_outcome_and_none_is_a_verdict() -> None:
    # Sentences are put together of few pieces, so that each text is looked at once.
    seen: set[str] = set()
    for check, known in everything():
        found = outcome(check, known)
        assert found.how_soon in HowSoon
        key = str((found.features, found.picture.name, found.see.name, found.look, found.ask_about, check.whose, known))
        if key in seen:
            continue
        seen.add(key)
        text = said(check, known)
        assert not _VERDICT.search(text), text
        assert "clinician" in text
        assert "{" not in text and "  " not in text
    assert len(seen) > 2500


def test_no_piece_is_a_verdict_or_unsafe() -> None:
    pieces = [answer for name, answer in catalogue().answers.items() if name.startswith("utter_symptom_check_")]
    assert len(pieces) > 90
    for piece in pieces:
        assert not _VERDICT.search(piece.text), piece.name
        assert not list(unsafe_wordings(piece.text, KNOWLEDGE)), piece.name


def test_every_row_of_the_tables_is_used() -> None:
    used = set()
    for check, known in everything():
        found = outcome(check, known)
        used |= {row.sentence for row in (found.picture, found.see, *found.look, *found.ask_about)}
    assert {row.sentence for row in outcome_tables().rows} == used


# -- how soon


@pytest.mark.parametrize(
    ("answers", "known", "how_soon", "row"),
    [
        ({}, Known(), HowSoon.NEXT_VISIT, "next_visit"),
        ({Question.OFTEN: ("weekly",), Question.EFFECT: ("a_little",)}, Known(), HowSoon.NEXT_VISIT, "next_visit"),
        ({Question.OFTEN: ("often",)}, Known(), HowSoon.SOON, "often"),
        ({Question.EFFECT: ("a_lot",)}, Known(), HowSoon.SOON, "effect"),
        ({Question.OTHER: ("nerves",)}, Known(), HowSoon.SOON, "nerves"),
        ({Question.BACKGROUND: ("kidney",)}, Known(), HowSoon.SOON, "kidney"),
        ({}, Known(kidney=True), HowSoon.SOON, "kidney"),
        ({Question.BACKGROUND: ("pregnancy",)}, Known(), HowSoon.SOON, "pregnant"),
        ({}, Known(pregnant=True), HowSoon.SOON, "pregnant"),
        ({}, Known(child=True), HowSoon.SOON, "child"),
        ({Question.OTHER: ("new_medicine",)}, Known(child=True), HowSoon.NOW, "new_medicine"),
        ({Question.OTHER: ("cramps", "new_medicine")}, Known(pregnant=True), HowSoon.NOW, "new_medicine"),
    ],
)
def test_how_soon(answers: dict[Question, tuple[str, ...]], known: Known, how_soon: HowSoon, row: str) -> None:
    found = outcome(done(answers), known)
    assert (found.how_soon, found.see.name) == (how_soon, row)


# -- what fits


def test_all_five_fit() -> None:
    found = outcome(done(FITTING), Known())
    assert found.picture.name == "all_four"
    assert found.of(Feature.FITS) == tuple(FITTING)


def test_something_else_leaves_the_fifth_open() -> None:
    found = outcome(done({**FITTING, Question.OTHER: ("cramps",)}), Known())
    assert found.picture.name == "all_four_and_more"
    assert [row.name for row in found.look] == ["cramps"]
    assert "Not known yet" not in said(done({**FITTING, Question.OTHER: ("cramps",)}), Known())


@pytest.mark.parametrize(
    ("changed", "picture"),
    [
        ({Question.URGE: ("absent",)}, "without_urge"),
        ({Question.EVENING: ("not_worse",)}, "some_not"),
        ({Question.REST: ()}, "some_open"),
        ({Question.OTHER: ()}, "all_four_rest_open"),
        ({Question.URGE: (), Question.REST: (), Question.EVENING: ()}, "too_little"),
        (
            {
                Question.URGE: (),
                Question.REST: (),
                Question.MOVEMENT: ("not_eased",),
                Question.EVENING: ("not_worse",),
            },
            "none_fit",
        ),
    ],
)
def test_picture(changed: dict[Question, tuple[str, ...]], picture: str) -> None:
    assert outcome(done({**FITTING, **changed}), Known()).picture.name == picture


def test_a_little_relief_and_only_worse_at_night_fit_too() -> None:
    found = outcome(done({**FITTING, Question.MOVEMENT: ("partly",), Question.EVENING: ("worse",)}), Known())
    assert not found.of(Feature.FITS_NOT)


def test_other_causes_are_named_when_something_does_not_fit_and_nobody_named_one() -> None:
    assert [row.name for row in outcome(done({**FITTING, Question.URGE: ("absent",)}), Known()).look] == ["others"]


# -- worth asking about


@pytest.mark.parametrize(
    ("answers", "known", "asked"),
    [
        ({}, Known(), ["iron"]),
        ({}, Known(ferritin=True), ["iron_told"]),
        ({Question.BACKGROUND: ("iron",)}, Known(), ["iron_low"]),
        ({Question.BACKGROUND: ("medicines", "family")}, Known(), ["iron", "medicines", "family"]),
        ({}, Known(any_medicine=True, medicines=("sertraline",)), ["iron", "medicines_named"]),
        ({}, Known(any_medicine=True), ["iron"]),
        ({}, Known(child=True), ["child", "iron"]),
        ({}, Known(pregnant=True), ["pregnancy", "iron"]),
        ({}, Known(kidney=True), ["iron", "kidney"]),
    ],
)
def test_worth_asking(answers: dict[Question, tuple[str, ...]], known: Known, asked: list[str]) -> None:
    assert [row.name for row in outcome(done(answers), known).ask_about] == asked


def test_medicines_are_named_with_a_warning() -> None:
    text = said(done({}), Known(any_medicine=True, medicines=("sertraline", "mirtazapine")))
    assert "sertraline or mirtazapine" in text and "stop a medicine suddenly" in text


def test_numb_feet_come_with_the_signs_of_an_emergency_whoever_it_is() -> None:
    for known in (Known(), Known(pregnant=True), Known(child=True)):
        assert "emergency number" in said(done({Question.OTHER: ("nerves",)}), known)


def test_somebody_else_is_spoken_of_as_they() -> None:
    text = said(done({Question.OTHER: ("nerves",)}, Whose.OTHER), Known())
    assert "they" in text and "the part you" not in text
