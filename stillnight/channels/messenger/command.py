"""Words that people expect to work on any messenger, when the message is that word alone."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from stillnight.language.text import folded, normalized


class Command(str, Enum):
    """What is wanted: no message any more, messages again, what this is, everything deleted."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    DELETE = "delete"


# What carriers, and Twilio by default, take for these. Without “cancel”, which answers a question of ours (“never
# mind”), and without “yes”. A sentence with one of the words is about something else: “stop gabapentin?”
_WORDS: Final = {
    **dict.fromkeys(("stop", "stopall", "stop all", "unsubscribe", "optout", "opt out"), Command.STOP),
    **dict.fromkeys(("revoke", "quit", "end"), Command.STOP),
    **dict.fromkeys(("start", "unstop"), Command.START),
    **dict.fromkeys(("help", "info"), Command.HELP),
    "forget me": Command.DELETE,
}
_DELETE: Final = re.compile(
    r"(?:please )?(?:delete|erase|wipe)"
    r"(?: (?:me|all|everything)|(?: all)?(?: of)?(?: (?:my|the|this|our))?"
    r" (?:data|account|chat|chats|conversation|messages|history|info|information|records?))?(?: please)?"
)
# Of us, not of a medicine or of the legs.
_STOP: Final = re.compile(
    r"(?:please )?(?:unsubscribe me|(?:stop|quit) (?:texting|messaging|contacting|writing(?: to)?) me"
    r"|stop (?:sending )?(?:me )?(?:any |these |the |your |more )*(?:messages|texts))"
    r"(?: (?:now|any ?more))?(?: please)?"
)
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")
_ASKS: Final = re.compile(r"[?؟¿]")
_LONGEST: Final = 60


def command_of(text: str) -> Command | None:
    """The command that the message is; capitals and punctuation count for nothing, but a question is none."""
    if len(text) > _LONGEST:
        return None
    said = normalized(text)
    if _ASKS.search(said):
        return None
    words = _BETWEEN_WORDS.sub(" ", folded(said)).strip()
    if _STOP.fullmatch(words):
        return Command.STOP
    return Command.DELETE if _DELETE.fullmatch(words) else _WORDS.get(words)
