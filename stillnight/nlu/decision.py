"""From probabilities to what the assistant does: answer, ask which topic was meant, or say that it does not know."""

from __future__ import annotations

from dataclasses import dataclass

from stillnight.nlu.labels import OUT_OF_SCOPE, RED_FLAG, base, topic_of
from stillnight.nlu.topic_model import Prediction


@dataclass(frozen=True)
class Thresholds:
    """Where answering ends and asking begins; see `TopicClassifier` for the meaning of each."""

    answer_above: float
    unknown_below: float
    outside_above: float
    red_flag_above: float
    choices: int


@dataclass(frozen=True)
class Decision:
    """`label` is None when in doubt; then `choices` holds the FAQ slugs to ask about, most likely first."""

    label: str | None
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    choices: tuple[str, ...]


def decide(prediction: Prediction, thresholds: Thresholds) -> Decision:
    """What to do with one message.

    Danger comes first: when all red flags together are likely enough, the likeliest of them is answered, whatever else
    the message may mean. Then what is not our subject: told by the probability of all its kinds together, and by
    likeness to the nearest example of ours, because a classifier that has never seen a thing is often sure of it.
    """
    ranking = prediction.ranking
    flag, danger = _together(prediction, RED_FLAG)
    if flag and danger >= thresholds.red_flag_above:
        return Decision(flag, danger, ranking, ())
    outside, strangeness = _together(prediction, OUT_OF_SCOPE)
    familiar = max(
        (likeness for name, likeness in prediction.likeness.items() if base(name) != OUT_OF_SCOPE), default=-1
    )
    if outside and (strangeness >= thresholds.outside_above or familiar < thresholds.unknown_below):
        return Decision(outside, min(1.0, max(strangeness, 1 - familiar)), ranking, ())
    label, confidence = ranking[0]
    if confidence >= thresholds.answer_above:
        return Decision(label, confidence, ranking, ())
    topics = [slug for name, _ in ranking if (slug := topic_of(name))]
    return Decision(None, confidence, ranking, tuple(topics[: thresholds.choices]))


def _together(prediction: Prediction, intent: str) -> tuple[str | None, float]:
    """The likeliest label of a retrieval intent, and the probability of all its labels together."""
    kinds = [item for item in prediction.ranking if base(item[0]) == intent]
    return (kinds[0][0] if kinds else None), sum(probability for _, probability in kinds)
