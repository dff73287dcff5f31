"""What somebody says to a question about a lab value: `lab_replies().of(question, text)`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from rapidfuzz.distance import OSA

from stillnight.clinical.knowledge import reading
from stillnight.clinical.labs.definitions import MAN, PREGNANT, WOMAN, Lab, load_labs
from stillnight.clinical.labs.questions import CHILD, UNSAID, Asks, Question
from stillnight.clinical.labs.reading.numerals import numerals, same_length
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

_FILE: Final = "lab_replies.yml"
OFFSPRING: Final = "offspring"
_YES: Final = "yes"
_NO: Final = "no"
_UNKNOWN: Final = "unknown"
_UNSAID: Final = "unsaid"
_WHY: Final = "why"
_FIRST: Final = "first"
_SECOND: Final = "second"
# The digits of “b12” are no answer.
_NAMED: Final = re.compile(r"\bb[\s-]*12\b")
# “mmol/L for the first two”
_COUNTED: Final = re.compile(r"\b(?:first|last|other|next|these|those|all|the|both) (?:one|two|three|four|five)\b")
_ADULT: Final = 18
_OWN_AGE: Final = re.compile(
    r"\b(?:i'm|im|i am|as a) (?:only |just )?(\d{1,2})\b(?! (?:weeks?|months?|wks?|days?|kg|stone|hours?|hrs?))"
)
_SOMEBODY_ELSE: Final = re.compile(r"\b(?:the|that|this|another) \w+")
_WOMAN: Final = frozenset({"woman", "female", "gal"})
_MAN: Final = frozenset({"man", "male", "guy", "bloke"})
_AGE_AND_SEX: Final = re.compile(r"\b\d{2} ?([mf])\b")
_SHORT: Final = 6
# Letters from which on a word may be typed with a slip.
_SLIPS_FROM: Final = 4
_LONGEST: Final = 12
# “units mmol/L for the first two and umol/L for the last”
_LONGEST_WITH_UNIT: Final = 20
_WORDS: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*|\?+")


@dataclass(frozen=True)
class Answer:
    """An answer to a question.

    number, unit: what was typed. yes: to “is that right?”. group: see `Person`; `child` or `unsaid` too. unknown: the
    person cannot tell. why: they want to know what it is asked for.
    """

    number: float | None = None
    unit: str | None = None
    yes: bool | None = None
    group: str | None = None
    unknown: bool = False
    why: bool = False


class Replies:
    """Understands answers. Pure."""

    def __init__(self, words: Mapping[str, Iterable[str]], labs: Mapping[str, Lab]) -> None:
        """`words`: see knowledge/lab_replies.yml."""
        self._words = {kind: frozenset(_plain(str(word)) for word in known) for kind, known in words.items()}
        self._labs = labs

    @classmethod
    @reading(_FILE)
    def load(cls, knowledge: Path) -> Replies:
        """Read the file. Raises KnowledgeError when it cannot be used."""
        return cls(load_yaml(knowledge / _FILE), load_labs(knowledge))

    def of(self, question: Question, text: str) -> Answer | None:
        """The answer to a question, None when the text is none: a long message or another subject."""
        plain = _plain(text)
        unit = self.unit_of(question.lab, text)
        longest = _LONGEST_WITH_UNIT if unit and question.asks is Asks.UNIT and "?" not in text else _LONGEST
        if not plain or len(plain.split()) > longest:
            return None
        number = self._number(question.lab, text, unit)
        # “dunno, american lab” tells that the unit is unknown; a country settles none.
        unknown = self._says(plain, _UNKNOWN) and not self._is_asked_why(plain)
        if number is None and unit is None and self._says(plain, _WHY) and not unknown:
            return Answer(why=True)
        if question.asks is Asks.GROUP:
            group = self._group(plain)
            return Answer(group=group) if group else None
        choice = self._choice(question, plain)
        if choice is not None:
            return choice
        if question.asks is Asks.SURE and number is None:
            first, *others = plain.split()
            short = len(others) < _SHORT and not self._says(plain, _UNKNOWN)
            if self._is(_YES, plain) or (self._is(_YES, first) and short):
                return Answer(yes=True)
            if self._is(_NO, plain) or (self._is(_NO, first) and short):
                return Answer(yes=False)
        if number is not None or unit is not None:
            return Answer(number, unit)
        return Answer(unknown=True) if self._says(plain, _UNKNOWN, _UNSAID, _NO) else None

    def _number(self, lab: str, text: str, unit: str | None) -> float | None:
        """The first number of a text that says nothing else: “i am 58” and “i take 50 mg” tell no value."""
        said = _NAMED.sub(lambda match: " " * len(match.group()), same_length(text))
        said = _COUNTED.sub(lambda match: " " * len(match.group()), said)
        found = list(numerals(said))
        if not found or unit is not None:
            return found[0].value if found else None
        for numeral in reversed(found):
            said = f"{said[: numeral.start]} {said[numeral.end :]}"
        names = {word for name in self._labs[lab].names for word in _plain(name).split()}
        known = self._words["beside_number"] | names
        words = _plain(said).replace("'", "").split()
        is_age = _OWN_AGE.search(same_length(text)) is not None
        return None if is_age or not all(self._is_like(word, known) for word in words) else found[0].value

    @staticmethod
    def _is_like(word: str, known: Collection[str]) -> bool:
        """Whether a word is one of these, or one slip of the keys away from a long one."""
        if word in known or not word.strip("?"):
            return True
        return len(word) >= _SLIPS_FROM and any(
            len(each) >= _SLIPS_FROM and OSA.distance(word, each, score_cutoff=1) <= 1 for each in known
        )

    def _choice(self, question: Question, plain: str) -> Answer | None:
        """“the first one”, and “mg” where one unit begins so."""
        place = next((at for at, kind in enumerate((_FIRST, _SECOND)) if self._is(kind, plain)), None)
        if question.asks is Asks.UNIT:
            units = [unit for unit in question.units if unit.lower().split("/")[0] == plain]
            unit = units[0] if len(units) == 1 else None
            unit = question.units[place] if unit is None and place is not None and place < len(question.units) else unit
            return Answer(unit=unit) if unit else None
        if question.asks is Asks.NUMBER and place is not None and place < len(question.choices):
            return Answer(question.choices[place].value)
        return None

    def group_of(self, owner: str) -> str | None:
        """Whether the owner of a value is a woman or a man, a `child`, or `offspring` of any age; None for a friend."""
        for kind, group in (("women", WOMAN), ("men", MAN), ("children", CHILD), ("offspring", OFFSPRING)):
            if _plain(owner) in self._words[kind]:
                return group
        return None

    @property
    def babies(self) -> frozenset[str]:
        """Words for children so small that their mother speaks of herself beside them."""
        return self._words["babies"]

    def tells_nursing(self, text: str) -> bool:
        """Whether a message speaks of nursing a baby, and of no pregnancy."""
        plain = f" {_plain(text)} "
        return any(f" {word} " in plain for word in self._words["nursing"]) and "pregnant" not in plain

    def group_said(self, text: str) -> str | None:
        """Whether a message says nothing but “im a lady”."""
        words = " ".join(word for word in _plain(text).split() if word not in self._words["beside_group"])
        return next((kind for kind in (WOMAN, PREGNANT, MAN) if self._is(kind, words)), None)

    def group_told(self, text: str) -> str | None:
        """Whether somebody says in passing that they are a woman or a man: “48 tsat im a guy”, “58F”."""
        plain = _plain(text)
        age = _OWN_AGE.search(plain)
        if age and int(age[1]) < _ADULT:
            return CHILD
        written = _AGE_AND_SEX.search(plain)
        if written:
            return WOMAN if written[1] == "f" else MAN
        words = set(_SOMEBODY_ELSE.sub(" ", plain).split())
        bare = [group for named, group in ((_WOMAN, WOMAN), (_MAN, MAN)) if words & named]
        return bare[0] if len(bare) == 1 else None

    def _group(self, plain: str) -> str | None:
        for kind in (WOMAN, PREGNANT, CHILD, MAN):
            # “not pregnant” before “pregnant”.
            if self._is(kind, plain):
                return kind
        for kind in (PREGNANT, CHILD, WOMAN, MAN):
            if self._says(plain, kind) and self._says_only(plain, kind):
                return kind
        return UNSAID if self._says(plain, _UNSAID, _UNKNOWN) else None

    def _says_only(self, plain: str, kind: str) -> bool:
        """Whether the rest are words that stand beside an answer: “my husband says i kick” tells nobody's sex."""
        said = {word for phrase in self._words[kind] for word in phrase.split()}
        known = self._words["beside_number"] | self._words["beside_group"] | said
        return all(word.isdigit() or self._is_like(word.replace("'", ""), known) for word in plain.split())

    def unit_of(self, lab: str, text: str) -> str | None:
        """The unit of a lab that somebody typed, the longest when several fit."""
        plain = same_length(text)
        # “its pg/ml” and “p g / m l”
        said = plain + " " + re.sub(r"[\s.]", "", plain)
        found = [
            (len(written), name)
            for name, unit in self._labs[lab].units.items()
            for written in unit.written
            if re.search(rf"(?<![a-z/]){re.escape(written)}(?![a-z/])", said)
        ]
        return max(found)[1] if found else None

    @staticmethod
    def _is_asked_why(plain: str) -> bool:
        return not {"why", "what", "whats", "how"}.isdisjoint(plain.split())

    def _is(self, kind: str, plain: str) -> bool:
        return plain in self._words[kind]

    def _says(self, plain: str, *kinds: str) -> bool:
        if "?" in plain and plain.strip("? "):
            # A question mark says “I do not know” only when it stands alone.
            plain = plain.replace("?", " ").strip()
        padded = f" {plain} "
        return any(f" {word} " in padded for kind in kinds for word in self._words[kind])


def _plain(text: str) -> str:
    return " ".join(_WORDS.findall(same_length(text)))


@lru_cache(maxsize=1)
def lab_replies() -> Replies:
    """The project's, made once."""
    return Replies.load(KNOWLEDGE)
