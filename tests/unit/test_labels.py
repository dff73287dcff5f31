"""Labels and the shapes in which Rasa wants them."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.training_data.message import Message

from stillnight.nlu.labels import base, label_of, parse_data_of_choice, response_selector, topic_of


def test_label_of_an_example_is_its_full_intent() -> None:
    assert label_of(Message.build("low iron", intent="faq/iron")) == "faq/iron"
    assert label_of(Message.build("hello", intent="greet")) == "greet"


@pytest.mark.parametrize(
    ("label", "intent"), [("faq/iron", "faq"), ("greet", "greet"), ("out_of_scope/x", "out_of_scope")]
)
def test_base_is_what_rules_speak_of(label: str, intent: str) -> None:
    assert base(label) == intent


@pytest.mark.parametrize(
    ("label", "slug"),
    [("faq/iron", "iron"), ("out_of_scope/x", None), ("faq", None), ("faqs/iron", None), ("", None), (None, None)],
)
def test_only_faq_labels_have_a_topic(label: str | None, slug: str | None) -> None:
    assert topic_of(label) == slug


def test_response_selector_of_a_task_selects_nothing() -> None:
    assert response_selector("greet", 0.5) == {"all_retrieval_intents": ["faq", "out_of_scope", "red_flag"]}


def test_response_selector_of_a_topic_names_its_answer() -> None:
    selected = response_selector("out_of_scope/other", 0.5)
    assert selected["out_of_scope"]["response"] == {
        "intent_response_key": "out_of_scope/other",
        "utter_action": "utter_out_of_scope/other",
        "confidence": 0.5,
    }
    assert selected["out_of_scope"]["ranking"] == [{"intent_response_key": "out_of_scope/other", "confidence": 0.5}]
    assert "faq" not in selected


def test_topic_button_is_understood_without_a_model() -> None:
    parsed = parse_data_of_choice("/faq/iron_treatment", "Iron tablets")
    assert parsed["text"] == "Iron tablets"
    assert parsed["intent"] == {"name": "faq", "confidence": 1.0, "full_retrieval_intent_name": "faq/iron_treatment"}
    assert parsed["intent_ranking"] == [{"name": "faq", "confidence": 1.0}]
    assert parsed["response_selector"]["faq"]["response"]["utter_action"] == "utter_faq/iron_treatment"
    assert parsed["entities"] == []


def test_button_with_an_entity_carries_it() -> None:
    parsed = parse_data_of_choice('/more{"topic": "iron"}', "Tell me more")
    assert parsed["intent"] == {"name": "more", "confidence": 1.0, "full_retrieval_intent_name": None}
    assert parsed["entities"] == [{"entity": "topic", "value": "iron", "start": 0, "end": 12, "extractor": "button"}]
    assert parsed["response_selector"] == {"all_retrieval_intents": ["faq", "out_of_scope", "red_flag"]}


@pytest.mark.parametrize(
    "payload",
    ["", "help", "/", "/Help", "/faq/", "/faq/iron/x", "say /help", "/more{topic", '/more{"topic": }', "/a b"],
)
def test_payload_of_another_form_is_refused(payload: str) -> None:
    with pytest.raises(ValueError):
        parse_data_of_choice(payload, "x")
