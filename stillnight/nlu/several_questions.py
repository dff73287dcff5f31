"""Several questions in one message, each of which has an answer of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from stillnight.nlu.labels import FOLLOW_UP_PREFIX, topic_of
from stillnight.nlu.topic_model import Prediction

# Tasks whose reply may stand beside another answer: it asks nothing and opens nothing.
TASKS: Final = frozenset(
    {
        "bot_challenge",
        "diagnosis_request",
        "dose_request",
        "human",
        "lab_explain",
        "medication_check",
        "privacy",
        "stop_medication",
        "visit_summary",
    }
)


def is_answerable(label: str | None) -> bool:
    """Whether its answer may be one of several: a topic, “what helps?”, or a task that opens nothing."""
    return label is not None and (topic_of(label) is not None or label.startswith(FOLLOW_UP_PREFIX) or label in TASKS)


def together(whole: Prediction, each: Sequence[Prediction], above: float) -> tuple[str, ...] | None:
    """Labels of the questions in the order in which they were asked, or None when one answer is enough.

    Args:
        whole: what the model makes of the message; a label that is no question's tells that the pieces mislead.
        each: what it makes of each question.
        above: probability from which a question counts; of three, one may be unclear.
    """
    best = [prediction.ranking[0] for prediction in each]
    labels = tuple(dict.fromkeys(label for label, sure in best if sure >= above and is_answerable(label)))
    return labels if len(labels) > 1 and whole.ranking[0][0] in labels else None
