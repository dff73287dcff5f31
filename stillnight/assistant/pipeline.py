"""A loaded assistant from within: messages as its components leave them, and the parts that were trained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from scipy.sparse import vstack

from stillnight.language.spelling import Speller
from stillnight.language.text import typed
from stillnight.nlu.classifier import TopicClassifier
from stillnight.nlu.encoder import SentenceEncoder
from stillnight.nlu.featurizer import SentenceFeaturizer, sentence_vectors
from stillnight.nlu.letters_featurizer import letters
from stillnight.nlu.parts import QUESTION, parts_of
from stillnight.nlu.spelling_component import SpellingHelp
from stillnight.nlu.topic_model import Parts, TopicModel

Component = TypeVar("Component")


@dataclass(frozen=True)
class Trained:
    """What a model archive holds. question_weight: what the question of a long message counts beside the whole."""

    speller: Speller
    encoder: SentenceEncoder
    topics: TopicModel
    question_weight: float

    def weighed(self, message: Message) -> tuple[Parts, list[float]]:
        """What speaks for each label of the message, and of its question when it has one; and what each counts."""
        rows, vectors, weights = letters([message]), sentence_vectors([message]), [1.0]
        question = parts_of(message, QUESTION)
        if question:
            rows, vectors = vstack([rows, question.letters], format="csr"), np.vstack([vectors, question.vectors])
            weights = [1 - self.question_weight, self.question_weight]
        return self.topics.parts(rows, vectors), weights


def trained(agent: Agent) -> Trained:
    """The trained parts of a loaded assistant. Raises ValueError when it has no model."""
    classifier = component(agent, TopicClassifier)
    speller, topics = component(agent, SpellingHelp)._model, classifier._model
    if speller is None or topics is None:
        raise ValueError("the assistant has an untrained model")
    encoder = component(agent, SentenceFeaturizer)._encoder
    return Trained(speller, encoder, topics, float(classifier._config["question_weight"]))


def component(agent: Agent, kind: type[Component]) -> Component:
    """The component of a kind in the graph that understands. Raises LookupError when there is none."""
    runner = _processor(agent).graph_runner
    assert isinstance(runner, DaskGraphRunner)
    for node in runner._instantiated_nodes.values():
        if isinstance(node._component, kind):
            return node._component
    raise LookupError(f"the pipeline has no {kind.__name__}")


def read(agent: Agent, texts: Sequence[str]) -> list[Message]:
    """Texts as messages with everything that the components wrote. Raises ValueError when there is no model."""
    processor = _processor(agent)
    target = processor.model_metadata.nlu_target
    inputs: dict[str, Any] = {
        PLACEHOLDER_MESSAGE: [UserMessage(typed(text)) for text in texts],
        PLACEHOLDER_TRACKER: DialogueStateTracker.from_events("understand", []),
    }
    return list(processor.graph_runner.run(inputs=inputs, targets=[target])[target])


def _processor(agent: Agent) -> MessageProcessor:
    if agent.processor is None:
        raise ValueError("the assistant has no model")
    return agent.processor
