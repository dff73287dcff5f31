"""Numbers of `config.yml` that are chosen by trying: which examples are left out together, what counts as right."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from stillnight.commands.tune import TUNED_ON, refusals, strengths, tuning_lines
from stillnight.evaluation import tuning
from stillnight.evaluation.tuning import Curve, Folds, Samples, alike, curve, outside
from stillnight.nlu.decision import Danger, Thresholds, decide
from stillnight.nlu.topic_model import Hyperparameters, Prediction
from stillnight.nlu.topic_options import TopicOptions
from stillnight.nlu.weights import Vectors

USUAL = Hyperparameters()
KINDS = ("faq/iron", "faq/sleep", "greet")


def towards(*degrees: float) -> Vectors:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


@pytest.mark.parametrize("size", [1, 2, 3, 2000])
def test_examples_that_are_alike_are_of_one_group_also_by_way_of_a_third(
    monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(tuning, "_BLOCK", size)
    # Cosines of 25 and 27 degrees: 0.906 and 0.891.
    found = alike(towards(0, 100, 25, 127, 50))
    assert [found[0] == each for each in found] == [True, False, True, False, True]
    assert found[1] != found[3]


def at_random(rows: int) -> Vectors:
    vectors = np.random.default_rng(0).normal(size=(rows, 32)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_examples_that_are_alike_are_left_out_together() -> None:
    # Nothing tells the label of a text but its twin, which may not be there.
    vectors = np.repeat(at_random(60), 2, axis=0)
    labels = [KINDS[number // 2 % 3] for number in range(120)]
    words = [f"word{number // 2}" for number in range(120)]
    score = Folds(Samples(words, vectors, labels), [USUAL], USUAL, 3).score(USUAL)
    assert score.right < 0.6
    assert score.loss > math.log(2)


def clear(labels: list[str]) -> Samples:
    """Texts of which meaning and letters tell the part before the last slash; no two are alike."""
    shown = np.array([shown_by(label) for label in labels])
    vectors = 0.75 * np.eye(32, dtype=np.float32)[shown] + at_random(len(labels))
    return Samples(
        [f"thing{label.partition('/')[0]} number{number}" for number, label in enumerate(labels)],
        vectors / np.linalg.norm(vectors, axis=1, keepdims=True),
        labels,
    )


def shown_by(label: str) -> int:
    return ("faq", "greet", "out_of_scope").index(label.partition("/")[0])


def test_any_kind_of_other_subject_is_as_good_as_another() -> None:
    samples = clear(["out_of_scope/a", "out_of_scope/b", "greet"] * 30)
    assert Folds(samples, [USUAL], USUAL, 3).score(USUAL).right > 0.95
    # Of two topics that nothing tells apart half are wrong.
    samples = clear(["faq/a", "faq/b", "greet"] * 30)
    assert Folds(samples, [USUAL], USUAL, 3).score(USUAL).right < 0.9


def test_tables_hold_every_number_that_is_tried_and_the_best() -> None:
    rows = list(strengths(clear(["out_of_scope/a", "faq/a", "greet"] * 30), Hyperparameters(meaning_c=3.0), 3))
    table = [row for row in rows if row.startswith("| ")]
    assert table[0] == "| `meaning_c` \\ `letters_c` | 0.5 | 1 | 2 | 4 | 8 |"
    assert [row.split()[1] for row in table[2:8]] == ["1", "2", "3", "5", "10", "20"]
    assert any(row.startswith("In config.yml: meaning_c 3, letters_c 2: ") and "Most right: " in row for row in rows)
    assert [row.split("`")[1] for row in table[-3:]] == ["letters_sharpness", "meaning_weight", "likeness_weight"]


def test_curve_is_found_again() -> None:
    random = np.random.default_rng(0)
    strangeness = random.uniform(0.001, 0.999, 20_000)
    is_other = random.uniform(size=20_000) < outside(strangeness, Curve(0.8, 2.0))
    found = curve(strangeness, is_other)
    assert found.slope == pytest.approx(0.8, abs=0.1)
    assert found.offset == pytest.approx(2.0, abs=0.1)


def test_curve_that_weighs_both_evenly_does_not_depend_on_how_many_there_are() -> None:
    random = np.random.default_rng(0)
    other, own = random.beta(4, 2, 20_000), random.beta(2, 4, 20_000)
    few = [
        curve(np.concatenate([other, own[:count]]), np.arange(20_000 + count) < 20_000, evenly=True)
        for count in (2_000, 20_000)
    ]
    assert few[0].offset == pytest.approx(few[1].offset, abs=0.1)
    assert few[0].slope == pytest.approx(few[1].slope, abs=0.1)


@pytest.mark.parametrize("strangeness", [0.0, 0.02, 0.3, 0.99, 1.0])
def test_curve_is_the_one_that_decides(strangeness: float) -> None:
    options = TopicOptions()
    thresholds = Thresholds(**{name: getattr(options, name) for name in Thresholds.__dataclass_fields__})
    prediction = Prediction((("out_of_scope/everyday", strangeness), ("greet", 1 - strangeness)))
    decided = decide(prediction, Danger(None, None, -math.inf), thresholds).outside
    own = Curve(options.outside_slope, options.outside_offset)
    assert outside(np.array([strangeness]), own)[0] == pytest.approx(decided)


def test_lines_for_tuning_are_none_of_the_last() -> None:
    assert not any(name.startswith(("last", "corners")) for name in TUNED_ON)
    assert len(tuning_lines()) > 2000


def test_refusals_of_the_real_model_leave_out_what_may_be_either_and_dangers(agent: Any) -> None:
    other = ["how do i change a tyre", "best pizza in town", "who won the match", "fix my printer", "write me a poem"]
    own = [
        "can low iron cause restless legs",
        "is it inherited",
        "does magnesium help",
        "what is plmd",
        "is there a cure",
    ]
    lines: list[dict[str, Any]] = [
        *({"text": text, "task": "out_of_scope"} for text in other),
        *({"text": text, "topic": "iron"} for text in own),
        {"text": "what helps", "topic": "treatments", "alt": ["out_of_scope"]},
        {"text": "i want to kill myself", "topic": "mood"},
    ]
    rows = list(refusals(agent, lines))
    assert rows[0] == "5 lines of other subjects, 5 of ours:"
    options = TopicOptions()
    assert rows[4].startswith(
        f"| in config.yml | {options.outside_slope:.2f} | {options.outside_offset:.2f} | 100.0%, "
    )
    assert [row.split(" | ")[0] for row in rows[5:]] == ["| fitted", "| fitted, both weighing the same"]
