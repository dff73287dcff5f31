"""How many lines are right, overall and for each label, and which labels are taken for which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from scipy.stats import binomtest

from stillnight.commands.judged import ASKED, Judged
from stillnight.nlu.labels import OUT_OF_SCOPE

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


def rate_of_set(lines: Sequence[Judged]) -> dict[str, Any]:
    """`rate`, and how many of the lines are `in_scope`."""
    return {**rate(lines), "in_scope": sum(line.wanted != OUT_OF_SCOPE for line in lines)}


def named_rates(figures: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """Each rate of a report by what it is of, none of them twice.

    A file that holds all that is in scope, or all that is not, lends its name to that row; what holds every line is the
    first row alone.
    """
    overall, sets = figures["overall"], figures["sets"]
    rows, named = [("all lines", overall)], set()
    for scope in ("in_scope", "out_of_scope"):
        kept = figures[scope]
        if kept["lines"] in (0, overall["lines"]):
            continue
        inside = scope == "in_scope"
        same = [
            name
            for name, each in sets.items()
            if each["lines"] == kept["lines"] and each["in_scope"] == (kept["lines"] if inside else 0)
        ]
        rows.append((", ".join([scope.replace("_", " "), *same]), kept))
        named |= set(same)
    rows += [(name, each) for name, each in sets.items() if name not in named and each["lines"] != overall["lines"]]
    return rows


def worst_first(labels: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    """Figures of labels in the order in which they are shown: least accurate first, of equals by name."""
    return sorted(labels.items(), key=lambda item: (item[1]["accuracy"], item[0]))


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
