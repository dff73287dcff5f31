"""“The second one”: which button of the last answer somebody means who types its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from stillnight.content.responses import Button
from stillnight.dialogue import history
from stillnight.language.text import folded
from stillnight.nlu.labels import FAQ, base

MORE: Final = "more"
_PLACES: Final = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "last": 0}
_SAID: Final = re.compile(
    r"(?:(?:ok|okay|yes|um|and|now|please|hmm)\W+)*(?:(?:i want|i'd like|tell me|show me|what about|tell me about) )?"
    rf"(?:the )?(?:(?P<place>{'|'.join(_PLACES)})(?: (?:one|option|button|question|topic))?"
    r"|(?:number|option|no\.?|#)? ?(?P<digit>[1-5]))(?:\W+(?:please|pls|then|thanks))?\W*"
)


def named_place(text: str, events: Sequence[history.Event]) -> Button | None:
    """The button that is meant, when it leads to a topic; None for everything else.

    Args:
        text: the message.
        events: of the conversation.
    """
    said = _SAID.fullmatch(folded(text).strip())
    shown = [turn for turn in history.last_turn(events) if history.buttons(turn)]
    if said is None or not shown:
        return None
    buttons = history.buttons(shown[-1])
    place = int(said["digit"]) if said["digit"] else _PLACES[said["place"]]
    if place > len(buttons):
        return None
    pressed = buttons[place - 1]
    button = Button(pressed["title"], pressed["payload"])
    target = button.target or ""
    return button if base(target) == FAQ or (target == MORE and "topic" in button.entities) else None
