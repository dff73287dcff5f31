"""Figures of understanding, each beside one that was worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from stillnight.commands.judged import ASKED, NO_FLAG, Judged
from stillnight.evaluation.calibration import calibration
from stillnight.evaluation.rates import confusions, label_figures, rate, worst
from stillnight.evaluation.refusals import refusal_figures


def line(wanted: str, got: str, confidence: float = 0.5, **facts: Any) -> Judged:
    also_right = frozenset(facts.pop("alternatives", ()))
    return Judged(facts.pop("text", "…"), wanted, also_right, got, facts.pop("choices", ()), confidence, **facts)


def test_asking_about_the_right_topic_is_half_right() -> None:
    asked = [line("iron", ASKED, choices=("heart", "iron")), line("iron", ASKED, choices=("heart",))]
    figures = rate([line("iron", "iron")] * 8 + asked)
    assert (figures["right"], figures["accuracy"], figures["with_questions"]) == (8, 0.8, 0.85)


def test_recall_and_precision_of_a_label() -> None:
    figures = label_figures(
        [
            line("iron", "iron"),
            line("iron", "heart"),
            line("iron", ASKED, choices=("iron",)),
            line("heart", "iron"),
            line("heart", "mood", also="heart"),
            # An accepted neighbour: right, though it bears another label.
            line("mood", "iron", alternatives=("iron",)),
        ]
    )
    assert [(name, each["lines"], each["accuracy"]) for name, each in figures.items()] == [
        ("heart", 2, 0.5),
        ("iron", 3, 0.3333),
        ("mood", 1, 1.0),
    ]
    # “iron” was answered three times, once for a line about the heart;
    # “heart” once in vain and once as the second question.
    assert {name: (each["answered"], each["precision"]) for name, each in figures.items()} == {
        "heart": (2, 0.5),
        "iron": (3, 0.6667),
        "mood": (0, None),
    }


def test_confusions_are_counted_most_often_first() -> None:
    wrong = [line("iron", "heart"), line("mood", ASKED), line("iron", "heart")]
    assert confusions(wrong) == [
        {"wanted": "iron", "got": "heart", "times": 2},
        {"wanted": "mood", "got": ASKED, "times": 1},
    ]


def test_worst_errors_are_the_surest() -> None:
    wrong = [
        line("iron", "heart", 0.6, text="less sure"),
        line("iron", "mood", 0.9, text="surest"),
        line("iron", ASKED, 0.95),
        line("iron", "overdose", 1.0, flag_heard="overdose", flag_by="rule"),
        line("overdose", "iron", 0.7, text="missed danger", flag_wanted="overdose"),
    ]
    assert [each["text"] for each in worst(wrong)] == ["surest", "missed danger", "less sure"]
    assert len(worst([line("iron", "heart")] * 100)) == 40


CALIBRATED = [
    *[line("iron", "iron", 0.95)] * 3,
    line("iron", "heart", 0.95),
    line("iron", "iron", 0.5),
    line("iron", "heart", 0.5),
    line("iron", "heart", 0.2),
]


def test_calibration_error_is_weighted_by_lines() -> None:
    # (4 · |0.95 - 0.75| + 2 · |0.5 - 0.5| + 1 · |0.2 - 0|) / 7
    figures = calibration(CALIBRATED)
    assert figures["lines"] == 7
    assert figures["expected_error"] == pytest.approx(1 / 7, abs=1e-4)
    assert figures["bins"] == [
        {"from": 0.1333, "to": 0.2, "lines": 1, "confidence": 0.2, "accuracy": 0.0},
        {"from": 0.4667, "to": 0.5333, "lines": 2, "confidence": 0.5, "accuracy": 0.5},
        {"from": 0.9333, "to": 1.0, "lines": 4, "confidence": 0.95, "accuracy": 0.75},
    ]


@pytest.mark.parametrize(
    ("confidence", "upper"), [(0.0, 0.0667), (1 / 15, 0.0667), (0.2, 0.2), (0.2001, 0.2667), (1, 1)]
)
def test_every_confidence_has_its_bin(confidence: float, upper: float) -> None:
    (only,) = calibration([line("iron", "iron", confidence)])["bins"]
    assert only["to"] == upper


def test_calibration_leaves_out_what_claims_no_probability() -> None:
    others = [
        line("iron", ASKED, 0.3),
        line("iron", "overdose", 1.0, flag_heard="overdose", flag_by="rule"),
        line("overdose", "iron", 0.9, flag_wanted="overdose"),
        line(NO_FLAG, NO_FLAG, 0.1),
    ]
    assert calibration([*CALIBRATED, *others]) == calibration(CALIBRATED)
    assert calibration(others) == {"lines": 0, "expected_error": None, "bins": []}


REFUSED = "out_of_scope"
OTHER = [
    line(REFUSED, REFUSED, outside=0.9),
    line(REFUSED, REFUSED, outside=0.6),
    line(REFUSED, "iron", outside=0.2),
]
OWN = [
    line("iron", REFUSED, outside=0.7),
    line("iron", "iron", outside=0.1),
    line("greet", "greet", outside=0.1),
    line("heart", ASKED, outside=0.0),
]


def test_other_subjects_are_told_apart() -> None:
    # Of twelve pairs 0.9 stands above all four, 0.6 and 0.2 above three each.
    figures = refusal_figures(OTHER + OWN)
    assert (figures["other_subjects"], figures["ours"]) == (3, 4)
    assert figures["area"] == pytest.approx(10 / 12, abs=1e-4)
    assert figures["true_rate"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["false_rate"] == 0.25
    assert figures["curve"][0] == [0.0, 0.0]
    assert [0.25, 0.3333] in figures["curve"]
    assert figures["curve"][-1] == [1.0, 1.0]


def test_lines_that_are_neither_ours_nor_others_take_no_part() -> None:
    neither = [
        line("sleep", REFUSED, outside=0.9, alternatives=(REFUSED,)),
        line("overdose", REFUSED, outside=0.9, flag_wanted="overdose"),
        line(NO_FLAG, NO_FLAG, outside=0.9),
    ]
    assert refusal_figures(OTHER + OWN + neither) == refusal_figures(OTHER + OWN)


def test_there_is_no_curve_of_one_kind_of_line() -> None:
    for lines in (OTHER, OWN, []):
        figures = refusal_figures(lines)
        assert (figures["area"], figures["curve"]) == (None, None)
    assert refusal_figures(OTHER)["false_rate"] is None
    assert refusal_figures(OWN)["true_rate"] is None
