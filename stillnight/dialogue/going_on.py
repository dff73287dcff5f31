"""A few words that go on about the topic at hand: “even at lunchtime?”."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from rasa_sdk import Tracker

from stillnight.content.catalogue import catalogue
from stillnight.dialogue import history
from stillnight.language.text import folded

_FEW_WORDS: Final = 5
# Shorter words of a title (“and”, “the”) name nothing.
_TELLING_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_NAMES: Final = frozenset({"lab", "medicine", "medicine_class"})


def still_meant(tracker: Tracker, choices: Sequence[str]) -> str | None:
    """The topic at hand when a few words may go on about it and name nothing else.

    Args:
        tracker: the conversation with the message.
        choices: topics that the message itself resembles.
    """
    text = str(tracker.latest_message.get("text") or "")
    answer = history.answer_at_hand(tracker.events)
    if answer is None or not history.buttons(answer) or len(text.split()) > _FEW_WORDS:
        return None
    topic = history.last_topic([answer])
    if topic is None or not catalogue().has_topic(topic):
        return None
    if any(entity["entity"] in _NAMES for entity in tracker.latest_message.get("entities") or ()):
        return None
    others = telling_words(*(catalogue().title(slug) for slug in choices)) - telling_words(catalogue().title(topic))
    return topic if others.isdisjoint(telling_words(text)) else None


def still_about(tracker: Tracker, topic: str) -> dict[str, Any]:
    """What to utter: that the topic is taken to be meant still, and the buttons of its answer."""
    return {
        "response": "utter_still_about",
        "topic": catalogue().title(topic),
        "buttons": history.buttons(history.answer_at_hand(tracker.events) or {}),
    }


def telling_words(*texts: str) -> set[str]:
    """Words of texts that can name a topic."""
    return {word for text in texts for word in _TELLING_WORD.findall(folded(text))}
