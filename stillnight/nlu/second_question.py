"""Two questions in one message, both about topics of ours."""

from __future__ import annotations

from stillnight.nlu.labels import topic_of
from stillnight.nlu.topic_model import Prediction


def asked_both(whole: Prediction, first: Prediction, second: Prediction, above: float) -> tuple[str, str] | None:
    """Labels of both questions in the order in which they were asked, or None when one answer is enough.

    Args:
        whole: what the model makes of the message; a label that is neither question's tells that the pieces mislead.
        first: what it makes of the first question.
        second: what it makes of the second.
        above: probability from which a question counts.
    """
    (one, sure), (other, also_sure) = first.ranking[0], second.ranking[0]
    if one == other or topic_of(one) is None or topic_of(other) is None:
        return None
    if min(sure, also_sure) < above or whole.ranking[0][0] not in (one, other):
        return None
    return one, other
