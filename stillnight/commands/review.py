"""The clinician's commands: laying out everything there is to sign, and signing it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from stillnight.review.desk import Desk, Topic, TopicError
from stillnight.review.record import Status, sign
from stillnight.review.site import build


class SigningError(ValueError):
    """What cannot be signed; the message says why."""


def lay_out(data: Path, knowledge: Path, folder: Path, day: date, signed_only: bool) -> str:
    """Build the site and tell what there is.

    Raises:
        ContentError, KnowledgeError: when a file cannot be read.
        OSError: when the folder cannot be written.
    """
    desk = Desk.read(data, knowledge)
    first = build(desk, folder, day, signed_only)
    counts = desk.counts()
    lines = [
        f"{len(desk.pieces)} pieces in {len(desk.topics)} topics: {counts[Status.OPEN]} need review, "
        f"{counts[Status.CHANGED]} changed since they were signed, {counts[Status.SIGNED]} signed."
    ]
    changed = [topic.name for topic in desk.topics.values() if topic.status is Status.CHANGED]
    if changed:
        lines.append(f"Changed: {', '.join(changed)}")
    return "\n".join([*lines, f"Open {first} in a browser; {first.parent / 'answers.html'} is for printing."])


def put_name(data: Path, knowledge: Path, wanted: list[str], name: str, seen: str | None, note: str, day: date) -> str:
    """Sign topics as they stand now.

    Args:
        data: the answers.
        knowledge: the facts, and where the record is.
        wanted: topics, or patterns of them (`labs/*`).
        name: who signs.
        seen: hash of the topic as the person read it; refused when it is another by now.
        note: what else the person wants to say.
        day: today.

    Raises:
        SigningError: when there is no such topic, no name, or the topic changed since it was read.
        ContentError, KnowledgeError: when a file cannot be read or written.
    """
    if not name.strip():
        raise SigningError("--name is empty: give the name of the person who has read the answers")
    desk = Desk.read(data, knowledge, in_full=False)
    try:
        topics = list(dict.fromkeys(topic.name for each in wanted for topic in desk.named(each)))
    except TopicError as error:
        raise SigningError(str(error)) from error
    if seen is not None and len(topics) != 1:
        raise SigningError("--seen goes with one topic")
    lines = []
    for topic in (desk.topics[each] for each in topics):
        if seen is not None and seen != topic.hash:
            raise SigningError(
                f"{topic.name} was changed since you read it (it is {topic.hash} now). "
                "Run `stillnight review` and read it again"
            )
        lines.append(_signed(desk, knowledge, topic, name.strip(), note, day))
    return "\n".join(lines)


def _signed(desk: Desk, knowledge: Path, topic: Topic, name: str, note: str, day: date) -> str:
    standing = [piece for piece in topic.pieces if desk.status(piece) is Status.SIGNED]
    own = [piece for piece in standing if (signature := desk.signature(piece)) and signature.name == name]
    if len(own) == len(topic.pieces) and not note:
        return f"{topic.name}: {name} has signed all of it already, as it stands."
    sign(knowledge, topic.name, topic.pieces, name, day, note)
    many = "piece" if len(topic.pieces) == 1 else "pieces"
    return f"{topic.name}: {len(topic.pieces)} {many} signed by {name} on {day.isoformat()}."
