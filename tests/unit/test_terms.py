"""Names of lab tests and medicines in a message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.terms import Labs, Term, TermMatcher, labs
from stillnight.nlu.spelling_component import MENDED
from stillnight.nlu.terms import TermExtractor
from stillnight.paths import KNOWLEDGE

MATCHER = TermMatcher(
    {"ferritin": ["ferritin", "iron stores"], "transferrin_saturation": ["transferrin saturation", "tsat"]}
    | {"vitamin_b12": ["vitamin b12", "b12"]}
)
EXTRACTOR = TermExtractor(Labs({"ferritin": "ferritin"}, MATCHER), medicine_finder(), lab_reader())


def entities(text: str, **more: Any) -> list[dict[str, Any]]:
    message = Message({TEXT: text, **more})
    assert EXTRACTOR.process([message]) == [message]
    return list(message.get(ENTITIES))


def named(text: str, **more: Any) -> list[tuple[str, str, str]]:
    """Kind and value of each entity, and the words where it stands."""
    return [(each["entity"], each["value"], text[each["start"] : each["end"]]) for each in entities(text, **more)]


def test_names_of_tests_are_found_in_order_with_their_place() -> None:
    assert MATCHER.find("TSAT, then my Iron Stores?") == [
        Term("transferrin_saturation", 0, 4),
        Term("ferritin", 14, 25),
    ]


@pytest.mark.parametrize("text", ["", "my legs jump", "ferritins", "iron", "b12x"])
def test_other_words_are_no_tests(text: str) -> None:
    assert MATCHER.find(text) == []


def test_longest_name_of_a_test_goes_first() -> None:
    assert MATCHER.find("my vitamin b12") == [Term("vitamin_b12", 3, 14)]


def test_each_test_is_named_once() -> None:
    assert Labs({}, MATCHER).named("b12, ferritin, vitamin b12 and iron stores") == ("vitamin_b12", "ferritin")


@pytest.mark.parametrize("sentence", ["{}", "is my {}?", "{}, since May", "it was ({}).", "What about {}!"])
def test_every_listed_name_of_a_test_is_found_wherever_it_stands(sentence: str) -> None:
    listed = yaml.safe_load((KNOWLEDGE / "labs.yml").read_text(encoding="utf-8"))
    for lab, facts in listed.items():
        for name in map(str, facts["names"]):
            text = sentence.format(name.upper())
            assert [(term.value, text[term.start : term.end]) for term in labs().matcher.find(text)] == [
                (lab, name.upper())
            ]


def test_tests_are_read_from_the_folder_given(tmp_path: Path) -> None:
    (tmp_path / "labs.yml").write_text("tsh:\n  title: TSH\n  names: [tsh, 4711]\n", encoding="utf-8")
    known = Labs.load(tmp_path)
    assert known.titles == {"tsh": "TSH"}
    assert known.named("tsh 4711") == ("tsh",)


def test_tests_medicines_and_kinds_become_entities() -> None:
    assert named("Is Mirapex or my antidepressant bad for the IRON STORES?") == [
        ("lab", "ferritin", "IRON STORES"),
        ("medicine", "pramipexole", "Mirapex"),
        ("medicine_class", "antidepressant", "antidepressant"),
    ]


@pytest.mark.parametrize("text", ["", "my legs jump at night"])
def test_message_without_names_has_no_entities(text: str) -> None:
    assert entities(text) == []


def test_entity_says_which_component_found_it() -> None:
    assert {each["extractor"] for each in entities("ferritin and Zoloft")} == {"TermExtractor"}


def test_extractor_adds_to_what_is_there() -> None:
    before = {"entity": "topic", "value": "iron", "start": 0, "end": 4}
    first, second = entities("iron Zoloft", **{ENTITIES: [before]})
    assert first == before
    assert second["value"] == "sertraline"


def test_entities_are_part_of_the_output() -> None:
    message = Message({TEXT: "ferritin"})
    EXTRACTOR.process([message])
    assert ENTITIES in message.output_properties


def test_every_message_of_a_batch_is_read() -> None:
    messages = [Message({TEXT: "ferritin"}), Message({}), Message({TEXT: "Zoloft"})]
    EXTRACTOR.process(messages)
    assert [[each["value"] for each in message.get(ENTITIES)] for message in messages] == [
        ["ferritin"],
        [],
        ["sertraline"],
    ]


def test_misspelt_test_is_taken_from_the_mended_text_and_stands_for_the_whole() -> None:
    text = "feritin and tsat"
    assert named(text, **{MENDED: "ferritin and tsat"}) == [
        ("lab", "transferrin_saturation", "tsat"),
        ("lab", "ferritin", text),
    ]


def test_medicine_is_read_from_the_typed_text_alone() -> None:
    assert named("zolof", **{MENDED: "metformin"}) == [("medicine", "sertraline", "zolof")]


def test_brand_of_several_medicines_is_one_entity() -> None:
    assert named("Benadryl") == [("medicine", "diphenhydramine", "Benadryl")]


@settings(derandomize=True, deadline=None, database=None, max_examples=200)
@given(st.text(max_size=60) | st.lists(st.sampled_from(["b12", "Zoloft", "ssri", "é", "ﬁ", "?"])).map(" ".join))
def test_entities_of_any_text_stand_within_it(text: str) -> None:
    for each in entities(text):
        assert each["entity"] in {"lab", "medicine", "medicine_class"}
        assert 0 <= each["start"] < each["end"] <= len(text)


@pytest.mark.parametrize(
    "text", ["so what number is normal per hour", "how many kicks an hour is normal", "how many per hour are ok"]
)
def test_what_is_usual_in_an_hour_is_asked_of_the_plms_index(text: str) -> None:
    assert labs().named(text) == ("plms_index",)
    assert not lab_reader().read(text).values


@pytest.mark.parametrize("text", ["i wait for half an hour", "my legs calm down in an hour", "two cups an hour"])
def test_an_hour_alone_names_no_test(text: str) -> None:
    assert labs().named(text) == ()
