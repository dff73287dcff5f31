"""The straight runner gives what Rasa's own runner gives of the same nodes."""

from __future__ import annotations

from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message

from stillnight.assistant.straight_runner import StraightRunner

TEXTS = ("my ferritin is 18", "does magnesium help", "my chest hurts and i cant breathe", "/greet", "")


def by_both(agent: Any, inputs: dict[str, Any], target: str) -> tuple[Any, Any]:
    runner = agent.processor.graph_runner
    assert isinstance(runner, StraightRunner)
    ours = runner.run(inputs=inputs, targets=[target])
    theirs = DaskGraphRunner.run(runner, inputs=inputs, targets=[target])
    assert ours.keys() == theirs.keys() == {target}
    return ours[target], theirs[target]


@pytest.mark.parametrize("text", TEXTS)
def test_messages_are_understood_the_same(agent: Any, text: str) -> None:
    tracker = DialogueStateTracker.from_events("somebody", [])
    inputs = {"__message__": [UserMessage(text)], "__tracker__": tracker}
    ours, theirs = by_both(agent, inputs, agent.processor.model_metadata.nlu_target)
    assert [_plain(each) for each in ours] == [_plain(each) for each in theirs]


def _plain(message: Message) -> dict[str, Any]:
    return message.as_dict(only_output_properties=True)


async def test_same_action_is_predicted(agent: Any) -> None:
    parsed = await agent.parse_message("does magnesium help")
    tracker = DialogueStateTracker.from_events(
        "somebody",
        [ActionExecuted(ACTION_LISTEN_NAME), UserUttered("does magnesium help", parsed["intent"], parse_data=parsed)],
        slots=agent.domain.slots,
    )
    ours, theirs = by_both(agent, {"__tracker__": tracker}, agent.processor.model_metadata.core_target)
    assert ours.probabilities == theirs.probabilities
    assert ours.policy_name == theirs.policy_name


def test_missing_input_is_an_error_that_names_it(agent: Any) -> None:
    with pytest.raises(GraphRunError, match="__tracker__"):
        agent.processor.graph_runner.run(inputs={}, targets=[agent.processor.model_metadata.core_target])
