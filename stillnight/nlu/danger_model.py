"""A linear border between danger and everything else, over letters and over meaning.

Meaning is the sentence vector seen through a thousand landmarks (Nystroem's approximation of a Gaussian kernel), so that
the border can bend around what only sounds like danger. Letters weigh more: near misses differ from dangers in a few words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from sklearn.kernel_approximation import Nystroem
from sklearn.svm import LinearSVC

from stillnight.nlu.encoder import Vectors
from stillnight.nlu.ngrams import Ngrams

_LANDMARKS: Final = 1000
_GAMMA: Final = 1.0
_LETTERS_C: Final = 1.0
_MEANING_C: Final = 5.0
_MEANING_WEIGHT: Final = 0.3


@dataclass(frozen=True)
class DangerModel:
    """Both borders. `landmarks` and `whitening` turn a vector into kernel features; a bias is the last weight."""

    ngrams: Ngrams
    letters: Vectors
    landmarks: Vectors
    whitening: Vectors
    meaning: Vectors

    @classmethod
    def fit(cls, texts: Sequence[str], vectors: Vectors, dangerous: Sequence[bool]) -> DangerModel:
        """Fit on texts, their vectors of shape (texts, dimension) and whether each is dangerous. Same input, same model."""
        target = np.array(dangerous)
        ngrams = Ngrams.fit(texts)
        letters = LinearSVC(C=_LETTERS_C, random_state=0).fit(ngrams.transform(texts), target)
        kernel = Nystroem(gamma=_GAMMA, n_components=min(_LANDMARKS, len(texts)), random_state=0)
        meaning = LinearSVC(C=_MEANING_C, dual="auto", random_state=0).fit(kernel.fit_transform(vectors), target)
        return cls(
            ngrams,
            _weights(letters),
            kernel.components_.astype(np.float32),
            kernel.normalization_.T.astype(np.float32),
            _weights(meaning),
        )

    def danger(self, texts: Sequence[str], vectors: Vectors) -> NDArray[np.float64]:
        """Distance of each text from the border, shape (texts,): above 0 is more like danger than like anything else."""
        letters = np.asarray(self.ngrams.transform(texts) @ self.letters[:-1]).ravel() + self.letters[-1]
        apart = (
            (vectors**2).sum(axis=1)[:, None] + (self.landmarks**2).sum(axis=1)[None] - 2 * vectors @ self.landmarks.T
        )
        features = np.exp(-_GAMMA * np.maximum(apart, 0)) @ self.whitening
        meaning = features @ self.meaning[:-1] + self.meaning[-1]
        return np.asarray(_MEANING_WEIGHT * meaning + (1 - _MEANING_WEIGHT) * letters, dtype=np.float64)

    def save(self, path: Path) -> None:
        """Write one file of plain arrays; reading it runs no code."""
        np.savez_compressed(
            path,
            letters=self.letters,
            landmarks=self.landmarks,
            whitening=self.whitening,
            meaning=self.meaning,
            **self.ngrams.arrays(),
        )

    @classmethod
    def load(cls, path: Path) -> DangerModel:
        """Read what `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            return cls(
                Ngrams.from_arrays(arrays),
                arrays["letters"],
                arrays["landmarks"],
                arrays["whitening"],
                arrays["meaning"],
            )


def _weights(fitted: LinearSVC) -> Vectors:
    return np.append(fitted.coef_[0], fitted.intercept_).astype(np.float32)
