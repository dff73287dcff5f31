"""What a sentence means, which letters it is made of, and which example it is nearest to.

Meaning alone (sentence vectors) misses rare words such as medicine names; letters alone miss paraphrases; both, each
judged by a linear model, know no example by heart. Together they were right far more often than each alone:
docs/decisions/0002-understanding.md has the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC
from sklearn.utils.class_weight import compute_class_weight

from stillnight.nlu.labels import OUT_OF_SCOPE, base
from stillnight.nlu.linear import Linear, Scores
from stillnight.nlu.weights import Vectors

# Of one byte with a sign.
_LARGEST: Final = 127
_LOOKED_AT: Final = 24
_REST: Final = -1


@dataclass(frozen=True)
class Hyperparameters:
    """How strongly each part is fitted and how they are mixed.

    meaning_c, letters_c: inverse regularization of the logistic regression and of the support vector machine.
    letters_sharpness: factor that turns the margins of the support vector machine into comparable log-probabilities.
    meaning_weight: weight of the meaning in the geometric mean of both; the letters have the rest.
    likeness_weight: what the cosine to the nearest example of a label adds to its log-probability.
    """

    meaning_c: float = 5.0
    letters_c: float = 2.0
    letters_sharpness: float = 6.0
    meaning_weight: float = 0.5
    likeness_weight: float = 10.0


@dataclass(frozen=True)
class Prediction:
    """What the model thinks of one message: every label with its probability, best first."""

    ranking: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Parts:
    """What speaks for each label, as logarithms of shape (texts, labels) that are summed, each with its weight."""

    meaning: Scores
    letters: Scores
    likeness: Scores

    @property
    def together(self) -> Scores:
        """Their sum."""
        return self.meaning + self.letters + self.likeness


@dataclass(frozen=True)
class TopicModel:
    """Both fitted parts, and the examples' vectors.

    examples: in the order of `names`, each number in one byte as a multiple of `step`. begins: where in them each label
    begins.
    """

    names: tuple[str, ...]
    hyperparameters: Hyperparameters
    meaning: Linear
    letters: Linear
    examples: NDArray[np.int8]
    step: float
    begins: NDArray[np.int64]

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
        weights = dict(enumerate(compute_class_weight("balanced", classes=np.arange(len(known)), y=target)))
        halves = [np.where(np.isin(target, half), target, _REST) for half in np.array_split(np.arange(len(known)), 2)]
        # In processes, not in threads: liblinear draws the order of the texts from one source for the whole process, so
        # that of two at a time each would draw what the other left it.
        *by_letters, by_meaning = Parallel(n_jobs=2)(
            [
                *(delayed(_margins)(letters, half, weights, hyperparameters) for half in halves),
                delayed(_regression)(vectors, target, hyperparameters),
            ]
        )
        spelt = Linear.joined(by_letters).in_half_precision
        order = np.argsort(target, kind="stable")
        begins = np.searchsorted(target[order], np.arange(len(known)))
        step = float(np.abs(vectors).max()) / _LARGEST
        examples = np.round(vectors[order] / step).astype(np.int8)
        return cls(known, hyperparameters, by_meaning, spelt, examples, step, begins)

    def predict(self, letters: csr_matrix, vectors: Vectors) -> list[Prediction]:
        """Predictions for letters of shape (texts, vocabulary) and vectors of shape (texts, dimension), in order."""
        return [self.prediction(scores) for scores in self.parts(letters, vectors).together]

    def parts(self, letters: csr_matrix, vectors: Vectors) -> Parts:
        """What meaning, letters and the nearest examples say of letters and vectors as in `predict`."""
        chosen = self.hyperparameters
        meaning, spelling = weighted(self.meaning.scores(vectors), self.letters.scores(letters), chosen)
        return Parts(meaning, spelling, chosen.likeness_weight * self.likeness(vectors, meaning + spelling))

    def prediction(self, scores: Scores) -> Prediction:
        """What scores of shape (labels,), as `Parts.together` gives them, say."""
        probabilities = np.exp(_log_softmax(scores[None, :]))[0]
        order = np.argsort(-probabilities)
        return Prediction(tuple((self.names[i], float(probabilities[i])) for i in order))

    def likeness(self, vectors: Vectors, scores: Scores) -> Scores:
        """Greatest cosine to an example of each label, shape (texts, labels).

        Computed for the labels with the best `scores`, of the same shape, and for all other subjects; −1 for the rest,
        which could not win.
        """
        found = np.full(scores.shape, -1.0)
        ends = np.append(self.begins[1:], len(self.examples))
        for row, vector, ranked in zip(found, vectors, np.argsort(-scores, axis=1)):
            for label in {*ranked[:_LOOKED_AT].tolist(), *self._others}:
                examples = self._other_examples.get(label)
                if examples is None:
                    examples = self.examples[self.begins[label] : ends[label]].astype(np.float32)
                row[label] = float((examples @ vector).max()) * self.step
        return found

    @cached_property
    def _other_examples(self) -> dict[int, Vectors]:
        """Those of other subjects, which every message is compared with, ready to multiply."""
        ends = np.append(self.begins[1:], len(self.examples))
        return {each: self.examples[self.begins[each] : ends[each]].astype(np.float32) for each in self._others}

    @cached_property
    def _others(self) -> tuple[int, ...]:
        return tuple(index for index, name in enumerate(self.names) if base(name) == OUT_OF_SCOPE)

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
            step=self.step,
            begins=self.begins,
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
                float(arrays["step"]),
                arrays["begins"],
            )


def weighted(meaning: Scores, margins: Scores, chosen: Hyperparameters) -> tuple[Scores, Scores]:
    """What meaning and letters say, as `Parts` has it, of the scores of both linear models, all (texts, labels)."""
    spelling = _log_softmax(margins * chosen.letters_sharpness)
    return chosen.meaning_weight * _log_softmax(meaning), (1 - chosen.meaning_weight) * spelling


def _regression(vectors: Vectors, target: NDArray[np.int32], chosen: Hyperparameters) -> Linear:
    fitted = LogisticRegression(C=chosen.meaning_c, max_iter=1000, tol=1e-3, class_weight="balanced")
    return Linear.of(fitted.fit(vectors, target))


def _margins(
    letters: csr_matrix, target: NDArray[np.int32], weights: Mapping[int, float], chosen: Hyperparameters
) -> Linear:
    """The borders of some labels, each against all other texts; texts of the labels that are not asked for are `_REST`.

    A border does not depend on how the texts beyond it are labelled, so that labels may be shared out.
    """
    fitted = LinearSVC(C=chosen.letters_c, class_weight={**weights, _REST: 1.0}, random_state=0, tol=1e-3)
    return Linear.of(fitted.fit(letters, target)).without_first


def _log_softmax(scores: Scores) -> Scores:
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
