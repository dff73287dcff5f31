"""Names of tests and medicines in a message."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from stillnight.nlu.spelling_component import MENDED
from stillnight.nlu.terms import TermExtractor, TermMatcher
from stillnight.paths import KNOWLEDGE


@pytest.fixture(scope="module")
def matcher(knowledge: Path) -> TermMatcher:
    return TermMatcher(knowledge)


def listed_names() -> list[tuple[str, str, str]]:
    labs = yaml.safe_load((KNOWLEDGE / "labs.yml").read_text(encoding="utf-8"))
    medicines = yaml.safe_load((KNOWLEDGE / "medicines.yml").read_text(encoding="utf-8"))
    names = [("lab", lab, str(name)) for lab, facts in labs.items() for name in facts["names"]]
    return names + [("medicine", key, name) for key, facts in medicines.items() for name in (key, *facts["brands"])]


def test_names_are_found_in_order_of_appearance_with_their_place(matcher: TermMatcher) -> None:
    assert matcher.find("Is Mirapex bad for my IRON STORES?") == [
        {"entity": "medicine", "value": "pramipexole", "start": 3, "end": 10},
        {"entity": "lab", "value": "ferritin", "start": 22, "end": 33},
    ]


@pytest.mark.parametrize("text", ["", "my legs jump", "ferritins", "iron", "tylenol", "pramipexole2x"])
def test_other_words_are_no_names(matcher: TermMatcher, text: str) -> None:
    assert matcher.find(text) == []


def test_longest_name_goes_first(matcher: TermMatcher) -> None:
    assert [term["value"] for term in matcher.find("gabapentin enacarbil or gabapentin")] == [
        "gabapentin enacarbil",
        "gabapentin",
    ]
    assert [term["value"] for term in matcher.find("my vitamin b12")] == ["vitamin_b12"]


def test_every_listed_name_is_found_wherever_it_stands() -> None:
    matcher = TermMatcher(KNOWLEDGE)
    for entity, value, name in listed_names():
        for sentence in ("{}", "is my {}?", "{}, since May", "it was ({}).", "What about {}!"):
            text = sentence.format(name.upper())
            found = {(term["entity"], term["value"], text[term["start"] : term["end"]]) for term in matcher.find(text)}
            assert (entity, value, name.upper()) in found, text


def test_extractor_adds_to_what_is_there(matcher: TermMatcher) -> None:
    before = {"entity": "topic", "value": "iron", "start": 0, "end": 4}
    message = Message({TEXT: "my Benadryl", ENTITIES: [before]})
    assert TermExtractor(matcher).process([message]) == [message]
    first, second = message.get(ENTITIES)
    assert first == before
    assert (second["value"], second["start"], second["end"]) == ("diphenhydramine", 3, 11)
    assert second["extractor"] == "TermExtractor"
    assert ENTITIES in message.output_properties


def test_misspelt_name_is_taken_from_the_mended_text(matcher: TermMatcher) -> None:
    message = Message({TEXT: "benedryl and Mirapex", MENDED: "benadryl and mirapex"})
    TermExtractor(matcher).process([message])
    found = [(term["value"], term["start"], term["end"]) for term in message.get(ENTITIES)]
    assert found == [("pramipexole", 13, 20), ("diphenhydramine", 0, 20)]


def test_message_without_text_has_no_names(matcher: TermMatcher) -> None:
    message = Message({TEXT: ""})
    TermExtractor(matcher).process([message])
    assert message.get(ENTITIES) == []
