"""The action that tells what is kept of a person, and who sees it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from stillnight.content.catalogue import catalogue
from stillnight.privacy.keeper import events_of, opinions_of
from stillnight.privacy.kept import kept
from stillnight.privacy.talk import Wants, privacy_talk
from stillnight.privacy.words import PREFIX, PrivacyWords
from stillnight.settings import settings


class ActionTellPrivacy(Action):
    """Answer by the words of the question: what is kept, who reads it, how it is deleted, or all of it in short."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_tell_privacy"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """What is kept is looked up and counted, with this message."""
        wants = privacy_talk().wants(str(tracker.latest_message.get("text") or ""))
        words = PrivacyWords(catalogue(), settings())
        facts = words.facts()
        stored = await events_of(tracker.sender_id) if wants is Wants.KEPT else None
        if stored is not None:
            opinions = await opinions_of(tracker.sender_id)
            facts |= words.kept(kept([*stored, *tracker.events]), opinions, datetime.now()) | {
                "code": tracker.sender_id
            }
        elif wants is Wants.KEPT:
            # Where actions run by themselves nobody knows it, and nothing is made up.
            wants = None
        dispatcher.utter_message(response=f"{PREFIX}_{wants.value}" if wants else PREFIX, **facts)
        return []
