"""The second net beneath the red-flag rules: a classifier for wordings that no rule knows.

It is trained on one question alone: on the dangers of `data/red_flags/` against every other example, the near misses of
`data/near_misses/` above all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from stillnight.nlu import labels
from stillnight.nlu.danger_model import DangerModel
from stillnight.nlu.featurizer import sentence_vectors
from stillnight.nlu.letters_featurizer import letters
from stillnight.nlu.parts import DANGERS, parts_of
from stillnight.nlu.trained import Trained

DANGER: Final = "danger"
DANGER_KIND: Final = "danger_kind"
_FILE: Final = "danger.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SecondNet(Trained[DangerModel]):
    """Writes `danger`, the distance from the border (above 0: danger), and `danger_kind`, which one. No options.

    Needs the `SentenceFeaturizer` and the `LettersFeaturizer` before it.
    """

    @staticmethod
    def _read(folder: Path) -> DangerModel:
        return DangerModel.load(folder / _FILE)

    @staticmethod
    def _write(model: DangerModel, folder: Path) -> None:
        model.save(folder / _FILE)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every example; the same data give the same net."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        return self._keep(
            DangerModel.fit(
                letters(examples),
                sentence_vectors(examples),
                [labels.danger_of(labels.label_of(message)) for message in examples],
            )
        )

    def process(self, messages: list[Message]) -> list[Message]:
        """Write `danger` and `danger_kind` into each message.

        A clause in which a rule finds danger by itself is judged by itself too, and the greater danger counts.
        """
        if messages and self._model is not None:
            vectors = sentence_vectors(messages)
            scores = self._model.danger(letters(messages), vectors)
            for message, whole, kind in zip(messages, scores, self._model.kind(vectors)):
                clauses = parts_of(message, DANGERS)
                parts = self._model.danger(clauses.letters, clauses.vectors) if clauses else ()
                message.set(DANGER, max(map(float, (whole, *parts))), add_to_output=True)
                message.set(DANGER_KIND, kind, add_to_output=True)
        return messages
