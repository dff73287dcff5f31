"""Actions about the person's own medicines: checking, stopping, remembering, correcting."""

from __future__ import annotations

import re
from typing import Any, Final

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from stillnight.channels.message import Reply, static_reply
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.content.catalogue import catalogue
from stillnight.dialogue import history, lab_memory, medicine_question
from stillnight.dialogue.lab_answers import lab_answers
from stillnight.dialogue.medicine_answers import MedicineAnswers
from stillnight.dialogue.medicine_memory import Named, remembered
from stillnight.dialogue.medicine_question import question
from stillnight.dialogue.memory import CIRCUMSTANCE_SLOT, MEDICINES_SLOT

_FORGET: Final = re.compile(
    r"\b(?:forget|delete|remove|scrap|wipe|erase|clear|discard|undo|cancel|drop|ignore|take\b.*\b(?:off|out|away|back))\b"
)
_EVERYTHING: Final = re.compile(r"\b(?:all|everything|every|results|numbers|values|both)\b")


class ActionCheckMedicines(Action):
    """Say what the medicines of the message do to restless legs."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_check_medicines"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Without a name in the message the ones told before are checked; without any, the general answer."""
        message = read(tracker)
        circumstance = tracker.get_slot(CIRCUMSTANCE_SLOT)
        asked = question(message)
        if asked is not None:
            _utter(dispatcher, answers().asked(asked.check, asked.asks, circumstance, message.text))
            return []
        wanted = message.wanted or ([] if message.mentions else remembered(message.told))
        found = message.check(wanted)
        if wanted or message.off:
            _utter(dispatcher, answers().checked(found, sorted(message.off), circumstance, message.text))
        else:
            general = "utter_medicine_unknown" if found.unknown else "utter_medication_check"
            _utter(dispatcher, static_reply(catalogue(), general))
        return []


class ActionStopMedication(Action):
    """Warn before a medicine is stopped, skipped or halved, or say what to watch for when it was."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_stop_medication"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Without a name in the message the medicines told before are meant; without any, the general warning."""
        message = read(tracker)
        wanted = message.wanted or remembered(message.told)
        if not wanted:
            dispatcher.utter_message(response="utter_stop_medication")
            return []
        _utter(dispatcher, answers().stopping(message.check(wanted), message.text))
        return []


class ActionListMedicines(Action):
    """Read back which medicines were told."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_list_medicines"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """By their international names. Without any, “what did I tell you” may mean lab values."""
        book = lab_memory.notebook(tracker.slots)
        if book.told and not tracker.get_slot(MEDICINES_SLOT):
            _utter(dispatcher, lab_answers().told(book, []))
            return []
        _utter(dispatcher, answers().told(tracker.get_slot(MEDICINES_SLOT) or ()))
        return []


class ActionTakeCorrection(Action):
    """Take back what was told: “not sertraline, cetirizine”, “I am not pregnant”."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_take_correction"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """A name without “not” is a new one and is checked at once; a circumstance was already taken back."""
        message = read(tracker)
        book = lab_memory.notebook(tracker.slots)
        named = list(dict.fromkeys(tracker.get_latest_entity_values("lab")))
        text = str(tracker.latest_message.get("text") or "").lower()
        about_labs = bool(named) or history.is_about_labs(tracker.events) or not message.told
        if not (message.mentions or message.off) and about_labs and book.told:
            if not _FORGET.search(text):
                _utter(dispatcher, lab_answers().kept(book, named or list(book.last)))
                return []
            forget = [] if _EVERYTHING.search(text) and not named else named or list(book.last)
            _utter(dispatcher, lab_answers().forgotten(forget))
            return [SlotSet(lab_memory.LABS_SLOT, book.forgotten(forget).as_dict())]
        if message.mentions or message.off:
            circumstance = tracker.get_slot(CIRCUMSTANCE_SLOT)
            _utter(dispatcher, answers().checked(message.check(), sorted(message.off), circumstance))
        else:
            dispatcher.utter_message(response="utter_corrected")
        return []


def answers() -> MedicineAnswers:
    """The project's answers about medicines."""
    return MedicineAnswers(catalogue(), medicine_finder().register.regions)


def read(tracker: Tracker) -> Named:
    """What the latest message says of medicines."""
    latest = tracker.latest_message
    intent = str((latest.get("intent") or {}).get("name"))
    return medicine_question.read(str(latest.get("text") or ""), intent, tracker.slots, tracker.events)


def _utter(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    dispatcher.utter_message(**reply.as_message())
