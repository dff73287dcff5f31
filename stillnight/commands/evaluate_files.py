"""`stillnight evaluate`: labelled files in, figures, a page, pictures and the difference to committed figures out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent

from stillnight.commands.evaluate import judged_lines, report_of_sets, table
from stillnight.commands.understand import understand
from stillnight.content.catalogue import Catalogue
from stillnight.evaluation import baseline
from stillnight.evaluation.baseline import BaselineError, Change
from stillnight.evaluation.page import page, pictures
from stillnight.paths import PROJECT

_FOR_DOCS = ("reliability", "roc")


@dataclass(frozen=True)
class Outputs:
    """Where figures go, each None when not wanted. update: `baseline` is written anew, not held against them."""

    json: Path | None = None
    html: Path | None = None
    plots: Path | None = None
    baseline: Path | None = None
    update: bool = False

    def committed(self) -> dict[str, dict[str, Any]]:
        """Figures to compare with. Raises BaselineError when they are wanted and cannot be read."""
        if self.baseline is None:
            return {}
        try:
            return baseline.read(self.baseline)
        except BaselineError:
            if self.update:
                return {}
            raise


def figures_of(agent: Agent, catalogue: Catalogue, sets: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    """Figures of labelled lines by name of the set. Raises ValueError for a line without a label."""
    return report_of_sets(
        {
            name: judged_lines(lines, understand(agent, catalogue, [line["text"] for line in lines]))
            for name, lines in sets.items()
        }
    )


def about(model: Path, files: Sequence[Path]) -> dict[str, Any]:
    """What figures are of: the model with the beginning of its SHA-256, the files, and the time (UTC)."""
    return {
        "model": _place(model),
        "model_sha256": hashlib.sha256(model.read_bytes()).hexdigest()[:12],
        "files": [_place(file) for file in files],
        "made": datetime.now(timezone.utc).isoformat(timespec="minutes"),
    }


def _place(path: Path) -> str:
    """Within the project as seen from there."""
    whole = path.resolve()
    return str(whole.relative_to(PROJECT) if whole.is_relative_to(PROJECT) else path)


def tell(figures: Mapping[str, Any], committed: Mapping[str, Mapping[str, Any]], outputs: Outputs) -> bool:
    """Print the figures and write what is wanted; whether nothing has fallen behind what was committed.

    Raises:
        OSError: when a file cannot be written.
    """
    changed = baseline.changes(figures["sets"], committed) if outputs.baseline else []
    print(table(figures))
    if changed:
        print("", *baseline.rows(changed), sep="\n")
    for path in _written(figures, changed, outputs):
        print(f"wrote {path}")
    if outputs.baseline and outputs.update:
        baseline.write(outputs.baseline, figures["sets"], committed)
        print(f"wrote {outputs.baseline}")
        return True
    return not any(change.fallen for change in changed)


def _written(figures: Mapping[str, Any], changed: Sequence[Change], outputs: Outputs) -> list[Path]:
    written: dict[Path, str] = {}
    if outputs.json:
        written[outputs.json] = json.dumps(figures, ensure_ascii=False, indent=2)
    if outputs.html:
        written[outputs.html] = page(figures, changed)
    if outputs.plots:
        outputs.plots.mkdir(parents=True, exist_ok=True)
        drawn = pictures(figures)
        written |= {outputs.plots / f"{name}.svg": drawn[name] for name in _FOR_DOCS if name in drawn}
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    return list(written)
