"""Rasa featurizer that writes one MiniLM sentence vector for each message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from stillnight.nlu.encoder import SentenceEncoder, Vectors
from stillnight.nlu.spelling_component import mended
from stillnight.nlu.vector_cache import cached
from stillnight.paths import MODEL


def sentence_vectors(messages: Sequence[Message]) -> Vectors:
    """Vectors of shape (messages, dimension). Raises InvalidConfigException when the featurizer did not run."""
    return np.vstack([_vector(message) for message in messages])


def _vector(message: Message) -> Vectors:
    _, sentence = message.get_dense_features(TEXT, [])
    if sentence is None:
        raise InvalidConfigException("The SentenceFeaturizer must stand before this component in the pipeline.")
    return np.asarray(sentence.features, dtype=np.float32)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds a dense sentence feature of shape (1, 384) to every message. It has no options and learns nothing."""

    def __init__(self, config: dict[str, Any], encoder: SentenceEncoder) -> None:
        """Keep the encoder; `create` loads it."""
        super().__init__(str(config["alias"]), config)
        self._encoder = encoder

    @classmethod
    def required_components(cls) -> list[type]:
        """The vector is of the whole text, so that no tokenizer is needed before it."""
        return []

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """No options beyond Rasa's alias."""
        return {**DenseFeaturizer.get_default_config(), "alias": "SentenceFeaturizer"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Load the encoder. Raises WeightsError when the installed weights are not the known ones."""
        return cls(config, SentenceEncoder())

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to validate."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vectors to `messages`, all in one pass."""
        if messages:
            self._add(messages, self._encoder.encode([mended(message) for message in messages]))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors to the training examples."""
        examples = [message for message in training_data.training_examples if message.get(TEXT)]
        self._add(examples, cached([mended(message) for message in examples], self._encoder.encode, MODEL.parent))
        return training_data

    def _add(self, messages: list[Message], vectors: Vectors) -> None:
        for message, vector in zip(messages, vectors):
            self.add_features_to_message(None, vector[None, :], TEXT, message)
