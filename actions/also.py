"""The further questions of a message that asks several."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.utils import call_potential_coroutine

from actions.clinic import ActionGiveContact
from actions.medicines import ActionCheckMedicines, ActionStopMedication
from actions.privacy import ActionTellPrivacy
from actions.visit_summary import ActionMakeSummary
from stillnight.content.catalogue import CIRCUMSTANCE_SLOT, catalogue
from stillnight.content.responses import Button
from stillnight.dialogue import history
from stillnight.dialogue.also_policy import ANSWER_ALSO
from stillnight.nlu.labels import ALSO, FOLLOW_UP_PREFIX, topic_of

# Tasks that an action answers; each of the others has a response of its name.
_BY_ACTION: Final[dict[str, type[Action]]] = {
    "human": ActionGiveContact,
    "medication_check": ActionCheckMedicines,
    "privacy": ActionTellPrivacy,
    "stop_medication": ActionStopMedication,
    "visit_summary": ActionMakeSummary,
}


class ActionAnswerAlso(Action):
    """Answer each further question as if it had been asked alone: its own words, sources and buttons."""

    def name(self) -> str:
        """Name in the domain."""
        return ANSWER_ALSO

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """In their order, and none twice: “why?” may lead to what was just said."""
        events: list[EventType] = []
        topic = history.last_topic(tracker.events)
        said = {history.response_name(utterance) for utterance in history.last_answers(tracker.events)}
        for label in tracker.latest_message[ALSO]:
            if label in _BY_ACTION:
                events += await call_potential_coroutine(_BY_ACTION[label]().run(dispatcher, tracker, domain))
                continue
            name = _response(label, topic, tracker.get_slot(CIRCUMSTANCE_SLOT))
            if name not in said:
                said.add(name)
                _utter(dispatcher, name, tracker)
            topic = topic_of(label) or topic
        return events


def _response(label: str, topic: str | None, circumstance: str | None) -> str:
    """Name of the response; for “is it serious?” that of the topic before it."""
    if label.startswith(FOLLOW_UP_PREFIX):
        return catalogue().follow_up(topic, label.removeprefix(FOLLOW_UP_PREFIX), circumstance)
    return f"utter_{label}"


def _utter(dispatcher: CollectingDispatcher, name: str, tracker: Tracker) -> None:
    if topic_of(name.removeprefix("utter_")) is None:
        dispatcher.utter_message(response=name)
        return
    answer = catalogue().answer(name, tracker.get_slot(CIRCUMSTANCE_SLOT))
    buttons = tuple(replace(button, title=_title(button)) for button in answer.buttons)
    dispatcher.utter_message(**replace(answer, buttons=buttons).as_message())


def _title(button: Button) -> str:
    """“Tell me more” says of what: it may stand under the first answer as well."""
    topic = button.entities.get("topic")
    return f"{button.title}: {catalogue().title(topic)}" if topic else button.title
