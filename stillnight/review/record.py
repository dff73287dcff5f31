"""Who signed what and when: `knowledge/reviews.yml`, to which entries are only ever added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, Final

import yaml

from stillnight.content.examples import read_text, write_all
from stillnight.content.faults import Fault, spoken
from stillnight.content.responses import ContentError
from stillnight.content.schema import check_shape
from stillnight.review.pieces import Piece, content_hash
from stillnight.yaml_files import load_yaml

FILE: Final = "reviews.yml"
_WIDTH: Final = 130
_HEADER: Final = "# Who signed what, and when. Written by `stillnight review sign`; entries are added, never changed.\n"


class Status(str, Enum):
    """How a piece stands. CHANGED: it was signed, and its content is another now."""

    SIGNED = "signed"
    CHANGED = "changed"
    OPEN = "open"


@dataclass(frozen=True)
class Signature:
    """The last sign-off of a piece, with its content of that day."""

    topic: str
    name: str
    signed: str
    hash: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Record:
    """The last signature of each piece, by the piece's name."""

    signatures: Mapping[str, Signature]

    @classmethod
    def read(cls, knowledge: Path) -> Record:
        """Read reviews.yml; nothing is signed where there is none. Raises ContentError."""
        path = knowledge / FILE
        if not path.is_file():
            return cls({})
        fault = next(iter(check_shape(path, "reviews")), None)
        if fault is not None:
            raise ContentError(str(fault))
        return cls(dict(_signatures(load_yaml(path) or [])))

    def status(self, piece: Piece) -> Status:
        """How a piece stands now."""
        signature = self.signatures.get(piece.name)
        if signature is None:
            return Status.OPEN
        return Status.SIGNED if signature.hash == piece.hash else Status.CHANGED

    def is_signed(self, name: str, content: str) -> bool:
        """Whether the content is what was signed last under the name."""
        signature = self.signatures.get(name)
        return signature is not None and signature.hash == content_hash(content)

    def gone(self, pieces: Iterable[Piece]) -> list[tuple[str, Signature]]:
        """What was signed and is no longer there."""
        names = {piece.name for piece in pieces}
        return [(name, signature) for name, signature in self.signatures.items() if name not in names]


def _signatures(entries: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Signature]]:
    for entry in entries:
        for name, piece in entry["pieces"].items():
            yield (
                str(name),
                Signature(
                    str(entry["topic"]),
                    str(entry["name"]),
                    str(entry["signed"]),
                    str(piece["hash"]),
                    str(piece["text"]),
                    str(entry.get("note") or ""),
                ),
            )


def sign(knowledge: Path, topic: str, pieces: Iterable[Piece], name: str, day: date, note: str = "") -> None:
    """Add one entry.

    Args:
        knowledge: the folder of the record.
        topic: what is signed.
        pieces: all of it, as it is now.
        name: who signs.
        day: today.
        note: what else the person wants to say.

    Raises:
        ContentError: when the file cannot be written, or somebody else wrote to it meanwhile.
    """
    path = knowledge / FILE
    if not path.exists():
        path.write_text(_HEADER, encoding="utf-8")
    before = read_text(path)
    entry: dict[str, Any] = {"topic": topic, "name": name, "signed": day.isoformat()}
    if note:
        entry["note"] = note
    entry["pieces"] = {piece.name: {"hash": piece.hash, "text": piece.content} for piece in pieces}
    added = yaml.dump([entry], Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    joint = "" if before.endswith("\n") else "\n"
    write_all({path: (before, f"{before}{joint}{added}")})


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as a person would write them."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def check_record(knowledge: Path, topics: Iterable[str]) -> Iterator[Fault]:
    """Faults of the record: signed texts that somebody changed by hand, topics that nobody knows.

    Args:
        knowledge: the folder.
        topics: all there are.
    """
    path, known = knowledge / FILE, set(topics)
    for name, signature in Record.read(knowledge).signatures.items():
        if content_hash(signature.text) != signature.hash:
            yield Fault(
                spoken(path),
                f"the text that {signature.name} signed as “{name}” was changed in this file. Take the file of before",
            )
        if signature.topic not in known:
            yield Fault(spoken(path), f"there is no topic “{signature.topic}”; it was signed by {signature.name}")
