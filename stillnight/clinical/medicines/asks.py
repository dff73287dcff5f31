"""What a message asks about a medicine beside what it does to the legs: alcohol, driving, side effects, children."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.medicines.entries import RegisterError
from stillnight.clinical.medicines.words import key
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

FILE: Final = "medicine_asks.yml"
ALCOHOL: Final = "alcohol"
DRIVING: Final = "driving"
ADDICTION: Final = "addiction"
SIDE_EFFECTS: Final = "side_effects"
CHANGE: Final = "change"
# Asked of people in general; named like the circumstances that somebody tells of oneself.
GROUPS: Final = ("child", "pregnancy", "dialysis")
# These have pieces of their own, by group of medicines.
BY_GROUP: Final = (DRIVING, ALCOHOL, ADDICTION)
OTHER: Final = "other"


@dataclass(frozen=True)
class Ask:
    """One of the asks of the file. lean: it counts only where the message names no medicine."""

    says: frozenset[str]
    but: frozenset[str]
    lean: bool


@dataclass(frozen=True)
class Group:
    """Medicines of which the same is said. topic: of the FAQ. pieces: by ask."""

    kinds: frozenset[str]
    topic: str | None
    pieces: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True)
class MedicineAsks:
    """The file `knowledge/medicine_asks.yml`; what each part is for is written there."""

    asks: Mapping[str, Ask]
    groups: tuple[Group, ...]

    @classmethod
    @reading(FILE)
    def load(cls, knowledge: Path) -> MedicineAsks:
        """Read the file. Raises RegisterError for phrases that could never be met."""
        raw = load_yaml(knowledge / FILE)
        asks = {str(name): _ask(str(name), facts) for name, facts in raw["asks"].items()}
        return cls(asks, tuple(map(_group, raw["groups"])))

    def of(self, text: str, names_one: bool) -> tuple[str, ...]:
        """What a message asks, in the order of the file. `names_one`: whether it names a medicine."""
        spaced = f" {key(text)} "
        return tuple(
            name
            for name, ask in self.asks.items()
            if not (ask.lean and names_one) and _is_in(ask.says, ask.but, spaced)
        )

    def group(self, kind: str, name: str = "") -> Group | None:
        """The first group that holds a kind of medicine or a medicine by its name."""
        return next((group for group in self.groups if kind in group.kinds or name in group.kinds), None)


def _is_in(says: frozenset[str], but: frozenset[str], spaced: str) -> bool:
    for phrase in but:
        spaced = spaced.replace(f" {phrase} ", " ")
    return any(f" {phrase} " in spaced for phrase in says)


def _ask(name: str, facts: Mapping[str, Any]) -> Ask:
    says, but = (frozenset(map(str, facts.get(part) or ())) for part in ("says", "but"))
    wrong = sorted(phrase for phrase in says | but if key(phrase) != phrase)
    if wrong:
        raise RegisterError(f"knowledge/{FILE}: {name}: small letters without apostrophes are wanted: {wrong}")
    return Ask(says, but, bool(facts.get("lean")))


def _group(facts: Mapping[str, Any]) -> Group:
    pieces = {ask: str(facts[ask]) for ask in BY_GROUP if ask in facts}
    return Group(frozenset(map(str, facts["kinds"])), facts.get("topic"), pieces)


@lru_cache(maxsize=1)
def medicine_asks() -> MedicineAsks:
    """The project's, read once."""
    return MedicineAsks.load(KNOWLEDGE)
