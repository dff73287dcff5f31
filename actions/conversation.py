"""Actions that lean on what was said before."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from stillnight.clinical.details import MEDICINES
from stillnight.clinical.symptom_check.machine import pause
from stillnight.content.catalogue import CIRCUMSTANCE_SLOT, catalogue
from stillnight.dialogue import history
from stillnight.dialogue.details import TELL_DETAIL, about, detail_asked
from stillnight.dialogue.diary_memory import SLOT as DIARY_SLOT
from stillnight.dialogue.diary_memory import diary_of
from stillnight.dialogue.follow_ups import follow_up_talk, leaning
from stillnight.dialogue.medicine_answers import STOPPING
from stillnight.dialogue.places import named_place
from stillnight.dialogue.shorter import shorter
from stillnight.dialogue.symptom_memory import SLOT, check_of
from stillnight.nlu.labels import FAQ, FOLLOW_UP_PREFIX


class ActionSessionStart(Action):
    """Say once, at the first turn, that this is an automated assistant."""

    def name(self) -> str:
        """Rasa's name for the start of a session."""
        return "action_session_start"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Greet a new conversation; an old one that goes on after a pause is not greeted again."""
        if not any(history.said(tracker.events)):
            dispatcher.utter_message(response="utter_greet")
        check = check_of(tracker.slots)
        # A check of symptoms can be taken up tomorrow, and a diary is kept over many days.
        kept = [SlotSet(SLOT, pause(check).check.as_dict())] if check and check.answers else []
        diary = diary_of(tracker.slots)
        kept += [SlotSet(DIARY_SLOT, diary.rested().as_dict())] if diary.nights else []
        return [SessionStarted(), *kept, ActionExecuted("action_listen")]


class ActionTellMore(Action):
    """Give the second part of an answer."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_tell_more"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The topic comes from the button, else from the last answer."""
        topic = next(tracker.get_latest_entity_values("topic"), None) or history.last_topic(tracker.events)
        if topic is None:
            dispatcher.utter_message(response="utter_which_topic")
        else:
            more = catalogue().more(topic, tracker.get_slot(CIRCUMSTANCE_SLOT))
            said_already = more is None or _was_last(tracker, more)
            dispatcher.utter_message(response="utter_no_more" if said_already else more)
        return []


class ActionTakePlace(Action):
    """Answer “the second one” as the button that stands there."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_take_place"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """A topic, or the second part of one; the policy lets nothing else through."""
        button = named_place(str(tracker.latest_message.get("text") or ""), tracker.events)
        circumstance = tracker.get_slot(CIRCUMSTANCE_SLOT)
        topic = button.entities.get("topic") if button else None
        if topic:
            dispatcher.utter_message(response=catalogue().more(topic, circumstance) or "utter_no_more")
        elif button:
            dispatcher.utter_message(**catalogue().answer(f"utter_{button.target}", circumstance).as_message())
        return []


class ActionTellDetail(Action):
    """Answer a small question that has an answer of its own."""

    def name(self) -> str:
        """Name in the domain."""
        return TELL_DETAIL

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The policy lets nothing else through."""
        response = detail_asked(tracker.latest_message, tracker.events, tracker.slots)
        dispatcher.utter_message(response=response or "utter_help")
        return []


class ActionFollowUp(Action):
    """Answer “how long does that take?” and its like in the light of the last topic."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_follow_up"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """What the very words ask of the answer; else the intent `ask_how_long` asks for `how_long`, and so on."""
        text, circumstance = str(tracker.latest_message.get("text") or ""), tracker.get_slot(CIRCUMSTANCE_SLOT)
        response = leaning(text, tracker.events, circumstance)
        if response is not None:
            dispatcher.utter_message(response=response)
            return []
        kind = str(tracker.latest_message["intent"]["name"]).removeprefix(FOLLOW_UP_PREFIX)
        # Behind an answer about medicines “how long” asks how long they take, and not how long a stop does.
        topic = history.last_topic(tracker.events)
        if kind == "how_long" and topic != STOPPING and MEDICINES in about(tracker.events):
            topic = None
        dispatcher.utter_message(response=catalogue().follow_up(topic, kind, circumstance))
        return []


class ActionRepeatAnswer(Action):
    """Say the last answer again."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_repeat_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Every message of the last turn, with its buttons and sources; shorter for whom it was too much."""
        turn = history.last_turn(tracker.events)
        latest = tracker.latest_message
        # Of a topic that is asked about once more in other words a shorter answer is enough.
        plainer = follow_up_talk().wants_simpler(str(latest.get("text") or "")) or latest["intent"]["name"] == FAQ
        if not turn:
            dispatcher.utter_message(response="utter_help")
        for utterance in turn:
            dispatcher.utter_message(
                text=shorter(str(utterance.get("text")), catalogue()) if plainer else utterance.get("text"),
                buttons=history.buttons(utterance),
                metadata=dict(history.own_metadata(utterance)),
                # A question that is asked again is still open.
                utter_action=history.response_name(utterance),
            )
        return []


class ActionNameSources(Action):
    """Say in plain words where the last answer comes from, or both answers to two questions."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_name_sources"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Without an answer before, say what the assistant's sources are in general."""
        answers = history.last_answers(tracker.events)
        named = (source for answer in answers for source in history.own_metadata(answer).get("sources") or ())
        cited = list(dict.fromkeys(named))
        if not cited:
            dispatcher.utter_message(response="utter_no_source" if answers else "utter_faq/sources")
            return []
        references = [catalogue().references[source] for source in cited]
        dispatcher.utter_message(
            response="utter_sources",
            sources_in_words="; ".join(reference.spoken for reference in references),
            metadata={"sources": cited},
        )
        return []


def _was_last(tracker: Tracker, response: str) -> bool:
    return any(history.response_name(utterance) == response for utterance in history.last_turn(tracker.events))
