"""Rasa featurizer: one MiniLM sentence vector for each message, and for each part of it that counts by itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
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

from stillnight.nlu.encoder import GRAPH_FILE, SentenceEncoder
from stillnight.nlu.options import Options
from stillnight.nlu.parts import VECTORS, note_parts, share_out
from stillnight.nlu.spelling_component import mended
from stillnight.nlu.vector_cache import cached
from stillnight.nlu.weights import Vectors
from stillnight.paths import MODEL


def sentence_vectors(messages: Sequence[Message]) -> Vectors:
    """Vectors of shape (messages, dimension). Raises InvalidConfigException when the featurizer did not run."""
    return np.vstack([_vector(message) for message in messages])


def _vector(message: Message) -> Vectors:
    _, sentence = message.get_dense_features(TEXT, [])
    if sentence is None:
        raise InvalidConfigException("The SentenceFeaturizer must stand before this component in the pipeline.")
    return np.asarray(sentence.features, dtype=np.float32)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds a dense sentence feature of shape (1, 384) to every message. It has no options.

    Training builds the encoder's graph from the locked weights and keeps it in the model archive, so that what was
    trained and what is served are the same to the bit.
    """

    def __init__(self, config: dict[str, Any], encoder: SentenceEncoder, storage: ModelStorage, own: Resource) -> None:
        """Keep the encoder; `create` builds it, `load` reads it."""
        super().__init__(str(config["alias"]), config)
        self._encoder = encoder
        self._storage = storage
        self._resource = own

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
        """Build the encoder. Raises WeightsError when the installed weights are not the known ones."""
        return cls(config, SentenceEncoder.built(), model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceFeaturizer:
        """The encoder that an archive was trained with."""
        with model_storage.read_from(resource) as folder:
            return cls(config, SentenceEncoder(Path(folder) / GRAPH_FILE), model_storage, resource)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Refuse any option but Rasa's. Raises InvalidConfigException."""
        Options.of({name: config[name] for name in config.keys() - {"alias"}}, cls.__name__)

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the graph; nothing is learned from the examples."""
        with self._storage.write_to(self._resource) as folder:
            (Path(folder) / GRAPH_FILE).write_bytes(self._encoder.graph)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vectors to `messages` and those of their parts, all in one pass."""
        parts = [note_parts(message) for message in messages]
        texts = [mended(message) for message in messages]
        if not texts:
            return messages
        vectors = self._encoder.encode(texts + [text for own in parts for text in own])
        self._add(messages, vectors)
        share_out(messages, VECTORS, vectors[len(messages) :])
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors to the training examples."""
        examples = [message for message in training_data.training_examples if message.get(TEXT)]
        texts = [mended(message) for message in examples]
        self._add(examples, cached(texts, self._encoder.encode, self._encoder.digest, MODEL.parent))
        return training_data

    def _add(self, messages: list[Message], vectors: Vectors) -> None:
        for message, vector in zip(messages, vectors):
            self.add_features_to_message(None, vector[None, :], TEXT, message)
