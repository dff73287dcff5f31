"""Whether “80% sure” is right four times of five."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from stillnight.commands.judged import ASKED, Judged

BINS: Final = 15


def calibration(judged: Sequence[Judged]) -> dict[str, Any]:
    """Expected calibration error and the table of the reliability diagram (Guo et al. 2017).

    15 bins of equal width over the confidence, each open below and closed above; the error is the mean distance between
    confidence and accuracy over the bins, weighted by their lines. Bins without lines are not in the table.

    What counts are lines that were answered or refused: who asks back claims nothing, and danger by rule has no
    probability.
    """
    lines = [line for line in judged if line.got != ASKED and line.flag_heard is None and not line.about_danger]
    if not lines:
        return {"lines": 0, "expected_error": None, "bins": []}
    bins = [_bin(number, [line for line in lines if _bin_of(line.confidence) == number]) for number in range(BINS)]
    filled = [each for each in bins if each["lines"]]
    error = sum(each["lines"] * abs(each["confidence"] - each["accuracy"]) for each in filled) / len(lines)
    return {"lines": len(lines), "expected_error": round(error, 4), "bins": filled}


def _bin_of(confidence: float) -> int:
    # Without the rounding 0.2 would lie above the border 3/15.
    return min(BINS - 1, max(0, math.ceil(round(confidence * BINS, 9)) - 1))


def _bin(number: int, lines: Sequence[Judged]) -> dict[str, Any]:
    return {
        "from": round(number / BINS, 4),
        "to": round((number + 1) / BINS, 4),
        "lines": len(lines),
        "confidence": round(sum(line.confidence for line in lines) / len(lines), 4) if lines else None,
        "accuracy": round(sum(line.right for line in lines) / len(lines), 4) if lines else None,
    }
