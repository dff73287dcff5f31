"""“Came back normal at 45”: somebody's word on a value is no printed range."""

from __future__ import annotations

import pytest

from stillnight.clinical.labs.reader import lab_reader


@pytest.mark.parametrize(
    "text",
    [
        "ferritin came back normal at 45 and doc says thats fine but im up every night",
        "my ferritin is normal at 45",
        "ferritin was normal 45",
        "ferritin is in the normal range at 45",
        "ferritin is within normal limits at 45",
        "doctor says ferritin is normal, 45",
        "ferritin came back as normal (45)",
    ],
)
def test_value_that_was_called_normal_is_read(text: str) -> None:
    assert [(each.lab, each.value) for each in lab_reader().read(text).values] == [("ferritin", 45)]


@pytest.mark.parametrize(
    "text", ["ferritin normal range 45 to 100", "the normal ferritin range is 45", "ferritin normal: 45-100"]
)
def test_range_is_no_value(text: str) -> None:
    assert not lab_reader().read(text).values
