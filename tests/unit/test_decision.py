"""Answer, ask, or say that it is not ours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stillnight.nlu.decision import Danger, Thresholds, decide
from stillnight.nlu.topic_model import Prediction

THRESHOLDS = Thresholds(
    answer_above=0.3,
    outside_above=0.5,
    # The curve is the probability itself.
    outside_slope=1.0,
    outside_offset=0.0,
    danger_above=0.25,
    harmless_below=-1.0,
    self_harm_harmless_below=-3.0,
    topic_counts=0.0,
    self_harm_topic_counts=0.0,
    choices=2,
)
CALM = Danger(None, "clot", -5.0)


def prediction(ranking: dict[str, float]) -> Prediction:
    return Prediction(tuple(ranking.items()))


def test_probable_label_is_answered() -> None:
    decision = decide(prediction({"faq/iron": 0.8, "help": 0.2}), CALM, THRESHOLDS)
    assert (decision.label, decision.confidence, decision.choices) == ("faq/iron", 0.8, ())
    assert decision.ranking == (("faq/iron", 0.8), ("help", 0.2))


def test_label_just_at_the_threshold_is_answered() -> None:
    assert decide(prediction({"help": 0.3, "faq/iron": 0.29}), CALM, THRESHOLDS).label == "help"


def test_bare_names_of_medicines_are_no_danger_for_the_second_net_alone() -> None:
    sure = prediction({"faq/iron": 0.9, "help": 0.1})
    assert decide(sure, Danger(None, "overdose", 9.0, bare=True), THRESHOLDS).label == "faq/iron"
    assert decide(sure, Danger("overdose", "overdose", 9.0, bare=True), THRESHOLDS).label == "red_flag/overdose"


def test_doubt_is_asked_about_with_the_likely_topics_and_no_tasks() -> None:
    doubtful = {"greet": 0.29, "faq/iron": 0.28, "out_of_scope/other": 0.2, "faq/heart": 0.15, "faq/mood": 0.08}
    decision = decide(prediction(doubtful), CALM, THRESHOLDS)
    assert decision.label is None
    assert decision.confidence == 0.29
    assert decision.choices == ("iron", "heart")


def test_foreign_label_that_is_probable_is_answered_as_such() -> None:
    decision = decide(prediction({"out_of_scope/other": 0.6, "faq/iron": 0.4}), CALM, THRESHOLDS)
    assert (decision.label, decision.confidence) == ("out_of_scope/other", 0.6)


def test_foreign_kinds_count_together() -> None:
    several = {"faq/iron": 0.45, "out_of_scope/weather": 0.3, "out_of_scope/other": 0.25}
    decision = decide(prediction(several), CALM, THRESHOLDS)
    assert decision.label == "out_of_scope/weather"
    assert decision.confidence == pytest.approx(0.55)
    several = {"faq/iron": 0.55, "out_of_scope/weather": 0.3, "out_of_scope/other": 0.15}
    assert decide(prediction(several), CALM, THRESHOLDS).label == "faq/iron"


def test_what_is_told_in_passing_must_be_likelier_than_all_topics_together() -> None:
    told = decide(prediction({"out_of_scope/aside": 0.6, "faq/iron": 0.4}), CALM, THRESHOLDS)
    assert (told.label, told.outside) == ("out_of_scope/aside", 0.6)
    # It neither wins by a little nor speaks against a topic together with other subjects.
    mixed = {"out_of_scope/aside": 0.4, "faq/iron": 0.32, "out_of_scope/everyday": 0.28}
    assert decide(prediction(mixed), CALM, THRESHOLDS).label == "faq/iron"


def test_foreign_label_in_doubt_is_asked_about() -> None:
    decision = decide(prediction({"out_of_scope/other": 0.2, "faq/iron": 0.15}), CALM, THRESHOLDS)
    assert (decision.label, decision.choices) == (None, ("iron",))


def test_model_without_foreign_examples_still_decides() -> None:
    assert decide(prediction({"faq/iron": 0.9, "help": 0.1}), CALM, THRESHOLDS).label == "faq/iron"
    assert decide(prediction({"help": 0.1}), CALM, THRESHOLDS).choices == ()


SURE = prediction({"faq/heart": 0.99, "help": 0.01})


def label_after(danger: Danger) -> str | None:
    return decide(SURE, danger, THRESHOLDS).label


def test_danger_of_the_second_net_goes_before_a_likelier_answer() -> None:
    assert label_after(Danger(None, "clot", 0.25)) == "red_flag/clot"
    assert label_after(Danger(None, "clot", 0.24)) == "faq/heart"


def test_the_farther_over_the_border_the_more_confident() -> None:
    little, much = (decide(SURE, Danger(None, "clot", distance), THRESHOLDS).confidence for distance in (0.3, 3.0))
    assert 0.5 < little < much < 1


def test_danger_goes_before_what_is_unlike_every_example() -> None:
    strange = prediction({"out_of_scope/other": 0.9, "faq/heart": 0.1})
    assert decide(strange, Danger(None, "clot", 1.5), THRESHOLDS).label == "red_flag/clot"


def test_what_a_rule_found_stands_although_the_second_net_doubts() -> None:
    decision = decide(SURE, Danger("overdose", "clot", -1.0), THRESHOLDS)
    assert (decision.label, decision.confidence) == ("red_flag/overdose", 1.0)


def test_what_a_rule_found_is_taken_back_when_the_second_net_is_far_from_agreeing() -> None:
    assert label_after(Danger("overdose", "clot", -1.01)) == "faq/heart"


def test_message_that_is_surely_ours_needs_more_to_be_taken_for_danger() -> None:
    counting = replace(THRESHOLDS, topic_counts=2.0)
    unsure = prediction({"faq/heart": 0.3, "help": 0.2})
    assert decide(SURE, Danger(None, "clot", 1.0), counting).label == "faq/heart"
    assert decide(unsure, Danger(None, "clot", 1.0), counting).label == "red_flag/clot"
    assert decide(SURE, Danger("clot", "clot", 0.0), counting).label == "red_flag/clot"
    # Self-harm has an allowance of its own.
    assert decide(SURE, Danger(None, "self_harm", 1.0), counting).label == "red_flag/self_harm"


def test_more_is_needed_to_take_self_harm_back() -> None:
    assert label_after(Danger("self_harm", "clot", -3.0)) == "red_flag/self_harm"
    assert label_after(Danger("self_harm", "clot", -3.01)) == "faq/heart"
