"""The counts as one page that stands by itself: no scripts, no other files, no requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from stillnight.evaluation.page import data_uri, template
from stillnight.reporting import plots
from stillnight.reporting.counts import DANGERS, OPINIONS, OUTSIDE, PEOPLE, TASKS, TOPICS, Counts
from stillnight.reporting.suppression import LEAST, Row, rows, sums

_GROUPS: Final = {
    TOPICS: "Topics asked",
    TASKS: "Other questions, and what was not understood",
    OUTSIDE: "What is not the chat's subject",
    DANGERS: "Dangers heard",
    OPINIONS: "What people thought of answers",
}


@dataclass(frozen=True)
class Group:
    """One table. key: for links. picture: SVG, None when there is nothing to draw."""

    key: str
    title: str
    rows: list[Row]
    picture: str | None


def page(counts: Counts, possible: int) -> str:
    """As HTML.

    Args:
        counts: of whole weeks.
        possible: how many different labels there are: whatever is not listed may be any of them.
    """
    groups = [_group(counts, key, title) for key, title in _GROUPS.items()]
    asked = [row for group in groups if group.key != OPINIONS for row in group.rows]
    people = sums("all", *counts.of(PEOPLE, PEOPLE), asked, possible)
    weeks = [week.isoformat() for week in counts.weeks]
    picture = plots.by_week(list(zip(weeks, people.cells))) if weeks else None
    return template(Path(__file__).parent, "weeks.html.j2").render(
        weeks=weeks,
        least=LEAST,
        people=people,
        groups=groups,
        pictures=_pictures({"people": picture, **{group.key: group.picture for group in groups}}),
    )


def _group(counts: Counts, key: str, title: str) -> Group:
    counted = {name: counts.of(key, name) for name in counts.names(key)}
    found = rows(
        {name: each for name, (each, _) in counted.items()}, {name: all_ for name, (_, all_) in counted.items()}
    )
    drawn = plots.bars(found) if any(row.total is not None for row in found) else None
    return Group(key, title, found, drawn)


def _pictures(drawn: Mapping[str, str | None]) -> dict[str, str]:
    return {name: data_uri(svg) for name, svg in drawn.items() if svg is not None}
