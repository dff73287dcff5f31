"""What becomes of a message that neither answers “are you safe?” nor speaks of danger, while an alarm is open.

Somebody whose questions are never heard stops writing, and an alarm may have been wrong. Somebody in danger must not be
led away from it. So it depends on how sure the alarm was, on what is known since, and on how often was asked already.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from stillnight.clinical.emergency import SELF_HARM, Open

# How often a sure alarm, behind which nobody has called yet, asks before it lets a question be answered at all.
_ASKED_FIRST: Final = 2
_ASKED_FIRST_OF_SELF_HARM: Final = 3
# How often it asks in all before it closes, when one question after the other came; self-harm never does.
_ASKED_OF_THE_CALM: Final = 4
# How often any other alarm asks before it closes by itself: of self-harm, behind which help came; any other one behind
# which help came; one that may have been wrong, and one of self-harm that may.
_ASKED_OF_SELF_HARM_HELPED: Final = 2
_ASKED_OF_THE_HELPED: Final = 1
_ASKED_OF_THE_DOUBTFUL: Final = 0
_ASKED_OF_SELF_HARM_DOUBTFUL: Final = 1


class WayOn(Enum):
    """What is done with the message."""

    ASK = "ask"  # only “are you safe?”
    BESIDE = "beside"  # it is answered, and “are you safe?” stands beneath; the alarm stays open
    DOOR = "door"  # it is answered, the alarm closes, and a line beneath leaves the door open


def way_on(now: Open, ours: bool) -> WayOn:
    """Decide on one message.

    Args:
        now: the open alarm. It is a doubtful one when the second net alone raised it, and nothing sure before.
        ours: whether the message asks something that the assistant can answer.
    """
    self_harm = SELF_HARM in (now.category, *now.before)
    doubtful = not now.certain and not now.before
    if now.helped:
        asked = _ASKED_OF_SELF_HARM_HELPED if self_harm else _ASKED_OF_THE_HELPED
        if now.check_ins >= asked:
            return WayOn.DOOR
        return WayOn.BESIDE if ours else WayOn.ASK
    if doubtful:
        asked = _ASKED_OF_SELF_HARM_DOUBTFUL if self_harm else _ASKED_OF_THE_DOUBTFUL
        # What says nothing that we know may be an answer that was not understood.
        if now.check_ins >= (asked if ours else max(1, asked)):
            return WayOn.DOOR
        return WayOn.BESIDE if ours else WayOn.ASK
    asked_first = _ASKED_FIRST_OF_SELF_HARM if self_harm else _ASKED_FIRST
    if not ours or now.check_ins < asked_first:
        return WayOn.ASK
    return WayOn.BESIDE if self_harm or now.check_ins < _ASKED_OF_THE_CALM else WayOn.DOOR
