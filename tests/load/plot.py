"""A picture of what was measured, as SVG."""

from __future__ import annotations

import io
from collections.abc import Mapping

from matplotlib import rc_context  # type: ignore[import-untyped,unused-ignore]
from matplotlib.figure import Figure  # type: ignore[import-untyped,unused-ignore]

# Told apart by colour-blind eyes, and by their brightness in print: Okabe and Ito 2008.
_COLOURS = ("#767676", "#0072b2", "#009e73", "#56b4e9", "#d55e00")


def draw(per_second: Mapping[str, Mapping[int, float]]) -> str:
    """Answers a second of each contender, by how many people ask at once."""
    with rc_context({"svg.hashsalt": "stillnight", "font.size": 10}):
        figure = Figure(figsize=(7, 3.6), layout="constrained")
        axes = figure.subplots()
        people = list(next(iter(per_second.values())))
        width = 0.8 / len(per_second)
        for index, (name, measured) in enumerate(per_second.items()):
            places = [place + (index - (len(per_second) - 1) / 2) * width for place in range(len(people))]
            bars = axes.bar(places, list(measured.values()), width, label=name, color=_COLOURS[index])
            axes.bar_label(bars, fmt="%.0f", fontsize=8)
        axes.set_xticks(range(len(people)), [str(count) for count in people])
        axes.set_xlabel("people who ask at once")
        axes.set_ylabel("answers a second")
        axes.spines[["top", "right"]].set_visible(False)
        # Room for the names above the bars.
        axes.margins(y=0.3)
        axes.legend(frameon=False, ncol=2, fontsize=8)
        drawn = io.StringIO()
        figure.savefig(drawn, format="svg", metadata={"Date": None})
        return drawn.getvalue()
