"""Labels as the model predicts them, and the forms in which Rasa wants them.

A label is a full intent name: a plain task (`lab_report`) or a topic of a retrieval intent (`faq/iron`).
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, METADATA, METADATA_INTENT
from rasa.shared.nlu.training_data.message import Message

FAQ: Final = "faq"
OUT_OF_SCOPE: Final = "out_of_scope"
RED_FLAG: Final = "red_flag"
# How the intents begin that ask something of the answer before: `ask_why`.
FOLLOW_UP_PREFIX: Final = "ask_"
RETRIEVAL_INTENTS: Final = (FAQ, OUT_OF_SCOPE, RED_FLAG)
FALLBACK_INTENT: Final = DEFAULT_NLU_FALLBACK_INTENT_NAME
UNREADABLE: Final = f"{OUT_OF_SCOPE}/unreadable"
TOO_LONG: Final = f"{OUT_OF_SCOPE}/too_long"
# Keys of the parsed message: topics to ask about; how sure it is none of ours; labels of its further questions.
CHOICES: Final = "choices"
OUTSIDE: Final = "outside"
ALSO: Final = "also"

_PAYLOAD = re.compile(r"^/(?P<label>[a-z_]+(?:/[a-z0-9_]+)?)(?P<entities>\{.*\})?$", re.DOTALL)


def label_of(message: Message) -> str:
    """Full label of a training example."""
    return str(message.get(INTENT_RESPONSE_KEY) or message.get(INTENT))


def base(label: str) -> str:
    """Intent that Rasa's rules speak of: `faq` for `faq/iron`."""
    return label.partition("/")[0]


def danger_of(label: str) -> str | None:
    """Category of a danger's label, or None when it is none."""
    return label.removeprefix(f"{RED_FLAG}/") if base(label) == RED_FLAG else None


def is_near_miss(message: Message) -> bool:
    """Whether a training example was written to look like danger (`metadata: {near_miss: …}` above its examples)."""
    return "near_miss" in ((message.get(METADATA) or {}).get(METADATA_INTENT) or {})


def topic_of(label: str | None) -> str | None:
    """FAQ slug of a label, or None when it is not an FAQ topic."""
    return label.removeprefix("faq/") if label and label.startswith("faq/") else None


def response_selector(label: str, confidence: float) -> dict[str, Any]:
    """What Rasa's `utter_<retrieval intent>` action reads to find the answer."""
    selected: dict[str, Any] = {"all_retrieval_intents": list(RETRIEVAL_INTENTS)}
    if "/" in label:
        selected[base(label)] = {
            "response": {"intent_response_key": label, "utter_action": f"utter_{label}", "confidence": confidence},
            "ranking": [{"intent_response_key": label, "confidence": confidence}],
        }
    return selected


def message_of_choice(payload: str, title: str) -> tuple[str, dict[str, Any] | None]:
    """Text and parse data of a button that was pressed. A payload without a slash is typed on the patient's behalf.

    Raises:
        ValueError: when the payload starts with a slash and is not of the form of one of ours.
    """
    if payload.startswith("/"):
        return title, parse_data_of_choice(payload, title)
    return payload, None


def parse_data_of_choice(payload: str, title: str) -> dict[str, Any]:
    """What the model would have returned, for a button that we made ourselves: certain, and without asking a model.

    Args:
        payload: `/faq/iron` or `/more{"topic": "iron"}`; from our own answers, never typed by a patient.
        title: what the button shows; it stands in the conversation as the patient's words.

    Raises:
        ValueError: when the payload is not of that form.
    """
    match = _PAYLOAD.match(payload)
    if match is None:
        raise ValueError(f"not a button payload: {payload!r}")
    label = match["label"]
    entities = json.loads(match["entities"]) if match["entities"] else {}
    return {
        "text": title,
        "intent": {
            "name": base(label),
            "confidence": 1.0,
            "full_retrieval_intent_name": label if "/" in label else None,
        },
        "intent_ranking": [{"name": base(label), "confidence": 1.0}],
        "entities": [
            {"entity": name, "value": value, "start": 0, "end": len(title), "extractor": "button"}
            for name, value in entities.items()
        ],
        "response_selector": response_selector(label, 1.0),
    }
