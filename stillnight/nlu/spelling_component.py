"""Rasa component that puts a mended copy of the text beside the one that was typed."""

from __future__ import annotations

import json
from typing import Any, Final

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from stillnight.language.spelling import Speller
from stillnight.language.text import normalized
from stillnight.paths import KNOWLEDGE

MENDED: Final = "mended_text"
_FILE: Final = "words.json"


def mended(message: Message) -> str:
    """The text to understand: mended when the speller ran before, else as typed."""
    return str(message.get(MENDED) or normalized(message.get(TEXT) or ""))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SpellingHelp(GraphComponent):
    """Learns the field's words from the examples and `knowledge/`; has no options. The typed text stays as it is."""

    def __init__(self, resource: Resource, storage: ModelStorage) -> None:
        """The speller comes by `train` or `load`."""
        self._resource = resource
        self._storage = storage
        self._speller: Speller | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpellingHelp:
        """A component yet to be trained."""
        return cls(resource, model_storage)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SpellingHelp:
        """The trained component of a model archive."""
        component = cls(resource, model_storage)
        with model_storage.read_from(resource) as folder:
            component._speller = Speller.from_dict(json.loads((folder / _FILE).read_text(encoding="utf-8")))
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the example questions."""
        texts = [normalized(message.get(TEXT)) for message in training_data.intent_examples if message.get(TEXT)]
        self._speller = Speller.learn(texts, KNOWLEDGE)
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(self._speller.as_dict()), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Mend the examples too, so that both sides are written alike."""
        self.process([message for message in training_data.training_examples if message.get(TEXT)])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Write the mended text into each message."""
        if self._speller is not None:
            for message in messages:
                message.set(MENDED, self._speller.mend(normalized(message.get(TEXT) or "")))
        return messages
