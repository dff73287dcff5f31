"""The figures as one page that stands by itself: no scripts, no other files, no requests."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from stillnight.evaluation import plots
from stillnight.evaluation.baseline import Change

_TEMPLATE: Final = "report.html.j2"
_CONFUSIONS_SHOWN: Final = 40


def page(figures: Mapping[str, Any], changes: Sequence[Change] = ()) -> str:
    """The report as HTML.

    Args:
        figures: what `stillnight.commands.evaluate.report` returns, with the figures of each file under `sets`.
        changes: what has become better and worse since figures were committed.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["percent"] = _percent
    by_accuracy = sorted(figures["labels"].items(), key=lambda item: (item[1]["accuracy"], item[0]))
    return environment.get_template(_TEMPLATE).render(
        figures=figures,
        changes=changes,
        labels=by_accuracy,
        confusions=figures["confusions"][:_CONFUSIONS_SHOWN],
        pictures={name: _data_uri(svg) for name, svg in pictures(figures).items()},
    )


def pictures(figures: Mapping[str, Any]) -> dict[str, str]:
    """Every picture that can be drawn of the figures, as SVG, by name."""
    drawn = {}
    if figures["calibration"]["bins"]:
        drawn["reliability"] = plots.reliability(figures["calibration"])
    if figures["refusals"]["curve"]:
        drawn["roc"] = plots.roc(figures["refusals"])
    if figures["confusions"]:
        drawn["confusions"] = plots.heat_map(figures["confusions"])
    if figures["labels"]:
        drawn["labels"] = plots.label_bars(figures["labels"])
    return drawn


def _percent(part: float | None) -> str:
    return "–" if part is None else f"{part:.1%}"


def _data_uri(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
