"""Conversations as events: made by hypothesis, and simple ones by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionExecutionRejected,
    ActiveLoop,
    AllSlotsReset,
    BotUttered,
    ConversationPaused,
    ConversationResumed,
    DefinePrevUserUtteredFeaturization,
    Event,
    FollowupAction,
    LoopInterrupted,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
    deserialise_events,
)
from rasa.shared.core.trackers import DialogueStateTracker

NOON = 1_793_534_400.0  # 2026-11-01 12:00 UTC
LISTEN = "action_listen"
SLOTS = ("country", "medicines", "circumstances", "safety", "labs", "lab")


def session_start() -> list[Event]:
    return [ActionExecuted("action_session_start"), BotUttered("hello"), SessionStarted(), ActionExecuted(LISTEN)]


def turn(text: str, *events: Event, number: int = 0) -> list[Event]:
    """A message, an answer and what else happens between them."""
    parsed = {"intent": {"name": "greet", "confidence": 0.9}, "entities": [], "text": text}
    return [
        UserUttered(text, parsed["intent"], [], parsed, input_channel="web", message_id=f"m{number}"),
        *events,
        ActionExecuted("utter_greet"),
        BotUttered(f"re: {text}", {"buttons": None}, {"utter_action": "utter_greet"}),
        ActionExecuted(LISTEN),
    ]


def at(turns: Sequence[Sequence[Event]], since: float = NOON) -> list[list[Event]]:
    """With a time of its own for each event."""
    moment = since
    for events in turns:
        for event in events:
            moment += 0.25
            event.timestamp = moment
    return [list(events) for events in turns]


def fresh(events: Sequence[Event]) -> list[Event]:
    """The same events as other objects: a store must not share them with another one."""
    return list(deserialise_events(json.loads(json.dumps([event.as_dict() for event in events]))))


async def say(store: TrackerStore, sender: str, events: Sequence[Event]) -> DialogueStateTracker:
    """One turn through a store, as Rasa's processor goes through it."""
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    for event in fresh(events):
        tracker.update(event)
    await store.save(tracker)
    return tracker


def state(tracker: DialogueStateTracker | None) -> Any:
    """Everything that a tracker is, but its events."""
    assert tracker is not None
    told = tracker.current_state()
    told["set"] = {name: slot.has_been_set for name, slot in tracker.slots.items()}
    last = tracker.latest_bot_utterance
    told["said"] = [last.text, last.data, last.metadata] if last else None
    return json.loads(json.dumps({key: value for key, value in told.items() if key != "events"}))


def dumped(tracker: DialogueStateTracker | None) -> list[dict[str, Any]]:
    """The events of a tracker."""
    assert tracker is not None
    return [json.loads(json.dumps(event.as_dict())) for event in tracker.events]


def replayed(tracker: DialogueStateTracker, domain: Domain) -> DialogueStateTracker:
    """The tracker as Rasa makes it of its events."""
    return DialogueStateTracker.from_events(tracker.sender_id, list(tracker.events), domain.slots)


TEXTS = st.text(st.characters(blacklist_categories=()), max_size=12) | st.sampled_from(["yes", "my ferritin is 18"])
VALUES = st.none() | st.booleans() | st.integers(-5, 5) | TEXTS | st.lists(st.integers(0, 3), max_size=2)


@st.composite
def slots_set(draw: st.DrawFn) -> Event:
    name = draw(st.sampled_from(SLOTS))
    if name in ("medicines", "circumstances"):
        return SlotSet(name, draw(st.none() | st.lists(TEXTS, max_size=2)))
    if name == "lab":
        return SlotSet(name, draw(st.sampled_from(["ferritin", "tsh", None])))
    return SlotSet(name, draw(VALUES))


FORM: list[list[Event]] = [
    [ActionExecuted("lab_form"), ActiveLoop("lab_form"), SlotSet("requested_slot", "lab_answer")],
    [ActionExecuted("lab_form"), ActiveLoop(None), SlotSet("requested_slot", None)],
    [ActionExecutionRejected("lab_form"), LoopInterrupted(True)],
]

KINDS = [*["plain"] * 6, "form", "revert", "reset", "pause", "restart", "follow", "session"]


@st.composite
def turns(draw: st.DrawFn, most: int = 12) -> list[list[Event]]:
    """Turns with everything that Rasa may write in one."""
    made: list[list[Event]] = [session_start()] if draw(st.booleans()) else []
    for number in range(draw(st.integers(1, most))):
        inside: list[Event] = [DefinePrevUserUtteredFeaturization(False)] if draw(st.booleans()) else []
        inside += draw(st.lists(slots_set(), max_size=2))
        kind = draw(
            st.sampled_from([*["plain"] * 6, "form", "revert", "reset", "pause", "restart", "follow", "session"])
        )
        if kind == "form":
            inside += fresh(draw(st.sampled_from(FORM)))
        elif kind == "reset":
            inside.append(AllSlotsReset())
        elif kind == "pause":
            inside.append(draw(st.sampled_from([ConversationPaused, ConversationResumed]))())
        elif kind == "restart":
            inside.append(Restarted())
        said = turn(draw(TEXTS), *inside, number=number)
        if kind == "revert":
            said[-1:] = [ActionExecuted("action_default_fallback"), UserUtteranceReverted()]
        elif kind == "follow":
            said.append(FollowupAction("utter_greet"))
        made.append([*session_start(), *said] if kind == "session" else said)
    return at(made)
