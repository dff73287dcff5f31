"""Pictures of the figures, as SVG. Matplotlib is imported when a picture is drawn, so that serving is spared it."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, Final, TypeVar

from stillnight.evaluation.rates import worst_first

if TYPE_CHECKING:
    from matplotlib.figure import Figure  # type: ignore[import-untyped,unused-ignore]

# Told apart by colour-blind eyes, and by their brightness in print: Okabe and Ito 2008.
BLUE: Final = "#0072b2"
_ORANGE: Final = "#d55e00"
GREY: Final = "#767676"
_DARK: Final = "#1b1b1b"
# With a salt of its own the same figures give the same bytes.
_STYLE: Final = {"svg.hashsalt": "stillnight", "font.size": 10, "axes.spines.top": False, "axes.spines.right": False}
MOST_CONFUSED: Final = 25

Given = TypeVar("Given")


def picture(title: str) -> Callable[[Callable[[Figure, Given], None]], Callable[[Given], str]]:
    """Make a function that draws into a figure one that returns the SVG."""

    def decorated(draw: Callable[[Figure, Given], None]) -> Callable[[Given], str]:
        @wraps(draw)
        def drawn(figures: Given) -> str:
            from matplotlib import rc_context  # type: ignore[import-untyped,unused-ignore]
            from matplotlib.figure import Figure

            with rc_context(_STYLE):
                # Without pyplot there is no window and nothing to close.
                figure = Figure()
                draw(figure, figures)
                written = io.StringIO()
                figure.savefig(written, format="svg", bbox_inches="tight", metadata={"Title": title, "Date": None})
            return written.getvalue()

        return drawn

    return decorated


@picture("Reliability diagram")
def reliability(figure: Figure, calibration: Mapping[str, Any]) -> None:
    """Accuracy over confidence, with the number of lines beneath."""
    bins = calibration["bins"]
    left = [each["from"] for each in bins]
    width = [each["to"] - each["from"] for each in bins]
    figure.set_size_inches(6, 6)
    above, below = figure.subplots(2, 1, sharex=True, gridspec_kw={"height_ratios": [3, 1]})
    confidence, accuracy = [each["confidence"] for each in bins], [each["accuracy"] for each in bins]
    above.bar(left, accuracy, width, align="edge", color=BLUE, edgecolor="white")
    above.plot([0, 1], [0, 1], color=GREY, linestyle="--", label="as often right as sure")
    above.plot(confidence, accuracy, "o", color=_ORANGE, label="mean confidence and accuracy")
    above.set(xlim=(0, 1), ylim=(0, 1.02), ylabel="accuracy")
    above.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncol=2, frameon=False)
    below.bar(left, [each["lines"] for each in bins], width, align="edge", color=GREY, edgecolor="white")
    below.set(xlabel="confidence", ylabel="lines")


@picture("ROC curve of other subjects")
def roc(figure: Figure, refusals: Mapping[str, Any]) -> None:
    """Part of other subjects over the part of our own that would be refused. Needs a curve."""
    figure.set_size_inches(6, 6)
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color=GREY, linestyle="--", label="by chance")
    axes.plot(*zip(*refusals["curve"]), color=BLUE, linewidth=2, label=f"area {refusals['area']:.3f}")
    point = f"working point: {refusals['true_rate']:.1%} of theirs, {refusals['false_rate']:.1%} of ours"
    axes.plot(refusals["false_rate"], refusals["true_rate"], "o", markersize=9, color=_ORANGE, label=point)
    axes.set(xlim=(-0.01, 1), ylim=(0, 1.01), xlabel="our own lines refused", ylabel="lines of other subjects refused")
    axes.legend(loc="lower right", frameon=False)


def most_confused(confusions: Sequence[Mapping[str, Any]]) -> list[str]:
    """The 25 labels that take part in most confusions, by name."""
    times: Counter[str] = Counter()
    for pair in confusions:
        times[pair["wanted"]] += pair["times"]
        times[pair["got"]] += pair["times"]
    return sorted(label for label, _ in times.most_common(MOST_CONFUSED))


@picture("Confusions")
def heat_map(figure: Figure, confusions: Sequence[Mapping[str, Any]]) -> None:
    """How often each of the most confused labels was taken for which. Needs a confusion."""
    names = most_confused(confusions)
    at = {name: number for number, name in enumerate(names)}
    counts = [[0] * len(names) for _ in names]
    for pair in confusions:
        if pair["wanted"] in at and pair["got"] in at:
            counts[at[pair["wanted"]]][at[pair["got"]]] = pair["times"]
    size = 2.5 + 0.32 * len(names)
    figure.set_size_inches(size + 1, size)
    axes = figure.subplots()
    shown = axes.imshow(counts, cmap="Blues", vmin=0)
    most = max(map(max, counts))
    for row, times in enumerate(counts):
        for column, number in enumerate(times):
            if number:
                colour = "white" if number > most / 2 else "black"
                axes.text(column, row, number, ha="center", va="center", color=colour, fontsize=8)
    axes.set_xticks(range(len(names)))
    axes.set_xticklabels(names, rotation=90)
    axes.set_yticks(range(len(names)))
    axes.set_yticklabels(names)
    axes.set(xlabel="understood", ylabel="wanted")
    # Half a line is nothing to mark.
    figure.colorbar(shown, ax=axes, label="lines", shrink=0.6, ticks=range(0, most + 1, max(1, most // 5)))


@picture("Precision and recall of each label")
def label_bars(figure: Figure, labels: Mapping[str, Mapping[str, Any]]) -> None:
    """Recall of each label with its interval, and precision, the worst at the top. Needs a label."""
    # Rows are counted from below.
    named = worst_first(labels)[::-1]
    rows = range(len(named))
    # So narrow that its letters can be read on a telephone.
    figure.set_size_inches(2.9, 1.5 + 0.24 * len(named))
    axes = figure.subplots()
    spread = [
        [max(0.0, each["accuracy"] - each["low"]) for _, each in named],
        [max(0.0, each["high"] - each["accuracy"]) for _, each in named],
    ]
    recall = [each["accuracy"] for _, each in named]
    axes.barh(rows, recall, height=0.7, color=BLUE, xerr=spread, ecolor=_DARK, label="recall, 95% interval")
    precise = [(each["precision"], row) for row, (_, each) in zip(rows, named) if each["precision"] is not None]
    if precise:
        axes.plot(*zip(*precise), "D", markersize=4, color=_ORANGE, linestyle="", label="precision")
    axes.set_yticks(list(rows))
    axes.set_yticklabels([f"{name} ({each['lines']})" for name, each in named])
    axes.set(xlim=(0, 1.02), ylim=(-0.7, len(named) - 0.3))
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), frameon=False)
