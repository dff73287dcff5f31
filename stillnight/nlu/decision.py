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

    Danger comes first: when all red flags together are likely enough, the likeliest of them is answered, whatever else the
    message may mean. Out of scope is told by likeness to the nearest example, not by probability: a classifier that has never seen a
    thing is often sure of it.
    """
    ranking = prediction.ranking
    label, confidence = ranking[0]
    flags = [item for item in ranking if base(item[0]) == RED_FLAG]
    danger = sum(probability for _, probability in flags)
    if flags and danger >= thresholds.red_flag_above:
        return Decision(flags[0][0], danger, ranking, ())
    in_scope = max(
        (likeness for name, likeness in prediction.likeness.items() if base(name) != OUT_OF_SCOPE), default=-1.0
    )
    if base(label) != OUT_OF_SCOPE and in_scope < thresholds.unknown_below:
        kinds = [item for item in ranking if base(item[0]) == OUT_OF_SCOPE]
        if kinds:
            return Decision(kinds[0][0], 1.0 - in_scope, ranking, ())
    if confidence >= thresholds.answer_above:
        return Decision(label, confidence, ranking, ())
    topics = [slug for name, _ in ranking if (slug := topic_of(name))]
    return Decision(None, confidence, ranking, tuple(topics[: thresholds.choices]))
