"""From probabilities to what the assistant does: answer, ask which topic was meant, or say that it does not know."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from stillnight.nlu.labels import OUT_OF_SCOPE, RED_FLAG, base, topic_of
from stillnight.nlu.topic_model import Prediction

SELF_HARM: Final = "self_harm"
# Of violence at home only what is likely: whoever asks whether to argue with a doctor is not told to call for help.
VIOLENCE: Final = f"{OUT_OF_SCOPE}/violence"
_VIOLENCE_ABOVE: Final = 0.3
# What is told in passing and asks nothing. It says little against a topic beside it, so it has to be likelier than all.
ASIDE: Final = f"{OUT_OF_SCOPE}/aside"
_ASIDE_ABOVE: Final = 0.5
_TINY: Final = 1e-9


@dataclass(frozen=True)
class Thresholds:
    """Where answering ends and asking begins; see `TopicClassifier` for the meaning of each."""

    answer_above: float
    outside_above: float
    outside_slope: float
    outside_offset: float
    danger_above: float
    harmless_below: float
    self_harm_harmless_below: float
    topic_counts: float
    self_harm_topic_counts: float
    choices: int


@dataclass(frozen=True)
class Decision:
    """`label` is None when in doubt; then `choices` holds the FAQ slugs to ask about, most likely first.

    outside: how sure it is that the message is none of ours, 0 to 1. also: labels of further questions.
    """

    label: str | None
    confidence: float
    ranking: tuple[tuple[str, float], ...]
    choices: tuple[str, ...]
    outside: float = 0.0
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Danger:
    """What both nets heard.

    by_rule: category that a rule found, or None. kind: the likeliest for the second net. distance: from its border.
    bare: the message is nothing but names of medicines, in which nobody can hear more. result: it holds a lab value,
    so that it surely is one of our questions, whatever the words beside it resemble.
    """

    by_rule: str | None
    kind: str | None
    distance: float
    bare: bool = False
    result: bool = False

    def heard(self, topic: float, thresholds: Thresholds) -> str | None:
        """Category to answer. What a rule found stands unless the second net is far on the harmless side.

        For the second net alone, a message that is surely one of our questions (`topic`: probability of the likeliest
        label) needs more to be taken for danger, less more where it is self-harm; a lab question beside it never takes
        a rule's find back.
        """
        if self.by_rule:
            grave = self.by_rule == SELF_HARM
            harmless = thresholds.self_harm_harmless_below if grave else thresholds.harmless_below
            return self.by_rule if self.distance >= harmless else None
        if self.bare:
            return None
        sure = 1.0 if self.result else topic
        counts = thresholds.self_harm_topic_counts if self.kind == SELF_HARM else thresholds.topic_counts
        return self.kind if self.distance - counts * sure >= thresholds.danger_above else None


def decide(prediction: Prediction, danger: Danger, thresholds: Thresholds) -> Decision:
    """What to do with one message.

    Danger comes first, whatever else the message may mean. Then what is not our subject: told by the probability of
    all its kinds together.

    Args:
        prediction: what the topic model makes of it.
        danger: what rules and second net heard.
        thresholds: where each begins.
    """
    heard = danger.heard(prediction.ranking[0][1], thresholds)
    if heard:
        label = f"{RED_FLAG}/{heard}"
        confidence = 1.0 if danger.by_rule else 1 / (1 + math.exp(-danger.distance))
        return Decision(label, confidence, ((label, confidence),), ())
    ranking = prediction.ranking
    kind, strangeness = _together(prediction, OUT_OF_SCOPE)
    outside = _curve(strangeness, thresholds)
    rash = kind == VIOLENCE and strangeness < _VIOLENCE_ABOVE
    if kind and outside >= thresholds.outside_above and not rash:
        return Decision(kind, outside, ranking, (), outside)
    label, confidence = ranking[0]
    if label == ASIDE and confidence >= _ASIDE_ABOVE:
        return Decision(label, confidence, ranking, (), max(outside, confidence))
    label, confidence = next(item for item in ranking if item[0] != ASIDE)
    if confidence >= thresholds.answer_above:
        return Decision(label, confidence, ranking, (), outside)
    topics = [slug for name, _ in ranking if (slug := topic_of(name))]
    return Decision(None, confidence, ranking, tuple(topics[: thresholds.choices]), outside)


def _curve(strangeness: float, thresholds: Thresholds) -> float:
    """Probability that a message is none of ours, from that of all other subjects together: a logistic curve."""
    odds = math.log(max(strangeness, _TINY)) - math.log(max(1 - strangeness, _TINY))
    return 1 / (1 + math.exp(-(thresholds.outside_slope * odds + thresholds.outside_offset)))


def _together(prediction: Prediction, intent: str) -> tuple[str | None, float]:
    """The likeliest label of a retrieval intent, and the probability of all its labels together, asides left out."""
    kinds = [item for item in prediction.ranking if base(item[0]) == intent and item[0] != ASIDE]
    return (kinds[0][0] if kinds else None), sum(probability for _, probability in kinds)
