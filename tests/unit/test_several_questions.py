"""When several questions of a message are answered."""

from __future__ import annotations

import pytest

from actions import also
from stillnight.content.catalogue import catalogue
from stillnight.nlu.several_questions import TASKS, together
from stillnight.nlu.topic_model import Prediction

ABOVE = 0.6


def about(label: str, probability: float = 0.9) -> Prediction:
    return Prediction(((label, probability), ("help", 1 - probability)))


def test_both_are_answered_in_the_order_in_which_they_were_asked() -> None:
    both = together(about("faq/iron"), [about("faq/genetics"), about("faq/iron")], ABOVE)
    assert both == ("faq/genetics", "faq/iron")


def test_three_are_answered() -> None:
    each = [about("faq/what_is_rls"), about("ask_is_it_serious"), about("faq/treatments")]
    assert together(about("faq/what_is_rls"), each, ABOVE) == ("faq/what_is_rls", "ask_is_it_serious", "faq/treatments")


def test_of_three_an_unclear_one_is_left_out() -> None:
    each = [about("faq/what_is_rls"), about("faq/causes", 0.5), about("faq/treatments")]
    assert together(about("faq/what_is_rls"), each, ABOVE) == ("faq/what_is_rls", "faq/treatments")


def test_task_stands_beside_a_topic() -> None:
    each = [about("visit_summary"), about("faq/what_is_plmd")]
    assert together(about("visit_summary"), each, ABOVE) == ("visit_summary", "faq/what_is_plmd")


@pytest.mark.parametrize(
    ("whole", "first", "second"),
    [
        (about("faq/iron"), about("faq/iron"), about("faq/iron")),
        (about("faq/kidney"), about("faq/genetics"), about("faq/iron")),
        (about("faq/iron"), about("faq/genetics", 0.59), about("faq/iron")),
        (about("faq/iron"), about("faq/iron"), about("faq/genetics", 0.59)),
        (about("faq/iron"), about("faq/iron"), about("symptom_check")),
        (about("faq/iron"), about("out_of_scope/everyday"), about("faq/iron")),
    ],
)
def test_one_answer_is_enough(whole: Prediction, first: Prediction, second: Prediction) -> None:
    assert together(whole, [first, second], ABOVE) is None


def test_every_task_has_an_answer_beside_another() -> None:
    answered = {name.removeprefix("utter_") for name in catalogue().answers} | set(also._BY_ACTION)
    assert answered >= TASKS
