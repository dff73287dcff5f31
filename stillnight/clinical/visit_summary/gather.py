"""Putting the page together from what was told: nothing is added, and others stay out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from stillnight.clinical.circumstances import DIALYSIS, PREGNANCY
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.replies import OFFSPRING, lab_replies
from stillnight.clinical.visit_summary.book import Book, read_into, stands
from stillnight.clinical.visit_summary.changes import without_amounts
from stillnight.clinical.visit_summary.clauses import clauses
from stillnight.clinical.visit_summary.medicines import without
from stillnight.clinical.visit_summary.model import (
    AMOUNT,
    SELF,
    SOMEBODY,
    Edits,
    Heard,
    Line,
    Section,
    Summary,
    Told,
    Use,
)
from stillnight.clinical.visit_summary.results import results

_NOT_DONE: Final = re.compile(
    r"\b(?:not|never|n['’]?t)(?: \w+)? (?:done|do|did|tested|checked|measured|test|check)\b", re.IGNORECASE
)
# What makes a page of its own for whom it was told of.
_OF_ONE: Final = frozenset({Section.LABS, Section.MEDICINES, Section.NIGHTS})
_ANY_CHILD: Final = frozenset({"child", "kid", "teenager"})


def gather(told: Sequence[Told], heard: Heard, edits: Edits) -> Summary:
    """The page.

    Args:
        told: messages that tell or ask something, in order.
        heard: what the chat remembers beside them.
        edits: what the person changed on the page.
    """
    book = Book()
    for each in told:
        read_into(each, book)
    lines = [
        *_about(book, heard),
        *_unquoted(book, heard),
        *_check(told, heard, book.other),
        *(line for line in _quoted(book, Section.SYMPTOMS) if not _is_done_since(line, heard)),
        *results(told, heard.labs, book),
        *book.medicines.values(),
        *_quoted(book, Section.TRIED),
        *heard.nights,
    ]
    same = _same_child({line.owner for line in lines})
    lines = [replace(line, owner=same.get(line.owner, line.owner)) for line in lines]
    owner = _subject(lines) if edits.owner is None else same.get(edits.owner, edits.owner)
    medical = {line.owner for line in lines if _is_medical(line)}
    told_of = dict.fromkeys(line.owner for line in lines if line.owner not in (owner, SELF))
    others = tuple(other for other in told_of if other in medical)
    # What a parent tells of their own worry stands on the page for the child.
    mine = {owner} if owner == SELF or SELF in medical else {owner, SELF}
    if owner != SELF and SELF in medical:
        others = (SELF, *others)
    shown = [line for line in lines if line.owner in mine or _is_added(line, told, lines)]
    if owner == SELF or SELF not in medical:
        shown += book.asked.values()
    return Summary(owner, tuple(_edited(shown, edits)), others)


def _is_added(line: Line, told: Sequence[Told], lines: Iterable[Line]) -> bool:
    """Whether it tells of a relative, and was to be added in so many words: “add: mother and aunt both have it”."""
    if line.owner == SELF or line.section in _OF_ONE or not line.sources:
        return False
    if any(other.owner == line.owner and other.section in _OF_ONE for other in lines):
        # Somebody with a page of their own.
        return False
    return any(each.number in line.sources and each.forced for each in told)


def _same_child(owners: set[str]) -> dict[str, str]:
    """“a child that young”, of the one son who was named: other words for him."""
    named = [owner for owner in owners if lab_replies().group_of(owner) == OFFSPRING]
    if len(named) != 1:
        return {}
    return dict.fromkeys(owners & _ANY_CHILD, named[0])


def _about(book: Book, heard: Heard) -> Iterator[Line]:
    for quote in book.quotes:
        if quote.section is not Section.ABOUT:
            continue
        if quote.name and quote.owner == SELF and quote.name not in heard.circumstances.get(SELF, ()):
            # Taken back since.
            continue
        yield Line(Section.ABOUT, quote.key, quote.owner, (quote.number,), quote.text, quote.name)


def _unquoted(book: Book, heard: Heard) -> Iterator[Line]:
    """“im 26 weeks”: a doctor must know of it, also where no sentence about it stands on the page."""
    quoted = {quote.name for quote in book.quotes if quote.section is Section.ABOUT}
    for name in heard.circumstances.get(SELF, ()):
        if name in (PREGNANCY, DIALYSIS) and name not in quoted:
            yield Line(Section.ABOUT, f"about {name}", SELF, (), name=name)


def _check(told: Sequence[Told], heard: Heard, other: str) -> Iterator[Line]:
    owner = other if heard.check_owner == SOMEBODY and other else heard.check_owner
    for question, options in heard.check.items():
        sources = [each.number for each in told if each.asked == question]
        for option in options:
            name = f"{question}_{option}"
            yield Line(Section.SYMPTOMS, f"check {name}", owner, tuple(sources[-1:]), name=name)


def _quoted(book: Book, section: Section) -> Iterator[Line]:
    mine = [quote for quote in book.quotes if quote.section is section]
    for quote in mine:
        rivals = (other for other in mine if other is not quote and other.owner == quote.owner)
        differs = any(not stands(other, dict(quote.answers)) for other in rivals)
        sources = (quote.number,) if quote.also is None else (quote.number, quote.also)
        yield Line(section, f"quote {quote.key}", quote.owner, sources, quote.text, differs=differs, later=quote.later)


def _is_done_since(line: Line, heard: Heard) -> bool:
    """“Ferritin they have not done”, where its value was told later."""
    if not _NOT_DONE.search(line.quote) or any(part.of_symptoms for part in clauses(line.quote)):
        return False
    return not {value.lab for value in heard.labs}.isdisjoint(lab_reader().spoken_of(line.quote).labs)


def _is_medical(line: Line) -> bool:
    if line.section in _OF_ONE or line.name:
        return True
    return any(part.of_symptoms for part in clauses(line.quote))


def _subject(lines: Iterable[Line]) -> str:
    """Whom the page is about: the person, unless all that is medical was told of somebody else."""
    counted = Counter(line.owner for line in lines if _is_medical(line))
    return SELF if SELF in counted or not counted else counted.most_common(1)[0][0]


def _edited(lines: Iterable[Line], edits: Edits) -> Iterator[Line]:
    out = {each.key: each.until for each in edits.removed}
    gone = [line for line in lines if _is_out(line, out)]
    names = frozenset(line.name for line in gone if line.section is Section.MEDICINES)
    names |= frozenset(key.removeprefix("medicine ") for key in out if key.startswith("medicine "))
    kept = {line.name for line in lines if line.section is Section.MEDICINES and line not in gone}
    for line in lines:
        if line in gone or (line.use is Use.ASKED and line.name in names - kept):
            continue
        if AMOUNT in out and line.quote and max(line.sources, default=0) <= out[AMOUNT]:
            line = replace(line, quote=without_amounts(line.quote))
        yield replace(line, quote=without(line.quote, names - kept)) if names - kept and line.quote else line


def _is_out(line: Line, out: dict[str, int]) -> bool:
    until = out.get(line.key)
    return until is not None and (not line.sources or max(line.sources) <= until)
