"""The check of symptoms: beginning, taking an answer, and taking it up again after something else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from stillnight.clinical.symptom_check.machine import aside, pause, resume, start, take
from stillnight.clinical.symptom_check.model import Command, Heard, Known, Move, Stage
from stillnight.clinical.symptom_check.state import Check
from stillnight.content.catalogue import catalogue
from stillnight.dialogue import history
from stillnight.dialogue.diary_policy import KEEP
from stillnight.dialogue.symptom_answers import Said, symptom_answers
from stillnight.dialogue.symptom_memory import (
    ANSWER,
    INTENT,
    OFFER,
    PIECE,
    SLOT,
    answer_to_waiting,
    begun_with,
    check_of,
    danger_between,
    heard,
    known,
    pressed,
    spoke_last,
)
from stillnight.dialogue.symptom_policy import CHECK, GO_ON, OFFERS, WHY
from stillnight.nlu.labels import CHOICES
from stillnight.review.serving import NOT_SIGNED, SYMPTOM_CHECK

# A longer answer than this is said back as it was understood.
_PLAIN_WORDS: Final = 3
_LISTEN: Final = "action_listen"
# Somebody tells, or asks about, a medicine of their own.
_MEDICINE: Final = "medication_check"
_DIAGNOSIS: Final = "diagnosis_request"


class ActionCheckSymptoms(Action):
    """Begin the check, or take what a message says to it, and ask the next question or say what came out."""

    def name(self) -> str:
        """Name in the domain."""
        return CHECK

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """A check that was stopped is taken up where it was; one that is done begins anew."""
        if SYMPTOM_CHECK in catalogue().withheld:
            dispatcher.utter_message(response=NOT_SIGNED)
            return []
        check, so_far = check_of(tracker.slots), known(tracker.slots)
        button = next(tracker.get_latest_entity_values(ANSWER), None)
        if check is None or (check.stage is Stage.DONE and _asks_for_check(tracker) and not button):
            return _began(dispatcher, tracker, so_far)
        said = pressed(button) if button else _said(tracker, check, so_far)
        step = resume(check, so_far) if said.command is Command.RESUME else take(check, said, so_far)
        if said.command is Command.RESTART:
            _say(dispatcher, symptom_answers().begun(step, so_far))
        else:
            words = str(tracker.latest_message.get("text") or "").split()
            told_more = any(question is not check.open for question, _ in step.noted) or len(words) > _PLAIN_WORDS
            resumed, helps = said.command is Command.RESUME, said.command is Command.EXPLAIN
            echo = told_more and not button
            after = symptom_answers().after(step, so_far, echo=echo, resumed=resumed, helps=helps, shown=check.open)
            _say(dispatcher, after)
        return [SlotSet(SLOT, step.check.as_dict())]


class ActionGoOnWithCheck(Action):
    """Ask the open question again, after something else was answered; after danger ask first whether to go on."""

    def name(self) -> str:
        """Name in the domain."""
        return GO_ON

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """After too many other messages in a row it is only said that the check waits."""
        check, so_far = check_of(tracker.slots), known(tracker.slots)
        if check is None:
            return []
        if danger_between(tracker.events):
            waiting = pause(check).check
            _say(dispatcher, [symptom_answers().waiting(OFFER, waiting)])
            return [SlotSet(SLOT, waiting.as_dict())]
        # A button means what it says; and “yes” is no answer to a question that was not asked just before.
        is_answer = CHOICES in tracker.latest_message and spoke_last(tracker.events) is not None
        # Nor is what was told for the diary.
        is_answer = is_answer and tracker.latest_action_name != KEEP
        said = heard(str(tracker.latest_message.get("text") or ""), check, so_far) if is_answer else Heard()
        step = aside(check, Heard(said.answers, said.passing, said.ruled_out), so_far)
        if step.move is Move.PAUSE:
            _say(dispatcher, [symptom_answers().waiting("waits", step.check)])
        else:
            is_first = tracker.latest_action_name == _LISTEN
            intent = str((tracker.latest_message.get("intent") or {}).get("name"))
            named = {entity["entity"] for entity in tracker.latest_message.get("entities") or ()}
            _say(
                dispatcher,
                symptom_answers().after(
                    step,
                    so_far,
                    echo=True,
                    why=is_first and intent == WHY,
                    shown=check.open if spoke_last(tracker.events) else None,
                    medicine=intent == _MEDICINE and "medicine" in named and not said.ruled_out,
                ),
            )
        return [SlotSet(SLOT, step.check.as_dict())]


def _began(dispatcher: CollectingDispatcher, tracker: Tracker, so_far: Known) -> list[EventType]:
    text = str(tracker.latest_message.get("text") or "")
    step = start(begun_with(text, _told_before(tracker)), so_far)
    _say(dispatcher, symptom_answers().begun(step, so_far))
    return [SlotSet(SLOT, step.check.as_dict())]


def _said(tracker: Tracker, check: Check, so_far: Known) -> Heard:
    """What was typed. “Yes” to “shall we go on” is none of the check's answers."""
    intent = str((tracker.latest_message.get("intent") or {}).get("name"))
    waiting = answer_to_waiting(tracker.events, intent)
    if waiting is not None:
        return Heard(command=waiting)
    said = heard(str(tracker.latest_message.get("text") or ""), check, so_far)
    if said.command is None and check.stage is Stage.PAUSED and intent == INTENT:
        return Heard(command=Command.RESUME)
    return said


def _asks_for_check(tracker: Tracker) -> bool:
    return str((tracker.latest_message.get("intent") or {}).get("name")) == INTENT


def _told_before(tracker: Tracker) -> str | None:
    """The message that asked “do I have it?” before the check was offered, with what was told since."""
    told: list[str] = []
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            told.append(str(event.get("text") or ""))
            intent = ((event.get("parse_data") or {}).get("intent") or {}).get("name")
            if len(told) > 1 and intent == _DIAGNOSIS:
                return " ".join(reversed(told[1:]))
        elif event.get("event") == "bot" and len(told) > 1 and history.response_name(event) not in OFFERS:
            return None
    return None


def _say(dispatcher: CollectingDispatcher, messages: Iterable[Said]) -> None:
    for said in messages:
        dispatcher.utter_message(**said.reply.as_message(), utter_action=f"{PIECE}{said.piece}")
