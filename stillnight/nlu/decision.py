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
    danger_above: float
    harmless_below: float
    choices: int


@dataclass(frozen=True)
class Decision:
    """`label` is None when in doubt; then `choices` holds the FAQ slugs to ask about, most likely first."""

    label: str | None
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    choices: tuple[str, ...]


def decide(prediction: Prediction, danger: float, thresholds: Thresholds, by_rule: str | None = None) -> Decision:
    """What to do with one message.

    Danger comes first, whatever else the message may mean: the second net says whether, the likeliest label which.
    Then what is not our subject: told by the probability of all its kinds together, and by likeness to the nearest
    example of ours, because a classifier that has never seen a thing is often sure of it.

    Args:
        prediction: what the topic model makes of it.
        danger: distance from the second net's border.
        thresholds: where each begins.
        by_rule: label of a danger that a rule found; it stands unless the second net is far on the harmless side.
    """
    if by_rule and danger >= thresholds.harmless_below:
        return Decision(by_rule, 1.0, ((by_rule, 1.0),), ())
    flag, _ = _together(prediction, RED_FLAG)
    if flag and danger >= thresholds.danger_above:
        return Decision(flag, min(1.0, danger), prediction.ranking, ())
    ranking = tuple(item for item in prediction.ranking if base(item[0]) != RED_FLAG)
    outside, strangeness = _together(prediction, OUT_OF_SCOPE)
    familiar = max(
        (likeness for name, likeness in prediction.likeness.items() if base(name) not in (OUT_OF_SCOPE, RED_FLAG)),
        default=-1,
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
