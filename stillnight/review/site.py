"""The desk as a static site, and as one document to print. No requests leave it; without scripts it can be read too."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from stillnight.content.faults import spoken
from stillnight.review.desk import Desk
from stillnight.review.pieces import Group, Piece
from stillnight.review.record import Status

_TEMPLATES: Final = Path(__file__).parent / "templates"
_LINE_END: Final = re.compile("\n")
_PAGES: Final[Mapping[Group, tuple[str, str]]] = {
    Group.TOPICS: (
        "Topics",
        "Answers to questions: the first answer, its second part, and the variations for some people.",
    ),
    Group.LABS: ("Lab values", "What is said of a value, by test and by where it lies, and the numbers behind it."),
    Group.MEDICINES: ("Medicines", "What is said of each medicine, and the facts that it is made from."),
    Group.DANGERS: (
        "Dangers",
        "Messages of emergencies and same-day dangers. They are served whatever their sign-off.",
    ),
    Group.NUMBERS: ("Numbers", "Telephone numbers by country, and when each was last compared with an official page."),
    Group.SYMPTOMS: ("Symptom check", "The questions, and what is said at the end. All of it is signed together."),
    Group.TALK: ("Talk", "Greetings, questions back, what is not our subject, privacy, messengers."),
    Group.REFERENCES: ("References", "Where facts come from, and when each entry was last compared with the original."),
}


def build(desk: Desk, folder: Path, day: date, signed_only: bool = False) -> Path:
    """Write the site.

    Args:
        desk: what is shown.
        folder: where; made when missing. Files of the same names are replaced.
        day: today.
        signed_only: whether this machine serves signed answers alone.

    Returns:
        The first page.

    Raises:
        OSError: when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in _files(desk, day, signed_only):
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "index.html"


def _files(desk: Desk, day: date, signed_only: bool) -> Iterator[tuple[str, str]]:
    css = (_TEMPLATES / "desk.css").read_text(encoding="utf-8")
    environment = _environment(desk, css)
    counts = {status.value: desk.counts()[status] for status in Status}
    group_pages: list[dict[str, Any]] = [
        {
            "group": group.value,
            "file": f"{group.value}.html",
            "title": title,
            "lead": lead,
            "topics": [topic for topic in desk.topics.values() if topic.group is group],
        }
        for group, (title, lead) in _PAGES.items()
    ]
    first = {"file": "index.html", "title": "Overview"}
    changes = {"file": "changes.html", "title": "Changes"}
    common = {
        "desk": desk,
        "pages": [first, changes, *group_pages],
        "group_pages": group_pages,
        "counts": counts,
        "total": len(desk.pieces),
        "made": day.isoformat(),
        "signed_only": signed_only,
    }

    def page(template: str, file: str, title: str, **more: Any) -> tuple[str, str]:
        made = environment.get_template(template).render(**common, file=file, title=title, **more)
        return file, made

    yield page("index.html.j2", "index.html", "Overview")
    signed_topics = {signature.topic for signature in desk.record.signatures.values()}
    yield page(
        "changes.html.j2",
        "changes.html",
        "Changes",
        changed=[piece for piece in desk.pieces if desk.status(piece) is Status.CHANGED],
        added=[p for p in desk.pieces if desk.status(p) is Status.OPEN and p.topic in signed_topics],
        gone=desk.record.gone(desk.pieces),
    )
    for each in group_pages:
        yield page("group.html.j2", each["file"], each["title"], topics=each["topics"], lead=each["lead"])
    yield page("answers.html.j2", "answers.html", "Everything")
    yield "desk.css", css
    yield "desk.js", (_TEMPLATES / "desk.js").read_text(encoding="utf-8")
    yield "search.js", _search(desk)


def _environment(desk: Desk, css: str) -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "anchor": anchor,
        "place": lambda path, line: spoken(path, line or None),
        "difference": lambda piece: list(difference(desk, piece)),
    }
    # Our own file, which holds nothing that anybody typed.
    environment.globals["css"] = Markup(css)  # noqa: S704
    return environment


def anchor(name: str) -> str:
    """A piece's place on its page."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def difference(desk: Desk, piece: Piece) -> Iterator[tuple[str, str]]:
    """How a piece differs from what was signed: runs of words that are `same`, `gone` or `new`."""
    signature = desk.signature(piece)
    before, now = (
        _LINE_END.sub(" \n ", text).split(" ") for text in (signature.text if signature else "", piece.content)
    )
    for kind, left, right, first, last in difflib.SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", " ".join(before[left:right])
            continue
        if left < right:
            yield "gone", " ".join(before[left:right])
        if first < last:
            yield "new", " ".join(now[first:last])


def _search(desk: Desk) -> str:
    """Every piece for the search box. A script, as a page that is opened as a file may not fetch."""
    entries = [
        {
            "name": piece.name,
            "title": piece.title,
            "topic": piece.topic,
            "said": piece.said,
            "more": " ".join(text for _, text in piece.facts),
            "status": desk.status(piece).value,
            "href": f"{piece.group.value}.html#{anchor(piece.name)}",
        }
        for piece in desk.pieces
    ]
    return f"window.PIECES = {json.dumps(entries, ensure_ascii=False)};\n"
