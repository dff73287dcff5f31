"""How many lines are right, overall and for each label, and which labels are taken for which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from scipy.stats import binomtest

from stillnight.commands.judged import ASKED, Judged

_WORST: Final = 40


def rate(lines: Sequence[Judged]) -> dict[str, Any]:
    """Accuracy with its 95% Wilson interval; `with_questions`: asking about the right topic counts as half right."""
    if not lines:
        return {"lines": 0, "right": 0, "accuracy": None, "low": None, "high": None, "with_questions": None}
    right = sum(line.right for line in lines)
    half = sum(line.right_choice for line in lines) / 2
    interval = binomtest(right, len(lines)).proportion_ci(method="wilson")
    return {
        "lines": len(lines),
        "right": right,
        "accuracy": round(right / len(lines), 4),
        "low": round(float(interval.low), 4),
        "high": round(float(interval.high), 4),
        "with_questions": round((right + half) / len(lines), 4),
    }


def label_figures(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """Figures of every label that was wanted.

    The accuracy of a label is its recall. Of the lines that were `answered` with it, `precision` were right; an
    accepted neighbour is right, so a line may be right for a label that it does not bear. None when the label was
    never given.
    """
    figures = {}
    for label in sorted({line.wanted for line in judged}):
        given = [line.right for line in judged if line.answered == label]
        figures[label] = {
            **rate([line for line in judged if line.wanted == label]),
            "answered": len(given),
            "precision": round(sum(given) / len(given), 4) if given else None,
        }
    return figures


def confusions(wrong: Sequence[Judged]) -> list[dict[str, Any]]:
    """Which label was taken for which, and how often, most often first."""
    pairs = Counter((line.wanted, line.got) for line in wrong)
    return [{"wanted": wanted, "got": got, "times": times} for (wanted, got), times in pairs.most_common()]


def error(line: Judged) -> dict[str, Any]:
    """One wrong line for the report."""
    return {
        "text": line.text,
        "wanted": line.wanted,
        "got": line.got,
        "choices": list(line.choices),
        "confidence": line.confidence,
    }


def worst(wrong: Sequence[Judged]) -> list[dict[str, Any]]:
    """Wrong with the greatest confidence: forty at most.

    Lines that were asked about are left out, and those that were taken for danger, which has figures of its own.
    """
    sure = [line for line in wrong if line.got != ASKED and line.flag_heard is None]
    return [error(line) for line in sorted(sure, key=lambda line: -line.confidence)[:_WORST]]
