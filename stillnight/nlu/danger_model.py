"""A border between danger and everything else, over letters and over meaning; and which danger it is.

Meaning are the vectors of the adapted encoder, letters the rows of `letters_featurizer`; a linear model reads each. How
much the letters count was chosen on the lines of `tests/safety/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from stillnight.nlu.linear import Linear
from stillnight.nlu.weights import Vectors

_LETTERS_C: Final = 2.0
_MEANING_C: Final = 1.0
_LETTERS_WEIGHT: Final = 3.0
_KINDS_C: Final = 10.0


@dataclass(frozen=True)
class DangerModel:
    """Both borders and the kinds of danger.

    letters, meaning: weights of the borders with the bias last, shapes (vocabulary + 1,) and (dimension + 1,).
    kinds: names of the dangers; telling: what tells them apart.
    """

    letters: Vectors
    meaning: Vectors
    kinds: tuple[str, ...]
    telling: Linear

    @classmethod
    def fit(cls, letters: csr_matrix, vectors: Vectors, dangers: Sequence[str | None]) -> DangerModel:
        """Fit on letters of shape (texts, vocabulary), vectors of shape (texts, dimension) and the danger of each.

        `dangers` holds None for none. The same input gives the same model. At least two kinds of danger are needed.
        """
        dangerous = np.array([danger is not None for danger in dangers])
        by_letters = LinearSVC(C=_LETTERS_C, random_state=0)
        by_meaning = LogisticRegression(C=_MEANING_C, class_weight="balanced")
        kinds = LogisticRegression(C=_KINDS_C, tol=1e-3)
        # All leave Python's lock while they work, so each gets a core.
        with ThreadPoolExecutor(2) as pool:
            fitted = [
                pool.submit(by_letters.fit, letters, dangerous),
                pool.submit(by_meaning.fit, vectors, dangerous),
                pool.submit(kinds.fit, vectors[dangerous], [danger for danger in dangers if danger is not None]),
            ]
        for each in fitted:
            each.result()
        return cls(_weights(by_letters), _weights(by_meaning), tuple(kinds.classes_), Linear.of(kinds))

    def danger(self, letters: csr_matrix, vectors: Vectors) -> NDArray[np.float64]:
        """Distance of each text from the border, shape (texts,): above 0 is more like danger than like the rest."""
        by_letters = np.asarray(letters @ self.letters[:-1]).ravel() + self.letters[-1]
        by_meaning = vectors @ self.meaning[:-1] + self.meaning[-1]
        return np.asarray(by_meaning + _LETTERS_WEIGHT * by_letters, dtype=np.float64)

    def kind(self, vectors: Vectors) -> list[str]:
        """Which danger each text would be, if it is one."""
        return [self.kinds[best] for best in self.telling.scores(vectors).argmax(axis=1)]

    def save(self, path: Path) -> None:
        """Write one file of plain arrays; reading it runs no code."""
        np.savez_compressed(
            path,
            letters=self.letters,
            meaning=self.meaning,
            kinds=np.array(self.kinds),
            telling_weights=self.telling.weights,
            telling_bias=self.telling.bias,
        )

    @classmethod
    def load(cls, path: Path) -> DangerModel:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(
                arrays["letters"],
                arrays["meaning"],
                tuple(map(str, arrays["kinds"])),
                Linear(arrays["telling_weights"], arrays["telling_bias"]),
            )


def _weights(fitted: LinearSVC | LogisticRegression) -> Vectors:
    return np.append(fitted.coef_[0], fitted.intercept_).astype(np.float32)
