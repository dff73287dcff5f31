"""A short message that tells no new number, but changes the values told before it, or asks about them once more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.labs.definitions import lab_definitions
from stillnight.clinical.labs.notebook import AGAIN, WORRIED, Notebook
from stillnight.clinical.labs.reader import Spoken, lab_reader
from stillnight.clinical.labs.replies import lab_replies
from stillnight.clinical.labs.values import LabValue, weighed
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

_FILE: Final = "lab_amend.yml"
_LONGEST: Final = 12
_UNIT_WORDS_MAX: Final = 5


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

    def of(self, text: str, book: Notebook, asked: bool) -> Notebook | None:
        """The notebook with its values changed and open again, None when the message is about something else.

        Args:
            text: a message without a value.
            book: what was told; of its values the open ones, or those of the last answer, are meant.
            asked: whether the last answer explained values, so that “is that low?” asks about them.
        """
        spoken = lab_reader().spoken_of(text)
        current = book.current()
        if (not current and not book.unsettled) or len(spoken.words) > _LONGEST:
            return None
        return (
            self._with_unit(text, spoken, book)
            or self._swapped(spoken, book, current)
            or self._moved(spoken, book, current)
            or self._renamed(spoken, book, current)
            or (self._again(spoken, book) if asked and not book.open else None)
        )

    @staticmethod
    def _with_unit(text: str, spoken: Spoken, book: Notebook) -> Notebook | None:
        """“pg/ml”, after a value was told without."""
        if len(spoken.words) > _UNIT_WORDS_MAX or len(book.unsettled) != 1 or spoken.labs:
            return None
        (value,) = book.unsettled
        unit = lab_replies().unit_of(value.lab, text)
        return (
            book.opened([weighed(replace(value, unit=unit, said=True), lab_definitions()[value.lab])]) if unit else None
        )

    def _swapped(self, spoken: Spoken, book: Notebook, current: Sequence[LabValue]) -> Notebook | None:
        said = f" {' '.join(spoken.words)} "
        if len(current) != 2 or not any(f" {phrase} " in said for phrase in self._words["swapped"]):
            return None
        one, other = current
        return book.without(current).opened([_of(one, other), _of(other, one)])

    def _moved(self, spoken: Spoken, book: Notebook, current: Sequence[LabValue]) -> Notebook | None:
        """“sorry, its my husbands”."""
        own = bool(self._words["mine"] & set(spoken.words))
        if spoken.labs or len(spoken.owners) + own != 1 or not self._is_turned(spoken):
            return None
        owner = None if own else spoken.owners[0]
        if own and not set(spoken.words) - {"me"}:
            return None
        moved = [replace(each, owner=owner, mine=own) for each in current]
        return None if moved == list(current) else book.without(current).opened(moved)

    def _renamed(self, spoken: Spoken, book: Notebook, current: Sequence[LabValue]) -> Notebook | None:
        """“sorry, that is the TSAT”."""
        others = [lab for lab in spoken.labs if not current or lab != current[0].lab]
        if len(current) != 1 or len(others) != 1 or spoken.owners or not self._is_turned(spoken):
            return None
        value = current[0]
        lab = lab_definitions()[others[0]]
        unit = value.unit if value.said and value.unit in lab.units else None
        renamed = replace(value, lab=lab.key, unit=unit, said=unit is not None, own_range=None)
        return book.without(current).opened([weighed(replace(renamed, computed=False, rivals=()), lab)])

    def _again(self, spoken: Spoken, book: Notebook) -> Notebook | None:
        words = set(spoken.words)
        about = words <= self._words["small"] | self._words["asked"] | self._words["pointing"]
        if spoken.labs or spoken.owners or not about or "not" in words:
            return None
        if not (words & self._words["asked"] and words & self._words["pointing"]):
            return None
        return book.opened(book.current(), again=WORRIED if words & self._words["worried"] else AGAIN)

    def _is_turned(self, spoken: Spoken) -> bool:
        words = set(spoken.words)
        return bool(words & self._words["turning"]) and words <= self._words["small"] | self._words["mine"]


def _of(kept: LabValue, number: LabValue) -> LabValue:
    """A value of the same test with the number of another."""
    lab = lab_definitions()[kept.lab]
    unit = number.unit if number.said and number.unit in lab.units else None
    swapped = replace(kept, value=number.value, comparator=number.comparator, unit=unit, said=unit is not None)
    return weighed(replace(swapped, rivals=()), lab)


@lru_cache(maxsize=1)
def amendments() -> Amendments:
    """The project's, made once."""
    return Amendments.load(KNOWLEDGE)
