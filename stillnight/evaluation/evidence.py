"""What speaks for each of the likeliest labels: meaning, letters, or both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import softmax

from stillnight.nlu.linear import Scores
from stillnight.nlu.topic_model import Prediction, TopicModel
from stillnight.nlu.weights import Vectors


@dataclass(frozen=True)
class Part:
    """One part of the model about one label.

    alone: probability if this part alone were asked. share: its part of what lifts the label above the average label,
    0 to 1; a part that speaks against the label has none.
    """

    alone: float
    share: float


@dataclass(frozen=True)
class Evidence:
    """One label: how likely it is, and what meaning and letters say to it."""

    label: str
    probability: float
    meaning: Part
    letters: Part


def evidence(
    model: TopicModel,
    prediction: Prediction,
    letters: csr_matrix,
    vectors: Vectors,
    weights: Sequence[float],
    most: int = 5,
) -> list[Evidence]:
    """The likeliest labels, best first.

    Args:
        model: that predicted.
        prediction: what it made of the message.
        letters: of the message, and behind it of its question when that counted too, of shape (texts, vocabulary).
        vectors: theirs, of shape (texts, dimension).
        weights: what each text counts; together 1.
        most: how many labels.
    """
    weight = model.hyperparameters.meaning_weight
    meant, spelt = (_scores_with(model, each, letters, vectors, weights) for each in (1.0, 0.0))
    by_meaning, by_letters = softmax(meant), softmax(spelt)
    lift_of_meaning = weight * np.maximum(meant - meant.mean(), 0)
    lift_of_letters = (1 - weight) * np.maximum(spelt - spelt.mean(), 0)
    found = []
    for label, probability in prediction.ranking[:most]:
        at = model.names.index(label)
        lift = float(lift_of_meaning[at] + lift_of_letters[at])
        share = float(lift_of_meaning[at]) / lift if lift else 0.0
        found.append(
            Evidence(
                label,
                round(probability, 4),
                Part(round(float(by_meaning[at]), 4), round(share, 4)),
                Part(round(float(by_letters[at]), 4), round(1 - share if lift else 0.0, 4)),
            )
        )
    return found


def _scores_with(
    model: TopicModel, meaning_weight: float, letters: csr_matrix, vectors: Vectors, weights: Sequence[float]
) -> Scores:
    """Log-probabilities of shape (labels,) as the model would have them with that weight of the meaning."""
    weighted = replace(model, hyperparameters=replace(model.hyperparameters, meaning_weight=meaning_weight))
    return np.asarray(np.average(weighted.mixed(letters, vectors), axis=0, weights=weights))
