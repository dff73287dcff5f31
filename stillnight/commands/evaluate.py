"""How well labelled lines are understood: accuracy with its uncertainty, confusions, and what was wrongly refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from scipy.stats import binomtest

from stillnight.commands.evaluate_dangers import danger_figures, danger_table
from stillnight.commands.judged import ASKED, Judged, judge
from stillnight.commands.understand import Understanding
from stillnight.nlu.labels import OUT_OF_SCOPE


def _rate(lines: Sequence[Judged]) -> dict[str, Any]:
    right = sum(line.right for line in lines)
    if not lines:
        return {"lines": 0, "right": 0, "accuracy": None, "low": None, "high": None}
    interval = binomtest(right, len(lines)).proportion_ci(method="wilson")
    return {
        "lines": len(lines),
        "right": right,
        "accuracy": round(right / len(lines), 4),
        "low": round(float(interval.low), 4),
        "high": round(float(interval.high), 4),
    }


def report(judged: Sequence[Judged]) -> dict[str, Any]:
    """Figures for JSON: overall and per label with 95% Wilson intervals, confusion pairs, out-of-scope both ways."""
    in_scope = [line for line in judged if line.wanted != OUT_OF_SCOPE]
    outside = [line for line in judged if line.wanted == OUT_OF_SCOPE]
    wrong = [line for line in judged if not line.right]
    pairs = Counter((line.wanted, line.got) for line in wrong)
    return {
        "overall": _rate(judged),
        "in_scope": _rate(in_scope),
        "out_of_scope": _rate(outside),
        "asked": sum(line.got == ASKED for line in judged),
        "asked_with_the_right_choice": sum(line.right_choice for line in judged),
        "in_scope_rejected": [line.text for line in in_scope if line.got == OUT_OF_SCOPE and not line.right],
        "out_of_scope_accepted": [
            {"text": line.text, "got": line.got} for line in outside if not line.right and line.got != ASKED
        ],
        "red_flags": danger_figures(judged),
        "labels": {
            label: _rate([line for line in judged if line.wanted == label])
            for label in sorted({line.wanted for line in judged})
        },
        "confusions": [{"wanted": wanted, "got": got, "times": times} for (wanted, got), times in pairs.most_common()],
        "errors": [
            {
                "text": line.text,
                "wanted": line.wanted,
                "got": line.got,
                "choices": list(line.choices),
                "confidence": line.confidence,
            }
            for line in wrong
        ],
    }


def table(figures: Mapping[str, Any]) -> str:
    """The report as text to read."""
    lines = [_row("all lines", figures["overall"]), _row("in scope", figures["in_scope"])]
    lines.append(_row("out of scope", figures["out_of_scope"]))
    with_right = figures["asked_with_the_right_choice"]
    lines.append(f"asked back: {figures['asked']}, with the right topic among the choices: {with_right}")
    lines.append(f"in scope, wrongly rejected: {len(figures['in_scope_rejected'])}")
    lines.append(f"out of scope, wrongly answered: {len(figures['out_of_scope_accepted'])}")
    lines += ["", f"{'label':<28}{'lines':>6}{'right':>7}{'accuracy':>10}   95% interval"]
    if figures["red_flags"]["overall"]["flags"]:
        lines[-2:-2] = danger_table(figures["red_flags"])
    worst_first = sorted(figures["labels"].items(), key=lambda item: (item[1]["accuracy"], item[0]))
    lines += [_row(label, rate) for label, rate in worst_first]
    lines += ["", "confusions (wanted → got)"]
    lines += [f"  {pair['times']:>3} × {pair['wanted']} → {pair['got']}" for pair in figures["confusions"][:30]]
    return "\n".join(lines)


def _row(name: str, rate: Mapping[str, Any]) -> str:
    if not rate["lines"]:
        return f"{name:<28}{0:>6}"
    return (
        f"{name:<28}{rate['lines']:>6}{rate['right']:>7}{rate['accuracy']:>10.1%}"
        f"   {rate['low']:.1%} to {rate['high']:.1%}"
    )


def judged_lines(labelled: Sequence[Mapping[str, Any]], understood: Iterable[Understanding]) -> list[Judged]:
    """Every line judged, in order."""
    return [judge(line, result) for line, result in zip(labelled, understood)]
