"""What is hidden stays hidden: every hidden count may be anything from 0 to 4, whatever else is shown."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.reporting.suppression import LEAST, Row, row, rows, sums

WEEKS = 2
LABELS = ("a", "b", "c")


@st.composite
def people(draw: st.DrawFn) -> list[list[set[str]]]:
    """For each week each person's labels; everybody wrote about something."""
    some = st.sets(st.sampled_from(LABELS), min_size=1)
    return [draw(st.lists(some, max_size=9)) for _ in range(WEEKS)]


def counted(weeks: list[list[set[str]]], same: bool) -> tuple[list[Row], Row]:
    """The table and its sum. same: the people of each week are the same as of the other."""
    counts = {label: [sum(label in asked for asked in week) for week in weeks] for label in LABELS}
    totals = {label: max(each) if same else sum(each) for label, each in counts.items()}
    everybody = [len(week) for week in weeks]
    found = rows(counts, totals)
    return found, sums("all", everybody, max(everybody) if same else sum(everybody), found, len(LABELS))


def worlds(found: list[Row], everybody: Row) -> Iterator[list[list[int]]]:
    """All tables of counts that would look like this one: cells of each label, listed or not."""
    listed = [each.cells for each in found] + [(None,) * WEEKS] * (len(LABELS) - len(found))
    choices = [[(cell,) if cell is not None else range(LEAST) for cell in cells] for cells in listed]
    totals = [each.total for each in found] + [None] * (len(LABELS) - len(found))
    fitting = [
        [list(cells) for cells in itertools.product(*each) if total is None or max(cells) <= total <= sum(cells)]
        for each, total in zip(choices, totals)
    ]
    for world in itertools.product(*fitting):
        columns = [[cells[week] for cells in world] for week in range(WEEKS)]
        # Who wrote asked something: all together are at most the sum of what was asked.
        if all(all_ is None or max(c) <= all_ <= sum(c) for all_, c in zip(everybody.cells, columns)):
            yield list(world)


@settings(max_examples=60, deadline=None)
@given(people(), st.booleans())
def test_no_hidden_count_can_be_computed(weeks: list[list[set[str]]], same: bool) -> None:
    found, everybody = counted(weeks, same)
    hidden = [(place, week) for place, each in enumerate(found) for week in range(WEEKS) if each.cells[week] is None]
    free = {each: {LEAST - 1, 0} for each in hidden}
    for world in worlds(found, everybody):
        for place, week in list(free):
            free[place, week].discard(world[place][week])
            if not free[place, week]:
                del free[place, week]
        if not free:
            return
    assert not free


@pytest.mark.parametrize(
    ("counts", "total", "shown"),
    [
        # One hidden week would be the difference; of two that together are 8 each would be 4.
        ([9, 4], 13, None),
        ([9, 4], 9, 9),
        ([9, 4, 4], 17, None),
        ([9, 3, 4], 16, None),
        ([9, 2, 2], 13, 13),
        ([4, 4, 3, 4], 15, None),
        ([3, 3, 3, 3], 12, 12),
        ([1, 1, 1], 3, None),
        ([7, 8], 12, 12),
    ],
)
def test_total_is_left_out_where_it_would_tell(counts: list[int], total: int, shown: int | None) -> None:
    made = row("iron", counts, total)
    assert made.total == shown
    assert made.cells == tuple(count if count >= LEAST else None for count in counts)


def test_everybody_is_left_out_where_one_hidden_thing_would_be_the_difference() -> None:
    found = rows({"iron": [5], "cure": [4]}, {"iron": 5, "cure": 4})
    assert [each.name for each in found] == ["iron"]
    assert sums("all", [9], 9, found, possible=2).cells == (9,)
    both = rows({"iron": [5, 9], "cure": [4, 9]}, {"iron": 14, "cure": 9})
    assert sums("all", [9, 9], 18, both, possible=2).cells == (None, 9)
