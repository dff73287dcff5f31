"""The symptom diary of a conversation, from its slots; and what was said of it last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from stillnight.clinical.crisis_lines import crisis_lines
from stillnight.clinical.diary.days import Day, night_of, tonight
from stillnight.clinical.diary.model import Diary
from stillnight.clinical.visit_summary.model import Line, Section, Told
from stillnight.dialogue import history
from stillnight.dialogue.local_time import local_time
from stillnight.safety.country import place
from stillnight.safety.record import COUNTRY_SLOT
from stillnight.settings import settings

SLOT: Final = "diary"
INTENT: Final = "symptom_diary"
# Entity of the buttons.
ANSWER: Final = "diary_answer"
# Begins the name of everything that the diary says.
PIECE: Final = "utter_diary_"
# Where the month stands before the day in a date of numbers.
_MONTH_FIRST: Final = frozenset({"US"})


class Clock:
    """What time it is for the person who wrote the newest message."""

    def __init__(self, slots: Mapping[str, Any], message: history.Event) -> None:
        """`message`: its event, with the time and with what the channel knows of where they are."""
        chosen, hints = slots.get(COUNTRY_SLOT), message.get("metadata")
        country = place(crisis_lines(), chosen, hints, settings().country).country
        self.now: datetime = local_time(float(message.get("timestamp") or 0.0), country)
        self._month_first = country in _MONTH_FIRST

    def night(self, day: Day | None) -> date:
        """The night that words for a day mean; without any, tonight. Raises NightError."""
        return tonight(self.now) if day is None else night_of(day, self.now, self._month_first)


def diary_of(slots: Mapping[str, Any]) -> Diary:
    """The diary of a conversation; an empty one when none was begun."""
    return Diary.from_dict(slots.get(SLOT))


def said_before(events: Sequence[history.Event]) -> frozenset[str]:
    """Pieces of the diary that were said between the newest message and the one before it."""
    names = map(history.response_name, history.last_turn(events))
    return frozenset(name.removeprefix(PIECE) for name in names if name.startswith(PIECE))


def night_lines(diary: Diary, told: Sequence[Told]) -> tuple[Line, ...]:
    """The nights for the page for the doctor, each with the numbers of the messages that told it."""
    numbers = {each.message: each.number for each in told}
    return tuple(
        Line(
            Section.NIGHTS,
            f"night {night.day.isoformat()}",
            diary.owner,
            tuple(sorted(numbers[message] for message in night.messages if message in numbers)),
            name=night.entry.severity.value if night.entry.severity else "",
            when=night.day.isoformat(),
        )
        for night in diary.nights
    )
