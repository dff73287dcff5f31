"""What follows a message that is none of ours to answer, or in a language that is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from stillnight.channels.message import Contact, Reply, static_reply
from stillnight.clinical.circumstances import circumstances
from stillnight.content.catalogue import catalogue
from stillnight.dialogue import history
from stillnight.dialogue.details import about
from stillnight.dialogue.going_on import still_about, still_meant
from stillnight.language.countries import country_name
from stillnight.language.languages import languages
from stillnight.nlu.decision import ASIDE
from stillnight.nlu.labels import OUT_OF_SCOPE, OUTSIDE
from stillnight.nlu.language_routing import LANGUAGE, OTHER_LANGUAGE
from stillnight.safety.guard import guard
from stillnight.safety.record import COUNTRY_SLOT

# Of held-out lines that lean on the topic before nearly all lie beneath, of other subjects nearly all above.
_SURELY_OUTSIDE: Final = 0.85
_TELLS_MAX: Final = 10
_ASKS: Final = re.compile(
    r"\W*(?:(?:and|but|so|ok|okay|or|also|well|right|then|fine|hmm)\W+)*"
    r"(?:what|why|how|who|when|where|which|whats|is|are|do|does|did|can|could|should|shall|would"
    r"|will|may|any|tell|give|help|write|show|make|translate|explain|play|book|order|find|recommend|please)\b"
)
_OF_ONESELF: Final = re.compile(r"\b(?:i|i'?m|i'?ve|my|me|we|he|she|they|his|her|tried)\b")
_UNREADABLE: Final = f"{OUT_OF_SCOPE}/unreadable"
_MAY_LEAN: Final = frozenset(f"{OUT_OF_SCOPE}/{kind}" for kind in ("everyday", "other_health", "other_sleep"))


class ActionSayNotOurs(Action):
    """Say kindly what is not our subject; that we speak English only, in the language that somebody writes."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_say_not_ours"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The classifier left the language, or the kind of other subject, in the message."""
        if _says_in_own_language(dispatcher, tracker):
            return []
        message = tracker.latest_message
        kind = message["response_selector"][OUT_OF_SCOPE]["response"]
        if kind["intent_response_key"] == OTHER_LANGUAGE:
            reply = _no_language_of_ours(tracker.get_slot(COUNTRY_SLOT), message.get("metadata"))
            dispatcher.utter_message(**reply.as_message())
            return []
        topic = _leans_on(tracker, str(kind["intent_response_key"]))
        reminder = _reminder(tracker) if kind["intent_response_key"] == ASIDE else None
        if reminder is not None:
            dispatcher.utter_message(response=reminder)
        elif topic is None and _tells(tracker, str(kind["intent_response_key"])):
            dispatcher.utter_message(response="utter_noted")
        elif topic is None:
            dispatcher.utter_message(response=kind["utter_action"])
        else:
            dispatcher.utter_message(**still_about(tracker, topic))
        return []


class ActionGreet(Action):
    """Return a greeting; “hola” by itself gets the word about English, in its own language."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_greet"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The classifier left the language in the message."""
        if not _says_in_own_language(dispatcher, tracker):
            dispatcher.utter_message(response="utter_greet")
        return []


def _says_in_own_language(dispatcher: CollectingDispatcher, tracker: Tracker) -> bool:
    """Whether the message is in one of the languages with a word of their own, which is then said."""
    message = tracker.latest_message
    code = message.get(LANGUAGE)
    if code not in languages().languages:
        return False
    reply = _english_only(code, tracker.get_slot(COUNTRY_SLOT), message.get("metadata"))
    dispatcher.utter_message(**reply.as_message())
    return True


def _reminder(tracker: Tracker) -> str | None:
    """What is said once more to whom a danger was answered just now, and who makes little of it: “only a second”."""
    answer = history.answer_before(tracker.events)
    if answer is None or not history.own_metadata(answer).get("urgent"):
        return None
    named = (f"utter_red_flag_again_{each}" for each in about(tracker.events))
    return next((response for response in named if response in catalogue().answers), None)


def _leans_on(tracker: Tracker, kind: str) -> str | None:
    """The topic at hand when a few words only look like another subject without it (“and decaf?”)."""
    doubtful = kind in _MAY_LEAN and float(tracker.latest_message.get(OUTSIDE) or 1.0) < _SURELY_OUTSIDE
    return still_meant(tracker, ()) if doubtful and not history.asked_on(tracker.events) else None


def _tells(tracker: Tracker, kind: str) -> bool:
    """Whether somebody only tells something of themselves behind an answer, and asks nothing: “tried walking”."""
    text = str(tracker.latest_message.get("text") or "").lower()
    short = len(text.split()) <= _TELLS_MAX and "?" not in text and _ASKS.match(text) is None
    if short and kind == _UNREADABLE and circumstances().tells_age(text):
        # “im 71” needs nothing before it.
        return True
    return kind in _MAY_LEAN and short and _OF_ONESELF.search(text) is not None and about(tracker.events) != set()


def _english_only(code: str, chosen: str | None, hints: Mapping[str, Any] | None) -> Reply:
    reply = static_reply(catalogue(), f"utter_language_{code}")
    place, numbers = guard().emergency_number(chosen, hints)
    if place.country is None:
        return reply
    # It tells whose number this is where the country was a guess.
    country = country_name(place.country, code) or guard().lines.countries[place.country].name.removeprefix("the ")
    said = f"{languages().languages[code].emergency}: {' / '.join(number.say for number in numbers)} ({country})"
    contacts = tuple(Contact(number.say, number.href) for number in numbers)
    return replace(reply.with_lines(said, code), contacts=contacts)


def _no_language_of_ours(chosen: str | None, hints: Mapping[str, Any] | None) -> Reply:
    reply = static_reply(catalogue(), f"utter_{OTHER_LANGUAGE}")
    numbered = guard().with_emergency_number(reply, chosen, hints)
    return replace(numbered, choices=(*reply.choices, *numbered.choices))
