"""When the second question of a message is answered too."""

from __future__ import annotations

import pytest

from stillnight.nlu.second_question import asked_both
from stillnight.nlu.topic_model import Prediction

ABOVE = 0.6


def about(label: str, probability: float = 0.9) -> Prediction:
    return Prediction(((label, probability), ("help", 1 - probability)))


def test_both_are_answered_in_the_order_in_which_they_were_asked() -> None:
    both = asked_both(about("faq/iron"), about("faq/genetics"), about("faq/iron"), ABOVE)
    assert both == ("faq/genetics", "faq/iron")


@pytest.mark.parametrize(
    ("whole", "first", "second"),
    [
        (about("faq/iron"), about("faq/iron"), about("faq/iron")),
        (about("faq/kidney"), about("faq/genetics"), about("faq/iron")),
        (about("faq/iron"), about("faq/genetics", 0.59), about("faq/iron")),
        (about("faq/iron"), about("faq/iron"), about("faq/genetics", 0.59)),
        (about("faq/iron"), about("faq/iron"), about("human")),
        (about("faq/iron"), about("out_of_scope/everyday"), about("faq/iron")),
    ],
)
def test_one_answer_is_enough(whole: Prediction, first: Prediction, second: Prediction) -> None:
    assert asked_both(whole, first, second, ABOVE) is None
