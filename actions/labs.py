"""Actions about the person's own lab values: asking what is open, explaining, reading back."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, FormValidationAction, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.medicines import answers as medicine_answers
from stillnight.clinical.circumstances import HIGH_IRON
from stillnight.clinical.labs.amend import amendments
from stillnight.clinical.labs.definitions import lab_definitions
from stillnight.clinical.labs.notebook import AGAIN, ASKED_MAX, ASKED_ON, HELPED, WORRIED, Notebook
from stillnight.clinical.labs.questions import Asks, Question
from stillnight.clinical.labs.replies import Answer as Reply
from stillnight.clinical.labs.replies import lab_replies
from stillnight.dialogue import history
from stillnight.dialogue.lab_answers import lab_answers
from stillnight.dialogue.lab_memory import ANSWER, ANSWER_SLOT, FORM, LABS_SLOT, notebook, person
from stillnight.dialogue.lab_people import is_own_meant
from stillnight.dialogue.lab_policy import REPEAT
from stillnight.dialogue.lab_questions import asked
from stillnight.dialogue.lab_reading import tells_measure
from stillnight.dialogue.memory import CIRCUMSTANCE_SLOT, MEDICINES_SLOT
from stillnight.safety.guard import guard
from stillnight.safety.record import COUNTRY_SLOT

_TAKEN = "taken"
_OF_LABS = re.compile(r"\b(?:labs?|bloods?|tests?|results?|values?|numbers?|levels?|counts?|readings?)\b")


class ValidateLabForm(FormValidationAction):
    """Take the answer to the open question about a value."""

    def name(self) -> str:
        """Validates `lab_form`."""
        return f"validate_{FORM}"

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[str]:
        """One answer as long as something has to be asked, or was asked and may have been told in passing."""
        return [ANSWER_SLOT] if _was_asked(tracker) or _question(tracker) else []

    def extract_lab_answer(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """The message, if it answers the question. Nothing makes room for whatever else was asked."""
        book, question = notebook(tracker.slots), _question(tracker)
        if book.fresh or (question is None and _was_asked(tracker)):
            # What the message told was taken already; what is still open is asked next.
            return {ANSWER_SLOT: _TAKEN}
        if question is None or not _was_asked(tracker):
            return {}
        text = _answer(tracker)
        return {ANSWER_SLOT: text} if _replied(question, text) else {}

    def validate_lab_answer(
        self, value: Any, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> dict[str, Any]:
        """Into the notebook; the slot is free again for the next question."""
        book, question = notebook(tracker.slots), _question(tracker)
        if value == _TAKEN:
            return {ANSWER_SLOT: None, LABS_SLOT: book.unheard().as_dict()}
        answer = _replied(question, str(value)) if question else None
        if question is None or answer is None:
            return {ANSWER_SLOT: None}
        if answer.why:
            dispatcher.utter_message(text=lab_answers().wording.text(f"why_{question.asks.value}"))
            return {ANSWER_SLOT: None}
        after = book.answered(question, answer, lab_definitions())
        if len(after.open) < len(book.open):
            title = lab_definitions()[question.lab].title
            dispatcher.utter_message(text=lab_answers().wording.text("left_out", lab=title))
        return {ANSWER_SLOT: None, LABS_SLOT: after.as_dict()}


class ActionAskLabAnswer(Action):
    """Ask the open question; after it was asked often enough, go on without."""

    def name(self) -> str:
        """Asks for the slot of `lab_form`."""
        return f"action_ask_{ANSWER_SLOT}"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Buttons answer it; so does free text."""
        book, question = notebook(tracker.slots), _question(tracker)
        # “What was the question again” is no miss.
        again = tracker.latest_message["intent"]["name"] == REPEAT
        while question is not None and book.asked >= ASKED_MAX and not again:
            book = book.given_up(question)
            question = book.question(lab_definitions(), person(tracker.slots))
        if question is None:
            return [SlotSet(LABS_SLOT, book.as_dict()), ActiveLoop(None)]
        book = self._with_the_rest_explained(dispatcher, tracker, book)
        whose = book.person(person(tracker.slots), question.value)
        dispatcher.utter_message(**asked(question, lab_definitions(), lab_answers().wording, whose).as_message())
        after = (book if again else book.asked_once_more()).as_dict()
        return [SlotSet(LABS_SLOT, after), *_high_iron(tracker, book)]

    @staticmethod
    def _with_the_rest_explained(dispatcher: CollectingDispatcher, tracker: Tracker, book: Notebook) -> Notebook:
        """What needs no question does not wait for one: it is said before."""
        known = person(tracker.slots)
        settled = book.settled(lab_definitions(), known)
        if not settled:
            return book
        for reply in lab_answers().explained(replace(book, open=settled), known):
            dispatcher.utter_message(**reply.as_message())
        return book.explained(settled)


class ActionExplainLabs(Action):
    """Say what the values mean."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_explain_labs"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """One message for each person whose values were told; without any value, how to type one."""
        book = notebook(tracker.slots)
        known = person(tracker.slots)
        urgent = book.urgent(lab_definitions(), known)
        if book.again == HELPED:
            dispatcher.utter_message(response="utter_check_in_help_coming")
            return [SlotSet(LABS_SLOT, book.explained().as_dict())]
        asked_on = bool(urgent) and book.again in (AGAIN, WORRIED)
        now = replace(book, open=urgent) if urgent else book
        if now.again in ASKED_ON and not urgent:
            replies = [lab_answers().again(now, known)]
        else:
            replies = lab_answers().explained(now, known, more=len(book.open) > len(now.open))
        if lab_answers().is_emergency(now, known):
            hints = tracker.latest_message.get("metadata")
            replies[0] = guard().with_emergency_number(replies[0], tracker.get_slot(COUNTRY_SLOT), hints)
        if asked_on:
            replies[0] = lab_answers().pressed(replies[0])
        for reply in replies:
            dispatcher.utter_message(**reply.as_message())
        if not replies and not _was_left_out(tracker):
            measured = tells_measure(str(tracker.latest_message.get("text") or ""))
            dispatcher.utter_message(response="utter_noted" if measured else "utter_lab_report")
        return [SlotSet(LABS_SLOT, book.explained(now.open).as_dict()), *_high_iron(tracker, now)]


class ActionListLabs(Action):
    """Read back which values were told, and how they changed."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_list_labs"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Of the tests that are named, else of all."""
        named = list(dict.fromkeys(tracker.get_latest_entity_values("lab")))
        book, medicines = notebook(tracker.slots), tracker.get_slot(MEDICINES_SLOT) or ()
        general = not named and not _OF_LABS.search(str(tracker.latest_message.get("text") or "").lower())
        if book.told or book.open or not (general and medicines):
            dispatcher.utter_message(**lab_answers().told(book, named, _own_alone(tracker)).as_message())
        if general and medicines:
            dispatcher.utter_message(**medicine_answers().told(medicines).as_message())
        return []


def _high_iron(tracker: Tracker, book: Notebook) -> list[EventType]:
    """That one's own open values show high iron, whatever is still asked: “so do I need iron?” comes soon."""
    known = tracker.get_slot(CIRCUMSTANCE_SLOT) or not lab_answers().is_iron_high(book, person(tracker.slots))
    return [] if known else [SlotSet(CIRCUMSTANCE_SLOT, HIGH_IRON)]


def _own_alone(tracker: Tracker) -> list[str | None]:
    """“What is mine?”: nobody else's values are meant."""
    return [None] if is_own_meant(str(tracker.latest_message.get("text") or "")) else []


def _replied(question: Question, text: str) -> Reply | None:
    """The answer to the open question. “is it low?” cannot be told before, so they hear why it is asked."""
    early = question.asks is not Asks.GROUP and amendments().asks_on(text)
    return lab_replies().of(question, text) or (Reply(why=True) if early else None)


def _was_asked(tracker: Tracker) -> bool:
    return tracker.slots.get("requested_slot") == ANSWER_SLOT


def _was_left_out(tracker: Tracker) -> bool:
    """Whether the last words were that a number was not kept."""
    last = next(history.said(tracker.events), {})
    say = lab_answers().wording
    return any(last.get("text") == say.text("left_out", lab=lab.title) for lab in lab_definitions().values())


def _question(tracker: Tracker) -> Question | None:
    book: Notebook = notebook(tracker.slots)
    return book.question(lab_definitions(), person(tracker.slots))


def _answer(tracker: Tracker) -> str:
    """A button's answer, else what was typed."""
    pressed = next(tracker.get_latest_entity_values(ANSWER), None)
    return str(pressed or tracker.latest_message.get("text") or "")
