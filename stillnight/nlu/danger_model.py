"""A border between danger and everything else, over letters and over meaning; and which danger it is.

Meaning are the vectors of the adapted encoder, letters the n-grams of `ngrams`; a linear model reads each. How much the
letters count was chosen on the lines of `tests/safety/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from stillnight.nlu.linear import Linear
from stillnight.nlu.ngrams import Ngrams
from stillnight.nlu.weights import Vectors

_LETTERS_C: Final = 1.0
_MEANING_C: Final = 1.0
_LETTERS_WEIGHT: Final = 2.0
_KINDS_C: Final = 10.0


@dataclass(frozen=True)
class DangerModel:
    """Both borders and the kinds of danger.

    letters, meaning: weights of the borders with the bias last, shapes (n-grams + 1,) and (dimension + 1,).
    kinds: names of the dangers; telling: what tells them apart.
    """

    ngrams: Ngrams
    letters: Vectors
    meaning: Vectors
    kinds: tuple[str, ...]
    telling: Linear

    @classmethod
    def fit(cls, texts: Sequence[str], vectors: Vectors, dangers: Sequence[str | None]) -> DangerModel:
        """Fit on texts, their vectors of shape (texts, dimension) and the danger of each, None for none.

        The same input gives the same model. At least two kinds of danger are needed.
        """
        dangerous = np.array([danger is not None for danger in dangers])
        ngrams = Ngrams.fit(texts)
        letters = LinearSVC(C=_LETTERS_C, random_state=0).fit(ngrams.transform(texts), dangerous)
        meaning = LogisticRegression(C=_MEANING_C, class_weight="balanced").fit(vectors, dangerous)
        kinds = LogisticRegression(C=_KINDS_C, tol=1e-3).fit(
            vectors[dangerous], [danger for danger in dangers if danger is not None]
        )
        return cls(ngrams, _weights(letters), _weights(meaning), tuple(kinds.classes_), Linear.of(kinds))

    def danger(self, texts: Sequence[str], vectors: Vectors) -> NDArray[np.float64]:
        """Distance of each text from the border, shape (texts,): above 0 is more like danger than like the rest."""
        letters = np.asarray(self.ngrams.transform(texts) @ self.letters[:-1]).ravel() + self.letters[-1]
        meaning = vectors @ self.meaning[:-1] + self.meaning[-1]
        return np.asarray(meaning + _LETTERS_WEIGHT * letters, dtype=np.float64)

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
            **self.ngrams.arrays(),
        )

    @classmethod
    def load(cls, path: Path) -> DangerModel:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(
                Ngrams.from_arrays(arrays),
                arrays["letters"],
                arrays["meaning"],
                tuple(map(str, arrays["kinds"])),
                Linear(arrays["telling_weights"], arrays["telling_bias"]),
            )


def _weights(fitted: LinearSVC | LogisticRegression) -> Vectors:
    return np.append(fitted.coef_[0], fitted.intercept_).astype(np.float32)
