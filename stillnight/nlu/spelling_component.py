"""Rasa component that puts a mended copy of the text beside the one that was typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.language.spelling import Speller
from stillnight.language.text import normalized
from stillnight.nlu.trained import Trained
from stillnight.paths import KNOWLEDGE

MENDED: Final = "mended_text"
_FILE: Final = "words.json"


def mended(message: Message) -> str:
    """The text to understand: mended when the speller ran before, else as typed."""
    return str(message.get(MENDED) or normalized(message.get(TEXT) or ""))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SpellingHelp(Trained[Speller]):
    """Learns the field's words from the examples and `knowledge/`; has no options. The typed text stays as it is."""

    @staticmethod
    def _read(folder: Path) -> Speller:
        return Speller.from_dict(json.loads((folder / _FILE).read_text(encoding="utf-8")))

    @staticmethod
    def _write(model: Speller, folder: Path) -> None:
        (folder / _FILE).write_text(json.dumps(model.as_dict()), encoding="utf-8")

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the example questions."""
        texts = [normalized(message.get(TEXT)) for message in training_data.intent_examples if message.get(TEXT)]
        return self._keep(Speller.learn(texts, KNOWLEDGE))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Mend the examples too, so that both sides are written alike."""
        self.process([message for message in training_data.training_examples if message.get(TEXT)])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Write the mended text into each message."""
        if self._model is not None:
            for message in messages:
                message.set(
                    MENDED, self._model.mend(normalized(medicine_finder().written_right(message.get(TEXT) or "")))
                )
        return messages
