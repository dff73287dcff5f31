"""What the chat keeps of a check of symptoms, and what it knows already, from its slots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from stillnight.clinical.circumstances import CHILD, DIALYSIS, PREGNANCY
from stillnight.clinical.labs.definitions import MAN
from stillnight.clinical.medicines.entries import Effect
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.symptom_check.definitions import definitions
from stillnight.clinical.symptom_check.model import Command, Heard, Known, Question, Stage
from stillnight.clinical.symptom_check.reader import symptom_reader
from stillnight.clinical.symptom_check.state import Check
from stillnight.content.catalogue import catalogue
from stillnight.dialogue import history
from stillnight.dialogue.lab_memory import notebook
from stillnight.dialogue.memory import CIRCUMSTANCES_SLOT, MEDICINES_SLOT
from stillnight.nlu.labels import RED_FLAG

SLOT: Final = "symptom_check"
INTENT: Final = "symptom_check"
# Entity of the buttons.
ANSWER: Final = "symptom_answer"
# Begins the name of everything that the check says.
PIECE: Final = "utter_symptom_check_"
OFFER: Final = "offer"
# After these a bare yes says to go on.
_WAITING: Final = (OFFER, "paused", "waits")
_WORSENS: Final = (Effect.WORSENS, Effect.MAY_WORSEN)
_OPEN_DOOR: Final = "utter_open_door"
_FERRITIN: Final = "ferritin"
_ALCOHOL: Final = "alcohol"

Event = Mapping[str, Any]


def check_of(slots: Mapping[str, Any]) -> Check | None:
    """The check of a conversation, None when none was begun."""
    return Check.from_dict(slots.get(SLOT))


def known(slots: Mapping[str, Any]) -> Known:
    """What was told before, by the way."""
    circumstances = set(slots.get(CIRCUMSTANCES_SLOT) or ())
    book = notebook(slots)
    names = [name for name in slots.get(MEDICINES_SLOT) or () if name != _ALCOHOL]
    medicines = medicine_finder().register.medicines
    worsen = tuple(name for name in names if name in medicines and medicines[name].effect in _WORSENS)
    return Known(
        child=CHILD in circumstances,
        pregnant=PREGNANCY in circumstances,
        kidney=DIALYSIS in circumstances,
        man=book.group == MAN,
        ferritin=any(value.lab == _FERRITIN for value in book.told),
        any_medicine=bool(names),
        medicines=worsen,
    )


def pressed(answer: str) -> Heard:
    """What a button of the check says: a command, or a question and its answer, without one “not sure”."""
    if answer in {command.value for command in Command}:
        return Heard(command=Command(answer))
    name, _, option = answer.partition(" ")
    if name not in {question.value for question in Question}:
        return Heard()
    question = Question(name)
    return Heard({question: (option,) if option in definitions()[question].options else ()})


def heard(text: str, check: Check, known: Known) -> Heard:
    """What a message says to a check."""
    items = check.items(check.open, known) if check.open and definitions()[check.open].several else ()
    medicine = bool(medicine_finder().find(text))
    is_paused = check.stage is Stage.PAUSED
    before = check.before[-1] if check.before else None
    return symptom_reader().read(text, check.open, items, names_medicine=medicine, is_paused=is_paused, before=before)


def begun_with(text: str, before: str | None) -> Heard:
    """What is told as a check begins.

    Args:
        text: the message that asks for it.
        before: the question “do I have it?” just before it, if there was one.
    """
    now = symptom_reader().story(text)
    told = symptom_reader().story(before) if before else Heard()
    return Heard({**told.answers, **now.answers}, {**told.passing, **now.passing}, whose=now.whose or told.whose)


def spoke_last(events: Sequence[Event]) -> str | None:
    """The last piece of the check that was said before the newest message, None when something else was said last."""
    newest = max((at for at, event in enumerate(events) if event.get("event") == "user"), default=len(events))
    # The line that a danger can be told at any time stands beneath the question and asks nothing.
    door = catalogue().text(_OPEN_DOOR)
    said = (utterance for utterance in history.said(events[:newest]) if utterance.get("text") != door)
    name = next(map(history.response_name, said), "")
    return name.removeprefix(PIECE) if name.startswith(PIECE) else None


def answer_to_waiting(events: Sequence[Event], intent: str) -> Command | None:
    """What a bare yes or no means when the check was stopped, or offered again, just before."""
    last = spoke_last(events)
    if intent == "affirm" and last in _WAITING:
        return Command.RESUME
    return Command.STOP if intent == "deny" and last == OFFER else None


def danger_between(events: Sequence[Event]) -> bool:
    """Whether something dangerous was spoken of since the check last said something."""
    for event in reversed(events):
        if event.get("event") == "bot" and history.response_name(event).startswith(PIECE):
            return False
        parsed = event.get("parse_data") or {}
        if event.get("event") == "user" and (parsed.get("intent") or {}).get("name") == RED_FLAG:
            return True
    return False
