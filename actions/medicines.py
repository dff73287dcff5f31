"""Actions about the person's own medicines: checking, stopping, remembering, correcting."""

from __future__ import annotations

import re
from typing import Any, Final

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from stillnight.channels.message import Reply, static_reply
from stillnight.clinical.circumstances import circumstances
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.medicines.talk import talk
from stillnight.content.catalogue import catalogue
from stillnight.dialogue import history, lab_memory, lab_people, medicine_question
from stillnight.dialogue.details import detail_asked
from stillnight.dialogue.lab_answers import lab_answers
from stillnight.dialogue.lab_reading import corrects_dose, corrects_measure
from stillnight.dialogue.medicine_answers import MedicineAnswers, was_stopping
from stillnight.dialogue.medicine_lines import meant
from stillnight.dialogue.medicine_memory import Named, remembered
from stillnight.dialogue.medicine_question import question
from stillnight.dialogue.memory import CIRCUMSTANCE_SLOT, CIRCUMSTANCES_SLOT, MEDICINES_SLOT
from stillnight.dialogue.told_memory import TOLD_SLOT
from stillnight.nlu.labels import RED_FLAG
from stillnight.safety.record import SLOT as SAFETY_SLOT

_FORGET: Final = re.compile(
    r"\b(?:forget|delete|remove|scrap|wipe|erase|clear|discard|undo|cancel|drop|ignore|take\b.*\b(?:off|out|away|back))\b"
)
_OLD_ONE: Final = re.compile(r"\b(?:old|older|oldest|previous|earlier|first|last year'?s?|one before)\b")
_OF_MEDICINES: Final = re.compile(r"\b(?:med|meds|medicines?|medications?|tablets?|pills?|drugs?|tak(?:e|ing))\b")
# Slots that hold what somebody told.
_REMEMBERED: Final = frozenset({MEDICINES_SLOT, CIRCUMSTANCES_SLOT, lab_memory.LABS_SLOT, TOLD_SLOT})
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
        if asked is not None and asked.effect is not None:
            _utter(dispatcher, answers().of_effect(asked.check, asked.effect, circumstance, message.text))
            return []
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
        # While something else is asked, no policy has looked: “my sister has one left over, can i take it?”
        detail = detail_asked(tracker.latest_message, tracker.events, tracker.slots)
        if detail is not None:
            dispatcher.utter_message(response=detail)
            return []
        message = read(tracker)
        wanted = message.wanted or remembered(message.told)
        if not wanted:
            dispatcher.utter_message(response="utter_stop_medication")
            return []
        found = message.check(wanted)
        stops = any(each.stopping for each in meant(found))
        if stops and was_stopping(tracker.events) and talk().is_unwell(message.text):
            _utter(dispatcher, answers().after_stop(found))
            return []
        _utter(dispatcher, answers().stopping(found, message.text))
        return []


class ActionListMedicines(Action):
    """Read back which medicines were told."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_list_medicines"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """By their international names. Without any, “what did I tell you” may mean lab values."""
        book = lab_memory.notebook(tracker.slots)
        medicines = tracker.get_slot(MEDICINES_SLOT) or ()
        general = not _OF_MEDICINES.search(str(tracker.latest_message.get("text") or "").lower())
        if book.told and (general or not medicines):
            _utter(dispatcher, lab_answers().told(book, []))
        if medicines or not (book.told or book.open):
            _utter(dispatcher, answers().told(medicines) if medicines or not general else _nothing_told())
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
        if not (message.mentions or message.off) and about_labs and named and not book.told:
            # “no, I meant the saturation”: its number is still to come.
            dispatcher.utter_message(response="utter_lab_report")
            return []
        about_labs = about_labs and (bool(_FORGET.search(text)) or not _noted_now(tracker, CIRCUMSTANCES_SLOT))
        before = "".join([str(each.get("text") or "") for each in history.heard(tracker.events)][1:2])
        measured = circumstances().tells_age(text) or corrects_measure(text, before)
        if not (message.mentions or message.off or named) and measured:
            # “no, shes 8 sorry”: a number, and of no test.
            dispatcher.utter_message(response="utter_noted")
            return []
        if corrects_dose(text, before):
            dispatcher.utter_message(response="utter_dose_not_kept")
            return []
        if not (message.mentions or message.off) and about_labs and book.told:
            if not _FORGET.search(text):
                _utter(dispatcher, lab_answers().kept(book, named or list(book.last)))
                return []
            forget = [] if _EVERYTHING.search(text) and not named else named or list(book.last)
            if _OLD_ONE.search(text) and (newer := book.without_older(named or list(book.last))) != book:
                _utter(dispatcher, lab_answers().told(newer, []))
                return [SlotSet(lab_memory.LABS_SLOT, newer.as_dict())]
            owners = lab_people.owners_meant(text, book)
            if owners and not named and _EVERYTHING.search(text):
                # “delete his numbers, keep mine”
                forget = list(dict.fromkeys(each.lab for each in book.told if each.owner in owners))
            after = book.forgotten_of(forget, owners) if forget and owners else book.forgotten(forget)
            theirs = [each for each in book.newest_of_each() if each not in after.told] if after.told and owners else []
            _utter(dispatcher, lab_answers().forgotten(forget, theirs))
            return [SlotSet(lab_memory.LABS_SLOT, after.as_dict())]
        if message.mentions or message.off:
            circumstance = tracker.get_slot(CIRCUMSTANCE_SLOT)
            _utter(dispatcher, answers().checked(message.check(), sorted(message.off), circumstance))
        else:
            noted = "utter_corrected" if _noted_now(tracker) else "utter_what_to_correct"
            dispatcher.utter_message(response=danger_again(tracker) or noted)
        return []


def _nothing_told() -> Reply:
    return static_reply(catalogue(), "utter_nothing_told")


def _noted_now(tracker: Tracker, *slots: str) -> bool:
    """Whether the newest message changed what is remembered, or one of some slots."""
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            return False
        if event.get("event") == "slot" and event.get("name") in (slots or _REMEMBERED):
            return True
    return False


def danger_again(tracker: Tracker) -> str | None:
    """Response that says a same-day danger again, told right before this message, which plays it down."""
    messages = history.heard(tracker.events)
    next(messages, None)
    before = next(messages, None) or {}
    intent = ((before.get("parse_data") or {}).get("intent") or {}).get("name")
    told = (tracker.get_slot(SAFETY_SLOT) or {}).get("told") or ()
    again = f"utter_red_flag_again_{told[-1]}" if intent == RED_FLAG and told else ""
    return again if again in catalogue().answers else None


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
