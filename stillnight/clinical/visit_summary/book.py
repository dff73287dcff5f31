"""What was gathered so far from what was told: later words count, what was taken back is gone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from stillnight.clinical.labs.questions import CHILD
from stillnight.clinical.labs.replies import OFFSPRING, lab_replies
from stillnight.clinical.symptom_check.model import Question
from stillnight.clinical.visit_summary.clauses import Clause, Tells, clauses, is_of_family
from stillnight.clinical.visit_summary.corrections import (
    Swap,
    age_told,
    blanked,
    is_exchange,
    put_right,
    replacements,
    with_age,
)
from stillnight.clinical.visit_summary.medicines import Taken, mentions_in, names_of, taken, without, worsens
from stillnight.clinical.visit_summary.model import SELF, Line, Section, Told, Use
from stillnight.clinical.visit_summary.quotes import Quote, agree, is_plain, quotes
from stillnight.clinical.visit_summary.wishes import asked_for
from stillnight.clinical.visit_summary.words import summary_words, without_lead

_QUESTION: Final = "question "
_OWN: Final = (Use.TAKES, Use.STOPPED)


@dataclass
class Book:
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


def read_into(each: Told, book: Book) -> None:
    """Take in one message."""
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
    each = _put_right(each, book)
    # While all that is medical was told of a child, “worse at night” is the child's too.
    young = SELF if book.own else book.child
    parts = clauses(each.text, book.other, young, each.forced, each.intent)
    of_medicines = list(taken(each, parts))
    for part in parts:
        for value in part.values:
            # Two people may have the same number: what the person told of themselves stays theirs.
            if book.labs.get((value.lab, value.value)) != SELF:
                book.labs[value.lab, value.value] = part.owner
    told = list(quotes(each, parts, of_medicines))
    for found in of_medicines:
        _take(found, each, book, [quote for quote in told if quote.section is Section.MEDICINES])
    for quote in told:
        if quote.section is Section.QUESTIONS:
            name = f"{_QUESTION}{each.number}"
            book.asked[name] = Line(Section.QUESTIONS, name, sources=(each.number,), quote=asked_for(quote.text))
        elif quote.section is not Section.MEDICINES:
            _quote(quote, parts, book)
    theirs = {part.owner for part in parts if _is_theirs(part)}
    others = [part.owner for part in parts if part.owner != SELF and part.owner not in theirs]
    book.other = others[-1] if others else book.other
    book.child = next((one for one in reversed(others) if _is_young(one)), book.child)
    tells = [part for part in parts if part.owner == SELF and part.tells is Tells.TELLS]
    own = any(part.values or part.of_symptoms for part in tells) or any(found.owner == SELF for found in of_medicines)
    book.own = book.own or (own and each.text != "")


def _take(found: Taken, each: Told, book: Book, told: Iterable[Quote]) -> None:
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


def _is_theirs(part: Clause) -> bool:
    """“his dad”: whoever was spoken of is still meant afterwards."""
    return re.search(rf"\b(?:his|her|their) {re.escape(part.owner)}\b", part.text, re.IGNORECASE) is not None


def _corrects(each: Told) -> bool:
    return summary_words().has("corrects", each.text)


def _quote(quote: Quote, parts: Sequence[Clause], book: Book) -> None:
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


def _put_in_place(quote: Quote, book: Book) -> bool:
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
    return old.owner == now.owner and not stands(old, dict(now.answers))


def stands(old: Quote, told: dict[Question, str]) -> bool:
    """Whether a quote agrees with answers that were told elsewhere."""
    return all(question not in told or agree(question, option, told[question]) for question, option in old.answers)


def _put_right(each: Told, book: Book) -> Told:
    """The message without what it only puts right, which stands in the lines told before."""
    spans = [(swap.start, swap.end) for swap in replacements(each.text) if _is_swapped(each, book, swap)]
    age = age_told(each.text)
    if age and _is_aged(each, book, age[0]):
        spans.append(age[1:])
    return replace(each, text=blanked(each.text, spans)) if spans else each


def _is_swapped(each: Told, book: Book, swap: Swap) -> bool:
    """“12 years, not 10”: put right in what was told before; whether there was something to put right."""
    named, instead = ([name for one in mentions_in(words) for name in names_of(one)] for words in swap.forms[0])
    if named and instead and (SELF, named[0]) in book.medicines:
        line, name = book.medicines.pop((SELF, named[0])), instead[0]
        book.medicines[SELF, name] = replace(
            line,
            key=f"medicine {name}",
            name=name,
            # The amount of the one is not that of the other.
            quote=each.text if is_exchange(each.text) else put_right(line.quote, *swap.forms[0]) or line.quote,
            sources=(*line.sources, each.number),
            worsens=worsens(name),
        )
        return True
    return any(_is_reworded(each, book, partial(put_right, old=old, new=new)) for old, new in swap.forms)


def _is_aged(each: Told, book: Book, age: str) -> bool:
    """“He turned 8”, where “my son is 7” was told."""
    return _is_reworded(each, book, partial(with_age, age=age))


def _is_reworded(each: Told, book: Book, reword: Callable[[str], str | None]) -> bool:
    """Change the newest line that holds what is put right; whether there is one."""
    for at in range(len(book.quotes) - 1, -1, -1):
        quote = book.quotes[at]
        text = reword(quote.text)
        if text is not None:
            book.quotes[at] = replace(quote, text=text, answers=(), also=each.number)
            return True
    for key, line in reversed(book.medicines.items()):
        quoted = reword(line.quote) if line.quote else None
        if quoted is not None:
            book.medicines[key] = replace(line, quote=quoted, sources=(*line.sources, each.number))
            return True
    return False
