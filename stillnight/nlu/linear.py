"""A fitted linear model as plain arrays, so that it can be kept and read without running code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from stillnight.nlu.weights import Vectors

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Linear:
    """A fitted linear model as plain arrays: weights of shape (features, labels) and bias of shape (labels,).

    A row for each feature, so that of a sparse message only its few rows are read.
    """

    weights: NDArray[np.float16] | NDArray[np.float32]
    bias: NDArray[np.float32]

    @classmethod
    def of(cls, estimator: LogisticRegression | LinearSVC) -> Linear:
        """The coefficients of a fitted scikit-learn estimator."""
        weights, bias = estimator.coef_, estimator.intercept_
        if len(bias) == 1:
            # scikit-learn keeps one row for two labels.
            weights, bias = np.vstack([-weights, weights]), np.hstack([-bias, bias])
        return cls(np.ascontiguousarray(weights.T, dtype=np.float32), bias.astype(np.float32))

    @classmethod
    def joined(cls, parts: Sequence[Linear]) -> Linear:
        """The labels of all parts, in order; the features are the same."""
        weights = np.hstack([part.weights for part in parts])
        return cls(weights.astype(np.float32, copy=False), np.hstack([part.bias for part in parts]))

    @property
    def without_first(self) -> Linear:
        """The same but for the first label."""
        return Linear(np.ascontiguousarray(self.weights[:, 1:]), self.bias[1:])

    @property
    def in_half_precision(self) -> Linear:
        """The same in half the room: for very many features, of which a message has few."""
        return replace(self, weights=self.weights.astype(np.float16))

    def scores(self, features: Vectors | csr_matrix) -> Scores:
        """Scores of shape (rows, labels)."""
        if not isinstance(features, csr_matrix):
            return np.asarray(features @ self.weights.astype(np.float32, copy=False)) + self.bias
        rows = [slice(*ends) for ends in zip(features.indptr, features.indptr[1:])]
        # Of the weights only the rows that a message has.
        found = [features.data[row] @ self.weights[features.indices[row]].astype(np.float32) for row in rows]
        return np.array(found).reshape(len(rows), len(self.bias)) + self.bias
