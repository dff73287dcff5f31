"""Reading lab values: `lab_reader().read(text)`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.labs.definitions import Lab, load_labs
from stillnight.clinical.labs.reading.choose import Told, told_values
from stillnight.clinical.labs.reading.layout import Layout
from stillnight.clinical.labs.reading.marked import Text
from stillnight.clinical.labs.reading.marks import IRON, LAB, NAMES, NUMBER, OTHER, OWNER, TIBC, Mark
from stillnight.clinical.labs.reading.owners import one_owner
from stillnight.clinical.labs.reading.scan import Scanner, plain_text
from stillnight.clinical.labs.reading.sift import sifted
from stillnight.clinical.labs.values import LabReading, LabValue, weighed
from stillnight.clinical.medicines.everyday import common_words
from stillnight.paths import KNOWLEDGE
from stillnight.recent import recent
from stillnight.yaml_files import load_yaml

_CHARACTERS_READ: Final = 4_000
# A whole page of results has fewer. Every number is weighed against all others, so thousands would take seconds.
_MARKS_READ: Final = 400
_SATURATION: Final = "transferrin_saturation"
# µg/dL of iron in µmol/L, by the molar mass of iron.
_IRON_UG_DL: Final = 0.17907
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


@dataclass(frozen=True)
class Spoken:
    """What a message names: keys of labs, people, and its other words in small letters without apostrophes."""

    labs: tuple[str, ...]
    owners: tuple[str, ...]
    words: tuple[str, ...]


class LabReader:
    """Reads messages. Pure."""

    def __init__(
        self, labs: Mapping[str, Lab], talk: Mapping[str, Iterable[str]], everyday: Collection[str] = frozenset()
    ) -> None:
        """Keep the definitions and index the words. `everyday`: words that are never taken for a misspelt name."""
        self.labs = labs
        self._between, self._no_nouns = frozenset(talk["between"]), frozenset(talk["no_nouns"])
        cues = {kind: words for kind, words in talk.items() if kind not in ("between", "no_nouns")}
        self._scanner = Scanner(labs, cues, everyday)
        self._written = {
            key: frozenset(each for unit in lab.units.values() for each in unit.written) for key, lab in labs.items()
        }

    @classmethod
    @reading("lab_talk.yml")
    def load(cls, knowledge: Path) -> LabReader:
        """Read labs.yml and lab_talk.yml. Raises KnowledgeError when one cannot be used."""
        return cls(load_labs(knowledge), load_yaml(knowledge / "lab_talk.yml"), common_words())

    @recent
    def read(self, text: str, things: tuple[tuple[int, int], ...] = ()) -> LabReading:
        """Values in the order of the text.

        Args:
            text: anything at all; of a long text the beginning.
            things: where medicines are named: the number behind one is its dose.
        """
        plain = plain_text(text[:_CHARACTERS_READ])
        return self._reading(sifted(self._scanned(plain, things)))

    @recent
    def read_on(self, text: str, lab: str) -> LabReading | None:
        """A message that goes on about a test without naming it: “18 not 81, sorry”; None when it may be about else.

        Args:
            text: a message in which no test is named.
            lab: key of the test that was spoken of last.
        """
        name = self.labs[lab].names[0]
        plain = plain_text(f"{name} {text[:_CHARACTERS_READ]}")
        message = sifted(self._scanned(plain))
        layout = Layout(message, self._written, self._between, self._no_nouns)
        if any(mark.what in NAMES for mark in message.marks[1:]) or not layout.is_only_about_numbers(len(name)):
            return None
        reading = self._reading(message)
        return reading if reading.values else None

    @recent
    def spoken_of(self, text: str) -> Spoken:
        """Which labs and which people a message names, and what else it says."""
        plain = plain_text(text[:_CHARACTERS_READ])
        marks = [mark for mark in self._scanner.scan(plain) if mark.what in (LAB, OWNER)]
        rest = (match for match in _WORD.finditer(plain) if not any(_within(match.start(), mark) for mark in marks))
        words = (match.group().replace("'", "") for match in rest)
        return Spoken(
            tuple(dict.fromkeys(mark.key for mark in marks if mark.what == LAB)),
            tuple(dict.fromkeys(one_owner(mark.key) for mark in marks if mark.what == OWNER)),
            tuple(word for word in words if word != "s"),
        )

    def takes_back(self, text: str) -> bool:
        """Whether words of a message take a number back: “sorry”, “35 not 53”; a bare “no” is said of much else."""
        marks = self._scanner.scan(plain_text(text[:_CHARACTERS_READ]))
        numbers = [mark.start for mark in marks if mark.what == NUMBER]
        denied = any(mark.what == "not" and numbers and mark.end < numbers[-1] for mark in marks)
        return denied or any(mark.what == "instead" and mark.key != "no" for mark in marks)

    def _scanned(self, plain: str, things: Sequence[tuple[int, int]] = ()) -> Text:
        """The text with its marks; where there are too many only its beginning."""
        marks = self._scanner.scan(plain, things)
        if len(marks) <= _MARKS_READ:
            return Text(plain, marks)
        return Text(
            plain[: marks[_MARKS_READ].start],
            [mark for mark in marks[:_MARKS_READ] if mark.end <= marks[_MARKS_READ].start],
        )

    def _reading(self, message: Text) -> LabReading:
        found = list(told_values(message, Layout(message, self._written, self._between, self._no_nouns).run()))
        values = [self._value(each) for each in found if each.kind == LAB]
        computed = self._computed(found)
        # Iron or binding capacity alone is one more test that cannot be explained.
        kinds = {OTHER} if computed or any(each.lab == _SATURATION for each in values) else {OTHER, IRON, TIBC}
        taken = {each.key for each in found if each.kind in kinds}
        values += computed
        corrects = any(mark.what in ("instead", "not") for mark in message.marks)
        return LabReading(tuple(values), tuple(sorted(taken)), corrects)

    def _value(self, found: Told) -> LabValue:
        lab, number = self.labs[found.key], found.number
        said = next((name for name, unit in lab.units.items() if number.unit and number.unit in unit.written), None)
        return weighed(
            LabValue(
                found.key,
                number.value,
                said,
                number.comparator,
                said=said is not None,
                own_range=found.own_range,
                owner=found.owner,
                older=found.older,
                rivals=found.rivals,
                past=found.past,
                mine=found.mine,
            ),
            lab,
        )

    def _computed(self, found: list[Told]) -> list[LabValue]:
        if any(each.key == _SATURATION and each.kind == LAB for each in found):
            return []
        iron = next((each for each in found if each.kind == IRON), None)
        tibc = next((each for each in found if each.kind == TIBC), None)
        if iron is None or tibc is None:
            return []
        # One unit written for both is that of both.
        same = len({each.number.unit for each in (iron, tibc)} - {""}) < 2
        top, capacity = (each.number.value if same else _in_umol(each) for each in (iron, tibc))
        percent = round(100 * top / capacity, 1) if capacity else 0.0
        computed = LabValue(_SATURATION, percent, "%", said=True, owner=iron.owner, computed=True, mine=iron.mine)
        return [weighed(computed, self.labs[_SATURATION])]


def _within(place: int, mark: Mark) -> bool:
    return mark.start <= place < mark.end


def _in_umol(found: Told) -> float:
    return found.number.value * (_IRON_UG_DL if found.number.unit == "ug/dl" else 1.0)


@lru_cache(maxsize=1)
def lab_reader() -> LabReader:
    """The project's, made once."""
    return LabReader.load(KNOWLEDGE)
