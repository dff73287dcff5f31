"""Labels of the examples that a text resembles, by pieces of words: a suggestion that needs no trained model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

_NEAREST: Final = 12
_BATCH: Final = 200
_LEAST: Final = 0.15


class Likeness:
    """Compares texts with examples."""

    def __init__(self, examples: Iterable[tuple[str, str]]) -> None:
        """`examples`: text and label of each."""
        texts, labels = zip(*examples)
        self._labels: tuple[str, ...] = labels
        self._vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 4), sublinear_tf=True, dtype=np.float32)
        self._examples = self._vectorizer.fit_transform(texts)

    def labels(self, texts: Sequence[str]) -> Iterator[list[str]]:
        """For each text the labels of what is most like it, most like first; none when nothing is."""
        for start in range(0, len(texts), _BATCH):
            batch = self._vectorizer.transform(texts[start : start + _BATCH])
            for likeness in (batch @ self._examples.T).toarray():
                nearest = np.argsort(-likeness, kind="stable")[:_NEAREST]
                weights: defaultdict[str, float] = defaultdict(float)
                for at in nearest:
                    if likeness[at] >= _LEAST:
                        weights[self._labels[at]] += float(likeness[at]) ** 2
                yield sorted(weights, key=lambda label: -weights[label])
