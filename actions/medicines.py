"""Actions about the person's own medicines: checking, stopping, remembering, correcting."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from stillnight.channels.message import Reply
from stillnight.clinical.crisis_lines import crisis_lines
from stillnight.clinical.medicines.check import Check, check
from stillnight.clinical.medicines.corrections import taken_back
from stillnight.clinical.medicines.finder import Mention, medicine_finder
from stillnight.content.catalogue import catalogue
from stillnight.dialogue.medicine_answers import MedicineAnswers
from stillnight.dialogue.memory import CIRCUMSTANCE_SLOT, MEDICINES_SLOT
from stillnight.safety.record import COUNTRY_SLOT


class ActionCheckMedicines(Action):
    """Say what the medicines of the message do to restless legs."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_check_medicines"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Without a name in the message the ones told before are checked; without any, the general answer."""
        mentions = _mentions(tracker)
        off = _taken_off(tracker, mentions)
        wanted = _without(mentions, off) or ([] if mentions else _remembered(tracker))
        if not wanted:
            dispatcher.utter_message(response="utter_medication_check")
            return _kept(tracker, (), off)
        found = check(medicine_finder().register, wanted)
        _utter(dispatcher, _answers().checked(found, sorted(off), tracker.get_slot(CIRCUMSTANCE_SLOT)))
        return _kept(tracker, _certain(found, wanted), off)


class ActionStopMedication(Action):
    """Warn before a medicine is stopped, skipped or halved, or say what to watch for when it was."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_stop_medication"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Without a name in the message the medicines told before are meant; without any, the general warning."""
        wanted = _mentions(tracker) or _remembered(tracker)
        if not wanted:
            dispatcher.utter_message(response="utter_stop_medication")
            return []
        found = check(medicine_finder().register, wanted)
        _utter(dispatcher, _answers().stopping(found))
        return _kept(tracker, _certain(found, wanted))


class ActionListMedicines(Action):
    """Read back which medicines were told."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_list_medicines"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """By their international names."""
        _utter(dispatcher, _answers().told(tracker.get_slot(MEDICINES_SLOT) or ()))
        return []


class ActionTakeCorrection(Action):
    """Take back what was told: “not sertraline, cetirizine”, “I am not pregnant”."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_take_correction"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """A name without “not” is a new one and is checked at once; a circumstance was already taken back."""
        mentions = _mentions(tracker)
        off = _taken_off(tracker, mentions)
        wanted = _without(mentions, off)
        found = check(medicine_finder().register, wanted)
        if mentions:
            _utter(dispatcher, _answers().checked(found, sorted(off), tracker.get_slot(CIRCUMSTANCE_SLOT)))
        else:
            dispatcher.utter_message(response="utter_corrected")
        return _kept(tracker, _certain(found, wanted), off)


def _answers() -> MedicineAnswers:
    return MedicineAnswers(catalogue(), medicine_finder().register.regions)


def _utter(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    dispatcher.utter_message(**reply.as_message())


def _text(tracker: Tracker) -> str:
    return str(tracker.latest_message.get("text") or "")


def _mentions(tracker: Tracker) -> list[Mention]:
    # Only a country that was chosen settles a brand: the pack may come from elsewhere, and both are soon said.
    chosen = crisis_lines().countries.get(str(tracker.get_slot(COUNTRY_SLOT)))
    region = chosen.brands if chosen else None
    return list(medicine_finder().find(_text(tracker), region))


def _remembered(tracker: Tracker) -> list[Mention]:
    """What was told before; a name that is no single medicine any more is looked up anew."""
    names = tracker.get_slot(MEDICINES_SLOT) or ()
    known = medicine_finder().register.medicines
    return [
        mention
        for name in names
        for mention in ([Mention(name, 0, 0, (name,), name)] if name in known else medicine_finder().find(name))
    ]


def _taken_off(tracker: Tracker, mentions: list[Mention]) -> frozenset[str]:
    return taken_back(_text(tracker), mentions, medicine_finder().register.not_mine)


def _without(mentions: list[Mention], off: frozenset[str]) -> list[Mention]:
    return [mention for mention in mentions if not mention.medicines or not off.issuperset(mention.medicines)]


def _certain(found: Check, wanted: list[Mention]) -> tuple[str, ...]:
    """What is remembered: a brand of several medicines is kept as its first meaning until it is settled."""
    several = (mention for mention in wanted if mention.sure and not mention.together and len(mention.medicines) > 1)
    first = [mention.medicines[0] for mention in several]
    return (*found.medicines, *first)


def _kept(tracker: Tracker, new: tuple[str, ...], off: frozenset[str] = frozenset()) -> list[EventType]:
    before = tuple(tracker.get_slot(MEDICINES_SLOT) or ())
    now = [name for name in dict.fromkeys((*before, *new)) if name not in off]
    return [SlotSet(MEDICINES_SLOT, now)]
