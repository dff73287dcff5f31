"""Measuring understanding."""

from __future__ import annotations

import json
from typing import Any

import pytest

from stillnight.commands.evaluate import judged_lines, report, report_of_sets, table
from stillnight.commands.judged import ASKED, Judged, judge
from stillnight.commands.understand import Understanding


def understood(**fields: Any) -> Understanding:
    return Understanding(**{"text": "…", "topic": None, "task": None, "confidence": 0.9, **fields})


def line(wanted: str, got: str, *choices: str, text: str = "…", alternatives: frozenset[str] = frozenset()) -> Judged:
    return Judged(text, wanted, alternatives, got, choices, 0.5)


@pytest.mark.parametrize(
    ("labelled", "result", "wanted", "got"),
    [
        ({"topic": "iron"}, understood(topic="iron"), "iron", "iron"),
        ({"topic": "iron"}, understood(task="greet"), "iron", "greet"),
        ({"task": "greet"}, understood(task="greet"), "greet", "greet"),
        ({"task": "greet"}, understood(topic="iron"), "greet", "iron"),
        ({"topic": "iron"}, understood(choices=("iron",)), "iron", ASKED),
        ({"red_flag": "chest_pain"}, understood(red_flag="chest_pain", topic="heart"), "chest_pain", "chest_pain"),
        ({"red_flag": "chest_pain"}, understood(topic="heart"), "chest_pain", "heart"),
        ({"topic": "heart"}, understood(red_flag="chest_pain"), "heart", "chest_pain"),
        ({"topic": "", "task": "help"}, understood(task="help"), "help", "help"),
    ],
)
def test_line_is_judged_by_its_label(labelled: dict[str, str], result: Understanding, wanted: str, got: str) -> None:
    judged = judge({"text": "t", **labelled}, result)
    assert (judged.text, judged.wanted, judged.got) == ("t", wanted, got)
    assert judged.right is (wanted == got)


def test_line_without_label_is_refused() -> None:
    with pytest.raises(ValueError, match="no topic, task or red_flag"):
        judge({"text": "t", "topic": None}, understood())


def test_alternative_counts_as_right() -> None:
    labelled = {"text": "t", "topic": "iron", "alt": ["iron_foods", "blood_tests"]}
    assert judge(labelled, understood(topic="blood_tests")).right
    assert not judge(labelled, understood(topic="heart")).right
    assert judge({"text": "t", "topic": "iron", "alt": None}, understood(topic="iron")).right


def test_asking_with_the_right_choice_is_not_right_but_counted() -> None:
    labelled = {"text": "t", "topic": "iron", "alt": ["heart"]}
    for choices, found in ((("mood", "iron"), True), (("heart",), True), (("mood",), False), ((), False)):
        judged = judge(labelled, understood(choices=choices))
        assert not judged.right
        assert judged.right_choice is found
    assert not judge(labelled, understood(topic="mood", choices=("iron",))).right_choice


def test_second_question_of_a_message_counts_too() -> None:
    labelled = {"text": "t", "topic": "iron", "alt": ["blood_tests"]}
    for topic, also, right, answered in (
        ("heart", "iron", True, "iron"),
        ("heart", "blood_tests", True, "blood_tests"),
        ("iron", "heart", True, "iron"),
        ("heart", "mood", False, "heart"),
        ("heart", None, False, "heart"),
    ):
        judged = judge(labelled, understood(topic=topic, also=also))
        assert (judged.right, judged.got, judged.answered) == (right, topic, answered)


def test_line_keeps_how_surely_it_is_none_of_ours() -> None:
    assert judge({"text": "t", "topic": "iron"}, understood(topic="iron", outside=0.25)).outside == 0.25


def test_lines_are_judged_in_order() -> None:
    labelled = [{"text": "a", "topic": "iron"}, {"text": "b", "task": "greet"}]
    results = iter([understood(topic="iron"), understood(topic="iron")])
    assert [(judged.text, judged.right) for judged in judged_lines(labelled, results)] == [("a", True), ("b", False)]


def test_interval_is_wilsons() -> None:
    # By hand, z = 1.96: centre (0.8 + 3.8416/20) / 1.38416 = 0.7167,
    # half width 1.96 / 1.38416 · sqrt(0.8 · 0.2 / 10 + 3.8416/400) = 0.2266.
    overall = report([line("iron", "iron")] * 8 + [line("iron", "heart")] * 2)["overall"]
    assert (overall["lines"], overall["right"], overall["accuracy"]) == (10, 8, 0.8)
    assert overall["low"] == pytest.approx(0.4902, abs=1e-4)
    assert overall["high"] == pytest.approx(0.9433, abs=1e-4)


def test_interval_of_a_perfect_score_is_not_a_point() -> None:
    # 10 of 10: from n / (n + z²) = 10 / 13.8416 to 1.
    overall = report([line("iron", "iron")] * 10)["overall"]
    assert (overall["low"], overall["high"]) == (pytest.approx(0.7225, abs=1e-4), 1.0)


JUDGED = [
    line("iron", "iron"),
    line("iron", "heart", text="wrong one"),
    line("iron", "heart"),
    line("heart", ASKED, "iron", "heart"),
    line("heart", ASKED, "iron"),
    line("mood", "out_of_scope", text="rejected"),
    line("sleep", "out_of_scope", alternatives=frozenset({"out_of_scope"}), text="rightly rejected"),
    line("out_of_scope", "out_of_scope"),
    line("out_of_scope", "iron", text="accepted"),
    line("out_of_scope", ASKED, "iron"),
]


def test_report_counts_both_ways_out_of_scope() -> None:
    figures = report(JUDGED)
    assert (figures["overall"]["lines"], figures["overall"]["right"]) == (10, 3)
    assert (figures["in_scope"]["lines"], figures["in_scope"]["right"]) == (7, 2)
    assert (figures["out_of_scope"]["lines"], figures["out_of_scope"]["right"]) == (3, 1)
    assert figures["in_scope_rejected"] == ["rejected"]
    assert figures["out_of_scope_accepted"] == [{"text": "accepted", "got": "iron"}]


def test_report_counts_asked_lines_and_right_choices() -> None:
    figures = report(JUDGED)
    assert (figures["asked"], figures["asked_with_the_right_choice"]) == (3, 1)


def test_report_names_labels_confusions_and_errors() -> None:
    figures = report(JUDGED)
    assert list(figures["labels"]) == ["heart", "iron", "mood", "out_of_scope", "sleep"]
    assert (figures["labels"]["iron"]["right"], figures["labels"]["iron"]["lines"]) == (1, 3)
    assert figures["confusions"][0] == {"wanted": "iron", "got": "heart", "times": 2}
    assert len(figures["errors"]) == 7
    assert figures["errors"][0] == {
        "text": "wrong one",
        "wanted": "iron",
        "got": "heart",
        "choices": [],
        "confidence": 0.5,
    }
    assert json.loads(json.dumps(figures)) == figures


def test_table_can_be_read() -> None:
    rows = table(report(JUDGED)).splitlines()
    assert rows[0].split() == ["all", "lines", "10", "3", "30.0%", "10.8%", "to", "60.3%"]
    assert rows[1].startswith("in scope ")
    assert rows[2].startswith("out of scope ")
    assert rows[3] == "asked back: 3, with the right topic among the choices: 1"
    assert rows[4] == "in scope, wrongly rejected: 1"
    assert rows[5] == "out of scope, wrongly answered: 1"
    assert rows[6] == "a right question back counted half: 35.0%"
    # Seven lines at 0.5 were answered or refused, three of them rightly: |0.5 - 3/7|.
    assert rows[7] == "expected calibration error: 0.071"
    # Every line has the same probability, so that the curve is the diagonal.
    refused = "33.3% of them and 16.7% of ours are refused"
    assert rows[8] == f"other subjects told apart: AUROC 0.500; {refused}"
    confusions = rows[
        rows.index("confusions (wanted → got)") + 1 : rows.index("wrong with the greatest confidence") - 1
    ]
    assert confusions[:2] == ["    2 × iron → heart", "    2 × heart → (asked)"]
    assert len(confusions) == 5
    assert rows[-4:] == [
        "   50.0%  iron → heart  wrong one",
        "   50.0%  iron → heart  …",
        "   50.0%  mood → out_of_scope  rejected",
        "   50.0%  out_of_scope → iron  accepted",
    ]


def test_table_begins_with_the_worst_label() -> None:
    rows = table(report(JUDGED)).splitlines()
    first = next(number for number, row in enumerate(rows) if row.startswith("label "))
    labels = [row.split()[0] for row in rows[first + 1 : first + 6]]
    assert labels == ["heart", "mood", "iron", "out_of_scope", "sleep"]


def test_table_names_the_sets_when_there_are_several() -> None:
    one, two = [line("iron", "iron")] * 3, [line("iron", "heart")]
    rows = table(report_of_sets({"easy": one, "hard": two})).splitlines()
    assert rows[3].split()[:4] == ["easy", "3", "3", "100.0%"]
    assert rows[4].split()[:4] == ["hard", "1", "0", "0.0%"]
    assert not any(row.startswith("easy") for row in table(report_of_sets({"easy": one})).splitlines())


def test_table_of_nothing_is_no_error() -> None:
    rows = table(report([])).splitlines()
    assert rows[0].split() == ["all", "lines", "0"]
