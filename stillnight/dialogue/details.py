"""When a message asks a small question that has an answer of its own, in the light of what was said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, Final

from stillnight.clinical.details import ANSWER, DOSE, LABS, MEDICINES, STOPPING, details
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.dialogue import history
from stillnight.dialogue.lab_memory import notebook
from stillnight.dialogue.medicine_memory import remembered
from stillnight.dialogue.memory import CIRCUMSTANCE_SLOT, MEDICINES_SLOT
from stillnight.dialogue.told_memory import topic_in
from stillnight.nlu.labels import danger_of

TELL_DETAIL: Final = "action_tell_detail"
# Answers that have a name, but no topic of their own.
_NAMED: Final = (ANSWER, "utter_red_flag/", "utter_red_flag_again_", "utter_possible_")
# So are these by themselves.
_WHOLE: Final = {"utter_dose_request": DOSE, "utter_diagnosis_request": "diagnosis"}
# A danger is spoken of a little longer: “but I flew on sunday”, “my breathing is fine”.
_DANGER_WITHIN: Final = 4
# So is a warning against stopping: “8 years, and it gets worse”, “why not? it is my body”.
_STOPPING_WITHIN: Final = 3
# Between what is told and what is asked of it, these do not count.
_COURTESIES: Final = frozenset({"greet", "thanks", "affirm"})
_WARNS: Final = "action_stop_medication"
# From this probability of its topic a message stands by itself, unless it points back.
_CLEAR: Final = 0.97
_ABOUT: Final = {
    "action_explain_labs": LABS,
    "action_check_medicines": MEDICINES,
    _WARNS: MEDICINES,
}


def detail_asked(parsed: Mapping[str, Any], events: Sequence[history.Event], slots: Mapping[str, Any]) -> str | None:
    """Response that answers a small question; None when the message is none, or tells a lab value beside it.

    Args:
        parsed: the message as it was understood.
        events: of the conversation, up to this message.
        slots: of the conversation.
    """
    if notebook(slots).fresh:
        return None
    circumstance, on = slots.get(CIRCUMSTANCE_SLOT), about(events)
    on |= {str(circumstance), *(notebook(slots).last if LABS in on else ())}
    text, intent = str(parsed.get("text") or ""), str((parsed.get("intent") or {}).get("name"))
    topic = topic_in(parsed)
    clear = topic is not None and topic not in on and float(parsed.get("label_confidence") or 0.0) >= _CLEAR

    def medicines() -> set[str]:
        return _spoken_of(text, (*(slots.get(MEDICINES_SLOT) or ()), *history.medicines_at_hand(events)))

    found = details().of(text, on, circumstance, intent, topic, clear, medicines, _told_before(events))
    return found.answer if found is not None else None


def _spoken_of(text: str, before: Sequence[str]) -> set[str]:
    """Names and kinds of the medicines of a message, and of those named `before` it."""
    finder = medicine_finder()
    mentions = (*finder.find(text), *remembered(dict.fromkeys(before)))
    names = {name for each in mentions for name in each.medicines}
    kinds = {each.kind for each in mentions if each.kind}
    return names | kinds | {finder.register.medicines[name].kind.key for name in names}


def _label(event: history.Event) -> str:
    parsed = event.get("parse_data") or {}
    return str((parsed.get("intent") or {}).get("full_retrieval_intent_name") or "")


def _told_before(events: Sequence[history.Event]) -> str:
    """What the person said before the newest message, thanks and greetings left out; empty when it was an alarm."""
    for event in islice(history.heard(events), 1, None):
        if danger_of(_label(event)):
            return ""
        if ((event.get("parse_data") or {}).get("intent") or {}).get("name") not in _COURTESIES:
            return str(event.get("text") or "")
    return ""


def about(events: Sequence[history.Event]) -> set[str]:
    """What the last answer was about: its topic, lab values, medicines.

    Args:
        events: of the conversation, up to the patient's newest message.
    """
    answer = history.answer_before(events)
    topic = history.last_topic([answer]) if answer is not None else None
    found = {topic} if topic else set()
    name = history.response_name(answer) if answer is not None else ""
    found |= {name.removeprefix(start) for start in _NAMED if name.startswith(start)}
    found |= {_WHOLE[name]} if name in _WHOLE else set()
    messages = 0
    for event in reversed(events):
        messages += event.get("event") == "user"
        danger = danger_of(_label(event))
        if danger and messages <= _DANGER_WITHIN:
            found.add(danger)
        if messages == _DANGER_WITHIN:
            break
        if messages < 2 and event.get("event") == "action" and event.get("name") in _ABOUT:
            found.add(_ABOUT[str(event["name"])])
        if messages < _STOPPING_WITHIN and event.get("event") == "action" and event.get("name") == _WARNS:
            found.add(STOPPING)
    return found
