"""Remembering what a person mentions in passing."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from stillnight.dialogue.memory import CIRCUMSTANCES_SLOT, noticed


class ActionNotice(Action):
    """Notice pregnancy, a child, dialysis in every message, whatever it is about."""

    def name(self) -> str:
        """The action that Rasa runs after every message, before it chooses what to do."""
        return "action_validate_slot_mappings"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Set the slots by which answers change."""
        known = tracker.get_slot(CIRCUMSTANCES_SLOT) or ()
        found = noticed(str(tracker.latest_message.get("text") or ""), known)
        return [SlotSet(name, value) for name, value in found.items()]
