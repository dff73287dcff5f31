"""Reading a conversation: pure functions over the events of a tracker, given as the dictionaries that Rasa stores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Event = Mapping[str, Any]

FALLBACK_INTENT = "nlu_fallback"
_MEDICINES = ("medicine", "medicine_class")
_ALCOHOL = "alcohol"
_EXPLAINS_LABS = "action_explain_labs"
_TOPIC_ANSWERS = ("utter_faq/", "utter_more_")
# Replies that speak of an answer or about the chat itself; the topic stays what it was.
_STILL_ABOUT = "utter_still_about"
_ASIDE = ("utter_sources", "utter_no_source", "utter_no_more", "utter_did_you_mean", _STILL_ABOUT)
# Thanks, and a yes that answers nothing: what was spoken of before them still is.
_COURTESY = ("utter_thanks", "utter_affirm")


def said(events: Sequence[Event]) -> Iterator[Event]:
    """The assistant's utterances, newest first."""
    return (event for event in reversed(events) if event.get("event") == "bot")


def heard(events: Sequence[Event]) -> Iterator[Event]:
    """The patient's messages, newest first."""
    return (event for event in reversed(events) if event.get("event") == "user")


def response_name(utterance: Event) -> str:
    """Name of the response that was uttered, empty when the text was made on the spot."""
    return str((utterance.get("metadata") or {}).get("utter_action") or "")


def own_metadata(utterance: Event) -> Mapping[str, Any]:
    """Metadata that the author wrote beside the answer: sources, title and so on."""
    return (utterance.get("metadata") or {}).get("metadata") or {}


def buttons(utterance: Event) -> list[dict[str, str]]:
    """Buttons under an utterance, as `title` and `payload`."""
    return list((utterance.get("data") or {}).get("buttons") or ())


def last_topic(events: Sequence[Event]) -> str | None:
    """Slug of the topic last answered, or None when none was."""
    for utterance in said(events):
        topic = own_metadata(utterance).get("topic")
        if topic:
            return str(topic)
        name = response_name(utterance)
        for prefix in _TOPIC_ANSWERS:
            if name.startswith(prefix):
                return name.removeprefix(prefix)
    return None


def last_answers(events: Sequence[Event]) -> list[Event]:
    """What answered the last message that was answered, oldest first, asides left out; two questions have two."""
    answers: list[Event] = []
    for event in reversed(events):
        if event.get("event") == "user" and answers:
            break
        if event.get("event") == "bot" and response_name(event) not in _ASIDE:
            answers.append(event)
    return answers[::-1]


def answer_at_hand(events: Sequence[Event]) -> Event | None:
    """The last answer if it was about a topic, so that a few words may go on about it; asides and thanks left out."""
    answer = answer_before(events)
    return answer if answer is not None and last_topic([answer]) else None


def answer_before(events: Sequence[Event]) -> Event | None:
    """The last answer, whatever it was about; asides and thanks left out."""
    passed_over = (*_ASIDE, *_COURTESY)
    return next((utterance for utterance in said(events) if response_name(utterance) not in passed_over), None)


def last_turn(events: Sequence[Event]) -> list[Event]:
    """What the assistant said between the patient's last message but one and the last, oldest first."""
    turns: list[Event] = []
    messages_seen = 0
    for event in reversed(events):
        if event.get("event") == "user":
            messages_seen += 1
            if messages_seen == 2:
                break
        elif event.get("event") == "bot" and messages_seen == 1:
            turns.append(event)
    return turns[::-1]


def offered(events: Sequence[Event]) -> list[str]:
    """Payloads of the buttons under the last “did you mean”, empty when the last turn was another."""
    for utterance in last_turn(events):
        if response_name(utterance) == "utter_did_you_mean":
            return [button["payload"] for button in buttons(utterance)]
    return []


def asked_on(events: Sequence[Event]) -> bool:
    """Whether the last turn asked if the topic before it is still meant."""
    return any(response_name(utterance) == _STILL_ABOUT for utterance in last_turn(events))


def is_about_labs(events: Sequence[Event], within: int = 2) -> bool:
    """Whether lab values were explained in the last turn.

    Args:
        events: of the conversation.
        within: 2 when the patient's newest message is already among them, else 1.
    """
    messages_seen = 0
    for event in reversed(events):
        if event.get("event") == "user":
            messages_seen += 1
            if messages_seen == within:
                break
        elif messages_seen == within - 1 and event.get("name") == _EXPLAINS_LABS:
            return True
    return False


def misses_in_a_row(events: Sequence[Event]) -> int:
    """How many of the patient's last messages were not understood, the newest included."""
    count = 0
    for message in heard(events):
        if ((message.get("parse_data") or {}).get("intent") or {}).get("name") != FALLBACK_INTENT:
            break
        count += 1
    return count


def was_said(events: Sequence[Event], text: str) -> bool:
    """Whether the assistant said these very words before, alone or among others."""
    return any(text in str(utterance.get("text")) for utterance in said(events))


def medicines_at_hand(events: Sequence[Event], within: int = 3) -> list[str]:
    """Medicines, or kinds of them, in the newest message before the last that named one; alcohol is none here.

    Args:
        events: of the conversation, with the patient's newest message.
        within: how many messages back it may be.
    """
    for message in list(heard(events))[1 : within + 1]:
        found = (message.get("parse_data") or {}).get("entities") or ()
        named = [str(each["value"]) for each in found if each["entity"] in _MEDICINES and each["value"] != _ALCOHOL]
        if named:
            return list(dict.fromkeys(named))
    return []


def entities_before(events: Sequence[Event], entity: str) -> list[str]:
    """Values of an entity in the patient's last message but one."""
    messages = heard(events)
    next(messages, None)
    before = next(messages, None)
    found = ((before or {}).get("parse_data") or {}).get("entities") or ()
    return [str(each["value"]) for each in found if each["entity"] == entity]
