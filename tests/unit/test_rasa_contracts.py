"""What we rely on in Rasa's own classes; an upgrade that changes it must fail here."""

from __future__ import annotations

import importlib.util
import sys
from typing import Any

import pytest
import rasa.core.actions.action as rasa_action
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import ValidationError
from rasa.core.actions.action import ActionRetrieveResponse, RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa_sdk.events import ActionExecuted, AllSlotsReset, FollowupAction, Restarted, SessionStarted, SlotSet

from stillnight.assistant.local_actions import LocalActions, compile_event_schema_once
from stillnight.channels.message import Collector
from stillnight.content.catalogue import Catalogue
from stillnight.language.text import typed
from stillnight.nlu.labels import parse_data_of_choice
from stillnight.paths import PROJECT

GOOD: list[Any] = [
    {},
    {"events": [], "responses": []},
    {"responses": [{"response": "utter_greet"}, {"text": "hi", "buttons": [{"title": "a", "payload": "/b"}]}]},
    {"events": [SessionStarted(), ActionExecuted("action_listen")]},
    {"events": [SlotSet("lab", "ferritin"), SlotSet("lab", None), FollowupAction("action_listen"), AllSlotsReset()]},
    {"events": [Restarted()], "responses": [], "more": 1},
]
BAD: list[Any] = [
    None,
    [],
    "events",
    {"events": None},
    {"events": {}},
    {"events": [1]},
    {"events": [{}]},
    {"events": [{"event": "no_such_event"}]},
    {"events": [{"event": "slot"}]},
    {"events": [{"event": "action"}, {"event": 5}]},
    {"responses": {}},
    {"responses": ["utter_greet"]},
]


def rasas_own_check() -> Any:
    """Rasa's check from a fresh copy of its module, since ours may stand in the imported one by now."""
    spec = importlib.util.spec_from_file_location("rasas_own_action", rasa_action.__file__)
    assert spec is not None and spec.loader is not None
    fresh = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = fresh
    try:
        spec.loader.exec_module(fresh)
    finally:
        del sys.modules[spec.name]
    return fresh.RemoteAction("action_x", LocalActions())._validate_action_result


@pytest.fixture(scope="module")
def original() -> Any:
    return rasas_own_check()


@pytest.fixture
def ours(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(RemoteAction, "_validate_action_result", None)
    compile_event_schema_once()
    return RemoteAction("action_x", LocalActions())._validate_action_result


@pytest.mark.parametrize("result", GOOD)
def test_good_action_result_passes_as_with_rasa(ours: Any, original: Any, result: Any) -> None:
    assert original(result) is True
    assert ours(result) is True


@pytest.mark.parametrize("result", BAD)
def test_bad_action_result_is_refused_as_by_rasa(ours: Any, original: Any, result: Any) -> None:
    with pytest.raises(ValidationError):
        original(result)
    with pytest.raises(ValidationError):
        ours(result)


def test_remote_action_calls_the_check_by_this_name() -> None:
    assert "_validate_action_result" in RemoteAction.run.__code__.co_names


COMMANDS = st.sampled_from(
    ["restart", "session_start", "greet", "faq/iron", 'more{"topic": "iron"}', "greet@1.0", "greet@0.5{}", "", "{", "é"]
)


@settings(derandomize=True, deadline=None, database=None, max_examples=300)
@given(st.text(alphabet="/ \t\r\n\u00a0", max_size=5), COMMANDS, st.text(max_size=20))
def test_typed_command_is_a_text_like_any_other_to_rasa(start: str, command: str, rest: str) -> None:
    text = typed("/" + start + command + "x" + rest)
    message = Message({TEXT: UserMessage(text).text})
    unpacked = YAMLStoryReader.unpack_regex_message(message, Domain.empty())
    assert unpacked is message
    assert unpacked.get(INTENT) is None
    assert unpacked.get(TEXT) == text.strip()


def test_rasa_would_take_the_same_text_for_a_command_untouched() -> None:
    unpacked = YAMLStoryReader.unpack_regex_message(Message({TEXT: " /restart"}))
    assert unpacked.get(INTENT)["name"] == "restart"


async def test_pressed_button_utters_its_answer() -> None:
    domain = Domain.from_yaml(
        """
        version: "3.1"
        intents: [faq]
        responses:
          utter_faq/iron:
          - text: "About iron."
            buttons: [{title: More, payload: '/more{{"topic": "iron"}}'}]
            metadata: {sources: []}
          utter_faq/heart:
          - text: About the heart.
        """
    )
    parsed = parse_data_of_choice("/faq/iron", "Iron")
    heard = UserUttered("Iron", parsed["intent"], parsed["entities"], parsed)
    tracker = DialogueStateTracker.from_events("web-1", [heard])
    channel = Collector(Catalogue({}, {}))
    nlg = TemplatedNaturalLanguageGenerator(domain.responses)
    (uttered,) = await ActionRetrieveResponse("utter_faq").run(channel, nlg, tracker, domain)
    assert uttered.text == "About iron."
    assert uttered.metadata["utter_action"] == "utter_faq/iron"
    assert uttered.as_dict()["data"]["buttons"] == [{"title": "More", "payload": '/more{"topic": "iron"}'}]


def test_every_intent_of_the_project_is_one_that_a_button_can_name() -> None:
    domain = Domain.load(str(PROJECT / "domain.yml"))
    for intent in domain.intents:
        assert parse_data_of_choice(f"/{intent}", "x")["intent"]["name"] == intent


@pytest.mark.parametrize("space", [chr(code) for code in range(0x110000) if chr(code).isspace()])
def test_no_white_space_hides_a_command(space: str) -> None:
    message = Message({TEXT: UserMessage(typed(f"{space}/{space}/restart")).text})
    assert YAMLStoryReader.unpack_regex_message(message) is message
