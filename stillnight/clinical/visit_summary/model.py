"""What the page is made of: what was told, and the lines that it gives."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from typing import Any, Final

from stillnight.clinical.labs.values import LabValue

_DIGEST: Final = 16
# The person who types, as the owner of a fact.
SELF: Final = ""
# Somebody else who was not named.
SOMEBODY: Final = "somebody"
# Amounts of money, taken out by this key.
AMOUNT: Final = "amount"


class Section(str, Enum):
    """Parts of the page, in this order."""

    ABOUT = "about"
    SYMPTOMS = "symptoms"
    LABS = "labs"
    MEDICINES = "medicines"
    TRIED = "tried"
    NIGHTS = "nights"
    QUESTIONS = "questions"


class Use(str, Enum):
    """What was said of a medicine."""

    TAKES = "takes"
    STOPPED = "stopped"
    TRIED = "tried"
    ASKED = "asked"
    DENIED = "denied"


@dataclass(frozen=True)
class Told:
    """One message that tells or asks something for the page.

    number: of the tellings, from 1. message: id of the message. text: what was typed, without a command before it.
    intent: as it was understood. topic: slug of a topic that was asked about. asked: the question of the symptom check
    that was open. off: medicines that it took back. forced: the person asked to have it written down.
    """

    number: int
    message: str
    text: str = ""
    intent: str = ""
    topic: str | None = None
    asked: str | None = None
    off: tuple[str, ...] = ()
    forced: bool = False

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON: what differs from a plain one."""
        kept = {"number": self.number, "message": self.message, "text": self.text, "intent": self.intent}
        more = {"topic": self.topic, "asked": self.asked, "off": list(self.off), "forced": self.forced}
        return {**kept, **{key: value for key, value in more.items() if value}}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Told:
        """From plain JSON."""
        return cls(**{**kept, "off": tuple(kept.get("off", ()))})


@dataclass(frozen=True)
class Line:
    """One line of the page.

    key: by which it can be taken out. owner: whose fact it is (`SELF`, or the word for somebody else). sources: numbers
    of the messages that tell it. quote: the person's own words. name: of a medicine, a circumstance, a topic, a
    question or an answer of the symptom check. value: of a lab test. when: its date, as it was told.
    worsens: whether the medicine can worsen restless legs. use: what was said of the medicine.
    differs: told in two ways that do not agree. later: words that put it right.
    """

    section: Section
    key: str
    owner: str = SELF
    sources: tuple[int, ...] = ()
    quote: str = ""
    name: str = ""
    value: LabValue | None = None
    when: str = ""
    worsens: bool = False
    use: Use | None = None
    differs: bool = False
    later: str = ""


@dataclass(frozen=True)
class Summary:
    """Everything on the page. owner: whom it is about. others: of whom else was told, and is left out."""

    owner: str
    lines: tuple[Line, ...]
    others: tuple[str, ...] = ()

    def of(self, section: Section) -> tuple[Line, ...]:
        """The lines of one part."""
        return tuple(line for line in self.lines if line.section is section)

    @property
    def digest(self) -> str:
        """What stands on it, but for the questions that follow from the topics of the chat."""
        kept = [line for line in self.lines if line.section is not Section.QUESTIONS or line.quote]
        told = [[line.key, line.quote, line.later, line.when, line.differs, line.use] for line in kept]
        return sha256(json.dumps([self.owner, told]).encode()).hexdigest()[:_DIGEST]

    @property
    def tells(self) -> bool:
        """Whether anything but questions stands on it."""
        return any(line.section is not Section.QUESTIONS for line in self.lines)


@dataclass(frozen=True)
class Removed:
    """A line that the person had taken out. until: what is told after this message counts again."""

    key: str
    until: int


@dataclass(frozen=True)
class Edits:
    """What the person changed on the page, and for whom it is.

    questions: keys as they were numbered last. shown: what stood on the page when it was shown last, as a digest.
    """

    removed: tuple[Removed, ...] = ()
    owner: str | None = None
    questions: tuple[str, ...] = ()
    shown: str = ""

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON."""
        return {
            "removed": [[each.key, each.until] for each in self.removed],
            "owner": self.owner,
            "questions": list(self.questions),
            "shown": self.shown,
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any] | None) -> Edits | None:
        """From plain JSON; None when no page was made."""
        if not kept:
            return None
        removed = tuple(Removed(str(key), int(until)) for key, until in kept["removed"])
        return cls(removed, kept["owner"], tuple(kept["questions"]), kept.get("shown", ""))


@dataclass(frozen=True)
class Heard:
    """What the chat remembers beside the messages, for `gather`.

    labs: values as they stand. check: what the symptom check was told, by question. check_owner: about whom.
    circumstances: by owner. nights: lines of a diary. regions: see `Register.regions`.
    """

    labs: tuple[LabValue, ...] = ()
    check: Mapping[str, Sequence[str]] = field(default_factory=dict)
    check_owner: str = SELF
    circumstances: Mapping[str, Sequence[str]] = field(default_factory=dict)
    nights: tuple[Line, ...] = ()
