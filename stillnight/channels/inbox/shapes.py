"""What goes into the inbox and comes out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from stillnight.channels.messenger.incoming import Incoming, Receipt
from stillnight.channels.messenger.outgoing import Part


@dataclass(frozen=True)
class Arrival:
    """A message that came in. channel: the road's name. person: conversation id."""

    channel: str
    person: str
    message: Incoming


@dataclass(frozen=True)
class Delivered:
    """What one request brought, as far as it concerns us."""

    channel: str
    arrivals: tuple[Arrival, ...] = ()
    receipts: tuple[Receipt, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return bool(self.arrivals or self.receipts)

    def as_dict(self) -> dict[str, Any]:
        """For keeping."""
        arrivals = [[arrival.person, arrival.message.as_dict()] for arrival in self.arrivals]
        return {
            "channel": self.channel,
            "arrivals": arrivals,
            "receipts": [receipt.as_dict() for receipt in self.receipts],
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Delivered:
        """What `as_dict` kept."""
        channel = kept["channel"]
        arrivals = tuple(Arrival(channel, person, Incoming.from_dict(each)) for person, each in kept["arrivals"])
        return cls(channel, arrivals, tuple(Receipt.from_dict(each) for each in kept["receipts"]))


@dataclass(frozen=True)
class Taken:
    """A message to be answered. number: in the inbox. attempts: how often that was begun. due_at: not before then."""

    number: int
    channel: str
    person: str
    message: Incoming
    attempts: int
    due_at: float


@dataclass(frozen=True)
class Offer:
    """An option as it was offered: its opaque id, what it says and what it means."""

    id: str
    title: str
    payload: str


@dataclass(frozen=True)
class Answer:
    """One part to send, and the id of the reply that it belongs to."""

    reply: str
    part: Part


@dataclass(frozen=True)
class Outgoing:
    """A part as it waits in the outbox.

    urgent: it goes ahead of everything that is not. attempts: how often it was not taken. unanswered: how many of those
    had left without an answer coming. in_doubt: a request that sent it had begun, and nobody wrote down how it ended.
    asked_at: when the person wrote what it answers. last: when they were last sent a part of the same answer.
    """

    number: int
    channel: str
    address: str
    line: str
    part: Part
    ours: str
    urgent: bool
    attempts: int
    unanswered: int
    in_doubt: bool
    due_at: float
    asked_at: float
    last: float | None
