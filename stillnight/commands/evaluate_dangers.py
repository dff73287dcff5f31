"""How well dangers are heard: recall and false alarms, overall and for each category."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stillnight.commands.judged import Judged
from stillnight.commands.understand import RULE


def danger_figures(judged: Sequence[Judged]) -> dict[str, Any]:
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


def danger_table(dangers: Mapping[str, Any]) -> list[str]:
    """The figures as lines to read."""
    rows = {"all dangers": dangers["overall"], **dangers["categories"]}
    columns = f"{'heard':>7}{'by rule':>9}{'category':>10}{'recall':>9}{'harmless':>10}{'alarms':>8}"
    head = f"{'danger':<30}{'lines':>6}{columns}"
    return [
        "",
        head,
        *(
            f"{name:<30}{row['flags']:>6}{row['heard']:>7}{row['by_rule']:>9}{row['right_category']:>10}"
            f"{row['recall']:>9.1%}{row['harmless']:>10}{row['false_alarms']:>8}"
            for name, row in rows.items()
        ),
    ]
