"""Whose a lab value is, by who was spoken of before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from stillnight.clinical.circumstances import CHILD
from stillnight.clinical.labs.definitions import MAN, WOMAN
from stillnight.clinical.labs.notebook import Notebook
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.reading.owners import SOMEBODY
from stillnight.clinical.labs.replies import lab_replies
from stillnight.clinical.labs.values import LabReading

# Who was named, the last one behind.
COMPANY_SLOT: Final = "company"
_COMPANY_MAX: Final = 5
_SHE: Final = re.compile(r"\b(?:her|hers|she|shes|she's)\b")
_HE: Final = re.compile(r"\b(?:his|him|he|hes|he's)\b")
_FIRST_PERSON: Final = re.compile(r"\b(?:i|i'?m|i'?ve|my|mine|me|myself)\b")
_GOES_ON: Final = re.compile(r"^\s*(?:and|also|plus|what about)\b|\b(?:his|her|hers|their)\b")
# “they took his blood: ferritin 22”
_THEIR_BLOOD: Final = re.compile(
    r"\b(?:his|her)\s+(?:\w+\s+){0,2}?(?:bloods?|results?|tests?|labs?|levels?|report|sheet|printout|panel)\b"
    r"|\b(?:tested|took\s+(?:\w+\s+)?from)\s+(?:him|her)\b"
)
# “His are ferritin 24, tsat 14”, behind one's own
_THEIRS_ARE: Final = re.compile(
    r"\W*(?:(?:and|now|then|ok|okay|next)\W+)*"
    r"(?:his|hers|theirs|(?:his|her|their) (?:ones|results|numbers|values|labs|bloods))"
    r"(?:\s+(?:are|is|were|was|came back|come out|came out|say|says)\b|\s*[:=-])"
)
# Said of oneself by a parent: “my own”, “i had”; not “I have the results”, “my son”.
_OWN: Final = re.compile(r"\b(?:mine|me|myself|i'?m|i am|i (?:had|was|did)|my own)\b")
# Somebody speaks of their own legs, tests or treatment.
_SELF: Final = re.compile(
    r"\b(?:mine|myself|me too|my own|i (?:have|had|get|got|take|took|feel|cant|can't|cannot|kick|suffer|wake|sleep)"
    r"|i'?ve (?:got|had|been|this)|(?:i'?m|i am) (?:on|taking|getting|pregnant|tired|up|a|\d+)"
    r"|my (?:\w+ )?(?:legs?|feet|foot|ferritin|iron|results?|bloods?|sleep|gp|meds?|medication|tablets|levels?))\b"
)
# “no that is hers”
_IS_THEIRS: Final = re.compile(
    r"(?P<is>\b(?:that|this|it|they|those|these|which)\s*(?:'s|s|is|was|are|were|'re|re)\s+)(?:hers|his|theirs)\b"
    r"(?!\s+\w)",
    re.IGNORECASE,
)
# “delete his, keep mine”
_KEPT: Final = re.compile(
    r"\b(?:(?:but )?(?:keep|leave|save|hold on to|not|don'?t (?:delete|remove|touch|forget))) (?:only |just )?"
    r"(?:mine|my own|my \w+|his|hers|theirs|(?:his|her|their) \w+)\b",
    re.IGNORECASE,
)
SELF: Final = "self"
_MY_OWN_LAB: Final = re.compile(r"\bmy\b(?! (?:mistake|bad|fault|error|apologies|glasses))")
# Named, and not yet spoken on of.
_NAMED_ONCE: Final = "?"
_MY: Final = re.compile(r"\bmy\s+(?:(?:little|youngest|eldest|oldest|\d+)\s+)?([\w-]+)")


def of_whom(text: str, reading: LabReading, known: Sequence[str], book: Notebook, was: Notebook) -> LabReading:
    """The values with their owners, where the message alone does not tell them.

    Args:
        text: the message.
        reading: what it says of lab values.
        known: who was named before, the last one behind.
        book: the notebook with what the message tells of people.
        was: the notebook before.
    """
    reading = _of_the_corrected(text, reading, book)
    reading = _of_the_same_person(text, reading, book.last_owner)
    reading = _of_their_blood(text, reading)
    reading = _of_whom_was_spoken(text, reading, _with_named(text, known))
    reading = _of_the_child(text, reading, known, was)
    return _of_whom_all_is_about(text, reading, known, was)


def subject_after(text: str, book: Notebook) -> str:
    """Of whom all the talk is after one more message.

    Empty for nobody yet, `SELF` once somebody speaks of themselves. A relative is meant when later messages go on about
    “him” or “her”: “my dad has it too” alone may come from the dad's own child with the same legs. Until then a
    question mark stands behind.
    """
    said = text.lower()
    if book.subject == SELF or _SELF.search(said):
        return SELF
    named = _with_named(text, ())
    if not book.subject:
        return f"{named[0]}{_NAMED_ONCE}" if len(named) == 1 else ""
    owner = book.subject.removesuffix(_NAMED_ONCE)
    return owner if not named and pronoun_means(text, [owner]) else book.subject


def is_own_meant(text: str) -> bool:
    """Whether a message names one's own values: “delete mine”."""
    return re.search(r"\b(?:mine|my own|my one)\b", text.lower()) is not None


def owners_meant(text: str, book: Notebook) -> list[str | None]:
    """Whose values a message names that takes some back: “delete mine”, “forget hers”; empty for nobody's."""
    text = _KEPT.sub(" ", text)
    said = text.lower()
    if is_own_meant(text):
        return [None]
    others = [owner for owner in dict.fromkeys(each.owner for each in book.told) if owner is not None]
    named = [owner for owner in others if owner in lab_reader().spoken_of(text).owners]
    she, he = _SHE.search(said) is not None, _HE.search(said) is not None
    gendered = [
        owner
        for owner in others
        if (she and lab_replies().group_of(owner) != MAN) or (he and lab_replies().group_of(owner) != WOMAN)
    ]
    return list(named or gendered)


def company(text: str, slots: Mapping[str, Any]) -> dict[str, Any]:
    """Slots that change with the people whom a message names: “my son is 6”, so that “his ferritin” is known later."""
    before = tuple(slots.get(COMPANY_SLOT) or ())
    now = _with_named(text, before)[-_COMPANY_MAX:]
    return {} if now == before else {COMPANY_SLOT: list(now)}


def pronoun_means(text: str, known: Sequence[str]) -> str | None:
    """Who was named last and is meant by the “she” or “he” of a message, None where it says neither."""
    said = text.lower()
    return _last_named(text, known) if _SHE.search(said) or _HE.search(said) else None


def with_owner(text: str, known: Sequence[str]) -> str:
    """A message that gives a value to “hers” or “his”, with the word for that person in place of it."""
    owner = _last_named(text, known)
    return _IS_THEIRS.sub(rf"\g<is>my {owner}'s", text) if owner else text


def _last_named(text: str, known: Sequence[str]) -> str | None:
    said = text.lower()
    she, he = _SHE.search(said) is not None, _HE.search(said) is not None

    def may_be(owner: str) -> bool:
        group = lab_replies().group_of(owner)
        return not (she and group == MAN) and not (he and group == WOMAN)

    return next((each for each in reversed(known) if may_be(each)), None)


def _with_named(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """Who was named before, then who is named in a message; “in a child” names nobody."""
    named = [each for each in lab_reader().spoken_of(text).owners if each != SOMEBODY and not _is_any(each, text)]
    return (*(each for each in known if each not in named), *named)


def _is_any(owner: str, text: str) -> bool:
    if lab_replies().group_of(owner) != CHILD:
        return False
    return not re.search(rf"\b(?:my|our|the|his|her|this|their)\s+(?:[\w-]+\s+){{0,2}}{owner}", text.lower())


def _owned(reading: LabReading, owner: str, of: str | None = None, mine: bool = False) -> LabReading:
    """With the values of one owner given to another; `mine`: even where the message says “I”."""
    return replace(
        reading,
        values=tuple(
            replace(each, owner=owner, mine=False) if each.owner == of and (mine or not each.mine) else each
            for each in reading.values
        ),
    )


def _of_the_corrected(text: str, reading: LabReading, book: Notebook) -> LabReading:
    """“sorry, 12”, behind the daughter's value: it stays hers."""
    owner = book.open[0].value.owner if book.open else book.last_owner
    spoken = lab_reader().spoken_of(text)
    if not reading.corrects or is_own_meant(text) or spoken.owners:
        return reading
    if spoken.labs:
        # “The PLM index was 28, sorry”, where it was told of the partner alone
        told = {each.owner for each in (*book.told, *book.current()) if each.lab in spoken.labs}
        owner = next(iter(told)) if len(told) == 1 and not _MY_OWN_LAB.search(text.lower()) else None
    return reading if owner is None else _owned(reading, owner, mine=True)


def _of_the_same_person(text: str, reading: LabReading, owner: str | None) -> LabReading:
    """“and tsat 6”, after mum's ferritin: hers too."""
    if owner is None or not _GOES_ON.search(text.lower()):
        return reading
    return _owned(reading, owner)


def _of_their_blood(text: str, reading: LabReading) -> LabReading:
    if _THEIRS_ARE.match(text.lower()):
        return _owned(reading, SOMEBODY)
    found = _THEIR_BLOOD.search(text.lower())
    if found is None or _speaks_of_own(text) or any(each.owner is not None for each in reading.values):
        return reading
    return _owned(reading, SOMEBODY, mine=True)


def _of_whom_was_spoken(text: str, reading: LabReading, known: Sequence[str]) -> LabReading:
    """“his ferritin was 28”, of the son who was named before."""
    owner = _last_named(text, known)
    return reading if owner is None else _owned(reading, owner, of=SOMEBODY)


def _of_the_child(text: str, reading: LabReading, known: Sequence[str], book: Notebook) -> LabReading:
    """“They took blood: ferritin 22”, where the talk is about a child: adult ranges must not be put on it."""
    told = {each.owner for each in (*book.told, *(one.value for one in book.open))}
    children = [owner for owner in known if (owner, CHILD) in book.circumstances]
    if _is_mother(book, children):
        # “the baby is 7 weeks”, said by a mother of her own legs
        children = [owner for owner in children if owner == book.last_owner]
    if not children or (None in told and book.last_owner not in children) or _speaks_of_own(text):
        return reading
    return _owned(reading, book.last_owner if book.last_owner in children else children[-1], mine=True)


def _is_mother(book: Notebook, children: Sequence[str]) -> bool:
    """Whether somebody who told of a baby means herself."""
    return book.is_nursing or (book.subject == SELF and set(children) <= lab_replies().babies)


def _speaks_of_own(text: str) -> bool:
    said = text.lower()
    near = (found[1].removesuffix("'s") for found in _MY.finditer(said))
    return bool(_OWN.search(said)) or any(not lab_reader().spoken_of(word).owners for word in near)


def _of_whom_all_is_about(text: str, reading: LabReading, known: Sequence[str], book: Notebook) -> LabReading:
    """“ferritin 620”, behind “my partner gets dialysis”, where nothing was told of oneself."""
    own = any(each.owner is None for each in (*book.told, *(one.value for one in book.open)))
    theirs = {owner for owner, _ in book.circumstances if owner}
    # “im breastfeeding” tells of oneself as well.
    own = own or any(not owner for owner, _ in book.circumstances)
    if own or _FIRST_PERSON.search(text.lower()) or _is_mother(book, known[-1:]):
        return reading
    if book.subject and book.subject != SELF and not book.subject.endswith(_NAMED_ONCE):
        return _owned(reading, book.subject)
    return _owned(reading, known[-1]) if known and known[-1] in theirs and book.only_theirs else reading
