"""What waits in the messengers' inbox and what could not be sent: told without a word or a number of anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.engine import Engine, make_url

from stillnight.channels.inbox.dead import DeadLetters, DeadPart, ResendError, Tally
from stillnight.channels.inbox.tables import MESSAGES, PARTS, other_version
from stillnight.channels.whatsapp_cloud.limits import CLOUD
from stillnight.channels.whatsapp_twilio.limits import TWILIO
from stillnight.commands.inbox_codes import meaning
from stillnight.database import open_database

# Seconds in which a message may be answered.
WINDOWS: Final[Mapping[str, float]] = {"whatsapp_cloud": CLOUD.window, "whatsapp_twilio": TWILIO.window}
ALL: Final = "all"
_LARGEST: Final = 2**63 - 1


class NoInboxError(RuntimeError):
    """Nothing was ever taken here, or not by this version."""


@dataclass(frozen=True)
class Resent:
    """Numbers of parts that are sent again, and sentences about those that are not."""

    numbers: tuple[int, ...]
    refusals: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"resent": list(self.numbers), "refused": list(self.refusals)}

    def __str__(self) -> str:
        """For people."""
        told = [f"Part {number} is sent again as soon as a worker runs." for number in self.numbers]
        told += [f"Not sent again: {refusal}." for refusal in self.refusals]
        return "\n".join(told or ["There is nothing to send again."])


@dataclass(frozen=True)
class State:
    """What an inbox holds at one moment. now: seconds since 1970."""

    tally: Tally
    dead: tuple[DeadPart, ...]
    now: float

    def as_dict(self) -> dict[str, Any]:
        """For JSON; times in UTC."""
        return {
            "waiting": self.tally.waiting,
            "failing": dict(self.tally.failing),
            "sending": self.tally.sending,
            "done": self.tally.done,
            "dropped": dict(self.tally.dropped),
            "dead": [
                {
                    "number": part.number,
                    "channel": part.channel,
                    "asked_at": datetime.fromtimestamp(part.asked_at, timezone.utc).isoformat(timespec="seconds"),
                    "code": part.code,
                    "meaning": meaning(part.code),
                    "attempts": part.attempts,
                    "resendable": part.refusal(WINDOWS, self.now) is None,
                }
                for part in self.dead
            ],
        }

    def __str__(self) -> str:
        """For people; times of this machine."""
        tally = self.tally
        lines = [
            f"waiting  {tally.waiting:>6}{_noted(tally.failing)}",
            f"sending  {tally.sending:>6}",
            f"done     {tally.done:>6}",
            f"dropped  {sum(tally.dropped.values()):>6}{_noted(tally.dropped)}",
            f"dead     {len(self.dead):>6}",
        ]
        for part in self.dead:
            asked = f"{datetime.fromtimestamp(part.asked_at):%Y-%m-%d %H:%M}"
            tries = f"{part.attempts} attempt{'' if part.attempts == 1 else 's'}"
            again = "can" if part.refusal(WINDOWS, self.now) is None else "cannot"
            lines += [
                f"\npart {part.number}: {part.channel}, message of {asked}, {tries}, {again} be sent again",
                f"  {part.code or 'no code'}: {meaning(part.code)}",
            ]
        return "\n".join(lines)


def existing(url: str) -> Engine:
    """The database of an inbox that is there already.

    Args:
        url: as SQLAlchemy writes it.

    Raises:
        NoInboxError: when there is none, which is not made, or one of another version.
        DatabaseError: when the address is none of SQLite's or PostgreSQL's.
        SQLAlchemyError: when the database cannot be read.
    """
    engine = open_database(url)
    file = make_url(url).database
    missing = engine.dialect.name == "sqlite" and not (file and Path(file).exists())
    if missing or not all(sa.inspect(engine).has_table(table.name) for table in (MESSAGES, PARTS)):
        raise NoInboxError("there is no inbox yet: `stillnight serve` makes one when a WhatsApp channel is configured")
    with engine.connect() as connection:
        wrong = other_version(connection)
    if wrong:
        raise NoInboxError(wrong)
    return engine


def look(engine: Engine, now: float) -> State:
    """What the inbox holds; `now` in seconds since 1970."""
    letters = DeadLetters(engine)
    return State(letters.tally(), tuple(letters.parts()), now)


def resend(engine: Engine, which: str, now: float) -> Resent:
    """Put dead parts back.

    Args:
        engine: of the inbox.
        which: the number of one, or `ALL`.
        now: seconds since 1970.

    Raises:
        ResendError: when `which` is neither.
    """
    letters = DeadLetters(engine)
    if which == ALL:
        numbers = [part.number for part in letters.parts()]
    elif which.isascii() and which.isdecimal() and int(which) <= _LARGEST:
        numbers = [int(which)]
    else:
        raise ResendError("--resend wants the number of a part, or “all”")
    done, refused = [], []
    for number in numbers:
        try:
            letters.resend(number, WINDOWS, now)
            done.append(number)
        except ResendError as error:
            refused.append(str(error))
    return Resent(tuple(done), tuple(refused))


def _noted(notes: Mapping[str, int]) -> str:
    told = ", ".join(f"{note} {times}" for note, times in sorted(notes.items()))
    return f"  ({told})" if told else ""
