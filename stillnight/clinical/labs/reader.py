"""Reading lab values: `lab_reader().read(text)`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.labs.choose import Told, told_values
from stillnight.clinical.labs.definitions import Lab, Range, load_labs
from stillnight.clinical.labs.layout import Layout
from stillnight.clinical.labs.marks import IRON, LAB, OTHER, TIBC
from stillnight.clinical.labs.scan import Scanner, plain_text
from stillnight.clinical.labs.sift import Text, sifted
from stillnight.clinical.labs.units import convert
from stillnight.clinical.medicines.everyday import common_words
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

_CHARACTERS_READ: Final = 4_000
_SATURATION: Final = "transferrin_saturation"
# µg/dL of iron in µmol/L, by the molar mass of iron.
_IRON_UG_DL: Final = 0.17907


@dataclass(frozen=True)
class LabValue:
    """One value as it was told.

    lab: key of the lab. value: as typed, in `unit`. unit: name of one of the lab's units, None while it is open.
    choices: the units that a value without one may be in. said: whether the unit was typed. own_range: the range that
    the sheet prints. owner: whose it is, None for one's own. older: whether a newer one was told. impossible, doubtful:
    by the lab's limits. computed: from iron and binding capacity. rivals: other numbers that may be meant instead.
    """

    lab: str
    value: float
    unit: str | None
    comparator: str | None = None
    choices: tuple[str, ...] = ()
    said: bool = False
    own_range: Range | None = None
    owner: str | None = None
    older: bool = False
    impossible: bool = False
    doubtful: bool = False
    computed: bool = False
    rivals: tuple[float, ...] = ()


@dataclass(frozen=True)
class LabReading:
    """Everything that a message says of lab values. others: other tests that were named with a number."""

    values: tuple[LabValue, ...]
    others: tuple[str, ...] = ()


class LabReader:
    """Reads messages. Pure."""

    def __init__(
        self, labs: Mapping[str, Lab], talk: Mapping[str, Iterable[str]], everyday: Collection[str] = frozenset()
    ) -> None:
        """Keep the definitions and index the words. `everyday`: words that are never taken for a misspelt name."""
        self.labs = labs
        self._scanner = Scanner(labs, talk, everyday)
        self._written = {
            key: frozenset(each for unit in lab.units.values() for each in unit.written) for key, lab in labs.items()
        }

    @classmethod
    @reading("lab_talk.yml")
    def load(cls, knowledge: Path) -> LabReader:
        """Read labs.yml and lab_talk.yml. Raises KnowledgeError when one cannot be used."""
        return cls(load_labs(knowledge), load_yaml(knowledge / "lab_talk.yml"), common_words())

    def read(self, text: str, things: Sequence[tuple[int, int]] = ()) -> LabReading:
        """Values in the order of the text.

        Args:
            text: anything at all; of a long text the beginning.
            things: where medicines are named: the number behind one is its dose.
        """
        text = text[:_CHARACTERS_READ]
        plain = plain_text(text)
        message = sifted(Text(plain, self._scanner.scan(plain, things)))
        found = list(told_values(message, Layout(message, self._written).run()))
        values = [self._value(each) for each in found if each.kind == LAB]
        values += self._computed(found)
        taken = {each.key for each in found if each.kind == OTHER}
        return LabReading(tuple(values), tuple(sorted(taken)))

    def _value(self, found: Told) -> LabValue:
        lab, number = self.labs[found.key], found.number
        said = [name for name, unit in lab.units.items() if number.unit and number.unit in unit.written]
        options = said[:1] or self._possible(lab, number.value, found.own_range)
        unit = options[0] if len(options) == 1 else None
        usual = convert(number.value, lab, unit) if unit else None
        impossible = usual is not None and lab.impossible.passed(usual) or not options
        return LabValue(
            found.key,
            number.value,
            unit if not impossible or said else (unit or lab.unit),
            number.comparator,
            tuple(options) if unit is None else (),
            bool(said),
            found.own_range,
            found.owner,
            found.older,
            impossible,
            usual is not None and not impossible and lab.doubtful.passed(usual),
            rivals=found.rivals,
        )

    def _possible(self, lab: Lab, value: float, own_range: Range | None) -> list[str]:
        """Units in which a bare number may be meant, as the lab's own range allows."""
        bare = [unit for unit in lab.units.values() if unit.bare and unit.bare.low <= value <= unit.bare.high]
        names = [unit.name for unit in bare]
        if own_range and len(names) > 1:
            fitting = [name for name in names if self._is_range_of(lab, name, own_range)]
            return fitting or names
        return names

    @staticmethod
    def _is_range_of(lab: Lab, unit: str, printed: Range) -> bool:
        """Whether a printed range looks like the usual one in that unit: its middle lies within, give or take a third."""
        middle = convert((printed.low + printed.high) / 2, lab, unit)
        low = min(each.low for each in lab.usual.values())
        high = max(each.high for each in lab.usual.values())
        return low * 0.9 <= middle <= high * 1.1

    def _computed(self, found: list[Told]) -> list[LabValue]:
        if any(each.key == _SATURATION and each.kind == LAB for each in found):
            return []
        iron = next((each for each in found if each.kind == IRON), None)
        tibc = next((each for each in found if each.kind == TIBC), None)
        if iron is None or tibc is None:
            return []
        # One unit written for both is that of both.
        units = {each.number.unit for each in (iron, tibc)} - {""}
        same = len(units) < 2
        top, capacity = (each.number.value if same else _in_umol(each) for each in (iron, tibc))
        percent = round(100 * top / capacity, 1) if capacity else 0.0
        impossible = self.labs[_SATURATION].impossible.passed(percent)
        doubtful = not impossible and self.labs[_SATURATION].doubtful.passed(percent)
        return [
            LabValue(
                _SATURATION, percent, "%", owner=iron.owner, impossible=impossible, doubtful=doubtful, computed=True
            )
        ]


def _in_umol(found: Told) -> float:
    return found.number.value * (_IRON_UG_DL if found.number.unit == "ug/dl" else 1.0)


@lru_cache(maxsize=1)
def lab_reader() -> LabReader:
    """The project's, made once."""
    return LabReader.load(KNOWLEDGE)
