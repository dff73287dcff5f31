"""A short message that tells no new number, but changes the values told before it, or asks about them once more."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from stillnight.clinical.check_in import check_in
from stillnight.clinical.emergency import Answer
from stillnight.clinical.knowledge import reading
from stillnight.clinical.labs.definitions import MAN, WOMAN, lab_definitions
from stillnight.clinical.labs.notebook import (
    AGAIN,
    CHANGED,
    COMPARED,
    FLAGGED,
    HELPED,
    UNIT,
    WORRIED,
    Notebook,
)
from stillnight.clinical.labs.reader import Spoken, lab_reader
from stillnight.clinical.labs.reading.owners import SOMEBODY
from stillnight.clinical.labs.replies import lab_replies
from stillnight.clinical.labs.swapped import swapped
from stillnight.clinical.labs.told_later import with_own_range, with_unit
from stillnight.clinical.labs.told_unit import told_unit, told_units
from stillnight.clinical.labs.values import LabValue, weighed
from stillnight.language.text import sentences_of
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

_FILE: Final = "lab_amend.yml"
_LONGEST: Final = 12
# So few words behind an explanation need no “that”: “too high?”, “my mum”.
_ALONE_MAX: Final = 3
_GROUP_WORDS_MAX: Final = 5
# “her kids are 5 and 7” moves no value to them.
_DIGIT: Final = re.compile(r"\d")
# “so what does the ferritin mean” puts nothing right.
_WHAT: Final = re.compile(r"\W*(?:(?:so|and|but|ok|okay|then)\W+)*(?:what|wat|how|why)\b", re.IGNORECASE)
_THING: Final = r"(?:numbers?|results?|levels?|values?|ones?|readings?)"
_ME: Final = r"(?:(?:what|how) (?:about|abt|bout)|and) me"
_FOR_THEM: Final = r"(?:for|and|what about|how about) (?:him|her|them)"
_WHOSE: Final = re.compile(
    rf"\b(?:(?P<own>mine|my own|my {_THING}|{_ME}|(?:for|mean to) me|in my case)"
    rf"|hers|her {_THING}|his|theirs|their {_THING}|{_FOR_THEM})\b(?! (?:doctor|gp|leg))"
)
# “and mums?”, “what about my daughter's?”; never “its my mums”.
_OF_THEM: Final = re.compile(r"^\W*(?:(?:ok|so|oh|right)\W+)?(?:and|what|whats|how|hows|is|are|does|explain)\b")


class Amendments:
    """Understands such messages. Pure."""

    def __init__(self, words: Mapping[str, Iterable[str]]) -> None:
        """`words`: see knowledge/lab_amend.yml."""
        self._words = {kind: frozenset(map(str, known)) for kind, known in words.items()}

    @classmethod
    @reading(_FILE)
    def load(cls, knowledge: Path) -> Amendments:
        """Read the file. Raises KnowledgeError when it cannot be used."""
        return cls(load_yaml(knowledge / _FILE))

    def of(self, text: str, book: Notebook, asked: bool, urgent: bool = False) -> Notebook | None:
        """The notebook with its values changed and open again, None when the message is about something else.

        Args:
            text: a message without a value.
            book: what was told; of its values the open ones, or those of the last answer, are meant.
            asked: whether the last answer explained values, so that “is that low?” asks about them.
            urgent: whether one of them needs somebody today: then “i cant go now” is about them too.
        """
        sentences = sentences_of(text)
        asking = [piece for piece in sentences if self.asks_plainly(piece) and _WHOSE.search(piece.lower())]
        if len(sentences) > 1 and len(asking) == 1 and not book.open and text.count("?") < len(sentences):
            # “so is his low or not? the surgery ticked both”
            spoken = lab_reader().spoken_of(asking[0])
            return self._asked_of(asking[0], spoken, book) or self._of(text, book, asked, urgent)
        return self._of(text, book, asked, urgent)

    def _of(self, text: str, book: Notebook, asked: bool, urgent: bool) -> Notebook | None:
        spoken = lab_reader().spoken_of(text)
        current = book.current()
        own_range = with_own_range(text, spoken, book) if asked and not book.open else None
        if own_range:
            return own_range
        if (not current and not book.unsettled) or len(spoken.words) > _LONGEST:
            return None
        turned = self._is_turned(spoken) and "?" not in text
        if not turned and not spoken.owners and _asks_of_nobody_known(text, book):
            return None
        return (
            with_unit(text, spoken, book)
            or (self._unit_told(text, spoken, book) if asked and not book.open else None)
            or (self._compared(spoken, book, asked) if not book.open else None)
            or (self._unflagged(spoken, book) if asked and not book.open else None)
            or (self._asked_of(text, spoken, book) if not turned and not book.open else None)
            or (swapped(book) if current and self._says_swapped(spoken) else None)
            or self._moved(spoken, book, current, turned, (asked or bool(book.open)) and not _DIGIT.search(text))
            or (self._renamed(spoken, book, current) if turned and not _WHAT.match(text) else None)
            or (self._helped(text, book) if urgent and asked else None)
            or (self._again(spoken, book, urgent) if asked and current and not book.open else None)
            or (self._with_group(text, spoken, book) if asked and not book.open else None)
        )

    def _unit_told(self, text: str, spoken: Spoken, book: Notebook) -> Notebook | None:
        """“it says µg/L on the printout”, “no sorry, mmol”, of values that were explained in ng/mL or mg/dL."""
        several = told_units(text, book.current())
        if several and not spoken.owners:
            wrong = [(value, unit) for value, unit in several if value.unit != unit]
            put_right = [_in_unit(value, unit) for value, unit in wrong]
            same = book.opened([value for value, _ in several], again=UNIT)
            return book.without([value for value, _ in wrong]).opened(put_right, again=CHANGED) if wrong else same
        told = told_unit(text, book.current(), self._words["small"] | self._words["mine"] | self._words["unit_said"])
        if told is None or spoken.owners:
            return None
        value, unit = told
        asks = (spoken.words[:1] and spoken.words[0] in self._words["questions"]) or "what" in spoken.words
        if unit == value.unit and "not" not in spoken.words and not asks:
            meant = _newest_of_each(book, [value.lab]) if self._words["several"] & set(spoken.words) else [value]
            return book.opened([each for each in meant if each.unit == unit], again=UNIT)
        if unit == value.unit or len(book.current()) != 1:
            return None
        return book.without([value]).opened([_in_unit(value, unit)], again=CHANGED)

    def _asked_of(self, text: str, spoken: Spoken, book: Notebook) -> Notebook | None:
        """“and hers?”, “what does mine mean then”: the newest values of that person, explained again."""
        words = set(spoken.words) - {"his", "theirs"}
        if not words <= self._words["small"] | self._words["asked"] | self._words["pointing"] | self._words["mine"]:
            return None
        pronoun = _WHOSE.search(text.lower().replace("'", ""))
        if spoken.owners and _OF_THEM.search(text.lower()) is None:
            return None
        owners: list[str | None] = list(dict.fromkeys(each.owner for each in book.told))
        meant: Sequence[str | None]
        if spoken.owners:
            meant = [owner for owner in owners if owner is not None and owner == spoken.owners[0]]
        elif pronoun is None:
            return None
        elif pronoun["own"]:
            meant = [owner for owner in owners if owner is None]
        else:
            meant = [owner for owner in reversed(owners) if owner is not None and may_be(pronoun.group(), owner)][:1]
        if not meant or (words & self._words["elsewhere"] - {"number", "numbers"}):
            return None
        labs = [lab for lab in book.labs_told if not spoken.labs or lab in spoken.labs]
        newest = [each for lab in labs if (each := book.newest(lab, meant[0])) is not None]
        worried = bool(words & self._words["worried"])
        return book.opened(newest, again=WORRIED if worried else AGAIN) if newest else None

    def _compared(self, spoken: Spoken, book: Notebook, asked: bool) -> Notebook | None:
        """“which of us is lower”, “so who should be more worried”: the newest values of each, side by side."""
        words = set(spoken.words)
        us = any(f" {phrase} " in _padded(spoken) for phrase in self._words["of_us"])
        helped = self._words["of_iron"] | self._words["of_visit"] if us else frozenset()
        who = us or (asked and bool(words & self._words["who"]))
        known = self._words["small"] | self._words["asked"] | self._words["who"] | self._words["comparing"]
        matters = self._words["asked"] | self._words["comparing"] | helped
        if not who or not words & matters or not words <= known | helped:
            return None
        newest = book.newest_of_each()
        people = {lab: {each.owner for each in newest if each.lab == lab} for lab in book.labs_told}
        shared = [lab for lab, owners in people.items() if len(owners) > 1 and set(spoken.labs) <= {lab}]
        beside = [each for each in newest if each.lab in shared]
        beside.sort(key=lambda each: each.owner is not None)
        return book.opened(beside, again=COMPARED) if beside else None

    def _unflagged(self, spoken: Spoken, book: Notebook) -> Notebook | None:
        """“is that low then, or not? the lab didn't flag it”."""
        words = set(spoken.words)
        known = self._words["small"] | self._words["asked"] | self._words["pointing"] | self._words["flagging"]
        current = book.current()
        named = set(spoken.labs) <= {each.lab for each in current} and not spoken.owners
        if not current or not named or not words & self._words["flag"] or not words <= known | self._words["flag"]:
            return None
        return book.opened(current, again=FLAGGED)

    def _moved(
        self, spoken: Spoken, book: Notebook, current: Sequence[LabValue], turned: bool, near: bool
    ) -> Notebook | None:
        """“sorry, its my husbands”; right behind an explanation (`near`) “my mum” alone is enough."""
        words = set(spoken.words)
        denied = any(f" {phrase} " in _padded(spoken) for phrase in self._words["not_mine"])
        own = bool(self._words["mine"] & words) and not denied and words != {"me"}
        alone = near and len(words) <= _ALONE_MAX and words <= self._words["small"] and not own
        if spoken.labs or len(spoken.owners) + own + denied != 1 or not (turned or alone or denied):
            return None
        if denied and not words <= self._words["small"] | self._words["mine"]:
            return None
        owner = SOMEBODY if denied else None if own else spoken.owners[0]
        moved = [replace(each, owner=owner, mine=own) for each in current]
        return None if moved == list(current) else book.without(current).opened(moved, again=CHANGED)

    def _renamed(self, spoken: Spoken, book: Notebook, current: Sequence[LabValue]) -> Notebook | None:
        """“sorry, that is the TSAT”."""
        others = [lab for lab in spoken.labs if not current or lab != current[0].lab]
        if len(current) != 1 or len(others) != 1 or spoken.owners:
            return None
        value = current[0]
        lab = lab_definitions()[others[0]]
        unit = value.unit if value.said and value.unit in lab.units else None
        renamed = replace(value, lab=lab.key, unit=unit, said=unit is not None, own_range=None)
        return book.without(current).opened([weighed(replace(renamed, computed=False, rivals=()), lab)], again=CHANGED)

    @staticmethod
    def _helped(text: str, book: Notebook) -> Notebook | None:
        """Behind “i called them”."""
        coming = check_in().answer(text) is Answer.HELP_COMING
        return book.opened(book.current(), again=HELPED) if coming else None

    def _again(self, spoken: Spoken, book: Notebook, urgent: bool) -> Notebook | None:
        words = set(spoken.words)
        known = book.current()
        if set(spoken.labs) - {each.lab for each in known}:
            return None
        pressing = urgent and words & self._words["urgent"] and not words & self._words["elsewhere"]
        if set(spoken.owners) - {each.owner for each in known} and not pressing:
            return None
        if not pressing and not self._is_asked(spoken):
            return None
        return book.opened(known, again=WORRIED if words & self._words["worried"] else AGAIN)

    def asks_on(self, text: str) -> bool:
        """Whether a message asks of the value at hand: “is it ok or on lower side?”."""
        spoken = lab_reader().spoken_of(text)
        return len(spoken.words) <= _LONGEST and not (spoken.labs or spoken.owners) and self._is_asked(spoken)

    def asks_for_all(self, text: str) -> bool:
        """Whether a message wants all values in short: “so overall in two sentences please”."""
        spoken = lab_reader().spoken_of(text)
        known = self._words["small"] | self._words["asked"] | self._words["all_of_it"] | self._words["pointing"]
        return bool(set(spoken.words) & self._words["all_of_it"]) and set(spoken.words) <= known

    def asks_plainly(self, text: str) -> bool:
        """Whether a sentence asks if a value is good or bad, and nothing else: “so is his low or not?”."""
        words = set(lab_reader().spoken_of(text).words) - {"his", "theirs"}
        known = self._words["small"] | self._words["asked"] | self._words["pointing"] | self._words["mine"]
        return words <= known and bool(words & self._words["asked"])

    def list_meant(self, words: Collection[str]) -> int | None:
        """Which of two lists a clause names, counted from nought: “the first one is me”; None for neither."""
        named = [place for place, kind in enumerate(("first_list", "second_list")) if self._words[kind] & set(words)]
        return named[0] if len(named) == 1 and self.tells_whose(words) else None

    def tells_whose(self, words: Collection[str]) -> bool:
        """Whether a clause has no word but those with which people say whose a list is."""
        lists = self._words["first_list"] | self._words["second_list"] | self._words["list"]
        return set(words) <= self._words["small"] | self._words["mine"] | lists

    def is_own(self, words: Collection[str]) -> bool:
        """Whether a clause says that it is one's own."""
        return bool(set(words) & (self._words["mine"] | {"im"}))

    def is_no_name(self, word: str) -> bool:
        """Whether a word that opens a line of results is no person's name: “Fasting”, “Latest”."""
        return word in self._words["no_names"]

    def _is_asked(self, spoken: Spoken) -> bool:
        words = set(spoken.words)
        small = words <= self._words["small"] | self._words["asked"] | self._words["pointing"]
        short = len(words) <= _ALONE_MAX and not words & self._words["elsewhere"]
        pointed = bool(words & self._words["pointing"]) or short or bool(spoken.labs)
        denied = "not" in words and not _padded(spoken).endswith(" or not ")
        return small and pointed and not denied and bool(words & self._words["asked"])

    @staticmethod
    def _with_group(text: str, spoken: Spoken, book: Notebook) -> Notebook | None:
        """“im a lady”, “man, 52”, where that changes what was explained."""
        group = lab_replies().group_said(text)
        if group is None and len(spoken.words) <= _GROUP_WORDS_MAX and not spoken.labs:
            group = lab_replies().group_told(text)
        if group is None or book.last_owner is not None:
            return None
        return replace(book, group=group).opened(book.current(), again=CHANGED)

    def _says_swapped(self, spoken: Spoken) -> bool:
        return any(f" {phrase} " in _padded(spoken) for phrase in self._words["swapped"])

    def _is_turned(self, spoken: Spoken) -> bool:
        words = set(spoken.words)
        asks = bool(spoken.words) and spoken.words[0] in self._words["questions"]
        if asks or not words <= self._words["small"] | self._words["mine"]:
            return False
        return any(f" {phrase} " in _padded(spoken) for phrase in self._words["turning"])


def _in_unit(value: LabValue, unit: str) -> LabValue:
    return weighed(replace(value, unit=unit, said=True, rivals=()), lab_definitions()[value.lab])


def _asks_of_nobody_known(text: str, book: Notebook) -> bool:
    """“is hers bad”, of somebody without a value here: one's own must not be read out for it."""
    pronoun = _WHOSE.search(text.lower().replace("'", ""))
    if pronoun is None or pronoun["own"]:
        return False
    owners = {each.owner for each in (*book.told, *book.current()) if each.owner is not None}
    return not any(may_be(pronoun.group(), owner) for owner in owners)


def may_be(pronoun: str, owner: str) -> bool:
    """Whether “hers” or “his” may mean this relative."""
    group = lab_replies().group_of(owner)
    return not (pronoun.startswith("her") and group == MAN) and not (pronoun.startswith("his") and group == WOMAN)


def _newest_of_each(book: Notebook, labs: Collection[str]) -> Sequence[LabValue]:
    """The newest value of each person for some tests."""
    return [each for each in book.newest_of_each() if each.lab in labs]


def _padded(spoken: Spoken) -> str:
    return f" {' '.join(spoken.words)} "


@lru_cache(maxsize=1)
def amendments() -> Amendments:
    """The project's, made once."""
    return Amendments.load(KNOWLEDGE)
