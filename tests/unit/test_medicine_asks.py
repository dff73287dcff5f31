"""What a message asks about a medicine, illnesses beside one, and the words for somebody else's medicine."""

from __future__ import annotations

from itertools import combinations

import pytest

from stillnight.clinical.medicines.asks import BY_GROUP, OTHER, medicine_asks
from stillnight.clinical.medicines.check import check, finding_of_kind
from stillnight.clinical.medicines.effects import Effect, medicine_effects
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.medicines.register import register
from stillnight.content.catalogue import catalogue
from stillnight.content.safe_words import unsafe_wordings
from stillnight.dialogue.medicine_answers import MedicineAnswers
from stillnight.dialogue.medicine_lines import TROUBLE
from stillnight.language.questions import asks
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


@pytest.mark.parametrize(
    ("text", "before", "named", "effect"),
    [
        ("is that dangerous?", "started Lyrica, feet swollen like balloons", False, "swelling"),
        ("should i worry", "on pregabalin my ankles are puffy", False, "swelling"),
        ("does gabapentin give you swollen ankles?", "", True, "swelling"),
        ("is that dangerous?", "I take Lyrica", False, None),
        ("my feet are swollen", "", False, None),
        ("my face is swollen, is that normal", "", False, None),
        ("is there something without the weight gain", "", False, "weight"),
        ("im so drunk-feeling in the morning, will it stay like this", "", False, "groggy"),
        ("yesterday i nearly fell asleep at the red light, is that from it?", "", False, "sudden_sleep"),
        ("i cannot fall asleep, is that normal", "", False, None),
        ("can i go in the sauna with it", "", False, "heat"),
        ("do i leave it on?", "I have an MRI on friday", False, "scan"),
        ("any problem?", "gabapentin in the evening and maalox after dinner", False, "acid"),
        ("does the steak dinner stop it working?", "", False, "protein"),
        ("do i stop today", "", False, None),
        ("her teeth are getting grey, is it forever?", "", False, "iron_teeth"),
        ("my wife says i stop breathing at night, should i worry", "", False, "breathing"),
        ("it could make me fall. should i be afraid?", "", False, "falls"),
        ("why cant i stop", "", False, None),
    ],
)
def test_effect_that_is_asked_of_a_medicine(text: str, before: str, named: bool, effect: str | None) -> None:
    found = medicine_effects().asked(text, before, asks(text), named)
    assert (found[0].name if found else None) == effect


@pytest.mark.parametrize("effect", medicine_effects().effects.values(), ids=lambda each: each.name)
def test_every_effect_has_its_pieces_and_says_nothing_unsafe(effect: Effect) -> None:
    known = {*register().classes, *register().medicines}
    assert set(effect.pieces) <= known
    kinds = [each for each in register().classes.values() if each.key in effect.pieces]
    for piece in set(effect.pieces.values()):
        assert f"utter_medicine_{effect.name}_{piece}" in catalogue().answers
    for kind in kinds or [register().classes["statin"]]:
        found = check(register(), ())
        reply = ANSWERS.of_effect(type(found)((finding_of_kind(kind),), (), (), ()), effect)
        assert not list(unsafe_wordings(reply.text, KNOWLEDGE)), (kind.key, reply.text)
        assert "{" not in reply.text
