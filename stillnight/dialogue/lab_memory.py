"""What is remembered of lab values, as a slot."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from stillnight.clinical.circumstances import CHILD, DIALYSIS, PREGNANCY
from stillnight.clinical.labs.amend import amendments
from stillnight.clinical.labs.definitions import MAN, PREGNANT, WOMAN, lab_definitions
from stillnight.clinical.labs.judge import Person
from stillnight.clinical.labs.notebook import AGAIN, HELPED, WORRIED, Notebook
from stillnight.clinical.labs.questions import is_urgent
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.reading.owners import SOMEBODY
from stillnight.clinical.labs.replies import lab_replies
from stillnight.clinical.labs.values import LabReading, LabValue, weighed
from stillnight.clinical.labs.whose import told_of
from stillnight.clinical.medicines.finder import medicine_finder, spans
from stillnight.dialogue.memory import CIRCUMSTANCES_SLOT

LABS_SLOT: Final = "labs"
ANSWER_SLOT: Final = "lab_answer"
FORM: Final = "lab_form"
# Entity of a button under a question about a value.
ANSWER: Final = "lab_answer"
# Who was named, the last one behind.
COMPANY_SLOT: Final = "company"
_COMPANY_MAX: Final = 5
_SHE: Final = re.compile(r"\b(?:her|hers|she|shes|she's)\b")
_HE: Final = re.compile(r"\b(?:his|him|he|hes|he's)\b")
_WRONG_UNIT: Final = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:mmol|[uµμ]mol|nmol|mg|g|pg|meq|m?iu)\s*(?:/|per)\s*(?:dl|ml|l)\b", re.IGNORECASE
)
_UNIT_ALONE: Final = re.compile(r"\d\s*[a-zµμ]+\s*/\s*[a-z]+", re.IGNORECASE)
_PERCENT: Final = re.compile(r"(\d)\s*(?:percent|per cent|pct)\b", re.IGNORECASE)
_LEAD: Final = re.compile(r"^\W*(?:(?:yes|yeah|yep|ok|okay|so|oh|and|well)\b\W*)+", re.IGNORECASE)
_TAIL: Final = re.compile(
    r"(?:\W*\b(?:lol|lmao|ha(?:ha)+|hehe|tho|though|btw|x+|pls|please|thanks|ty)\b\W*)+$", re.IGNORECASE
)
_MINE_IS: Final = re.compile(r"^(?:mine|my one|its|it's|it)\s+(?:(?:is|was|came back at|came back)\s+)?", re.IGNORECASE)
_OF_MEDICINES: Final = re.compile(
    r"\b(?:meds?|medicines?|medications?|tablets?|pills?|drugs?|gumm(?:y|ies)|spray|capsules?)\b"
)
_OF_LABS: Final = re.compile(r"\b(?:labs?|bloods?|tests?|results?|values?|numbers?|levels?|readings?)\b")
_ASKS_AGAIN: Final = re.compile(
    r"^(?:so |and |but |ok |well )?(?:is|isnt|isn't|whats|what's|why|how|does)\b|\?\s*$", re.IGNORECASE
)
_MEANT: Final = re.compile(r"\b(?:mean|means|meant|sorry|should be|i should say|oops|called)\b")
_IRON: Final = re.compile(r"\b(?:iron|ferrous|fe)(?: (?:level|store|stores|count|test|blood))?\b", re.IGNORECASE)
_FEW: Final = 6
_FIRST_PERSON: Final = re.compile(r"\b(?:i|i'?m|i'?ve|my|mine|me|myself)\b")
_BUT: Final = re.compile(r"\s+(?:but|because|cos|though|so)\s.*$", re.IGNORECASE | re.DOTALL)
_CLAUSE_OF_UNIT: Final = re.compile(r"\band\b|[,;]")
_GOES_ON: Final = re.compile(r"^\s*(?:and|also|plus|what about)\b|\b(?:his|her|hers|their)\b")


def notebook(slots: Mapping[str, Any]) -> Notebook:
    """The lab values of a conversation, from its slots."""
    return Notebook.from_dict(slots.get(LABS_SLOT))


def person(slots: Mapping[str, Any]) -> Person:
    """Whom the conversation is about, as far as was said."""
    known = set(slots.get(CIRCUMSTANCES_SLOT) or ()) - notebook(slots).only_theirs
    return Person(PREGNANT if PREGNANCY in known else None, CHILD in known, DIALYSIS in known)


def read(text: str, last: Sequence[str] = ()) -> LabReading:
    """What a message says of lab values.

    Args:
        text: the message.
        last: labs of the last answer: “18 not 81, sorry” and “and last month's 12?” speak of the first of them.
    """
    reading = lab_reader().read(text, spans(medicine_finder().find(text)))
    if not reading.values and "iron" in reading.others:
        # “and iron? my ferritin is 22”
        behind = lab_reader().read(text[text.lower().find("iron") + len("iron") :])
        reading = behind if behind.values else reading
    first = _with_the_first(text, reading, last) if reading.values or reading.others else None
    if first or reading.values:
        return first or reading
    bare = _WRONG_UNIT.sub(r"\1 ", text)
    if bare != text:
        without = lab_reader().read(bare)
        units = tuple(lab_definitions()[without.values[0].lab].units) if len(without.values) == 1 else ()
        if len(units) > 1:
            # No unit of this test: the number is kept, and the unit asked for.
            return replace(without, values=(replace(without.values[0], unit=None, said=False, choices=units),))
    return reading if not last else _read_on(text, last[0]) or reading


def _with_the_first(text: str, reading: LabReading, last: Sequence[str]) -> LabReading | None:
    """“mine is 61 and tsat 18”, of a test that was named just before: the first number is no other test's."""
    plain = _LEAD.sub("", text)
    mine = _MINE_IS.match(plain)
    if not last or mine is None or not plain[mine.end() : mine.end() + 1].isdigit():
        return None
    found = lab_reader().read(f"my {lab_definitions()[last[0]].title} {plain[mine.end() :]}")
    return found if [each.lab for each in found.values] == [last[0], *(each.lab for each in reading.values)] else None


def _read_on(text: str, lab: str) -> LabReading | None:
    """“yes 12 percent”, “mine is 1.9 mg/dl”, “hers was 8”, of a test that was named just before."""
    if _MINE_IS.search(_LEAD.sub("", text)):
        # “mine is 12 but im more worried about her”
        text = _BUT.sub("", text)
    plain = _TAIL.sub("", _LEAD.sub("", _PERCENT.sub(r"\1%", text)))
    if _UNIT_ALONE.search(plain):
        # “mg” would be read as magnesium.
        mine = "my " if plain.lower().startswith(("mine", "my")) else ""
        found = lab_reader().read(f"{mine}{lab_definitions()[lab].title} {_MINE_IS.sub('', plain)}")
        return found if [each.lab for each in found.values] == [lab] else None
    return lab_reader().read_on(plain, lab)


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
    now = _with_circumstances(text, was)
    reading = read(text, _asked_between(text, now, slots, before) if now.open else before or now.last)
    reading = _iron_meant(text, said_before) or reading if not (reading.values or now.open) else reading
    if now.open and not reading.values:
        # “sorry 11.2” while something else is asked about the value.
        corrected = lab_reader().read_on(text, now.open[0].value.lab)
        reading = corrected if corrected and corrected.corrects else reading
    reading = _of_the_same_person(text, _in_the_same_unit(reading, now), now.last_owner)
    reading = _of_whom_was_spoken(text, reading, slots.get(COMPANY_SLOT) or ())
    reading = _of_whom_all_is_about(text, reading, slots.get(COMPANY_SLOT) or (), was)
    now = _with_named_units(text, now) if not reading.values else now
    again = _told_again(text, reading, now)
    if again:
        return now.opened(again, again=AGAIN)
    now = now.knowing(lab_replies().group_told(text))
    if reading.values or reading.others:
        return now.heard(reading)
    if now.fresh and now.again:
        # Rasa may run the noticing action twice for one message; two numbers change places once.
        return now
    amended = amendments().of(text, now, explained, is_pressing(now, slots))
    if amended is None and explained and now.circumstances != was.circumstances and not now.open:
        # “hes 12”, “I am pregnant”: what was explained means something else now.
        amended = now.opened(now.current())
    return amended or now.unheard()


def _iron_meant(text: str, said_before: str) -> LabReading | None:
    """“ferritin i mean”, behind “my iron came back 12”."""
    spoken = lab_reader().spoken_of(text)
    if len(spoken.labs) != 1 or len(spoken.words) > _FEW or not _MEANT.search(text.lower()):
        return None
    renamed = _IRON.sub(lab_definitions()[spoken.labs[0]].title, said_before, count=1)
    found = lab_reader().read(renamed) if renamed != said_before else None
    return found if found and [each.lab for each in found.values] == list(spoken.labs) else None


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
                lab = lab_definitions()[each.value.lab]
                still[at] = replace(each, value=weighed(replace(each.value, unit=unit, said=True), lab))
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


def _with_circumstances(text: str, book: Notebook) -> Notebook:
    owner = book.open[0].value.owner if book.open else book.last_owner
    for circumstance, whose in told_of(text, owner).items():
        book = book.with_circumstance(whose, circumstance)
    return book


def _in_the_same_unit(reading: LabReading, book: Notebook) -> LabReading:
    """“sorry 86”, after 68 g/L: the unit stays."""
    if not reading.corrects:
        return reading
    told = [*book.told, *(each.value for each in book.open)]
    units = {each.lab: each.unit for each in told if each.said and each.unit}
    labs = lab_definitions()
    values = tuple(
        weighed(replace(each, unit=units[each.lab], said=True), labs[each.lab])
        if not each.said and each.lab in units
        else each
        for each in reading.values
    )
    return replace(reading, values=values)


def _of_the_same_person(text: str, reading: LabReading, owner: str | None) -> LabReading:
    """“and tsat 6”, after mum's ferritin: hers too."""
    if owner is None or not _GOES_ON.search(text.lower()):
        return reading
    values = tuple(
        replace(each, owner=owner) if each.owner is None and not each.mine else each for each in reading.values
    )
    return replace(reading, values=values)


def owners_meant(text: str, book: Notebook) -> list[str | None]:
    """Whose values a message names that takes some back: “delete mine”, “forget hers”; empty for nobody's."""
    said = text.lower()
    if re.search(r"\b(?:mine|my own|my one)\b", said):
        return [None]
    she, he = _SHE.search(said) is not None, _HE.search(said) is not None
    others = [owner for owner in dict.fromkeys(each.owner for each in book.told) if owner is not None]
    named = [owner for owner in others if owner in lab_reader().spoken_of(text).owners]
    gendered = [
        owner
        for owner in others
        if (she and lab_replies().group_of(owner) != MAN) or (he and lab_replies().group_of(owner) != WOMAN)
    ]
    return list(named or gendered)


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


def company(text: str, slots: Mapping[str, Any]) -> dict[str, Any]:
    """Slots that change with the people whom a message names: “my son is 6”, so that “his ferritin” is known later."""
    before = tuple(slots.get(COMPANY_SLOT) or ())
    named = [each for each in lab_reader().spoken_of(text).owners if each != SOMEBODY]
    now = (*(each for each in before if each not in named), *named)[-_COMPANY_MAX:]
    return {} if now == before else {COMPANY_SLOT: list(now)}


def _of_whom_was_spoken(text: str, reading: LabReading, known: Sequence[str]) -> LabReading:
    """“his ferritin was 28”, of the son who was named before."""
    said = text.lower()
    she, he = _SHE.search(said) is not None, _HE.search(said) is not None

    def may_be(owner: str) -> bool:
        group = lab_replies().group_of(owner)
        return not (she and group == MAN) and not (he and group == WOMAN)

    owner = next((each for each in reversed(known) if may_be(each)), None)
    if owner is None or not any(each.owner == SOMEBODY for each in reading.values):
        return reading
    values = (replace(each, owner=owner) if each.owner == SOMEBODY else each for each in reading.values)
    return replace(reading, values=tuple(values))


def _of_whom_all_is_about(text: str, reading: LabReading, known: Sequence[str], book: Notebook) -> LabReading:
    """“ferritin 620”, behind “my partner gets dialysis”, where nothing was told of oneself."""
    own = any(each.owner is None for each in (*book.told, *(one.value for one in book.open)))
    theirs = {owner for owner, _ in book.circumstances if owner}
    # “im breastfeeding” tells of oneself as well.
    own = own or any(not owner for owner, _ in book.circumstances)
    if own or not known or known[-1] not in theirs or not book.only_theirs or _FIRST_PERSON.search(text.lower()):
        return reading
    values = (
        replace(each, owner=known[-1]) if each.owner is None and not each.mine else each for each in reading.values
    )
    return replace(reading, values=tuple(values))


def noticed(
    text: str, slots: Mapping[str, Any], before: Sequence[str] = (), explained: bool = False, said_before: str = ""
) -> dict[str, Any]:
    """Slots that change with one more message, see `heard`; empty when nothing does."""
    now = heard(text, slots, before, explained, said_before)
    return {} if now == notebook(slots) else {LABS_SLOT: now.as_dict()}
