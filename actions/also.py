"""The second of two questions in one message."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from stillnight.content.catalogue import CIRCUMSTANCE_SLOT, catalogue
from stillnight.content.responses import Button
from stillnight.dialogue.also_policy import ANSWER_ALSO
from stillnight.nlu.labels import ALSO


class ActionAnswerAlso(Action):
    """Answer the second question as if it had been asked alone: its own words, sources and buttons."""

    def name(self) -> str:
        """Name in the domain."""
        return ANSWER_ALSO

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Not by the name of the response alone, to which Rasa can add buttons but not change them."""
        answer = catalogue().answer(f"utter_{tracker.latest_message[ALSO]}", tracker.get_slot(CIRCUMSTANCE_SLOT))
        dispatcher.utter_message(
            text=answer.text,
            buttons=[{"title": _title(button), "payload": button.sent} for button in answer.buttons],
            metadata=dict(answer.metadata),
            utter_action=answer.name,
        )
        return []


def _title(button: Button) -> str:
    """“Tell me more” says of what: it may stand under the first answer as well."""
    topic = button.entities.get("topic")
    return f"{button.title}: {catalogue().title(topic)}" if topic else button.title
