"""How well labelled lines are understood: accuracy with its uncertainty, confusions, and what was wrongly refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from stillnight.commands.evaluate_dangers import danger_figures, danger_table
from stillnight.commands.judged import ASKED, Judged, judge
from stillnight.commands.understand import Understanding
from stillnight.evaluation.calibration import calibration
from stillnight.evaluation.rates import confusions, error, label_figures, rate, rate_of_set, worst, worst_first
from stillnight.evaluation.refusals import refusal_figures
from stillnight.nlu.labels import OUT_OF_SCOPE

_CONFUSIONS_SHOWN: Final = 30
_WORST_SHOWN: Final = 10


def judged_lines(labelled: Sequence[Mapping[str, Any]], understood: Iterable[Understanding]) -> list[Judged]:
    """Every line judged, in order."""
    return [judge(line, result) for line, result in zip(labelled, understood)]


def report_of_sets(sets: Mapping[str, Sequence[Judged]]) -> dict[str, Any]:
    """Figures of several sets together, and the accuracy of each under `sets`."""
    together = [line for lines in sets.values() for line in lines]
    return {**report(together), "sets": {name: rate_of_set(lines) for name, lines in sets.items()}}


def report(judged: Sequence[Judged]) -> dict[str, Any]:
    """Figures for JSON.

    Overall and per label with 95% Wilson intervals, precision, calibration, confusions, errors, out-of-scope both ways.
    """
    in_scope = [line for line in judged if line.wanted != OUT_OF_SCOPE]
    outside = [line for line in judged if line.wanted == OUT_OF_SCOPE]
    wrong = [line for line in judged if not line.right]
    return {
        "overall": rate(judged),
        "in_scope": rate(in_scope),
        "out_of_scope": rate(outside),
        "asked": sum(line.got == ASKED for line in judged),
        "asked_with_the_right_choice": sum(line.right_choice for line in judged),
        "in_scope_rejected": [line.text for line in in_scope if line.got == OUT_OF_SCOPE and not line.right],
        "out_of_scope_accepted": [
            {"text": line.text, "got": line.got} for line in outside if not line.right and line.got != ASKED
        ],
        "refusals": refusal_figures(judged),
        "calibration": calibration(judged),
        "red_flags": danger_figures(judged),
        "labels": label_figures(judged),
        "confusions": confusions(wrong),
        "worst": worst(wrong),
        "errors": [error(line) for line in wrong],
    }


def table(figures: Mapping[str, Any]) -> str:
    """The report as text to read."""
    lines = [_row("all lines", figures["overall"]), _row("in scope", figures["in_scope"])]
    lines.append(_row("out of scope", figures["out_of_scope"]))
    sets = figures.get("sets", {})
    lines += [_row(name, each) for name, each in sets.items() if len(sets) > 1]
    with_right = figures["asked_with_the_right_choice"]
    lines.append(f"asked back: {figures['asked']}, with the right topic among the choices: {with_right}")
    lines.append(f"in scope, wrongly rejected: {len(figures['in_scope_rejected'])}")
    lines.append(f"out of scope, wrongly answered: {len(figures['out_of_scope_accepted'])}")
    lines += _probabilities(figures)
    if figures["red_flags"]["overall"]["flags"]:
        lines += danger_table(figures["red_flags"])
    lines += ["", f"{_head('label')}{'precision':>17}"]
    lines += [f"{_row(label, each)}{_percent(each['precision']):>10}" for label, each in worst_first(figures["labels"])]
    lines += ["", "confusions (wanted → got)"]
    pairs = figures["confusions"][:_CONFUSIONS_SHOWN]
    lines += [f"  {pair['times']:>3} × {pair['wanted']} → {pair['got']}" for pair in pairs]
    lines += ["", "wrong with the greatest confidence"]
    for each in figures["worst"][:_WORST_SHOWN]:
        lines.append(f"  {each['confidence']:>6.1%}  {each['wanted']} → {each['got']}  {each['text']}")
    return "\n".join(lines)


def _probabilities(figures: Mapping[str, Any]) -> list[str]:
    lines = []
    if figures["overall"]["lines"]:
        lines.append(f"a right question back counted half: {figures['overall']['with_questions']:.1%}")
    if figures["calibration"]["lines"]:
        lines.append(f"expected calibration error: {figures['calibration']['expected_error']:.3f}")
    refusals = figures["refusals"]
    if refusals["area"] is not None:
        point = f"{refusals['true_rate']:.1%} of them and {refusals['false_rate']:.1%} of ours are refused"
        lines.append(f"other subjects told apart: AUROC {refusals['area']:.3f}; {point}")
    return lines


def _head(name: str) -> str:
    return f"{name:<28}{'lines':>6}{'right':>7}{'accuracy':>10}   95% interval"


def _percent(part: float | None) -> str:
    return "–" if part is None else f"{part:.1%}"


def _row(name: str, rate: Mapping[str, Any]) -> str:
    if not rate["lines"]:
        return f"{name:<28}{0:>6}"
    interval = f"{rate['low']:.1%} to {rate['high']:.1%}"
    return f"{name:<28}{rate['lines']:>6}{rate['right']:>7}{rate['accuracy']:>10.1%}   {interval:<16}".rstrip()
