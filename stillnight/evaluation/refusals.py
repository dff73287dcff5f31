"""How well other subjects are told from ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sklearn.metrics import roc_auc_score, roc_curve

from stillnight.commands.judged import Judged
from stillnight.nlu.labels import OUT_OF_SCOPE


def refusal_figures(judged: Sequence[Judged]) -> dict[str, Any]:
    """The ROC curve of `outside`, the area beneath it, and what is really refused.

    Positive are lines of other subjects, negative those of ours; lines that may be either, and lines about danger, take
    no part. `true_rate` and `false_rate` are the working point: the part of other subjects and of our own that the
    assistant refuses with the thresholds of `config.yml`. Area and curve are None unless both kinds of lines are there.
    """
    other = [line for line in judged if line.wanted == OUT_OF_SCOPE]
    own = [line for line in judged if OUT_OF_SCOPE not in line.accepted and not line.about_danger]
    area, curve = None, None
    if other and own:
        wanted = [True] * len(other) + [False] * len(own)
        scores = [line.outside for line in (*other, *own)]
        area = round(float(roc_auc_score(wanted, scores)), 4)
        false, true, _ = roc_curve(wanted, scores)
        curve = [[round(float(x), 4), round(float(y), 4)] for x, y in zip(false, true)]
    return {
        "other_subjects": len(other),
        "ours": len(own),
        "area": area,
        "true_rate": _refused(other),
        "false_rate": _refused(own),
        "curve": curve,
    }


def _refused(lines: Sequence[Judged]) -> float | None:
    return round(sum(line.got == OUT_OF_SCOPE for line in lines) / len(lines), 4) if lines else None
