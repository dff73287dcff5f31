"""The second of two questions in one message."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from stillnight.dialogue.also_policy import ANSWER_ALSO
from stillnight.nlu.labels import ALSO


class ActionAnswerAlso(Action):
    """Answer the second question as if it had been asked alone: its own words, sources and buttons."""

    def name(self) -> str:
        """Name in the domain."""
        return ANSWER_ALSO

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """By the name of the response, so that Rasa chooses the variation for the person's circumstance."""
        dispatcher.utter_message(response=f"utter_{tracker.latest_message[ALSO]}")
        return []
