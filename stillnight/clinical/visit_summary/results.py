"""Test results for the page: each with its date and what else was said of it, in the words in which it was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.reading.owners import SOMEBODY as RELATIVE
from stillnight.clinical.labs.values import LabValue
from stillnight.clinical.visit_summary.book import Book
from stillnight.clinical.visit_summary.corrections import put_right, replacements
from stillnight.clinical.visit_summary.days import place_of, when_told
from stillnight.clinical.visit_summary.model import SELF, Line, Section, Told


def results(told: Sequence[Told], values: Sequence[LabValue], book: Book) -> Iterator[Line]:
    """A line for each value."""
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
        when = _day_put_right(when, value, [each for each in told if each.number > max(sources, default=0)])
        key = f"lab {value.lab} {value.value:g}"
        owner = value.owner or (SELF if value.mine else book.labs.get((value.lab, value.value), SELF))
        owner = book.other if owner == RELATIVE and book.other else owner
        yield Line(Section.LABS, key, owner, sources, note, value.lab, value, when)


def _day_put_right(when: str, value: LabValue, later: Iterable[Told]) -> str:
    """The day as messages behind it put it right: “ferritin was from August, not April”."""
    for each in later:
        named = lab_reader().spoken_of(each.text).labs
        if named and value.lab not in named:
            continue
        for swap in replacements(each.text):
            changed = (put_right(when, old, new) for old, new in swap.forms if when)
            when = next((day for day in changed if day is not None), when)
    return when


def _note(book: Book, source: Told, number: float) -> str:
    """What the clause of a value says beside it."""
    of_message = (quote for quote in book.quotes if quote.section is Section.LABS and quote.number == source.number)
    return next((quote.text for quote in of_message if place_of(quote.text, number) is not None), "")


def _put_right(
    told: Sequence[Told], source: Told, value: LabValue, values: Iterable[LabValue]
) -> tuple[Told, float] | None:
    """The message and the number that a correction replaces."""
    read = lab_reader().read(source.text)
    # “no sorry 21” names no test.
    if read.values and not read.corrects and not replacements(source.text):
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
