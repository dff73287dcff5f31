"""What is remembered of lab values, as a slot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from stillnight.clinical.circumstances import CHILD, DIALYSIS, PREGNANCY
from stillnight.clinical.labs.amend import amendments
from stillnight.clinical.labs.asked_about import (
    asked_about_all,
    asked_about_mark,
    asked_in_unit,
    asked_which_matter,
    called_normal,
    compared_with_own,
    means_by_group,
    numbers_pointed_at,
)
from stillnight.clinical.labs.definitions import PREGNANT, lab_definitions
from stillnight.clinical.labs.judge import Person
from stillnight.clinical.labs.lots import of_two, put_in_order, two_people
from stillnight.clinical.labs.moved_number import moved_numbers
from stillnight.clinical.labs.names import listed_names, names_told, of_named, with_people
from stillnight.clinical.labs.notebook import AGAIN, CHANGED, COMPARED, HELPED, WORRIED, Notebook, Open
from stillnight.clinical.labs.pointed import opened_at, pointed_at
from stillnight.clinical.labs.questions import UNSAID, Asks, Question, is_urgent
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.reading.numerals import numerals, same_length
from stillnight.clinical.labs.reading.owners import SOMEBODY
from stillnight.clinical.labs.replies import lab_replies
from stillnight.clinical.labs.told_apart import told_apart
from stillnight.clinical.labs.told_later import with_own_range, with_when
from stillnight.clinical.labs.values import LabReading, LabValue, weighed
from stillnight.clinical.labs.whose import OWN, so_many_weeks, told_of
from stillnight.dialogue.lab_people import COMPANY_SLOT, of_whom, pronoun_means, subject_after, with_owner
from stillnight.dialogue.lab_reading import corrects_dose, corrects_measure, in_the_same_unit, iron_meant, read
from stillnight.dialogue.memory import CIRCUMSTANCES_SLOT

LABS_SLOT: Final = "labs"
ANSWER_SLOT: Final = "lab_answer"
FORM: Final = "lab_form"
# Entity of a button under a question about a value.
ANSWER: Final = "lab_answer"
_OF_MEDICINES: Final = re.compile(
    r"\b(?:meds?|medicines?|medications?|tablets?|pills?|drugs?|gumm(?:y|ies)|spray|capsules?)\b"
)
_OF_LABS: Final = re.compile(r"\b(?:labs?|bloods?|tests?|results?|values?|numbers?|levels?|readings?)\b")
_ASKS_AGAIN: Final = re.compile(
    r"^(?:so |and |but |ok |well )?(?:is|isnt|isn't|whats|what's|why|how|does)\b|\?\s*$", re.IGNORECASE
)
_CLAUSE: Final = re.compile(r"[,;!?]+|\.(?:\s|$)|\band\b", re.IGNORECASE)
_CLAUSE_OF_UNIT: Final = re.compile(r"\band\b|[,;]")


def notebook(slots: Mapping[str, Any]) -> Notebook:
    """The lab values of a conversation, from its slots."""
    return Notebook.from_dict(slots.get(LABS_SLOT))


def person(slots: Mapping[str, Any]) -> Person:
    """Whom the conversation is about, as far as was said."""
    known = set(slots.get(CIRCUMSTANCES_SLOT) or ()) - notebook(slots).only_theirs
    pregnant = PREGNANCY in known and not notebook(slots).is_nursing
    return Person(PREGNANT if pregnant else None, CHILD in known, DIALYSIS in known)


def heard(
    text: str, slots: Mapping[str, Any], before: Sequence[str] = (), explained: bool = False, said_before: str = ""
) -> Notebook:
    """The notebook with what one more message says. While a question is open, a bare number answers it.

    Args:
        text: the message.
        slots: of the conversation.
        before: tests that the person named in the message before: “normal ferritin?”, “mine is 15”.
        explained: whether the last answer explained values.
        said_before: the message before.
    """
    was = notebook(slots)
    names = dict(was.names) | names_told(text) | listed_names(text)
    was = replace(was, names=tuple(names.items()), subject=subject_after(text, was))
    text, said_before = (with_people(each, dict(was.names)) for each in (text, said_before))
    company: Sequence[str] = slots.get(COMPANY_SLOT) or ()
    text = with_owner(text, company)
    now = _with_circumstances(text, was, company)
    if (corrects_dose(text, said_before) or corrects_measure(text, said_before)) and not now.open:
        return now.unheard()
    known = {each.value for each in (*now.told, *now.current())}
    new = any(each.value not in known for each in numerals(same_length(text)))
    placed = told_apart(text, now) or (None if new else put_in_order(text, now))
    placed = placed or _with_moved(text, now, company) or put_in_order(text, now)
    if placed:
        return placed
    reading = read(text, _asked_between(text, now, slots, before) if now.open else before or now.last)
    reading = iron_meant(text, said_before) or reading if not (reading.values or now.open) else reading
    if now.open and not reading.values:
        # “sorry 11.2”, “my husband's is 14” while something else is asked about the value.
        told = lab_reader().read_on(text, now.open[0].value.lab)
        reading = told if told and (told.corrects or any(each.owner for each in told.values)) else reading
    named = of_named(text, [name for name, owner in was.names if name == owner], before or now.last)
    reading = of_whom(text, in_the_same_unit(named or reading, now), company, now, was)
    reading = of_two(text, two_people(text) or two_people(said_before)) or reading
    now = _with_named_units(text, now) if not reading.values else now
    later = with_when(text, now, explained) or called_normal(text, now)
    later = later or (with_own_range(text, lab_reader().spoken_of(text), now) if explained else None)
    if later and not now.open:
        return later
    again = numbers_pointed_at(text, now) or _told_again(text, reading, now)
    if again:
        return now.set_aside().opened(again, again=AGAIN)
    pointed = pointed_at(text, now)
    if pointed and all(each.value == pointed.value for each in reading.values):
        return opened_at(pointed, now) or now.unheard()
    now = now.knowing(lab_replies().group_told(text))
    if reading.values or reading.others:
        after = now.heard(reading)
        return compared_with_own(text, reading.values, after) or after
    asked = now.question(lab_definitions(), person(slots))
    if asked and asked.asks is Asks.GROUP and amendments().asks_on(text):
        # “is it ok or on lower side?” instead of an answer: they hear it for women and men.
        return replace(now, group=UNSAID, fresh=True)
    if now.fresh and now.again:
        # Rasa may run the noticing action twice for one message; two numbers change places once.
        return now
    amended = _moved_with_unit(text, now, asked) if asked else None
    amended = amended or means_by_group(text, was, now, person(slots)) or asked_about_mark(text, now)
    amended = amended or (_compared_meanwhile(text, now) if asked and asked.asks is Asks.GROUP else None)
    amended = amended or asked_in_unit(text, now) or asked_which_matter(text, now)
    amended = amended or (asked_about_all(text, now) if explained or now.last else None)
    amended = amended or amendments().of(text, now, explained, is_pressing(now, slots))
    if amended is None and explained and not now.open and _means_else_now(was, now):
        amended = now.opened(now.current())
    return amended or now.unheard()


def _with_moved(text: str, book: Notebook, company: Sequence[str]) -> Notebook | None:
    """“the TSAT 14 was my husband's, mine is 22%”: a number goes to somebody else, and another takes its place."""
    moved = moved_numbers(text, book, company)
    if moved is None:
        return None
    owners = lab_reader().spoken_of(text).owners
    rest = read(moved.rest, [each.lab for each in moved.values]) if moved.rest and len(owners) < 2 else None
    now = moved.book.heard(rest) if rest and rest.values else moved.book
    news = tuple(Open(each) for each in moved.values)
    return replace(now, open=(*now.open, *news), asked=0, fresh=True, again=CHANGED)


def _compared_meanwhile(text: str, book: Notebook) -> Notebook | None:
    """“which of us should be worried” instead of “a woman”: people are compared, and both meanings are told."""
    aside = replace(book.set_aside(), group=UNSAID)
    amended = amendments().of(text, aside, asked=True)
    return amended if amended and amended.again == COMPARED else None


def _means_else_now(was: Notebook, now: Notebook) -> bool:
    """“hes 12”, “I am pregnant”: what was explained means something else now; not by the age of her kids."""
    news = {owner or None for owner, _ in set(now.circumstances) - set(was.circumstances)}
    owners = {each.owner for each in now.current()}
    return bool(news & owners) or bool(news and SOMEBODY in owners)


def _moved_with_unit(text: str, book: Notebook, asked: Question) -> Notebook | None:
    """“oh, that's hers. pg/ml”: whose it is, and the unit that was asked for."""
    unit = lab_replies().unit_of(asked.lab, text) if asked.asks is Asks.UNIT else None
    if unit is None:
        return None
    rest = [clause for clause in _CLAUSE.split(text) if lab_replies().unit_of(asked.lab, clause) is None]
    moved = amendments().of(", ".join(rest), book, asked=False)
    if moved is None or moved.again != CHANGED:
        return None
    still = (
        replace(each, value=_in_unit(each.value, unit))
        if each.value.lab == asked.lab and each.value.unit is None
        else each
        for each in moved.open
    )
    return replace(moved, open=tuple(still))


def _in_unit(value: LabValue, unit: str) -> LabValue:
    """A value whose unit was told later."""
    return weighed(replace(value, unit=unit, said=True), lab_definitions()[value.lab])


def _told_again(text: str, reading: LabReading, book: Notebook) -> list[LabValue]:
    """“is 34 a lot”, of the value just told: it is no second one. Empty when something new is told."""
    known = [book.newest(each.lab, each.owner) for each in reading.values]
    same = [old for old, new in zip(known, reading.values) if old and old.value == new.value and not new.older]
    asks = _ASKS_AGAIN.search(text.strip()) is not None and not reading.corrects and not book.open
    return same if asks and len(same) == len(reading.values) else []


def _with_named_units(text: str, book: Notebook) -> Notebook:
    """“g/dl, and the b12 is pmol”: the unit of a value that is open behind the one that is asked about."""
    still = list(book.open)
    for clause in _CLAUSE_OF_UNIT.split(text.lower()) if len(still) > 1 else ():
        named = lab_reader().spoken_of(clause).labs
        for at, each in enumerate(still[1:], 1):
            unit = lab_replies().unit_of(each.value.lab, clause) if named == (each.value.lab,) else None
            if unit and each.value.unit is None:
                still[at] = replace(each, value=_in_unit(each.value, unit))
    return replace(book, open=tuple(still))


def _asked_between(text: str, book: Notebook, slots: Mapping[str, Any], before: Sequence[str]) -> Sequence[str]:
    """Tests that were asked about while a question on another is open: “and tsat?”, “its 48”."""
    asked = book.question(lab_definitions(), person(slots))
    if asked is None or lab_replies().of(asked, text) is not None:
        return ()
    return [lab for lab in before if all(each.value.lab != lab for each in book.open)]


def is_pressing(book: Notebook, slots: Mapping[str, Any]) -> bool:
    """Whether one of the values that were spoken of last needs somebody today."""
    labs = lab_definitions()
    known = person(slots)
    return any(is_urgent(each, labs[each.lab], book.person(known, each)) for each in book.current())


def presses_on(text: str, slots: Mapping[str, Any]) -> bool:
    """Whether a message goes on about an urgent value that was explained just before it."""
    book = notebook(slots)
    if not is_pressing(book, slots) or read(text).values:
        return False
    amended = amendments().of(text, book, asked=True, urgent=True)
    return amended is not None and amended.again in (AGAIN, WORRIED, HELPED)


def _with_circumstances(text: str, book: Notebook, company: Sequence[str]) -> Notebook:
    owner = book.open[0].value.owner if book.open else book.last_owner or pronoun_means(text, company)
    told = told_of(text, owner)
    for circumstance, whose in told.items():
        book = book.with_circumstance(whose, circumstance)
    if told.get(PREGNANCY) == OWN:
        book = book.nursing() if lab_replies().tells_nursing(text) else book.not_nursing()
    if (OWN, PREGNANCY) in book.circumstances:
        for whose in so_many_weeks(text):
            book = book.with_circumstance(whose, PREGNANCY)
    return book


def is_deleted(text: str, slots: Mapping[str, Any], heard_before: Sequence[str]) -> bool:
    """Whether a name that is to be taken off the list means a test and not the medicine of that name.

    Args:
        text: the message.
        slots: of the conversation.
        heard_before: the patient's messages, newest first; the newest may be this one.
    """
    book = notebook(slots)
    labs = {each.lab for each in book.told} & set(lab_reader().spoken_of(text).labs)
    if not labs or _OF_MEDICINES.search(text.lower()):
        return False
    if _OF_LABS.search(text.lower()):
        return True
    for said in heard_before:
        if said != text and labs & set(lab_reader().spoken_of(said).labs):
            # Whichever was spoken of last.
            return bool(read(said).values)
    return True


def of_topic(topic: str | None) -> Sequence[str]:
    """The test that a topic is about: after “does magnesium help”, “mine is 1.9” is a magnesium."""
    return [topic] if topic in lab_definitions() else []


def noticed(
    text: str, slots: Mapping[str, Any], before: Sequence[str] = (), explained: bool = False, said_before: str = ""
) -> dict[str, Any]:
    """Slots that change with one more message, see `heard`; empty when nothing does."""
    now = heard(text, slots, before, explained, said_before)
    return {} if now == notebook(slots) else {LABS_SLOT: now.as_dict()}
