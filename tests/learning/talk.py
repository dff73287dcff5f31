"""Conversations written into a real tracker store by Rasa's own classes, as a served assistant writes them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rasa.shared.core.events import ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from stillnight.clinical.emergency import Open, Safety
from stillnight.conversations.store import ConversationStore
from stillnight.nlu import labels
from stillnight.safety.record import SLOT

NOON = 1_793_534_400.0  # 2026-11-01 12:00 UTC


def store_at(path: Path) -> ConversationStore:
    return ConversationStore(f"sqlite:///{path}")


@dataclass
class Talk:
    """One conversation, built turn by turn."""

    sender: str
    at: float = NOON
    events: list[Event] = field(default_factory=list)
    count: int = 0

    def hears(self, text: str, label: str, confidence: float = 0.9, **more: Any) -> str:
        """A typed message, as the model reads it; its id."""
        ranking = [{"name": labels.base(label), "confidence": confidence}, *more.pop("ranking", ())]
        parsed = {
            "text": text,
            "intent": {"name": labels.base(label), "confidence": confidence},
            "intent_ranking": ranking,
            "entities": [],
            "response_selector": labels.response_selector(label, confidence),
            "choices": [],
            "label_confidence": confidence,
            "red_flags": [],
            **more,
        }
        return self._user(text, parsed)

    def doubts(self, text: str, *choices: str, **more: Any) -> str:
        """A message in doubt, and the question back; its id."""
        key = self.hears(text, labels.FALLBACK_INTENT, 0.15, choices=list(choices), **more)
        buttons = [{"title": slug.title(), "payload": f"/faq/{slug}"} for slug in choices]
        self.says("utter_did_you_mean", buttons=buttons)
        return key

    def presses(self, title: str, payload: str) -> str:
        return self._user(title, labels.parse_data_of_choice(payload, title))

    def says(self, response: str, buttons: Sequence[dict[str, str]] = (), **metadata: Any) -> Talk:
        told = {"utter_action": response, "metadata": metadata}
        self.events.append(BotUttered(f"({response})", {"buttons": list(buttons)}, told, timestamp=self.at))
        return self

    def form(self, name: str | None) -> None:
        self.events.append(ActiveLoop(name, timestamp=self.at))

    def danger(self, category: str | None) -> None:
        safety = Safety(Open(category, True)) if category else Safety()
        self.events.append(SlotSet(SLOT, safety.as_dict(), timestamp=self.at))

    def save(self, store: ConversationStore) -> None:
        asyncio.run(store.save(DialogueStateTracker.from_events(self.sender, self.events)))

    def _user(self, text: str, parsed: dict[str, Any]) -> str:
        self.at += 1
        self.count += 1
        key = f"{self.sender}-{self.count}"
        self.events.append(
            UserUttered(
                text,
                parsed["intent"],
                parsed["entities"],
                parsed,
                timestamp=self.at,
                input_channel="web",
                message_id=key,
            )
        )
        return key
