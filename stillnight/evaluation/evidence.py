"""What speaks for each of the likeliest labels: meaning, letters, or the nearest example."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import softmax

from stillnight.nlu.topic_model import Parts, TopicModel


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
    """One label: how likely it is, and what meaning, letters and the nearest examples say to it."""

    label: str
    probability: float
    meaning: Part
    letters: Part
    likeness: Part


def evidence(model: TopicModel, parts: Parts, weights: Sequence[float], most: int = 5) -> list[Evidence]:
    """The likeliest labels, best first.

    Args:
        model: that made the parts.
        parts: for the message, and behind it for its question when that counted too.
        weights: what each of these texts counts; together 1.
        most: how many labels.
    """
    chosen = model.hyperparameters
    of_each = (chosen.meaning_weight, 1 - chosen.meaning_weight, 1.0)
    said = [np.average(each, axis=0, weights=weights) for each in (parts.meaning, parts.letters, parts.likeness)]
    alone = [softmax(scores / weight if weight else scores) for scores, weight in zip(said, of_each)]
    lifts = [np.maximum(scores - scores.mean(), 0) for scores in said]
    ranking = model.prediction(np.sum(said, axis=0)).ranking
    found = []
    for label, probability in ranking[:most]:
        at = model.names.index(label)
        lift = sum(float(each[at]) for each in lifts)
        meaning, letters, likeness = (
            Part(round(float(probable[at]), 4), round(float(each[at]) / lift if lift else 0.0, 4))
            for probable, each in zip(alone, lifts)
        )
        found.append(Evidence(label, round(probability, 4), meaning, letters, likeness))
    return found
