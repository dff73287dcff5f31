"""Who holds which conversation just now. While it is held nobody else writes in it: what was read once still stands."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final


@dataclass(eq=False)
class Hold:
    """One turn's hold of a conversation. over: it was let go."""

    conversation: str
    over: bool = False


_HOLD: Final[ContextVar[Hold | None]] = ContextVar("conversation_hold", default=None)


def begin(conversation: str) -> Hold:
    """This task, and whatever it starts, holds a conversation until `over`."""
    hold = Hold(conversation)
    _HOLD.set(hold)
    return hold


def current(conversation: str) -> Hold | None:
    """The hold of a conversation in which this is called."""
    hold = _HOLD.get()
    return hold if hold is not None and not hold.over and hold.conversation == conversation else None
