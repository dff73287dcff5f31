"""Remembering what a person mentions in passing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.medicines import answers, read
from stillnight.clinical.circumstances import circumstances
from stillnight.clinical.details import ANSWER
from stillnight.clinical.diary.reader import diary_reader
from stillnight.clinical.medicines.asks import ALCOHOL
from stillnight.clinical.medicines.corrections import taken_back
from stillnight.clinical.medicines.finder import Mention
from stillnight.clinical.medicines.talk import talk
from stillnight.clinical.visit_summary.commands import is_change
from stillnight.clinical.visit_summary.corrections import wishes_change
from stillnight.clinical.visit_summary.removals import removal
from stillnight.content.catalogue import catalogue
from stillnight.dialogue import history, lab_memory, lab_people, told_memory
from stillnight.dialogue.details import detail_asked
from stillnight.dialogue.lean_policy import DOSE, GIVES_WAY
from stillnight.dialogue.medicine_memory import CHECKS, CORRECTS, STOPS, Named
from stillnight.dialogue.medicine_question import question
from stillnight.dialogue.memory import CIRCUMSTANCE_SLOT, CIRCUMSTANCES_SLOT, MEDICINES_SLOT, in_play, noticed
from stillnight.dialogue.summary_edits import asks_beside
from stillnight.dialogue.summary_memory import awaited
from stillnight.nlu.labels import CHOICES, FALLBACK_INTENT, FAQ, OUT_OF_SCOPE

VISIT_SUMMARY = "visit_summary"
_COMMAND_WORDS = 9
# What a bare row of facts is taken for.
_TELLS_AMISS = frozenset({FALLBACK_INTENT, OUT_OF_SCOPE, FAQ, "diagnosis_request", "symptom_check"})
_SORRY = "utter_sorry_for_your_loss"
# It says so itself.
_GRIEF = f"{ANSWER}grief"
# Their own answers warn of dangerous pairs.
_WARNS_ITSELF = frozenset({CHECKS, CORRECTS, STOPS})


def _is_sorry(tracker: Tracker, text: str) -> bool:
    """Whether a loss is told for the first time, beside something else that is answered."""
    if not circumstances().tells_of_loss(text) or history.was_said(tracker.events, catalogue().text(_SORRY)):
        return False
    return detail_asked(tracker.latest_message, tracker.events, tracker.slots) != _GRIEF


class ActionNotice(Action):
    """Notice pregnancy, a child, dialysis, medicines and lab values in every message, whatever it is about."""

    def name(self) -> str:
        """The action that Rasa runs after every message, before it chooses what to do."""
        return "action_validate_slot_mappings"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Set the slots by which answers change; a loss and a dangerous pair come before whatever else is answered."""
        text = str(tracker.latest_message.get("text") or "")
        if _is_sorry(tracker, text):
            dispatcher.utter_message(response=_SORRY)
        found = noticed(text, tracker.get_slot(CIRCUMSTANCES_SLOT) or ())
        events: list[EventType] = [SlotSet(name, value) for name, value in found.items()]
        explained = history.is_about_labs(tracker.events)
        before = history.entities_before(tracker.events, "lab") or lab_memory.of_topic(
            history.last_topic(history.last_turn(tracker.events))
        )
        earlier = [str(each.get("text") or "") for each in history.heard(tracker.events)][1:2]
        labs = lab_memory.noticed(text, tracker.slots, before, explained, "".join(earlier))
        company = lab_people.company(text, tracker.slots)
        events += [SlotSet(name, value) for name, value in (labs | company).items()]
        events += [SlotSet(name, value) for name, value in _in_play(tracker, text, found).items()]
        message = read(tracker)
        before_told, out = tuple(tracker.get_slot(MEDICINES_SLOT) or ()), removal(text)
        # “remove the sertraline. No wait, keep it” takes nothing back.
        taken = before_told if out and out.withdrawn else message.told
        if taken != before_told:
            events.append(SlotSet(MEDICINES_SLOT, list(taken)))
        off = [name for name in before_told if name not in taken]
        events += [SlotSet(name, value) for name, value in _told(tracker, text, off, tells=bool(labs)).items()]
        if not _is_warned_of(tracker, message) and message.mentions:
            together = message.check(_not_denied(message)).together
            warning = answers().warning(together) if together else None
            if warning and not history.was_said(tracker.events, warning.text):
                dispatcher.utter_message(**warning.as_message())
        return events


def _in_play(tracker: Tracker, text: str, found: dict[str, Any]) -> dict[str, Any]:
    """Whose circumstance counts for this message, where it was told of somebody else; nothing for a new one."""
    book, known = lab_memory.notebook(tracker.slots), tracker.get_slot(CIRCUMSTANCES_SLOT) or ()
    return {} if found else in_play(text, known, book.only_theirs, tracker.get_slot(CIRCUMSTANCE_SLOT))


def _not_denied(message: Named) -> tuple[Mention, ...]:
    """Without what is denied: “coffee in the morning, no alcohol”."""
    off = taken_back(message.text, message.mentions, talk())
    return replace(message, mentions=message.wanted, off=off).wanted


def _is_warned_of(tracker: Tracker, message: Named) -> bool:
    """Whether the answer itself will warn of a dangerous pair: “how many beers can i have with it”."""
    intent = tracker.latest_message["intent"]["name"]
    if intent in _WARNS_ITSELF:
        return True
    asks = intent in {DOSE, *GIVES_WAY} and not (tracker.active_loop or {}).get("name")
    asked = question(message) if asks else None
    return asked is not None and ALCOHOL in asked.asks


def _answers_what_to_tell(tracker: Tracker, text: str) -> bool:
    """“58, male, legs since 2015”, behind the word that there is too little for the page yet."""
    vague = str(tracker.latest_message["intent"]["name"]) in _TELLS_AMISS
    return vague and not asks_beside(text) and awaited(tracker.events)


def _told(tracker: Tracker, text: str, off: list[str], tells: bool) -> dict[str, Any]:
    """What the message tells for the page for the doctor, and which topics it asks about."""
    latest = tracker.latest_message
    pressed = CHOICES not in latest
    diary = None if pressed else diary_reader().read(text)
    if diary and (diary.plain or diary.wish):
        # The diary keeps its own words.
        text = diary.beside
    if str(latest["intent"]["name"]) == VISIT_SUMMARY and not tells and len(text.split()) <= _COMMAND_WORDS:
        # “put it on the list for my doctor” is no line of that list.
        text = text if is_change(text) or wishes_change(text) else ""
    said = next(history.heard(tracker.events), {})
    return told_memory.noticed(
        text,
        str(latest["intent"]["name"]),
        str(said.get("message_id") or ""),
        tracker.slots,
        told_memory.topics_in(said.get("parse_data") or latest),
        off,
        pressed=pressed,
        tells=tells,
        on_request=not pressed and _answers_what_to_tell(tracker, text),
    )
