"""The page for the doctor: made on request, and again after each change."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from stillnight.clinical.visit_summary.commands import names_somebody
from stillnight.clinical.visit_summary.model import Edits, Section
from stillnight.clinical.visit_summary.wishes import drops_all
from stillnight.dialogue.lab_memory import notebook, person
from stillnight.dialogue.summary_answers import summary_answers
from stillnight.dialogue.summary_edits import NOTED, changed, lead
from stillnight.dialogue.summary_memory import EMPTY, SLOT, edits_of, ranges_of, summary_of
from stillnight.dialogue.summary_policy import MAKE
from stillnight.safety.record import COUNTRY_SLOT


class ActionMakeSummary(Action):
    """Show what the person told, as a page to print; change it first where the message says so."""

    def name(self) -> str:
        """Name in the domain."""
        return MAKE

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Without anything told, say what to tell."""
        before, text = edits_of(tracker.slots), str(tracker.latest_message.get("text") or "")
        edits, found = changed(text, tracker.slots, before or Edits())
        summary = summary_of(tracker.slots, edits)
        if before and drops_all(text):
            dispatcher.utter_message(**summary_answers().dropped().as_message())
            return [SlotSet(SLOT, replace(before, shown="").as_dict())]
        if not summary.tells and not (before and before.shown):
            # What is told next belongs on the page that was asked for.
            dispatcher.utter_message(**summary_answers().empty().as_message(), utter_action=EMPTY)
            return [SlotSet(SLOT, edits.as_dict())]
        intent = str(tracker.latest_message["intent"]["name"])
        above = lead(text, intent, summary, before, found)
        edits = replace(edits, shown=summary.digest)
        if above == NOTED:
            dispatcher.utter_message(**summary_answers().noted().as_message())
            return [SlotSet(SLOT, edits.as_dict())]
        whose = ranges_of(notebook(tracker.slots), person(tracker.slots), summary)
        today = datetime.now(timezone.utc).date()
        reply = summary_answers().shown(
            summary, whose, today, tracker.get_slot(COUNTRY_SLOT), above, named=names_somebody(text)
        )
        dispatcher.utter_message(**reply.as_message())
        questions = tuple(line.key for line in summary.of(Section.QUESTIONS))
        return [SlotSet(SLOT, replace(edits, questions=questions).as_dict())]
