"""Actions that say how to reach a person."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from stillnight.settings import settings


class ActionGiveContact(Action):
    """Give the clinic's contact from the configuration, or say honestly that there is none here."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_give_contact"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Blank contact is the default."""
        contact = settings().clinic_contact.strip()
        if contact:
            dispatcher.utter_message(response="utter_human_contact", clinic_contact=contact)
        else:
            dispatcher.utter_message(response="utter_human_no_contact")
        return []
