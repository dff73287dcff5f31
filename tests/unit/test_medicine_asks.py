"""What a message asks about a medicine, illnesses beside one, and the words for somebody else's medicine."""

from __future__ import annotations

from itertools import combinations

import pytest

from stillnight.clinical.medicines.asks import BY_GROUP, OTHER, medicine_asks
from stillnight.clinical.medicines.check import check, finding_of_kind
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.medicines.register import register
from stillnight.content.catalogue import catalogue
from stillnight.content.safe_words import unsafe_wordings
from stillnight.dialogue.medicine_answers import MedicineAnswers
from stillnight.dialogue.medicine_lines import TROUBLE
from stillnight.paths import KNOWLEDGE

ANSWERS = MedicineAnswers(catalogue(), register().regions)


def said(text: str) -> str:
    return ANSWERS.checked(check(register(), medicine_finder().find(text)), (), None, text).text


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("can i drink on it", ("alcohol",)),
        ("can i drink coffee on it", ()),
        ("can I drive?", ("driving",)),
        ("my sewing machine", ()),
        ("side-effects?", ("side_effects",)),
        ("is it making me worse", ("worse",)),
    ],
)
def test_message_asks(text: str, asks: tuple[str, ...]) -> None:
    assert medicine_asks().of(text, names_one=False) == asks


def test_what_leans_counts_only_where_no_medicine_is_named() -> None:
    assert medicine_asks().of("ropinirole is making me worse", names_one=True) == ()


def test_every_group_is_of_kinds_or_medicines_that_are_known_and_has_its_pieces() -> None:
    asks, known = medicine_asks(), {*register().classes, *register().medicines}
    for group in asks.groups:
        assert group.kinds <= known
        assert group.topic is None or catalogue().has_topic(group.topic)
        for ask in BY_GROUP:
            assert f"utter_medicine_{ask}_{group.pieces.get(ask, OTHER)}" in catalogue().answers


@pytest.mark.parametrize("ask", medicine_asks().asks)
def test_answer_to_an_ask_says_nothing_unsafe_of_any_kind(ask: str) -> None:
    for kind in register().classes.values():
        found = check(register(), ())
        reply = ANSWERS.asked(type(found)((finding_of_kind(kind),), (), (), ()), (ask,))
        assert not list(unsafe_wordings(reply.text, KNOWLEDGE)), (kind.key, reply.text)
        assert "{" not in reply.text and reply.sources


def test_no_two_kinds_make_the_prescriber_be_asked_the_same_twice() -> None:
    trouble = [
        finding_of_kind(kind) for kind in register().classes.values() if kind.effect in TROUBLE and kind.ask_about
    ]
    for one, other in combinations(trouble, 2):
        found = check(register(), ())
        text = ANSWERS.checked(type(found)((one, other), (), (), ())).text
        line = next(line for line in text.splitlines() if line.startswith("Ask the prescriber"))
        clauses = line.removeprefix("Ask the prescriber ").split(". ")[0].split(", and ")
        assert len(set(clauses)) == len(clauses), line


def test_somebody_elses_medicine_is_not_said_to_be_for_your_legs() -> None:
    assert "your restless legs" not in said("my mum takes haloperidol")
    assert not any("your restless legs" in (kind.ask_about or "") for kind in register().classes.values())


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("mum with parkinsons takes haloperidol", True),
        ("dad has Parkinson's disease and is on metoclopramide", True),
        ("mum with parkinsons takes quetiapine", False),
        ("mum takes haloperidol", False),
        ("i have copd and take oxycodone", True),
        ("i have sleep apnea and take zopiclone", True),
        ("i have copd and take sertraline", False),
    ],
)
def test_illness_beside_a_medicine_is_warned_of(text: str, warned: bool) -> None:
    assert said(text).startswith("Be careful: ") == warned


@pytest.mark.parametrize(
    ("text", "iron"),
    [
        ("im on warfarin can i take iron", True),
        ("sertraline and iron, is that ok", True),
        ("can i take iron", False),
        ("take iron sulfate", False),
        ("sertraline and my iron is low", False),
    ],
)
def test_iron_beside_a_medicine_is_told_of(text: str, iron: bool) -> None:
    assert ("iron" in [mention.kind for mention in medicine_finder().find(text)]) == iron
    assert ("Iron medicines by mouth" in said(text)) == iron
