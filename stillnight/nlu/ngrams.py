"""Pieces of words and pairs of words, weighted by how rare they are (tf-idf)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer


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
class Ngrams:
    """Both fitted vectorizers."""

    vectorizers: Mapping[str, TfidfVectorizer]

    @classmethod
    def fit(cls, texts: Sequence[str]) -> Ngrams:
        """Learn the vocabulary and its weights."""
        vectorizers = _vectorizers()
        for vectorizer in vectorizers.values():
            vectorizer.fit(texts)
        return cls(vectorizers)

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        """Sparse features of shape (texts, vocabulary)."""
        return hstack([vectorizer.transform(texts) for vectorizer in self.vectorizers.values()], format="csr")

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
