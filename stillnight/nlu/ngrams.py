"""Pieces of words and pairs of words, weighted by how rare they are (tf-idf)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

# Texts that we count ourselves, rather than scikit-learn.
_FEW: Final = 100


def _vectorizers() -> dict[str, TfidfVectorizer]:
    return {
        # Pieces of two to four characters forgive a typing error and know the middle of a medicine's name.
        # What one message alone holds teaches nothing and takes most of the room.
        "characters": TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, min_df=3, dtype=np.float32
        ),
        "words": TfidfVectorizer(
            ngram_range=(1, 2),
            sublinear_tf=True,
            min_df=2,
            token_pattern=r"\w+",  # noqa: S106
            dtype=np.float32,
        ),
    }


@dataclass(frozen=True)
class _Counted:
    """One fitted vectorizer: what it makes of a text, the column of each piece, and the weight of each column."""

    pieces: Callable[[str], list[str]]
    columns: Mapping[str, int]
    idf: NDArray[np.float32]

    def row(self, text: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Columns in order and their weights, of length 1 together; counts weigh by their logarithm."""
        known = (self.columns.get(piece) for piece in self.pieces(text))
        counts = sorted(Counter(column for column in known if column is not None).items())
        columns = np.array([column for column, _ in counts], dtype=np.int32)
        weights = (1 + np.log(np.array([count for _, count in counts], dtype=np.float32))) * self.idf[columns]
        return columns, weights / (np.linalg.norm(weights) or 1)


@dataclass(frozen=True)
class Ngrams:
    """Both fitted vectorizers."""

    vectorizers: Mapping[str, TfidfVectorizer]

    @classmethod
    def fit(cls, texts: Sequence[str]) -> tuple[Ngrams, csr_matrix]:
        """Learn the vocabulary and its weights; with the features of the texts, as `transform` gives them."""
        vectorizers = _vectorizers()
        rows = hstack([each.fit_transform(texts) for each in vectorizers.values()], format="csr")
        return cls(vectorizers), rows

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Sparse features of shape (texts, vocabulary), as scikit-learn gives them.

        For one short text it takes twenty times as long to check what it was given as to count; for a whole training
        it is the quicker one.
        """
        if len(texts) > _FEW:
            return hstack([each.transform(texts) for each in self.vectorizers.values()], format="csr")
        rows = [self._row(text) for text in texts]
        ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
        columns = np.concatenate([columns for columns, _ in rows]) if rows else np.zeros(0, dtype=np.int32)
        weights = np.concatenate([weights for _, weights in rows]) if rows else np.zeros(0, dtype=np.float32)
        return csr_matrix((weights, columns, ends), shape=(len(rows), sum(len(each.idf) for each in self._counted)))

    def _row(self, text: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        columns, weights, before = list[NDArray[np.int32]](), list[NDArray[np.float32]](), 0
        for each in self._counted:
            found, weighed = each.row(text)
            columns.append(found + np.int32(before))
            weights.append(weighed)
            before += len(each.idf)
        return np.concatenate(columns), np.concatenate(weights)

    @cached_property
    def _counted(self) -> tuple[_Counted, ...]:
        return tuple(
            _Counted(each.build_analyzer(), each.vocabulary_, each.idf_.astype(np.float32))
            for each in self.vectorizers.values()
        )

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Vocabulary and weights as plain arrays."""
        stored: dict[str, NDArray[np.generic]] = {}
        for name, vectorizer in self.vectorizers.items():
            stored[f"{name}_vocabulary"] = vectorizer.get_feature_names_out().astype(str)
            stored[f"{name}_idf"] = vectorizer.idf_
        return stored

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Ngrams:
        """The vectorizers that `arrays` came from."""
        vectorizers = _vectorizers()
        for name, vectorizer in vectorizers.items():
            vectorizer.set_params(vocabulary=arrays[f"{name}_vocabulary"].tolist())
            vectorizer.idf_ = arrays[f"{name}_idf"]
        return cls(vectorizers)
