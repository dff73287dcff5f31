"""Answer, ask, or say that it is not ours."""

from __future__ import annotations

import pytest

from stillnight.nlu.decision import Thresholds, decide
from stillnight.nlu.topic_model import Prediction

THRESHOLDS = Thresholds(
    answer_above=0.3, unknown_below=0.4, outside_above=0.5, danger_above=0.25, harmless_below=-1.0, choices=2
)


def prediction(ranking: dict[str, float], nearest: float = 0.9) -> Prediction:
    likeness = {name: nearest if not name.startswith("out_of_scope") else 0.99 for name in ranking}
    return Prediction(tuple(ranking.items()), likeness)


def test_probable_label_is_answered() -> None:
    decision = decide(prediction({"faq/iron": 0.8, "help": 0.2}), 0.0, THRESHOLDS)
    assert (decision.label, decision.confidence, decision.choices) == ("faq/iron", 0.8, ())
    assert decision.ranking == (("faq/iron", 0.8), ("help", 0.2))


def test_label_just_at_the_threshold_is_answered() -> None:
    assert decide(prediction({"help": 0.3, "faq/iron": 0.29}), 0.0, THRESHOLDS).label == "help"


def test_doubt_is_asked_about_with_the_likely_topics_and_no_tasks() -> None:
    doubtful = {"greet": 0.29, "faq/iron": 0.28, "out_of_scope/other": 0.2, "faq/heart": 0.15, "faq/mood": 0.08}
    decision = decide(prediction(doubtful), 0.0, THRESHOLDS)
    assert decision.label is None
    assert decision.confidence == 0.29
    assert decision.choices == ("iron", "heart")


def test_text_unlike_every_example_is_out_of_scope_however_sure_the_model_is() -> None:
    sure = {"faq/iron": 0.97, "out_of_scope/weather": 0.02, "out_of_scope/other": 0.01}
    decision = decide(prediction(sure, nearest=0.25), 0.0, THRESHOLDS)
    assert (decision.label, decision.confidence, decision.choices) == ("out_of_scope/weather", 0.75, ())


def test_likeness_to_any_in_scope_example_is_enough() -> None:
    ranking = (("faq/iron", 0.9), ("out_of_scope/other", 0.06), ("help", 0.04))
    near_a_task = Prediction(ranking, {"faq/iron": 0.1, "out_of_scope/other": 0.2, "help": 0.4})
    assert decide(near_a_task, 0.0, THRESHOLDS).label == "faq/iron"


def test_likeness_to_foreign_examples_does_not_count() -> None:
    foreign = Prediction(
        (("faq/iron", 0.9), ("out_of_scope/other", 0.1)), {"faq/iron": 0.39, "out_of_scope/other": 0.99}
    )
    assert decide(foreign, 0.0, THRESHOLDS).label == "out_of_scope/other"


def test_foreign_label_that_is_probable_is_answered_as_such() -> None:
    decision = decide(prediction({"out_of_scope/other": 0.6, "faq/iron": 0.4}), 0.0, THRESHOLDS)
    assert (decision.label, decision.confidence) == ("out_of_scope/other", 0.6)


def test_foreign_kinds_count_together() -> None:
    several = {"faq/iron": 0.45, "out_of_scope/weather": 0.3, "out_of_scope/other": 0.25}
    decision = decide(prediction(several), 0.0, THRESHOLDS)
    assert decision.label == "out_of_scope/weather"
    assert decision.confidence == pytest.approx(0.55)
    several = {"faq/iron": 0.55, "out_of_scope/weather": 0.3, "out_of_scope/other": 0.15}
    assert decide(prediction(several), 0.0, THRESHOLDS).label == "faq/iron"


def test_foreign_label_in_doubt_is_asked_about() -> None:
    decision = decide(prediction({"out_of_scope/other": 0.2, "faq/iron": 0.15}), 0.0, THRESHOLDS)
    assert (decision.label, decision.choices) == (None, ("iron",))


def test_model_without_foreign_examples_still_decides() -> None:
    assert decide(prediction({"faq/iron": 0.9, "help": 0.1}, nearest=0.1), 0.0, THRESHOLDS).label == "faq/iron"
    assert decide(prediction({"help": 0.1}, nearest=0.1), 0.0, THRESHOLDS).choices == ()


def test_danger_goes_before_a_likelier_answer() -> None:
    feared = {"faq/heart": 0.9, "red_flag/chest_pain": 0.06, "red_flag/stroke": 0.04}
    decision = decide(prediction(feared), 0.25, THRESHOLDS)
    assert (decision.label, decision.confidence, decision.choices) == ("red_flag/chest_pain", 0.25, ())


def test_danger_goes_before_what_is_unlike_every_example() -> None:
    feared = {"out_of_scope/other": 0.9, "red_flag/chest_pain": 0.1}
    assert decide(prediction(feared, nearest=0.1), 1.5, THRESHOLDS).label == "red_flag/chest_pain"


def test_only_the_second_net_says_that_there_is_danger() -> None:
    likely = {"red_flag/chest_pain": 0.6, "faq/heart": 0.4}
    decision = decide(prediction(likely), 0.24, THRESHOLDS)
    assert decision.label == "faq/heart"
    assert all(not name.startswith("red_flag/") for name, _ in decision.ranking)
