"""Whether places in a text lie on others: the quick answer is that of asking each."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stillnight.clinical.labs.reading.places import Place, Places

PLACE = st.tuples(st.integers(0, 15), st.integers(1, 6)).map(lambda given: (given[0], given[0] + given[1]))


@settings(derandomize=True, deadline=None, database=None, max_examples=500)
@given(st.lists(PLACE, max_size=7), PLACE)
def test_places_know_what_lies_on_them(given_places: list[Place], place: Place) -> None:
    places, (start, end) = Places(given_places), place
    assert places.touch(start, end) == any(first < end and start < last for first, last in given_places)
    assert places.cover(start, end) == any(first <= start and end <= last for first, last in given_places)
    assert places.exceed(start, end) == any(
        last - first > end - start and first <= start and end <= last for first, last in given_places
    )
