"""How people speak of their medicines: bare names, their own, starting again, names that nobody knows."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from stillnight.clinical.medicines.entries import RegisterError
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.medicines.speech import Speech, speech_of
from stillnight.clinical.medicines.talk import FILE, Talk, talk
from stillnight.clinical.medicines.unknown import unknown_names
from stillnight.paths import KNOWLEDGE

FINDER = medicine_finder()
TALK = talk()


def speech(text: str) -> Speech:
    return speech_of(text, FINDER.find(text), FINDER, TALK)


def unknown(text: str) -> tuple[str, ...]:
    return unknown_names(text, FINDER.find(text), FINDER.names, TALK)


@pytest.mark.parametrize(
    "text",
    [
        *("keppra?", "Unisom", "is paracetamol ok", "and melatonin?", "gabapentin with oxycodone ok?"),
        *(
            "i take gabapentin 300 mg at night",
            "im on water tablets and an ssri",
            "im on sertraline and zuntrapex 5mg",
            "sertraline 50, bisoprolol 2.5",
        ),
        *("can i take zopiclone while breastfeeding", "does mirtazapine make rls worse", "what about pregabalin"),
    ],
)
def test_message_of_names_alone_is_bare(text: str) -> None:
    assert speech(text).bare


@pytest.mark.parametrize(
    "text",
    [
        *("can i take 600 mg of gabapentin", "is 600mg gabapentin ok", "stop sertraline", "how much gabapentin"),
        *("sertraline made me gamble", "my legs", "", "i want to die on gabapentin", "can i halve my lyrica"),
    ],
)
def test_message_that_says_or_asks_more_is_not_bare(text: str) -> None:
    assert not speech(text).bare


@pytest.mark.parametrize(
    "text", ["i take sertraline", "I'm on Zoloft", "they put me on requip", "he takes lyrica", "ive been on gabapentin"]
)
def test_medicine_that_somebody_takes_is_own(text: str) -> None:
    assert speech(text).own


@pytest.mark.parametrize("text", ["what is sertraline", "sertraline and me", "i dont take sertraline", "my legs"])
def test_medicine_that_is_only_spoken_of_is_not_own(text: str) -> None:
    assert not speech(text).own


def test_two_that_are_dangerous_together_are_a_pair() -> None:
    assert speech("oxycodone plus valium").pair
    assert not speech("oxycodone plus metformin").pair
    assert not speech("oxycodone").pair


def test_kind_alone_is_no_single_medicine() -> None:
    assert not speech("an ssri").single
    assert speech("sertraline").single


@pytest.mark.parametrize("text", ["should i go back on it", "can I restart my Requip", "is it ok to start again"])
def test_start_after_a_stop_is_heard(text: str) -> None:
    assert TALK.is_again(text)


@pytest.mark.parametrize("text", ["my back is sore", "i stopped it", "started gabapentin", "it starts in the evening"])
def test_other_starts_are_none(text: str) -> None:
    assert not TALK.is_again(text)


@pytest.mark.parametrize(
    "text", ["can my husband try my gabapentin", "is it ok to take my moms requip", "borrow a tablet"]
)
def test_medicine_of_somebody_else_is_heard(text: str) -> None:
    assert TALK.is_shared(text)


@pytest.mark.parametrize("text", ["is it my mums sertraline that makes her legs worse", "i take my requip"])
def test_medicine_that_stays_with_its_owner_is_none(text: str) -> None:
    assert not TALK.is_shared(text)


def test_question_about_two_at_once_is_heard() -> None:
    assert TALK.is_about_both("metformin and sertraline together?")
    assert not TALK.is_about_both("metformin and sertraline")


def test_question_what_a_medicine_is_differs_from_one_about_its_effect() -> None:
    assert speech("what is gabapentin").what
    assert not speech("gabapentin?").what


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("im on sertraline and zuntrapex", ("zuntrapex",)),
        ("i take Zuntrapex", ("Zuntrapex",)),
        ("zuntrapex 5mg and sertraline", ("zuntrapex",)),
        ("sertraline, zuntrapex, melimone", ("zuntrapex",)),
        ("im on sertraline and my husband snores", ()),
        ("sertraline and magnesium and tiredness", ()),
        ("my friend Sandrella takes sertraline", ()),
        ("no medicines at all", ()),
        ("", ()),
    ],
)
def test_name_that_no_list_knows_is_found_where_a_medicine_is_meant(text: str, names: tuple[str, ...]) -> None:
    assert unknown(text) == names


@pytest.mark.parametrize("wrong", [None, "word", [False, "no"], [1]])
def test_list_that_cannot_be_read_is_named(tmp_path: Path, wrong: object) -> None:
    content = yaml.safe_load((KNOWLEDGE / FILE).read_text(encoding="utf-8"))
    content["meant"] = wrong
    (tmp_path / FILE).write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(RegisterError, match=rf"{FILE}: meant: "):
        Talk.load(tmp_path)
