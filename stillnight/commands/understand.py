"""What the assistant makes of a text, without answering it: the same model as in chat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from rasa.core.agent import Agent

from stillnight.assistant.pipeline import read
from stillnight.clinical.labs.values import LabValue
from stillnight.content.catalogue import Catalogue
from stillnight.nlu.labels import ALSO, FALLBACK_INTENT, FAQ, FOLLOW_UP_PREFIX, OUTSIDE, RED_FLAG, topic_of
from stillnight.nlu.red_flag_guard import RED_FLAGS
from stillnight.nlu.terms import LAB_VALUES, MEDICINE, MEDICINE_CLASS

_BATCH = 64
RULE = "rule"
SECOND_NET = "second_net"


@dataclass(frozen=True)
class Understanding:
    """One message as the assistant understands it.

    topic: FAQ slug or None. task: task intent or None. choices: slugs it would ask about when in doubt.
    red_flag: category of a danger or None, the first to answer; red_flag_by: `rule` or `second_net`.
    entities: `labs` with value, unit (None: has to be asked), comparator and owner (None: one's own); `medicines` by
    generic name; `medicine_classes` by key.
    outside: how sure it is that the message is none of ours, 0 to 1. also: FAQ slug of a second question in it.
    """

    text: str
    topic: str | None
    task: str | None
    confidence: float
    choices: tuple[str, ...] = ()
    red_flag: str | None = None
    red_flag_by: str | None = None
    entities: dict[str, list[Any]] = field(default_factory=dict)
    outside: float = 0.0
    also: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)


def understand(agent: Agent, catalogue: Catalogue, texts: Sequence[str]) -> Iterator[Understanding]:
    """Understand texts in order, many at a time. Raises ValueError when the agent has no model."""
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        for text, message in zip(batch, read(agent, batch)):
            yield understanding(text, message.as_dict(only_output_properties=True), catalogue)


def understanding(text: str, parsed: Mapping[str, Any], catalogue: Catalogue) -> Understanding:
    """What a parsed message tells, in the words of labelled lines."""
    intent = str(parsed["intent"]["name"])
    topic, task, red_flag, choices = None, None, None, ()
    if intent == FALLBACK_INTENT:
        choices = tuple(parsed["choices"])
    elif intent == RED_FLAG:
        label = parsed["response_selector"][RED_FLAG]["response"]["intent_response_key"]
        red_flag = str(label).removeprefix(f"{RED_FLAG}/")
    elif intent == FAQ:
        topic = topic_of(parsed["response_selector"][FAQ]["response"]["intent_response_key"])
    elif intent == "ask_source":
        topic = "sources"
    elif intent.startswith(FOLLOW_UP_PREFIX):
        # A follow-up with nothing before it is answered in general.
        topic = topic_of(catalogue.follow_up(None, intent.removeprefix(FOLLOW_UP_PREFIX)).removeprefix("utter_"))
    else:
        task = "help" if intent == "more" else intent
    named = {kind: _values(parsed, kind) for kind in (MEDICINE, MEDICINE_CLASS)}
    return Understanding(
        text,
        topic,
        task,
        round(float(parsed["label_confidence"]), 4),
        choices,
        red_flag,
        red_flag_by=None if red_flag is None else RULE if parsed[RED_FLAGS] else SECOND_NET,
        entities={"labs": _lab_values(parsed), "medicines": named[MEDICINE], "medicine_classes": named[MEDICINE_CLASS]},
        outside=round(float(parsed[OUTSIDE]), 4),
        also=next(filter(None, map(topic_of, parsed[ALSO])), None),
    )


def _lab_values(parsed: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Values that count now; a number that has to be asked about is none."""
    told = (LabValue.from_dict(value) for value in parsed.get(LAB_VALUES, ()))
    return [
        {
            "lab": value.lab,
            "value": value.value,
            "unit": value.unit,
            "comparator": value.comparator,
            "owner": value.owner,
        }
        for value in told
        if not (value.older or value.impossible or value.rivals)
    ]


def _values(parsed: Mapping[str, Any], entity: str) -> list[str]:
    return list(dict.fromkeys(each["value"] for each in parsed.get("entities", ()) if each["entity"] == entity))
