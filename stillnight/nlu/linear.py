"""The linear model itself: fitted with scikit-learn, stored and applied as plain arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from stillnight.nlu.encoder import Vectors


@dataclass(frozen=True)
class Prediction:
    """What the model thinks of one message.

    `ranking`: every label with its probability, best first. `likeness`: for every label the greatest cosine between the
    message and an example of that label.
    """

    ranking: tuple[tuple[str, float], ...]
    likeness: dict[str, float]


@dataclass(frozen=True)
class LinearModel:
    """Weights of shape (labels, dimension), the examples' vectors, and for each example the index of its label."""

    names: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    examples: Vectors
    example_label: NDArray[np.int32]

    @classmethod
    def fit(cls, vectors: Vectors, names: Sequence[str], regularization: float) -> LinearModel:
        """Multinomial logistic regression; classes weigh alike however many examples they have."""
        known = tuple(sorted(set(names)))
        index = {name: position for position, name in enumerate(known)}
        target = np.array([index[name] for name in names], dtype=np.int32)
        regression = LogisticRegression(C=regularization, max_iter=1000, class_weight="balanced")
        regression.fit(vectors, target)
        return cls(
            known,
            regression.coef_.astype(np.float32),
            regression.intercept_.astype(np.float32),
            vectors.astype(np.float32),
            target,
        )

    def predict(self, vector: Vectors) -> Prediction:
        """Prediction for one vector of shape (1, dimension)."""
        scores = self.weights @ vector[0] + self.bias
        exponents = np.exp(scores - scores.max())
        probabilities = exponents / exponents.sum()
        order = np.argsort(-probabilities)
        cosines = self.examples @ vector[0]
        nearest = np.full(len(self.names), -1.0, dtype=np.float32)
        np.maximum.at(nearest, self.example_label, cosines)
        return Prediction(
            tuple((self.names[i], float(probabilities[i])) for i in order),
            {name: float(cosine) for name, cosine in zip(self.names, nearest)},
        )

    def save(self, path: Path) -> None:
        """Write one compressed file of arrays, without pickled objects."""
        np.savez_compressed(
            path,
            names=np.array(self.names),
            weights=self.weights,
            bias=self.bias,
            examples=self.examples,
            example_label=self.example_label,
        )

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as stored:
            return cls(
                tuple(str(name) for name in stored["names"]),
                stored["weights"],
                stored["bias"],
                stored["examples"],
                stored["example_label"],
            )
