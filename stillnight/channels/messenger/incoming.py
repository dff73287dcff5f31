"""What a messenger delivers, in one shape for every road."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final


class Kind(str, Enum):
    """What somebody sent. A value is what is kept in the inbox, so it never changes."""

    TEXT = "text"
    OPTION = "option"
    REACTION = "reaction"
    LOCATION = "location"
    CONTACTS = "contacts"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    DOCUMENT = "document"
    STICKER = "sticker"
    EDITED = "edited"
    DELETED = "deleted"
    SYSTEM = "system"
    # Somebody has another number now.
    MOVED = "moved"
    UNSUPPORTED = "unsupported"


# Kinds that nobody expects an answer to.
SILENT: Final = frozenset({Kind.REACTION, Kind.DELETED, Kind.SYSTEM, Kind.MOVED})

# Kinds of which words may be read, and the rest is not.
MEDIA: Final = frozenset({Kind.IMAGE, Kind.AUDIO, Kind.VIDEO, Kind.DOCUMENT, Kind.STICKER})


@dataclass(frozen=True)
class Person:
    """Who wrote.

    key: what names them for good on this road: the messenger's own user id before the phone number, which may be
    missing or change. address: where an answer goes. phone: in international form with “+”, None when it is not told.
    """

    key: str
    address: str
    phone: str | None = None


@dataclass(frozen=True)
class Incoming:
    """One message.

    id: the messenger's own, the same for every delivery of it. at: seconds since 1970 by the messenger's clock.
    line: the number of ours that it came to. text: what was typed, a caption, or the title of an option.
    option: opaque id of a button or row that was pressed. about: id of the message that it edits, deletes or
    reacts to.
    """

    id: str
    person: Person
    at: float
    kind: Kind
    line: str
    text: str = ""
    option: str | None = None
    about: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """For keeping."""
        # Not `asdict`, which takes longer than everything else of a delivery together.
        return {**vars(self), "person": {**vars(self.person)}, "kind": self.kind.value}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Incoming:
        """What `as_dict` kept."""
        return cls(**{**kept, "person": Person(**kept["person"]), "kind": Kind(kept["kind"])})


class Progress(str, Enum):
    """How far a message of ours came."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


@dataclass(frozen=True)
class Receipt:
    """What the messenger tells of a message of ours.

    id: the messenger's id of that message. ours: what we gave it to know the message again. code: why it failed.
    """

    id: str
    progress: Progress
    ours: str | None = None
    code: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """For keeping."""
        return {**vars(self), "progress": self.progress.value}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Receipt:
        """What `as_dict` kept."""
        return cls(**{**kept, "progress": Progress(kept["progress"])})


@dataclass(frozen=True)
class Delivery:
    """What one request brought."""

    messages: tuple[Incoming, ...] = ()
    receipts: tuple[Receipt, ...] = ()


class DeliveryError(ValueError):
    """A request whose body is none of the messenger's: not JSON, not an object, another product."""
