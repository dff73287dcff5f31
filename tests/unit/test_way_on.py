"""What becomes of a question in an open alarm."""

from __future__ import annotations

from dataclasses import replace

import pytest

from stillnight.clinical.emergency import SELF_HARM, Open
from stillnight.clinical.way_on import WayOn, way_on

ASK, BESIDE, DOOR = WayOn.ASK, WayOn.BESIDE, WayOn.DOOR
HEART = "chest_pain_stroke_breathing"


@pytest.mark.parametrize(
    ("now", "question", "others"),
    [
        (Open(HEART, certain=False), [DOOR, DOOR], [ASK, DOOR]),
        (Open(HEART, certain=True, helped=True), [BESIDE, DOOR, DOOR], [ASK, DOOR, DOOR]),
        (Open(SELF_HARM, certain=False), [BESIDE, DOOR], [ASK, DOOR]),
        (Open(SELF_HARM, certain=True, helped=True), [BESIDE, BESIDE, DOOR], [ASK, ASK, DOOR]),
        (Open(HEART, certain=False, before=(SELF_HARM,), helped=True), [BESIDE, BESIDE, DOOR], [ASK, ASK, DOOR]),
        (Open(HEART, certain=True), [ASK, ASK, BESIDE, BESIDE, DOOR], [ASK] * 5),
        (Open(HEART, certain=False, before=("clot",)), [ASK, ASK, BESIDE, BESIDE, DOOR], [ASK] * 5),
        (Open(SELF_HARM, certain=True), [ASK, ASK, ASK, BESIDE, BESIDE, BESIDE], [ASK] * 6),
    ],
)
def test_way_on(now: Open, question: list[WayOn], others: list[WayOn]) -> None:
    for ours, ways in ((True, question), (False, others)):
        asked = [replace(now, check_ins=times) for times in range(len(ways))]
        assert [way_on(each, ours) for each in asked] == ways
