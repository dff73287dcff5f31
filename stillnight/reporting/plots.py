"""Pictures of the counts, as SVG, drawn as those of `stillnight evaluate` are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stillnight.evaluation.plots import BLUE, GREY, picture
from stillnight.reporting.suppression import Row

if TYPE_CHECKING:
    from matplotlib.figure import Figure  # type: ignore[import-untyped,unused-ignore]


@picture("Conversations by week")
def by_week(figure: Figure, weeks: Sequence[tuple[str, int | None]]) -> None:
    """Bars; a cross where too few are to be shown. Needs a week."""
    places = range(len(weeks))
    figure.set_size_inches(max(3.0, 1.2 * len(weeks)), 3)
    axes = figure.subplots()
    axes.bar(places, [count or 0 for _, count in weeks], color=BLUE, width=0.7)
    hidden = [place for place, (_, count) in zip(places, weeks) if count is None]
    if hidden:
        axes.plot(hidden, [0] * len(hidden), "x", color=GREY, label="not shown", clip_on=False)
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), frameon=False)
    axes.set_xticks(list(places))
    axes.set_xticklabels([week for week, _ in weeks], rotation=45, ha="right")
    axes.set(ylabel="conversations", ylim=(0, None))


@picture("What was asked most")
def bars(figure: Figure, named: Sequence[Row]) -> None:
    """One bar for each row with a total, the greatest at the top. Needs such a row."""
    shown = [(row.name.replace("_", " "), row.total) for row in named if row.total is not None][::-1]
    figure.set_size_inches(4.5, 0.8 + 0.24 * len(shown))
    axes = figure.subplots()
    axes.barh(range(len(shown)), [total for _, total in shown], height=0.7, color=BLUE)
    axes.set_yticks(range(len(shown)))
    axes.set_yticklabels([name for name, _ in shown])
    axes.set(xlabel="conversations", ylim=(-0.7, len(shown) - 0.3))
