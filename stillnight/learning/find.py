"""Which messages of a conversation can teach something: not understood, refused, answered badly, or in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from stillnight.clinical.emergency import Safety
from stillnight.dialogue.history import FALLBACK_INTENT, buttons, own_metadata, response_name
from stillnight.language.text import CHARACTERS_READ, has_words
from stillnight.learning.conversations import SAFETY_SLOT, Conversation, Event

NOT_UNDERSTOOD: Final = "not understood"
REFUSED: Final = "refused"
NOT_HELPFUL: Final = "not helpful"
UNSURE: Final = "unsure"
IN_DOUBT: Final = "in doubt"

_DANGER: Final = "red_flag"
_OUTSIDE: Final = "out_of_scope"
_RETRIEVAL: Final = ("faq", _OUTSIDE, _DANGER)
_ASKED_BACK: Final = ("utter_did_you_mean", "utter_still_about")
_GAVE_UP: Final = ("utter_cannot_help", "utter_default")
_LIKELY: Final = 0.1


@dataclass(frozen=True)
class Found:
    """One message as it was typed, and why it was picked.

    understood_as: full label (`faq/iron`), or “in doubt”. suggestions: other labels that it may have, likeliest first.
    """

    text: str
    understood_as: str
    confidence: float
    why: tuple[str, ...]
    suggestions: tuple[str, ...]


def label_of(message: Event) -> str:
    """How a message was understood, as a full label: `faq/iron`, `help`; empty when that is not known."""
    parsed = message.get("parse_data") or {}
    intent = str((parsed.get("intent") or {}).get("name") or "")
    selected = (parsed.get("response_selector") or {}).get(intent) or {}
    return str((selected.get("response") or {}).get("intent_response_key") or intent)


@dataclass
class _Turn:
    """A message and what was said to it. in_form, in_danger: what was open when it came."""

    message: Event
    in_form: bool
    in_danger: bool
    offered: tuple[dict[str, str], ...]
    replies: list[Event] = field(default_factory=list)

    @property
    def text(self) -> str:
        return str(self.message.get("text") or "")

    @property
    def parsed(self) -> dict[str, Any]:
        return self.message.get("parse_data") or {}

    @property
    def intent(self) -> str:
        return str((self.parsed.get("intent") or {}).get("name") or "")

    @property
    def label(self) -> str:
        """How it was understood: `faq/iron`, `help`."""
        return label_of(self.message)

    @property
    def pressed(self) -> bool:
        """Whether it came by a button: then no model read it, or it is what a button of the answer before says."""
        words = {words for button in self.offered for words in (button.get("title"), button.get("payload"))}
        return "label_confidence" not in self.parsed or self.text in words

    @property
    def dangerous(self) -> bool:
        """Whether danger was heard, was open, or numbers to call were given."""
        numbers = any(own_metadata(reply).get("contacts") for reply in self.replies)
        return bool(self.in_danger or self.intent == _DANGER or self.parsed.get("red_flags") or numbers)

    @property
    def buttons(self) -> list[dict[str, str]]:
        """What was offered below the answers."""
        return [button for reply in self.replies for button in buttons(reply)]

    def was_told(self, *names: str) -> bool:
        """Whether one of the answers begins with one of these names."""
        return any(response_name(reply).startswith(names) for reply in self.replies)


def find(conversation: Conversation, since: float, below: float) -> Iterator[Found]:
    """The messages of a conversation that can teach something; those of danger and buttons are left out.

    Dangers that the rules hear are the caller's to leave out.

    Args:
        conversation: the whole of it, since what came before and after counts.
        since: earliest time of a message, in seconds since 1970.
        below: confidence under which an answer was barely understood.
    """
    turns = _turns(conversation.events)
    for at, turn in enumerate(turns):
        if float(turn.message.get("timestamp") or 0.0) < since or turn.pressed or turn.dangerous:
            continue
        if not has_words(turn.text) or len(turn.text) > CHARACTERS_READ or turn.text.lstrip().startswith("/"):
            continue
        after = turns[at + 1] if at + 1 < len(turns) else None
        why = tuple(_reasons(turn, after, conversation.unhelpful, below))
        if why:
            in_doubt = turn.intent == FALLBACK_INTENT
            confidence = float(turn.parsed["label_confidence"])
            label = IN_DOUBT if in_doubt else turn.label
            yield Found(turn.text, label, confidence, why, _suggestions(turn, after))


def _turns(events: Sequence[Event]) -> list[_Turn]:
    turns: list[_Turn] = []
    in_form = in_danger = False
    offered: tuple[dict[str, str], ...] = ()
    for event in events:
        kind = event.get("event")
        if kind == "user":
            turns.append(_Turn(event, in_form, in_danger, offered))
            offered = ()
        elif kind == "bot":
            offered = (*offered, *buttons(event))
            if turns:
                turns[-1].replies.append(event)
        elif kind == "session_started":
            # A new session begins with empty slots.
            in_form = in_danger = False
        elif kind == "active_loop":
            in_form = event.get("name") is not None
        elif kind == "slot" and event.get("name") == SAFETY_SLOT:
            in_danger = Safety.from_dict(event.get("value")).open is not None
    return turns


def _reasons(turn: _Turn, after: _Turn | None, unhelpful: frozenset[str], below: float) -> Iterator[str]:
    asked_back = turn.was_told(*_ASKED_BACK)
    gave_up = turn.was_told(*_GAVE_UP) and turn.intent != "deny"
    if gave_up or (asked_back and not _was_cleared_up(turn, after)):
        yield NOT_UNDERSTOOD
    if turn.was_told(f"utter_{_OUTSIDE}/"):
        yield REFUSED
    key = str(turn.message.get("message_id"))
    if any(answer.rpartition(".")[0] == key for answer in unhelpful):
        yield NOT_HELPFUL
    # An answer to the question of a form is not read by the model alone.
    barely = not turn.in_form and float(turn.parsed["label_confidence"]) < below
    if barely and not gave_up and (not asked_back or _was_cleared_up(turn, after)):
        yield UNSURE


def _was_cleared_up(turn: _Turn, after: _Turn | None) -> bool:
    """Whether the message after a “did you mean” told what was meant."""
    if after is None or after.intent in (FALLBACK_INTENT, "deny", _OUTSIDE, _DANGER):
        return False
    return not after.pressed or any(after.text == button["title"] for button in turn.buttons)


def _suggestions(turn: _Turn, after: _Turn | None) -> tuple[str, ...]:
    """What the person made clear afterwards, then what was offered, then tasks that were likely too."""
    found: list[str] = []
    if after is not None and turn.was_told(*_ASKED_BACK) and _was_cleared_up(turn, after):
        yes_to = turn.buttons[0]["payload"].lstrip("/") if turn.buttons else ""
        meant = yes_to if after.intent == "affirm" else after.label
        found += [meant] if meant.startswith("faq/") else []
    found += [f"faq/{slug}" for slug in turn.parsed.get("choices") or ()]
    ranking = turn.parsed.get("intent_ranking") or ()
    found += [
        str(item["name"])
        for item in ranking
        if item["confidence"] >= _LIKELY and item["name"] not in (*_RETRIEVAL, FALLBACK_INTENT)
    ]
    return tuple(dict.fromkeys(label for label in found if label != turn.label))
