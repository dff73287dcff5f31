"""Putting the page together from what was told: later words count, what was taken back is gone, others stay out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from stillnight.clinical.labs.questions import CHILD
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.reading.owners import SOMEBODY as RELATIVE
from stillnight.clinical.labs.replies import OFFSPRING, lab_replies
from stillnight.clinical.labs.values import LabValue
from stillnight.clinical.symptom_check.model import Question
from stillnight.clinical.visit_summary.changes import replacement
from stillnight.clinical.visit_summary.clauses import Clause, Tells, clauses, is_of_family
from stillnight.clinical.visit_summary.days import place_of, when_told
from stillnight.clinical.visit_summary.medicines import Taken, mentions_in, names_of, taken, without, worsens
from stillnight.clinical.visit_summary.model import SELF, SOMEBODY, Edits, Heard, Line, Section, Summary, Told, Use
from stillnight.clinical.visit_summary.quotes import Quote, agree, is_plain, quotes
from stillnight.clinical.visit_summary.words import summary_words, without_lead

_QUESTION: Final = "question "
_OWN: Final = (Use.TAKES, Use.STOPPED)


@dataclass
class _Book:
    """What was gathered so far.

    other: who else was named last. child: the child who was. own: whether the person told of themselves.
    labs: of whom a value was told.
    """

    medicines: dict[tuple[str, str], Line] = field(default_factory=dict)
    quotes: list[Quote] = field(default_factory=list)
    asked: dict[str, Line] = field(default_factory=dict)
    other: str = SELF
    child: str = SELF
    own: bool = False
    labs: dict[tuple[str, float], str] = field(default_factory=dict)


def gather(told: Sequence[Told], heard: Heard, edits: Edits) -> Summary:
    """The page.

    Args:
        told: messages that tell or ask something, in order.
        heard: what the chat remembers beside them.
        edits: what the person changed on the page.
    """
    book = _Book()
    for each in told:
        _read(each, book)
    lines = [
        *_about(book, heard),
        *_check(told, heard, book.other),
        *_quoted(book, Section.SYMPTOMS),
        *_labs(told, heard.labs, book),
        *book.medicines.values(),
        *_quoted(book, Section.TRIED),
        *heard.nights,
    ]
    owner = edits.owner if edits.owner is not None else _subject(lines)
    others = tuple(dict.fromkeys(line.owner for line in lines if line.owner not in (owner, SELF)))
    medical = {line.owner for line in lines if _is_medical(line)}
    # What a parent tells of their own worry stands on the page for the child.
    mine = {owner} if owner == SELF or SELF in medical else {owner, SELF}
    if owner != SELF and SELF in medical:
        others = (SELF, *others)
    shown = [line for line in lines if line.owner in mine]
    if owner == SELF or SELF not in medical:
        shown += book.asked.values()
    return Summary(owner, tuple(_edited(shown, edits)), others)


def _read(each: Told, book: _Book) -> None:
    for name in each.off:
        book.medicines.pop((SELF, name), None)
        book.asked.pop(f"{_QUESTION}medicine {name}", None)
        book.quotes = [replace(quote, text=without(quote.text, frozenset({name}))) for quote in book.quotes]
    if each.topic:
        name = f"{_QUESTION}{each.topic}"
        book.asked.setdefault(name, Line(Section.QUESTIONS, name, sources=(each.number,), name=each.topic))
    if each.forced and "?" in each.text:
        name = f"{_QUESTION}{each.number}"
        book.asked[name] = Line(Section.QUESTIONS, name, sources=(each.number,), quote=each.text)
        return
    swap = replacement(each.text)
    if swap and _swapped(each, book, *swap):
        return
    # While all that is medical was told of a child, “worse at night” is the child's too.
    young = SELF if book.own else book.child
    parts = clauses(each.text, book.other, young, each.forced, each.intent)
    of_medicines = list(taken(each, parts))
    book.labs |= {(value.lab, value.value): part.owner for part in parts for value in part.values}
    told = list(quotes(each, parts, of_medicines))
    for found in of_medicines:
        _take(found, each, book, [quote for quote in told if quote.section is Section.MEDICINES])
    for quote in told:
        if quote.section is not Section.MEDICINES:
            _quote(quote, parts, book)
    others = [part.owner for part in parts if part.owner != SELF]
    book.other = others[-1] if others else book.other
    book.child = next((one for one in reversed(others) if _is_young(one)), book.child)
    tells = [part for part in parts if part.owner == SELF and part.tells is Tells.TELLS]
    own = any(part.values or part.of_symptoms for part in tells) or any(found.owner == SELF for found in of_medicines)
    book.own = book.own or (own and each.text != "")


def _take(found: Taken, each: Told, book: _Book, told: Iterable[Quote]) -> None:
    at = (found.owner, found.name)
    if found.use is Use.ASKED:
        key = f"{_QUESTION}medicine {found.name}"
        book.asked.setdefault(key, Line(Section.QUESTIONS, key, sources=(each.number,), name=found.name, use=Use.ASKED))
    elif found.use is Use.DENIED:
        book.medicines.pop(at, None)
    elif found.use in _OWN:
        said = next((quote.text for quote in told if found.clause.text in quote.text), found.clause.text)
        before = book.medicines.get(at)
        sources = (*(before.sources if before else ()), each.number)
        kept = before.quote if before and before.quote else ""
        plain = is_plain(found.clause) and said == found.clause.text
        quote = (
            kept
            if plain
            else f"{kept}; {said}"
            if kept and kept != said and found.use is Use.TAKES and not _corrects(each)
            else said
        )
        if said.endswith("?") or found.clause.tells is Tells.ASKS:
            quote = kept
        book.medicines[at] = Line(
            Section.MEDICINES,
            f"medicine {found.name}",
            found.owner,
            tuple(dict.fromkeys(sources)),
            quote,
            found.name,
            worsens=worsens(found.name),
            use=found.use,
        )


def _is_young(owner: str) -> bool:
    return lab_replies().group_of(owner) in (CHILD, OFFSPRING)


def _corrects(each: Told) -> bool:
    return summary_words().has("corrects", each.text)


def _quote(quote: Quote, parts: Sequence[Clause], book: _Book) -> None:
    family = any(is_of_family(part, summary_words()) for part in parts if part.text in quote.text)
    if family:
        # “her dad has it”, of the daughter of whom was spoken before.
        theirs = re.search(r"\b(?:his|her|their)\b", quote.text, re.IGNORECASE) is not None
        quote = replace(quote, owner=book.other if theirs else SELF)
    same = next(
        (
            at
            for at, old in enumerate(book.quotes)
            if old.text.lower() == quote.text.lower() and old.owner == quote.owner
        ),
        None,
    )
    if same is not None:
        return
    if quote.corrects and _put_in_place(quote, book):
        return
    book.quotes.append(quote)


def _put_in_place(quote: Quote, book: _Book) -> bool:
    """A quote that puts an earlier one right: in its place, or beside it; whether nothing more is to be done."""
    places = range(len(book.quotes) - 1, -1, -1)
    at = next((at for at in places if _is_wrong(book.quotes[at], quote)), None)
    if at is None:
        at = next((at for at in places if _begins_alike(book.quotes[at], quote)), None)
    elif not {question for question, _ in book.quotes[at].answers} - {question for question, _ in quote.answers}:
        del book.quotes[at]
        return False
    if at is None:
        return False
    # The first may tell more than what is wrong in it: both stand.
    book.quotes[at] = replace(book.quotes[at], later=quote.text, also=quote.number, answers=quote.answers)
    return True


def _begins_alike(old: Quote, now: Quote) -> bool:
    """“It started ten years ago”, “actually it started in 2012”."""
    first, second = (without_lead(each.text, summary_words().lists["lead"]).split()[:2] for each in (old, now))
    return old.owner == now.owner and first == second and len(first) > 1 and old.number != now.number


def _is_wrong(old: Quote, now: Quote) -> bool:
    return old.owner == now.owner and not _stands(old, dict(now.answers))


def _stands(old: Quote, told: dict[Question, str]) -> bool:
    return all(question not in told or agree(question, option, told[question]) for question, option in old.answers)


def _swapped(each: Told, book: _Book, old: str, new: str) -> bool:
    """“12 years, not 10”: put right in what was told before; whether there was something to put right."""
    pattern = re.compile(rf"(?<![\w.,]){re.escape(old)}(?![\w]|[.,]\d)", re.IGNORECASE)
    named, instead = ([name for each in mentions_in(words) for name in names_of(each)] for words in (old, new))
    if named and instead and (SELF, named[0]) in book.medicines:
        line, name = book.medicines.pop((SELF, named[0])), instead[0]
        book.medicines[SELF, name] = replace(
            line,
            key=f"medicine {name}",
            name=name,
            quote=pattern.sub(new, line.quote),
            sources=(*line.sources, each.number),
            worsens=worsens(name),
        )
        return True
    for at in range(len(book.quotes) - 1, -1, -1):
        quote = book.quotes[at]
        if pattern.search(quote.text):
            book.quotes[at] = replace(quote, text=pattern.sub(new, quote.text), answers=())
            return True
    for key, line in reversed(book.medicines.items()):
        if line.quote and pattern.search(line.quote):
            book.medicines[key] = replace(
                line, quote=pattern.sub(new, line.quote), sources=(*line.sources, each.number)
            )
            return True
    return False


# -- the parts of the page


def _about(book: _Book, heard: Heard) -> Iterator[Line]:
    seen: set[tuple[str, str]] = set()
    for quote in book.quotes:
        if quote.section is not Section.ABOUT:
            continue
        if quote.name and quote.owner == SELF and quote.name not in heard.circumstances.get(SELF, ()):
            # Taken back since.
            continue
        seen.add((quote.owner, quote.name))
        yield Line(Section.ABOUT, quote.key, quote.owner, (quote.number,), quote.text, quote.name)


def _check(told: Sequence[Told], heard: Heard, other: str) -> Iterator[Line]:
    owner = other if heard.check_owner == SOMEBODY and other else heard.check_owner
    for question, options in heard.check.items():
        sources = [each.number for each in told if each.asked == question]
        for option in options:
            name = f"{question}_{option}"
            yield Line(Section.SYMPTOMS, f"check {name}", owner, tuple(sources[-1:]), name=name)


def _quoted(book: _Book, section: Section) -> Iterator[Line]:
    mine = [quote for quote in book.quotes if quote.section is section]
    for quote in mine:
        rivals = (other for other in mine if other is not quote and other.owner == quote.owner)
        differs = any(not _stands(other, dict(quote.answers)) for other in rivals)
        sources = (quote.number,) if quote.also is None else (quote.number, quote.also)
        yield Line(section, f"quote {quote.key}", quote.owner, sources, quote.text, differs=differs, later=quote.later)


def _labs(told: Sequence[Told], values: Sequence[LabValue], book: _Book) -> Iterator[Line]:
    for value in values:
        told_in = _sources(told, value)
        whens = dict.fromkeys(when for each in told_in if (when := when_told(each.text, value.value)))
        notes = dict.fromkeys(note for each in told_in if (note := _note(book, each, value.value)))
        when, note, sources = "; ".join(whens), "; ".join(notes), tuple(each.number for each in told_in)
        before = _put_right(told, told_in[-1], value, values) if told_in and not (when or note) else None
        if before:
            # “32, not 23” keeps the day that was told with the 23.
            was, number = before
            when, note = when_told(was.text, number), _note(book, was, number)
            note = note.replace(f"{number:.10g}", f"{value.value:.10g}")
            sources = (was.number, *sources)
        key = f"lab {value.lab} {value.value:g}"
        owner = value.owner or (SELF if value.mine else book.labs.get((value.lab, value.value), SELF))
        owner = book.other if owner == RELATIVE and book.other else owner
        yield Line(Section.LABS, key, owner, sources, note, value.lab, value, when)


def _note(book: _Book, source: Told, number: float) -> str:
    """What the clause of a value says beside it."""
    of_message = (quote for quote in book.quotes if quote.section is Section.LABS and quote.number == source.number)
    return next((quote.text for quote in of_message if place_of(quote.text, number) is not None), "")


def _put_right(
    told: Sequence[Told], source: Told, value: LabValue, values: Iterable[LabValue]
) -> tuple[Told, float] | None:
    """The message and the number that a correction replaces."""
    read = lab_reader().read(source.text)
    # “no sorry 21” names no test.
    if read.values and not read.corrects and replacement(source.text) is None:
        return None
    kept = {each.value for each in values if each.lab == value.lab}
    for each in reversed([one for one in told if one.number < source.number]):
        for was in lab_reader().read(each.text).values:
            if was.lab == value.lab and was.owner == value.owner and was.value not in kept:
                return each, was.value
    return None


def _sources(told: Sequence[Told], value: LabValue) -> list[Told]:
    """The messages that tell a value: those in which it is read, else the last in which its number stands."""
    found = [
        each
        for each in told
        if any(read.lab == value.lab and read.value == value.value for read in lab_reader().read(each.text).values)
    ]
    return found or [each for each in told if place_of(each.text, value.value) is not None][-1:]


# -- whose, and what was changed


def _is_medical(line: Line) -> bool:
    if line.section in (Section.LABS, Section.MEDICINES, Section.NIGHTS) or line.name:
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
        yield replace(line, quote=without(line.quote, names - kept)) if names - kept and line.quote else line


def _is_out(line: Line, out: dict[str, int]) -> bool:
    until = out.get(line.key)
    return until is not None and (not line.sources or max(line.sources) <= until)


def line_names(line: Line) -> frozenset[str]:
    """Medicines that the words of a line name."""
    return frozenset(name for mention in mentions_in(line.quote) for name in names_of(mention)) | {line.name}
