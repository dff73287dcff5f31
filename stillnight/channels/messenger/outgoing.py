"""What a messenger is asked to carry: parts of an answer, each one message there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from stillnight.channels.messenger.incoming import Incoming


@dataclass(frozen=True)
class Option:
    """Something to press or to choose by number. id: opaque, made by us. title: cut to what the messenger shows."""

    id: str
    title: str


@dataclass(frozen=True)
class Limits:
    """What one messenger carries; lengths in characters.

    text: of a plain message. caption: of a picture, 0 where none can be shown. body: of a message with options.
    buttons: most options that are shown as buttons, each title at most `button_title`; more of them become a list of at
    most `rows`, each title at most `row_title`; both 0 where options are written as a numbered list. pace: seconds
    between two messages to one person. window: seconds after somebody's message in which they may be answered.
    bold: what stands around bold words. documents: whether files can be sent, with `caption` beside them.
    """

    text: int
    caption: int
    body: int
    buttons: int
    button_title: int
    rows: int
    row_title: int
    pace: float
    window: float
    bold: str
    documents: bool = False


@dataclass(frozen=True)
class Part:
    """One message there.

    listed: the options are rows of a list instead of buttons. menu: what the button that opens the list says.
    picture: PNG in base64, with `text` as its caption. document: PDF or plain text in base64,
    likewise; file: its name, which tells which.
    """

    text: str
    options: tuple[Option, ...] = ()
    listed: bool = False
    menu: str = ""
    picture: str | None = None
    document: str | None = None
    file: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For keeping."""
        return asdict(self)

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Part:
        """What `as_dict` kept."""
        return cls(**{**kept, "options": tuple(Option(**option) for option in kept["options"])})


class SendError(RuntimeError):
    """A part was not taken.

    again: trying again may help. after: seconds to wait first, None when the messenger did not say. code: its error,
    without any text of the message. The words of this error are safe to log: no token, no address, no message.
    """

    def __init__(self, code: str, again: bool, after: float | None = None, status: int | None = None) -> None:
        """`status`: of the HTTP answer, None when there was none."""
        super().__init__(code)
        self.code, self.again, self.after, self.status = code, again, after, status

    @property
    def broken(self) -> bool:
        """Whether the messenger is not well or cannot be reached, whoever is written to."""
        return self.again and (self.status is None or self.status >= 500)


class Road(Protocol):
    """One messenger's interface as the worker uses it."""

    @property
    def name(self) -> str:
        """Name of the channel, as in the inbox."""
        ...

    @property
    def limits(self) -> Limits:
        """What it carries."""
        ...

    async def send(self, to: str, line: str, part: Part, ours: str, written: Callable[[], None]) -> str:
        """Send one part and return the messenger's id of it.

        Args:
            to: address of the person (`Person.address`).
            line: the number of ours to send from (`Incoming.line`).
            part: within `limits`.
            ours: our id of the part, given along where the messenger hands it back in receipts.
            written: called once, right before the first byte of the request that sends the part leaves.

        Raises:
            SendError: when the messenger did not take it, or did not answer in time.
        """
        ...

    async def seen(self, message: Incoming) -> None:
        """Show that the message was read and is being answered, where the messenger can; never raises."""
        ...

    async def close(self) -> None:
        """Give back connections."""
        ...
