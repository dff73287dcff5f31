"""What is kept of one person, counted: from the events of their whole conversation, all sessions of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from stillnight.dialogue.diary_memory import SLOT as DIARY_SLOT
from stillnight.dialogue.diary_memory import diary_of
from stillnight.dialogue.lab_memory import LABS_SLOT, notebook
from stillnight.dialogue.memory import CIRCUMSTANCES_SLOT, MEDICINES_SLOT
from stillnight.dialogue.symptom_memory import SLOT as CHECK_SLOT
from stillnight.dialogue.symptom_memory import check_of
from stillnight.safety.record import COUNTRY_SLOT

Event = Mapping[str, Any]
_NOTED: Final = (LABS_SLOT, MEDICINES_SLOT, CHECK_SLOT, DIARY_SLOT, CIRCUMSTANCES_SLOT, COUNTRY_SLOT)


@dataclass(frozen=True)
class Kept:
    """messages: of the person's. since: time of the first, seconds since 1970. labs, medicines: named by them.

    answers: most that were given in one check of symptoms. nights: most in the diary at a time.
    circumstances, country: whether any was told.
    """

    messages: int
    since: float
    labs: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    answers: int = 0
    nights: int = 0
    circumstances: bool = False
    country: bool = False


def kept(events: Iterable[Event]) -> Kept:
    """What events hold, also what was taken back later: it stands in them until they are deleted."""
    said: dict[float, None] = {}
    labs: dict[str, None] = {}
    medicines: dict[str, None] = {}
    answers, nights, circumstances, country = 0, 0, False, False
    for event in events:
        kind, name, value = event.get("event"), event.get("name"), event.get("value")
        if kind == "user":
            # Events of this very turn may be given twice.
            said[float(event.get("timestamp") or 0.0)] = None
        elif kind == "slot" and name in _NOTED and value:
            book = notebook({LABS_SLOT: value}) if name == LABS_SLOT else None
            check = check_of({CHECK_SLOT: value}) if name == CHECK_SLOT else None
            labs |= dict.fromkeys(each.lab for each in (*book.told, *(one.value for one in book.open))) if book else {}
            medicines |= dict.fromkeys(map(str, value)) if name == MEDICINES_SLOT else {}
            answers = max(answers, len(check.answers) if check else 0)
            nights = max(nights, len(diary_of({DIARY_SLOT: value}).nights) if name == DIARY_SLOT else 0)
            circumstances = circumstances or name == CIRCUMSTANCES_SLOT
            country = country or name == COUNTRY_SLOT
    since = min(said, default=0.0)
    return Kept(len(said), since, tuple(labs), tuple(medicines), answers, nights, circumstances, country)
