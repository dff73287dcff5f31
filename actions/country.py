"""Choosing the country whose emergency numbers are given."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from stillnight.clinical.crisis_lines import crisis_lines
from stillnight.safety.country import Place
from stillnight.safety.guard import guard
from stillnight.safety.record import COUNTRY_SLOT


class ActionChangeCountry(Action):
    """Take the country from a button or from what was typed; ask for it when there is none in it."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_change_country"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Give the country's numbers at once, so that they can be kept."""
        pressed = next(tracker.get_latest_entity_values(COUNTRY_SLOT), None)
        country = pressed or crisis_lines().mentioned(str(tracker.latest_message.get("text") or ""))
        words = guard().words
        if country not in crisis_lines().countries:
            dispatcher.utter_message(**words.countries().as_message())
            return []
        dispatcher.utter_message(**words.numbers(None, Place(country)).as_message())
        return [SlotSet(COUNTRY_SLOT, country)]
