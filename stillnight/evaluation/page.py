"""The figures as one page that stands by itself: no scripts, no other files, no requests."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from stillnight.evaluation import plots
from stillnight.evaluation.baseline import Change
from stillnight.evaluation.rates import named_rates, worst_first

if TYPE_CHECKING:
    from jinja2 import Template

_HERE: Final = Path(__file__).parent
_TEMPLATE: Final = "report.html.j2"
_CONFUSIONS_SHOWN: Final = 40


def page(figures: Mapping[str, Any], changes: Sequence[Change] = ()) -> str:
    """The report as HTML.

    Args:
        figures: what `stillnight.commands.evaluate.report_of_sets` returns; under `about`, where it is known, which
            model and files they are of and when they were made.
        changes: what has become better and worse since figures were committed.
    """
    return template(_HERE, _TEMPLATE).render(
        figures=figures,
        changes=changes,
        about=figures.get("about"),
        rates=named_rates(figures),
        labels=worst_first(figures["labels"]),
        confusions=figures["confusions"][:_CONFUSIONS_SHOWN],
        pictures={name: data_uri(svg) for name, svg in pictures(figures).items()},
    )


def template(folder: Path, name: str) -> Template:
    """A page's template, beside the pieces that all pages share."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader([folder, _HERE]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": _percent, "lines": _lines, "pieces": _pieces}
    return environment.get_template(name)


def pictures(figures: Mapping[str, Any]) -> dict[str, str]:
    """Every picture that can be drawn of the figures, as SVG, by name."""
    drawn = {}
    if figures["calibration"]["bins"]:
        drawn["reliability"] = plots.reliability(figures["calibration"])
    if figures["refusals"]["curve"]:
        drawn["roc"] = plots.roc(figures["refusals"])
    if any(pair["times"] > 1 for pair in figures["confusions"]):
        # Each once is a list and no picture.
        drawn["confusions"] = plots.heat_map(figures["confusions"])
    if figures["labels"]:
        drawn["labels"] = plots.label_bars(figures["labels"])
    return drawn


def _percent(part: float | None) -> str:
    return "–" if part is None else f"{part:.1%}"


def _lines(number: int) -> str:
    return f"{number} line" if number == 1 else f"{number} lines"


def _pieces(name: str) -> list[str]:
    """Of a long name, which may go on in the next row behind “_” and “/”."""
    return re.findall(r"[^_/]+[_/]*|[_/]+", name)


def data_uri(svg: str) -> str:
    """A picture as an address that holds it."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
