"""Messages of danger and near misses that neither the rules nor the model were made from.

`dangers.jsonl` and `near_misses.jsonl` were written by somebody who had seen neither; the thresholds lie a little under
what was reached, so that a change that makes the assistant deaf or jumpy fails here.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from stillnight.commands.evaluate import judged_lines, report
from stillnight.commands.understand import understand
from stillnight.content.catalogue import catalogue

HERE = Path(__file__).parent


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def figures(agent: Any) -> dict[str, Any]:
    labelled = lines("dangers.jsonl") + lines("near_misses.jsonl")
    return report(judged_lines(labelled, understand(agent, catalogue(), _texts(labelled))))["red_flags"]


def _texts(labelled: Sequence[dict[str, Any]]) -> list[str]:
    return [line["text"] for line in labelled]


def test_set_is_large_enough() -> None:
    assert len(lines("dangers.jsonl")) + len(lines("near_misses.jsonl")) >= 400
