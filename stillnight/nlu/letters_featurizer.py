"""Rasa featurizer: pieces of words and pairs of words of each message, as one sparse row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, vstack

from stillnight.nlu.ngrams import Ngrams
from stillnight.nlu.parts import LETTERS, part_texts, share_out
from stillnight.nlu.spelling_component import mended
from stillnight.nlu.trained import Trained

_FILE: Final = "ngrams.npz"
_ROW: Final = "letters"


def letters(messages: Sequence[Message]) -> csr_matrix:
    """Rows of shape (messages, vocabulary). Raises InvalidConfigException when the featurizer did not run."""
    rows = [_row(message) for message in messages]
    return rows[0] if len(rows) == 1 else vstack(rows, format="csr")


def _row(message: Message) -> csr_matrix:
    row = message.get(_ROW)
    if row is None:
        raise InvalidConfigException("The LettersFeaturizer must stand before this component in the pipeline.")
    return row


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class LettersFeaturizer(Trained[Ngrams]):
    """Writes one sparse row for each message and for each of its parts; has no options.

    Needs the `SentenceFeaturizer` before it, which finds the parts. Both classifiers read these rows, so that the
    vocabulary is learned and kept once.
    """

    @staticmethod
    def _read(folder: Path) -> Ngrams:
        with np.load(folder / _FILE, allow_pickle=False) as arrays:
            return Ngrams.from_arrays(arrays)

    @staticmethod
    def _write(model: Ngrams, folder: Path) -> None:
        np.savez_compressed(folder / _FILE, **model.arrays())

    def train(self, training_data: TrainingData) -> Resource:
        """Learn the vocabulary from every example, and add its row, which comes of the same counting."""
        messages = _with_text(training_data)
        model, rows = Ngrams.fit([mended(message) for message in messages])
        for message, row in zip(messages, rows):
            message.set(_ROW, row)
        return self._keep(model)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add the rows to the training examples."""
        self.process(_with_text(training_data))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Add a row to each message, and rows for its parts."""
        if not messages or self._model is None:
            return messages
        parts = [part_texts(message) for message in messages]
        without = [message for message in messages if message.get(_ROW) is None]
        texts = [mended(message) for message in without]
        rows = self._model.transform(texts + [text for own in parts for text in own])
        for index, message in enumerate(without):
            message.set(_ROW, rows[index])
        share_out(messages, LETTERS, rows[len(without) :])
        return messages


def _with_text(training_data: TrainingData) -> list[Message]:
    return [message for message in training_data.training_examples if message.get(TEXT)]
