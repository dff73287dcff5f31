"""Everything on the desk at one moment: pieces, their state, the references they cite."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

from stillnight.content.catalogue import Reference, load
from stillnight.content.responses import read_all
from stillnight.review.answers import answer_pieces
from stillnight.review.facts import fact_pieces
from stillnight.review.pieces import Group, Piece, content_hash
from stillnight.review.record import Record, Signature, Status
from stillnight.yaml_files import load_yaml


class TopicError(ValueError):
    """A topic that nobody knows; the message names the nearest."""


@dataclass(frozen=True)
class Topic:
    """What is signed together. status: that of its pieces; changed before open before signed."""

    name: str
    group: Group
    pieces: tuple[Piece, ...]
    status: Status

    @property
    def title(self) -> str:
        """As a heading: the answer's own title, else the topic's name."""
        if self.group is Group.TOPICS:
            return self.pieces[0].title
        return self.name.rpartition("/")[2].replace("_", " ")

    @property
    def hash(self) -> str:
        """By which the whole topic is known as it is now."""
        return content_hash("\n".join(f"{piece.name} {piece.hash}" for piece in self.pieces))[:8]


@dataclass(frozen=True)
class Desk:
    """What the assistant can say, and who signed it."""

    pieces: tuple[Piece, ...]
    record: Record
    references: Mapping[str, Reference]

    @classmethod
    def read(cls, data: Path, knowledge: Path, in_full: bool = True) -> Desk:
        """Read both folders.

        Args:
            data: the answers.
            knowledge: the facts and reviews.yml.
            in_full: with reading grades, references, and what is said of each medicine; signing needs none of them.

        Raises:
            ContentError: when a file of `data/` or reviews.yml cannot be read.
            KnowledgeError: when another file of `knowledge/` cannot be used.
        """
        flags = list(load_yaml(knowledge / "red_flags.yml")["red_flags"])
        answers = tuple(answer_pieces(read_all(data), knowledge, flags, in_full))
        record = Record.read(knowledge)
        if not in_full:
            return cls((*answers, *fact_pieces(knowledge, {})), record, {})
        # It imports Rasa.
        from stillnight.review.medicine_words import said_of_medicines

        catalogue = load(data, knowledge)
        facts = fact_pieces(knowledge, said_of_medicines(catalogue, knowledge))
        return cls((*answers, *facts), record, catalogue.references)

    def status(self, piece: Piece) -> Status:
        """How a piece stands."""
        return self.record.status(piece)

    def signature(self, piece: Piece) -> Signature | None:
        """The last sign-off of a piece."""
        return self.record.signatures.get(piece.name)

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """Every topic by name, in the order of the pages."""
        gathered: dict[str, list[Piece]] = {}
        for group in Group:
            for piece in self.pieces:
                if piece.group is group:
                    gathered.setdefault(piece.topic, []).append(piece)
        return {
            name: Topic(name, pieces[0].group, tuple(pieces), self._worst(pieces)) for name, pieces in gathered.items()
        }

    def _worst(self, pieces: Iterable[Piece]) -> Status:
        found = {self.status(piece) for piece in pieces}
        return next(status for status in (Status.CHANGED, Status.OPEN, Status.SIGNED) if status in found)

    def named(self, wanted: str) -> list[Topic]:
        """The topics that somebody means: `iron` is `faq/iron`, `labs/*` is all of them.

        Raises:
            TopicError: when there is none.
        """
        known = self.topics
        if f"faq/{wanted}" in known:
            return [known[f"faq/{wanted}"]]
        found = [topic for name, topic in known.items() if fnmatchcase(name, wanted)]
        short = [topic for name, topic in known.items() if name.rpartition("/")[2] == wanted]
        if found or len(short) == 1:
            return found or short
        if short:
            raise TopicError(f"“{wanted}” may be {' or '.join(topic.name for topic in short)}")
        names = [*known, *(name.rpartition("/")[2] for name in known)]
        close = difflib.get_close_matches(wanted, names, 1)
        hint = f"Do you mean “{close[0]}”?" if close else "`stillnight review` lists them."
        raise TopicError(f"there is no topic “{wanted}”. {hint}")

    def counts(self) -> Counter[Status]:
        """How many pieces stand how."""
        return Counter(self.status(piece) for piece in self.pieces)
