"""What the lab reader makes of labelled lines: `*.jsonl` beside this file.

A line tells the values that are meant (lab, number as typed, unit, comparator, owner when it is somebody else's), older
ones beside them, and what has to be asked: `unit`, `impossible`, `doubtful` with the lab.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.values import LabReading, LabValue
from stillnight.clinical.medicines.finder import medicine_finder, spans

HERE = Path(__file__).parent
Told = tuple[str, float, "str | None", "str | None", "str | None"]


@dataclass(frozen=True)
class Result:
    """One line. wrong: labs and numbers that were reported, but never typed for that lab."""

    text: str
    kind: str
    wanted: tuple[Counter[Told], frozenset[str]]
    found: tuple[Counter[Told], frozenset[str]]
    wrong: tuple[tuple[str, float], ...]

    @property
    def right(self) -> bool:
        """Whether the values and everything that has to be asked are exactly those that are meant."""
        return self.wanted == self.found


def reading_of(text: str) -> LabReading:
    """As the assistant reads a message."""
    return lab_reader().read(text, spans(medicine_finder().find(text)))


def files() -> list[str]:
    """Names of all files of lines."""
    return sorted(path.name for path in HERE.glob("*.jsonl"))


def results(name: str) -> list[Result]:
    """Every line of a file."""
    return [scored(json.loads(line)) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def scored(facts: Mapping[str, Any]) -> Result:
    """Read one labelled message."""
    now = [value for value in reading_of(facts["text"]).values if not value.older]
    sure = [value for value in now if not value.impossible and not value.rivals]
    typed = {_number(each["lab"], each["value"]) for each in [*facts["values"], *facts.get("older", [])]}
    return Result(
        facts["text"],
        facts["kind"],
        (Counter(map(_labelled, facts["values"])), frozenset(facts["asks"])),
        (Counter(map(_read, sure)), frozenset(_asks(now))),
        tuple(number for number in (_number(value.lab, value.value) for value in sure) if number not in typed),
    )


def summary(found: Iterable[Result], may_be_seen: bool) -> str:
    """What went wrong: how often in lines of each kind, and the lines themselves where they may be seen."""
    failed = [each for each in found if not each.right or each.wrong]
    said = [f"{kind}: {count}" for kind, count in Counter(each.kind for each in failed).most_common()]
    if may_be_seen:
        said += [
            f"{each.kind}: {each.text!r}\n  wanted {_shown(each.wanted)}\n  found  {_shown(each.found)}"
            for each in failed
        ]
    return "\n".join(said)


def _shown(told: tuple[Counter[Told], frozenset[str]]) -> str:
    return f"{sorted(map(str, told[0].elements()))} {sorted(told[1])}"


def _number(lab: str, value: float) -> tuple[str, float]:
    return lab, round(value, 4)


def _labelled(value: Mapping[str, Any]) -> Told:
    return (*_number(value["lab"], value["value"]), value["unit"], value["comparator"], value.get("owner"))


def _read(value: LabValue) -> Told:
    return (*_number(value.lab, value.value), value.unit, value.comparator, value.owner)


def _asks(values: Iterable[LabValue]) -> Iterable[str]:
    for value in values:
        if value.impossible:
            yield f"impossible:{value.lab}"
        elif value.unit is None:
            yield f"unit:{value.lab}"
        if value.rivals:
            yield f"which:{value.lab}"
        if value.doubtful:
            yield f"doubtful:{value.lab}"
