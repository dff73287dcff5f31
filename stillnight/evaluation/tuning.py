"""Choosing numbers of `config.yml`: the topic model's by cross-validation over the examples, the curve by lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.special import logit, softmax
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedGroupKFold

from stillnight.nlu.labels import OUT_OF_SCOPE, base
from stillnight.nlu.linear import Scores
from stillnight.nlu.ngrams import Ngrams
from stillnight.nlu.topic_model import Hyperparameters, TopicModel, weighted
from stillnight.nlu.weights import Vectors

# Cosine from which two examples must not stand on both sides: one would be told by the other.
ALIKE: Final = 0.9
_BLOCK: Final = 2000
_TINY: Final = 1e-9


@dataclass(frozen=True)
class Samples:
    """Examples as training has them: texts as mended, vectors of shape (texts, dimension), labels."""

    texts: Sequence[str]
    vectors: Vectors
    labels: Sequence[str]


@dataclass(frozen=True)
class Score:
    """How well some hyperparameters did on examples that were left out.

    right: share of them, any kind of other subject being as good as another. error: its standard error over the folds.
    loss: mean −log of the probability of what was right.
    """

    chosen: Hyperparameters
    right: float
    error: float
    loss: float


@dataclass(frozen=True)
class Curve:
    """The logistic curve from the odds of all other subjects to the probability that a message is none of ours."""

    slope: float
    offset: float


class Folds:
    """The examples left out in turn, and what models without them make of them."""

    def __init__(self, samples: Samples, tried: Sequence[Hyperparameters], usual: Hyperparameters, folds: int) -> None:
        """Fit everything that is needed to score any mixture of the strengths in `tried`.

        Args:
            samples: what is learned.
            tried: whose `meaning_c` and `letters_c`, in pairs, are fitted.
            usual: what the likeness to examples is looked up with.
            folds: how many parts are left out in turn. Examples that are alike are left out together.
        """
        together = alike(samples.vectors)
        labels = np.array(samples.labels)
        split = StratifiedGroupKFold(folds, shuffle=True, random_state=0).split(labels, labels, together)
        self._folds = [_Fold.fitted(samples, kept, left, tried, usual) for kept, left in split]

    def score(self, chosen: Hyperparameters) -> Score:
        """How well hyperparameters do whose strengths were among those tried."""
        each = [fold.score(chosen) for fold in self._folds]
        right, losses = np.array([right for right, _ in each]), [loss for _, loss in each]
        error = float(right.std(ddof=1) / np.sqrt(len(right)))
        return Score(chosen, float(right.mean()), error, float(np.mean(losses)))


@dataclass(frozen=True)
class _Fold:
    """Scores of the texts left out, all of shape (texts, labels), by strength; `at`: the text's own label."""

    names: tuple[str, ...]
    at: NDArray[np.int64]
    meaning: dict[float, Scores]
    letters: dict[float, Scores]
    likeness: Scores

    @classmethod
    def fitted(
        cls,
        samples: Samples,
        kept: NDArray[np.int64],
        left: NDArray[np.int64],
        tried: Sequence[Hyperparameters],
        usual: Hyperparameters,
    ) -> _Fold:
        labels = np.array(samples.labels)
        learned, others = ([samples.texts[at] for at in part] for part in (kept, left))
        # The vocabulary too is learned without what is left out.
        ngrams, rows = Ngrams.fit(learned)
        held = ngrams.transform(others)
        meaning, letters = dict[float, Scores](), dict[float, Scores]()
        for each in tried:
            model = TopicModel.fit(rows, samples.vectors[kept], labels[kept].tolist(), each)
            meaning[each.meaning_c] = model.meaning.scores(samples.vectors[left])
            letters[each.letters_c] = model.letters.scores(held)
        # The examples are the same in every model.
        first = sum(weighted(meaning[usual.meaning_c], letters[usual.letters_c], usual))
        likeness = model.likeness(samples.vectors[left], np.asarray(first))
        at = np.array([model.names.index(label) for label in labels[left]])
        return cls(model.names, at, meaning, letters, likeness)

    def score(self, chosen: Hyperparameters) -> tuple[float, float]:
        """Share that is right, and mean loss."""
        said = weighted(self.meaning[chosen.meaning_c], self.letters[chosen.letters_c], chosen)
        probable = softmax(sum(said) + chosen.likeness_weight * self.likeness, axis=1)
        kinds = np.array([base(name) == OUT_OF_SCOPE for name in self.names])
        other = probable[:, kinds].sum(axis=1)
        ours = np.where(kinds, 0.0, probable)
        wanted = np.where(kinds[self.at], other, ours[np.arange(len(ours)), self.at])
        right = wanted >= np.maximum(ours.max(axis=1), other)
        return float(right.mean()), float(-np.log(np.maximum(wanted, _TINY)).mean())


def alike(vectors: Vectors) -> NDArray[np.int32]:
    """A number for each of the unit vectors of shape (texts, dimension); those that are alike have the same."""
    pairs = [np.zeros((0, 2), dtype=np.int64)]
    for top in range(0, len(vectors), _BLOCK):
        for left in range(top, len(vectors), _BLOCK):
            found = np.argwhere(vectors[top : top + _BLOCK] @ vectors[left : left + _BLOCK].T >= ALIKE)
            pairs.append(found + np.array((top, left)))
    rows, columns = np.concatenate(pairs).T
    graph = coo_matrix((np.ones(len(rows), dtype=bool), (rows, columns)), shape=(len(vectors), len(vectors)))
    return connected_components(graph, directed=False)[1]


def curve(strangeness: NDArray[np.float64], is_other: NDArray[np.bool_], evenly: bool = False) -> Curve:
    """The curve under which what was labelled is likeliest.

    Args:
        strangeness: probability of all other subjects together, of each line, as the topic model gives it.
        is_other: whether the line is of another subject.
        evenly: whether other subjects weigh together what ours do, however many lines there are of each.
    """
    weights = "balanced" if evenly else None
    fitted = LogisticRegression(penalty=None, class_weight=weights).fit(_odds(strangeness)[:, None], is_other)
    return Curve(float(fitted.coef_[0, 0]), float(fitted.intercept_[0]))


def outside(strangeness: NDArray[np.float64], chosen: Curve) -> NDArray[np.float64]:
    """What the curve makes of it."""
    return 1 / (1 + np.exp(-(chosen.slope * _odds(strangeness) + chosen.offset)))


def _odds(strangeness: NDArray[np.float64]) -> NDArray[np.float64]:
    return logit(np.clip(strangeness, _TINY, 1 - _TINY))
