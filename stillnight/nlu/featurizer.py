"""Rasa featurizer: one MiniLM sentence vector for each message, and for each part of it that counts by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

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

from stillnight.language.questions import last_question, two_questions
from stillnight.nlu.encoder import GRAPH_FILE, SentenceEncoder
from stillnight.nlu.red_flag_guard import DANGEROUS_PARTS
from stillnight.nlu.spelling_component import mended
from stillnight.nlu.vector_cache import cached
from stillnight.nlu.weights import Vectors
from stillnight.paths import MODEL

# Parts of a message with a vector of their own: clauses with danger, the question of a long message, two questions.
DANGERS: Final = "danger_part"
QUESTION: Final = "question_part"
BOTH: Final = "both_questions_part"
_PARTS: Final = "part_vectors"

Parts = tuple[tuple[str, ...], Vectors]


def sentence_vectors(messages: Sequence[Message]) -> Vectors:
    """Vectors of shape (messages, dimension). Raises InvalidConfigException when the featurizer did not run."""
    return np.vstack([_vector(message) for message in messages])


def parts_of(message: Message, kind: str) -> Parts:
    """Texts of a message's parts of one kind, and their vectors of shape (parts, dimension)."""
    texts, vectors = (message.get(_PARTS) or {}).get(kind, ((), np.zeros((0, 0), dtype=np.float32)))
    return texts, vectors


def _vector(message: Message) -> Vectors:
    _, sentence = message.get_dense_features(TEXT, [])
    if sentence is None:
        raise InvalidConfigException("The SentenceFeaturizer must stand before this component in the pipeline.")
    return np.asarray(sentence.features, dtype=np.float32)


def _parts(message: Message) -> Iterator[tuple[str, str]]:
    """Kind and text of every part that counts by itself."""
    for part in message.get(DANGEROUS_PARTS) or ():
        yield DANGERS, part
    text = mended(message)
    question = last_question(text)
    if question:
        yield QUESTION, question
    for asked in two_questions(text) or ():
        yield BOTH, asked


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
            return cls(config, SentenceEncoder((Path(folder) / GRAPH_FILE).read_bytes()), model_storage, resource)

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to validate."""

    def train(self, training_data: TrainingData) -> Resource:
        """Keep the graph; nothing is learned from the examples."""
        with self._storage.write_to(self._resource) as folder:
            (Path(folder) / GRAPH_FILE).write_bytes(self._encoder.graph)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the vectors to `messages`, all in one pass."""
        parts = [list(_parts(message)) for message in messages]
        texts = [mended(message) for message in messages] + [text for own in parts for _, text in own]
        if not texts:
            return messages
        vectors = self._encoder.encode(texts)
        self._add(messages, vectors)
        rest = iter(vectors[len(messages) :])
        for message, own in zip(messages, parts):
            kept: dict[str, tuple[tuple[str, ...], list[Vectors]]] = {}
            for kind, text in own:
                before, before_vectors = kept.get(kind, ((), []))
                kept[kind] = ((*before, text), [*before_vectors, next(rest)])
            message.set(_PARTS, {kind: (each, np.vstack(rows)) for kind, (each, rows) in kept.items()})
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the vectors to the training examples."""
        examples = [message for message in training_data.training_examples if message.get(TEXT)]
        texts = [mended(message) for message in examples]
        self._add(examples, cached(texts, self._encoder.encode, self._encoder.graph, MODEL.parent))
        return training_data

    def _add(self, messages: list[Message], vectors: Vectors) -> None:
        for message, vector in zip(messages, vectors):
            self.add_features_to_message(None, vector[None, :], TEXT, message)
