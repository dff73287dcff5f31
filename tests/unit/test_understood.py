"""What was understood of a message is kept, and is the same."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from stillnight import recent
from stillnight.assistant.understood import Understood

NOBODY = DialogueStateTracker.from_events("nobody", [])
TEXTS = ("my ferritin is 18 and i take sertraline", "i want to kill myself", "¿qué es esto?", "", " ")


def plain(parsed: dict[str, Any]) -> dict[str, Any]:
    """What pytest can compare: vectors as their words."""
    return {name: value if isinstance(value, (str, list, dict)) else repr(value) for name, value in parsed.items()}


@pytest.fixture
def runs(agent: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts for which the graph was really run, from nothing on."""
    recent.forget()
    counted: list[str] = []
    runner, run = agent.processor.graph_runner, agent.processor.graph_runner.run

    def counting(inputs: dict[str, Any], targets: list[str]) -> dict[str, Any]:
        counted.append(inputs["__message__"][0].text)
        result: dict[str, Any] = run(inputs=inputs, targets=targets)
        return result

    monkeypatch.setattr(runner, "run", counting)
    return counted


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("in_short", [True, False])
def test_it_is_what_rasa_understands(agent: Any, text: str, in_short: bool) -> None:
    recent.forget()
    for country in ("de", "fr"):
        message = UserMessage(text, metadata={"locale": country})
        rasas = MessageProcessor._parse_message_with_graph(agent.processor, message, NOBODY, in_short)
        assert plain(agent.processor._parse_message_with_graph(message, NOBODY, in_short)) == plain(rasas)


def test_same_words_of_another_message_are_not_understood_again(agent: Any, runs: list[str]) -> None:
    understand = agent.processor._parse_message_with_graph
    first, second = (understand(UserMessage("is it my iron"), NOBODY) for _ in range(2))
    assert runs == ["is it my iron"]
    assert first == second


def test_what_a_caller_changes_is_its_own(agent: Any) -> None:
    understand = agent.processor._parse_message_with_graph
    understand(UserMessage("my ferritin is 18"), NOBODY)["entities"].clear()
    assert understand(UserMessage("my ferritin is 18"), NOBODY)["entities"]


def test_what_is_forgotten_is_understood_anew(agent: Any, runs: list[str]) -> None:
    understand = agent.processor._parse_message_with_graph
    understand(UserMessage("is it my iron"), NOBODY)
    recent.forget()
    understand(UserMessage("is it my iron"), NOBODY)
    assert len(runs) == 2


def test_a_failure_is_not_kept(agent: Any, runs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    understood = agent.processor._parse_message_with_graph
    assert isinstance(understood, Understood)
    working = agent.processor.graph_runner.run

    def failing(**_: Any) -> None:
        raise RuntimeError("a component failed")

    monkeypatch.setattr(agent.processor.graph_runner, "run", failing)
    with pytest.raises(RuntimeError):
        understood(UserMessage("is it my iron"), NOBODY)
    monkeypatch.setattr(agent.processor.graph_runner, "run", working)
    assert understood(UserMessage("is it my iron"), NOBODY)["intent"]["name"]
