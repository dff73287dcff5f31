"""What a sentence means and which letters it is made of, each judged by a linear model.

Meaning alone (sentence vectors) misses rare words such as medicine names; letters alone miss paraphrases. The geometric
mean of both was right far more often than either: docs/decisions/0002-understanding.md has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from stillnight.nlu.linear import Linear, Scores
from stillnight.nlu.weights import Vectors

_SURE: Final = 0.95


@dataclass(frozen=True)
class Hyperparameters:
    """How strongly each part is fitted and how both are mixed.

    meaning_c, letters_c: inverse regularization of the logistic regression and of the support vector machine.
    letters_sharpness: factor that turns the margins of the support vector machine into comparable log-probabilities.
    meaning_weight: weight of the meaning in the geometric mean; the letters have the rest.
    temperature: divides the log-probabilities at the end, so that “0.8” is right four times of five.
    """

    meaning_c: float = 5.0
    letters_c: float = 2.0
    letters_sharpness: float = 6.0
    meaning_weight: float = 0.5
    temperature: float = 0.7


@dataclass(frozen=True)
class Prediction:
    """What the model thinks of one message.

    ranking: every label with its probability, best first.
    likeness: for every label the greatest cosine between the message and an example of that label; empty for a message
        whose label is beyond doubt, of which nobody asks.
    """

    ranking: tuple[tuple[str, float], ...]
    likeness: dict[str, float]


@dataclass(frozen=True)
class TopicModel:
    """Both fitted parts, the examples' vectors, and for each example the index of its label."""

    names: tuple[str, ...]
    hyperparameters: Hyperparameters
    meaning: Linear
    letters: Linear
    examples: Vectors
    example_label: NDArray[np.int32]

    @classmethod
    def fit(
        cls, letters: csr_matrix, vectors: Vectors, names: Sequence[str], hyperparameters: Hyperparameters
    ) -> TopicModel:
        """Fit on letters of shape (texts, vocabulary), vectors of shape (texts, dimension) and labels of the texts.

        The same input gives the same model.
        """
        known = tuple(sorted(set(names)))
        index = {name: position for position, name in enumerate(known)}
        target = np.array([index[name] for name in names], dtype=np.int32)
        meaning = LogisticRegression(C=hyperparameters.meaning_c, max_iter=1000, tol=1e-3, class_weight="balanced")
        margins = LinearSVC(C=hyperparameters.letters_c, class_weight="balanced", random_state=0, tol=1e-3)
        # Both leave Python's lock while they work, so each gets a core.
        with ThreadPoolExecutor(2) as pool:
            by_meaning = pool.submit(meaning.fit, vectors, target)
            by_letters = pool.submit(margins.fit, letters, target)
        for fitted in (by_meaning, by_letters):
            fitted.result()
        return cls(known, hyperparameters, Linear.of(meaning), Linear.of(margins), vectors.astype(np.float32), target)

    def predict(self, letters: csr_matrix, vectors: Vectors) -> list[Prediction]:
        """Predictions for letters of shape (texts, vocabulary) and vectors of shape (texts, dimension), in order."""
        return [self.prediction(scores, vector) for scores, vector in zip(self.mixed(letters, vectors), vectors)]

    def mixed(self, letters: csr_matrix, vectors: Vectors) -> Scores:
        """Weighted log-probabilities of meaning and letters, shape (texts, labels)."""
        weight = self.hyperparameters.meaning_weight
        margins = self.letters.scores(letters) * self.hyperparameters.letters_sharpness
        mixed = weight * _log_softmax(self.meaning.scores(vectors)) + (1 - weight) * _log_softmax(margins)
        return np.asarray(mixed / self.hyperparameters.temperature)

    def prediction(self, scores: Scores, vector: Vectors) -> Prediction:
        """What scores of shape (labels,), as `mixed` gives them, say of the text with this vector."""
        probabilities = np.exp(_log_softmax(scores[None, :]))[0]
        order = np.argsort(-probabilities)
        ranking = tuple((self.names[i], float(probabilities[i])) for i in order)
        return Prediction(ranking, self._likeness(vector) if ranking[0][1] < _SURE else {})

    def _likeness(self, vector: Vectors) -> dict[str, float]:
        nearest = np.full(len(self.names), -1.0)
        np.maximum.at(nearest, self.example_label, self.examples @ vector)
        return {name: float(cosine) for name, cosine in zip(self.names, nearest)}

    def save(self, path: Path) -> None:
        """Write one file of plain arrays; reading it runs no code."""
        np.savez_compressed(
            path,
            names=np.array(self.names),
            hyperparameters=np.array(astuple(self.hyperparameters)),
            meaning_weights=self.meaning.weights,
            meaning_bias=self.meaning.bias,
            letters_weights=self.letters.weights,
            letters_bias=self.letters.bias,
            examples=self.examples,
            example_label=self.example_label,
        )

    @classmethod
    def load(cls, path: Path) -> TopicModel:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(
                tuple(str(name) for name in arrays["names"]),
                Hyperparameters(*map(float, arrays["hyperparameters"])),
                Linear(arrays["meaning_weights"], arrays["meaning_bias"]),
                Linear(arrays["letters_weights"], arrays["letters_bias"]),
                arrays["examples"],
                arrays["example_label"],
            )


def _log_softmax(scores: Scores) -> Scores:
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
