"""Actions for when the assistant is not sure what was meant, and for the yes or no that follows."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions.medicines import danger_again
from stillnight.content.catalogue import CIRCUMSTANCE_SLOT, catalogue
from stillnight.content.responses import Button
from stillnight.dialogue import history
from stillnight.dialogue.going_on import still_about, still_meant

_MISSES_BEFORE_HELP = 2


class ActionAskTopic(Action):
    """Ask in words which topic was meant; at the second miss in a row say plainly what there is and who can help."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_ask_topic"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The classifier left the likely topics in the message; a few words may mean the topic before them."""
        danger = danger_again(tracker)
        if danger is not None:
            dispatcher.utter_message(response=danger)
            return []
        choices = [slug for slug in tracker.latest_message.get("choices") or () if catalogue().has_topic(slug)]
        again = history.misses_in_a_row(tracker.events) >= _MISSES_BEFORE_HELP
        topic = None if again else still_meant(tracker, choices)
        if topic is not None:
            dispatcher.utter_message(**still_about(tracker, topic))
        elif again or not choices:
            dispatcher.utter_message(response="utter_cannot_help")
        else:
            buttons = [{"title": catalogue().title(slug), "payload": f"/faq/{slug}"} for slug in choices]
            dispatcher.utter_message(response="utter_did_you_mean", topic=buttons[0]["title"], buttons=buttons)
        return []


class ActionTakeAnswer(Action):
    """Take a bare yes or no for what it answers: the topic that was offered, or nothing in particular."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_take_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Yes after “did you mean” answers the first topic offered; no says what else can be asked."""
        yes = tracker.latest_message["intent"]["name"] == "affirm"
        offered = history.offered(tracker.events)
        if yes and history.asked_on(tracker.events):
            dispatcher.utter_message(response=_what_else(tracker))
        elif not offered:
            dispatcher.utter_message(response="utter_affirm" if yes else "utter_deny")
        elif yes:
            dispatcher.utter_message(response=f"utter_{Button('', offered[0]).target}")
        else:
            dispatcher.utter_message(response="utter_cannot_help")
        return []


def _what_else(tracker: Tracker) -> str:
    """Response name of the second part of the topic at hand, if it was not what was just read."""
    answer = history.answer_at_hand(tracker.events) or {}
    more = catalogue().more(str(history.last_topic([answer])), tracker.get_slot(CIRCUMSTANCE_SLOT))
    return "utter_no_more" if more is None or more == history.response_name(answer) else more
