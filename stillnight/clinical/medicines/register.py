"""The register of medicines in `knowledge/`: names, effect on restless legs, danger of stopping suddenly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from stillnight.paths import KNOWLEDGE


class RegisterError(ValueError):
    """An entry that does not fit the register; the message names it."""


class Effect(Enum):
    """What a medicine does to restless legs, as far as is known."""

    WORSENS = "worsens"
    MAY_WORSEN = "may_worsen"
    MIXED = "mixed"
    TREATS = "treats"
    NOT_KNOWN_TO = "not_known_to"


class Evidence(Enum):
    """What the effect rests on."""

    GUIDELINE = "guideline"
    STUDY = "study"
    REPORTS = "reports"
    MECHANISM = "mechanism"
    CONSENSUS = "consensus"
    CONFLICTING = "conflicting"
    NOT_LISTED = "not_listed"


@dataclass(frozen=True)
class Stopping:
    """Why stopping suddenly is dangerous (“can bring on fits”), its signs, and which of them are an emergency."""

    key: str
    why: str
    signs: str
    emergency: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class MedicineClass:
    """A kind of medicine.

    called: words for the whole kind. includes: narrower kinds. ask_about: completes “Ask your prescriber …”.
    """

    key: str
    name: str
    plural: str
    called: tuple[str, ...]
    includes: tuple[str, ...]
    effect: Effect
    evidence: Evidence
    stopping: Stopping | None
    ask_about: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Medicine:
    """A medicine by its international name. `brands`: brand names by country or region; `also`: other right names."""

    name: str
    kind: MedicineClass
    also: tuple[str, ...]
    brands: Mapping[str, tuple[str, ...]]
    effect: Effect
    evidence: Evidence
    stopping: Stopping | None
    note: str | None
    sources: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, the international one first, each once."""
        branded = (brand for brands in self.brands.values() for brand in brands)
        return tuple(dict.fromkeys((self.name, *self.also, *branded)))

    def countries_of(self, brand: str) -> frozenset[str]:
        """Where a brand name means this medicine; empty for a name that is no brand."""
        return frozenset(
            country for country, brands in self.brands.items() if brand.lower() in (each.lower() for each in brands)
        )


@dataclass(frozen=True)
class Pair:
    """Kinds that are dangerous together, why, and when it is an emergency."""

    one: frozenset[str]
    other: frozenset[str]
    why: str
    emergency: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Register:
    """Everything that we know of medicines.

    friends: names that are easily taken for one another. everyday: words that are no medicine. amounts: words behind a
    number that make it an amount to swallow. not_mine: words that take back the name behind them. regions: how the
    regions of a brand are named in a sentence.
    """

    medicines: Mapping[str, Medicine]
    classes: Mapping[str, MedicineClass]
    pairs: tuple[Pair, ...]
    friends: tuple[frozenset[str], ...]
    everyday: frozenset[str]
    amounts: frozenset[str]
    not_mine: frozenset[str]
    regions: Mapping[str, str]

    @classmethod
    def load(cls, knowledge: Path) -> Register:
        """Read medicines.yml and the files beside it. Raises RegisterError for an entry that does not fit."""
        stopping = {
            key: Stopping(key, facts["why"], facts["signs"], facts["emergency"], tuple(facts["sources"]))
            for key, facts in _yaml(knowledge / "stopping.yml").items()
        }
        classes = {
            key: _fitting("medicine_classes.yml", key, _class, facts, stopping)
            for key, facts in _yaml(knowledge / "medicine_classes.yml").items()
        }
        medicines = {
            str(name): _fitting("medicines.yml", str(name), _medicine, facts, classes, stopping)
            for name, facts in _yaml(knowledge / "medicines.yml").items()
        }
        naming = _yaml(knowledge / "medicine_names.yml")
        return cls(
            medicines,
            classes,
            tuple(
                Pair(
                    frozenset(pair["one"]),
                    frozenset(pair["other"]),
                    pair["why"],
                    pair["emergency"],
                    tuple(pair["sources"]),
                )
                for pair in _yaml(knowledge / "dangerous_pairs.yml")["pairs"]
            ),
            tuple(frozenset(names) for names in naming["taken_for_one_another"]),
            frozenset(str(word) for word in naming["everyday_words"]),
            frozenset(str(word) for word in naming["amounts"]),
            frozenset(str(word) for word in naming["not_mine"]),
            naming["regions"],
        )


def _fitting(file: str, key: str, make: Any, *given: Any) -> Any:
    try:
        return make(key, *given)
    except (KeyError, TypeError, ValueError) as error:
        raise RegisterError(f"knowledge/{file}: {key}: {type(error).__name__}: {error}") from error


def _class(key: str, facts: Mapping[str, Any], stopping: Mapping[str, Stopping]) -> MedicineClass:
    return MedicineClass(
        key,
        facts["name"],
        facts["plural"],
        tuple(str(word) for word in facts.get("called") or ()),
        tuple(facts.get("includes") or ()),
        Effect(facts["effect"]),
        Evidence(facts["evidence"]),
        stopping[facts["stopping"]] if facts.get("stopping") else None,
        facts.get("ask_about"),
        tuple(facts["sources"]),
    )


def _medicine(
    name: str, facts: Mapping[str, Any], classes: Mapping[str, MedicineClass], stopping: Mapping[str, Stopping]
) -> Medicine:
    return Medicine(
        name,
        classes[facts["class"]],
        tuple(str(other) for other in facts.get("also") or ()),
        {country: tuple(str(brand) for brand in brands) for country, brands in (facts.get("brands") or {}).items()},
        Effect(facts["effect"]),
        Evidence(facts["evidence"]),
        stopping[facts["stopping"]] if facts.get("stopping") else None,
        facts.get("note"),
        tuple(facts["sources"]),
    )


def _yaml(path: Path) -> dict[str, Any]:
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(loaded, dict):
        raise RegisterError(f"{path.name}: a mapping is wanted")
    return loaded


@lru_cache(maxsize=1)
def register() -> Register:
    """The project's register, read once."""
    return Register.load(KNOWLEDGE)
