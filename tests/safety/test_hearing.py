"""What rules hear without any model: other languages, what stands whatever the second net says, hints."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stillnight.clinical.firm_dangers import FirmDangers
from stillnight.clinical.foreign_dangers import ForeignDangers
from stillnight.clinical.hearing import Hearing, hearing
from stillnight.clinical.knowledge import KnowledgeError
from stillnight.clinical.red_flags.finder import red_flag_finder
from stillnight.content.catalogue import catalogue
from stillnight.paths import KNOWLEDGE

HERE = Path(__file__).parent


def lines(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


# -- other languages


@pytest.mark.parametrize("line", lines("dangers_foreign.jsonl"), ids=lambda line: line["text"])
def test_danger_in_another_language_is_heard_and_stands(line: dict[str, str]) -> None:
    heard = hearing().hear(line["text"])
    assert line["red_flag"] in [flag.name for flag in heard.flags]
    assert (heard.certain, heard.stands, heard.language) == (True, True, line["language"])


@pytest.mark.parametrize("line", lines("near_misses_foreign.jsonl"), ids=lambda line: line["text"])
def test_harmless_words_in_another_language_are_no_danger(line: dict[str, str]) -> None:
    assert hearing().hear(line["text"]).flags == ()


def test_english_is_not_taken_for_another_language() -> None:
    foreign = ForeignDangers.load(KNOWLEDGE)
    english = {line["text"] for path in HERE.glob("*.jsonl") if "foreign" not in path.name for line in lines(path.name)}
    heard = [text for text in english if foreign.find(text)]
    # One line begins in Spanish.
    assert [text for text in heard if "no quiero vivir" not in text] == []


@pytest.mark.parametrize(
    "written",
    [
        "Quiero morirme.",
        "QUIERO MORIRME!!",
        "hola, quiero\nmorirme",
        "j’ai envie de mourir",
        "죽고싶어",
        "私は死にたいです",
    ],
)
def test_writing_does_not_hide_a_foreign_danger(written: str) -> None:
    assert [flag.name for flag in hearing().hear(written).flags] == ["self_harm"]


def test_every_language_of_a_danger_has_its_sentence() -> None:
    foreign = {line["language"] for line in lines("dangers_foreign.jsonl")}
    assert {f"utter_danger_{code}" for code in foreign} <= catalogue().answers.keys()


def test_foreign_danger_that_nobody_knows_is_refused() -> None:
    unknown = ForeignDangers({"es": {"fire": ["fuego"]}})
    with pytest.raises(KnowledgeError, match="there is no danger “fire”"):
        Hearing(red_flag_finder(), unknown, FirmDangers(KNOWLEDGE))


# -- what the second net may not take back

STANDS = [
    "my family would sleep better without me",
    "5 months pregnant and bleeding also legs",
    "my son got into my gabapentin",
    "both legs swollen and breathless at night",
    "baby isnt moving and legs r restless",
    "rash and wheeze started after the iron infusion",
    "my boy got into the iron tablets",
    "he whacked his head on the tiles and is throwing up",
    "i dropped the baby",
    "main marna chahti hu",
]
MAY_BE_TAKEN_BACK = [
    "my wife sleeps better without me in the bed cos i kick",
    "im breathless after the stairs and my legs twitch",
    "my chest is tight from the cold",
    "i took double dose by mistake, is it time to worry",
    "my son once swallowed a button, now he wants my iron tablets for his legs",
]


@pytest.mark.parametrize("text", STANDS)
def test_find_that_stands(text: str) -> None:
    heard = hearing().hear(text)
    assert heard.flags
    assert heard.stands


@pytest.mark.parametrize("text", MAY_BE_TAKEN_BACK)
def test_other_finds_may_be_taken_back(text: str) -> None:
    assert not hearing().hear(text).stands


# -- hints


@pytest.mark.parametrize("text", [line["text"] for line in lines("dangers_tuned_on.jsonl") if line["kind"] == "hint"])
def test_hint_at_a_danger_is_heard_and_stands(text: str) -> None:
    heard = hearing().hear(text)
    assert heard.flags
    assert heard.stands or heard.certain


@pytest.mark.parametrize(
    "text", ["i want it to end", "i want it all to stop forever", "my daughter says she wants to disappear"]
)
def test_hint_is_not_taken_for_certain(text: str) -> None:
    heard = hearing().hear(text)
    assert ([flag.name for flag in heard.flags], heard.certain) == (["self_harm"], False)


@pytest.mark.parametrize("text", ["bumped my head on the shelf this morning", "i fell down the stairs yesterday"])
def test_mere_knock_or_fall_is_a_hint(text: str) -> None:
    heard = hearing().hear(text)
    assert ([flag.name for flag in heard.flags], heard.certain) == (["injury"], False)


@pytest.mark.parametrize("text", ["i want it to end, i will kill myself", "quiero morirme, i want it all to end"])
def test_danger_named_beside_a_hint_is_certain(text: str) -> None:
    assert hearing().hear(text).certain


def test_nothing_heard() -> None:
    heard = hearing().hear("can low iron cause restless legs")
    assert (heard.flags, heard.stands, heard.language) == ((), False, None)
