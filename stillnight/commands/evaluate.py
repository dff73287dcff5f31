"""How well labelled lines are understood: accuracy with its uncertainty, confusions, and what was wrongly refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scipy.stats import binomtest

from stillnight.commands.understand import RULE, Understanding
from stillnight.nlu.labels import OUT_OF_SCOPE

_LABELS = ("topic", "task", "red_flag")
ASKED = "(asked)"
NO_FLAG = "(no red flag)"


@dataclass(frozen=True)
class Judged:
    """One line: what was wanted (`alternatives` count as right too), and what came."""

    text: str
    wanted: str
    alternatives: frozenset[str]
    got: str
    choices: tuple[str, ...]
    confidence: float
    # Danger: category that was wanted and heard, and by which net.
    flag_wanted: str | None = None
    flag_heard: str | None = None
    flag_by: str | None = None
    near: str | None = None

    @property
    def right(self) -> bool:
        """Right at the first try."""
        return self.got == self.wanted or self.got in self.alternatives

    @property
    def right_choice(self) -> bool:
        """In doubt, but the right topic was among those asked about."""
        return self.got == ASKED and bool({self.wanted, *self.alternatives} & set(self.choices))


def judge(labelled: Mapping[str, Any], understood: Understanding) -> Judged:
    """Compare one labelled line with what the assistant made of it. Raises ValueError for a line without a label."""
    wanted = next((str(labelled[kind]) for kind in _LABELS if labelled.get(kind)), None)
    got = understood.red_flag or understood.topic or understood.task or ASKED
    if wanted is None:
        if "red_flag" not in labelled:
            raise ValueError(f"no topic, task or red_flag: {labelled}")
        # A near miss: whatever it means, it is no danger.
        wanted, got = NO_FLAG, understood.red_flag or NO_FLAG
    return Judged(
        str(labelled["text"]),
        wanted,
        frozenset(map(str, labelled.get("alt") or ())),
        got,
        understood.choices,
        understood.confidence,
        labelled.get("red_flag"),
        understood.red_flag,
        understood.red_flag_by,
        labelled.get("near"),
    )


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
        "red_flags": _dangers(judged),
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


def _dangers(judged: Sequence[Judged]) -> dict[str, Any]:
    """Recall of dangers (any flag counts as heard, so that nobody waits) and false alarms, overall and by category."""
    flags = [line for line in judged if line.flag_wanted]
    others = [line for line in judged if not line.flag_wanted]
    categories = sorted({line.flag_wanted for line in flags if line.flag_wanted})
    return {
        "overall": {**_heard(flags), **_alarmed(others)},
        "categories": {
            category: {
                **_heard([line for line in flags if line.flag_wanted == category]),
                **_alarmed([line for line in others if line.near == category]),
            }
            for category in categories
        },
        "missed": [line.text for line in flags if line.flag_heard is None],
        "false_alarms": [{"text": line.text, "got": line.flag_heard} for line in others if line.flag_heard],
    }


def _heard(flags: Sequence[Judged]) -> dict[str, Any]:
    heard = [line for line in flags if line.flag_heard]
    return {
        "flags": len(flags),
        "heard": len(heard),
        "by_rule": sum(line.flag_by == RULE for line in heard),
        "right_category": sum(line.right for line in heard),
        "recall": round(len(heard) / len(flags), 4) if flags else None,
    }


def _alarmed(others: Sequence[Judged]) -> dict[str, Any]:
    alarms = sum(line.flag_heard is not None for line in others)
    return {
        "harmless": len(others),
        "false_alarms": alarms,
        "false_alarm_rate": round(alarms / len(others), 4) if others else None,
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
        lines[-2:-2] = _danger_table(figures["red_flags"])
    worst_first = sorted(figures["labels"].items(), key=lambda item: (item[1]["accuracy"], item[0]))
    lines += [_row(label, rate) for label, rate in worst_first]
    lines += ["", "confusions (wanted → got)"]
    lines += [f"  {pair['times']:>3} × {pair['wanted']} → {pair['got']}" for pair in figures["confusions"][:30]]
    return "\n".join(lines)


def _danger_table(dangers: Mapping[str, Any]) -> list[str]:
    rows = {"all dangers": dangers["overall"], **dangers["categories"]}
    head = f"{'danger':<30}{'lines':>6}{'heard':>7}{'by rule':>9}{'category':>10}{'recall':>9}{'harmless':>10}{'alarms':>8}"
    return [
        "",
        head,
        *(
            f"{name:<30}{row['flags']:>6}{row['heard']:>7}{row['by_rule']:>9}{row['right_category']:>10}"
            f"{row['recall']:>9.1%}{row['harmless']:>10}{row['false_alarms']:>8}"
            for name, row in rows.items()
        ),
    ]


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
