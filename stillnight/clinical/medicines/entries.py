"""What the register is made of: medicines, products of several, kinds, dangers of stopping, dangerous pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from stillnight.clinical.knowledge import KnowledgeError


class RegisterError(KnowledgeError):
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
    """Why stopping suddenly is dangerous (“can bring on fits”), its signs, and which of them are an emergency.

    short: the danger in two or three words (“fits”).
    """

    key: str
    why: str
    short: str
    signs: str
    emergency: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class MedicineClass:
    """A kind of medicine.

    called: words for the whole kind. beside: those that count beside another medicine only. includes: narrower kinds.
    ask_about: completes “Ask the prescriber …”.
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
    note: str | None = None
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Combination:
    """A product that holds several medicines at once, such as “Tylenol PM” or co-codamol.

    holds: their names, first the one that matters most for restless legs. brands: brand names by country or region.
    """

    name: str
    holds: tuple[str, ...]
    also: tuple[str, ...]
    brands: Mapping[str, tuple[str, ...]]
    note: str | None
    sources: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, each once."""
        return _each_once(self.name, self.also, self.brands)


@dataclass(frozen=True)
class Medicine:
    """A medicine by its international name.

    brands: brand names by country or region. also: other right names. combined: names of the products that hold it
    beside another medicine. heard_as: what a telephone's dictation makes of the name.
    """

    name: str
    kind: MedicineClass
    also: tuple[str, ...]
    brands: Mapping[str, tuple[str, ...]]
    effect: Effect
    evidence: Evidence
    stopping: Stopping | None
    note: str | None
    sources: tuple[str, ...]
    combined: tuple[str, ...] = ()
    heard_as: tuple[str, ...] = ()

    @property
    def own_names(self) -> tuple[str, ...]:
        """Names of this medicine by itself, the international one first, each once."""
        return _each_once(self.name, self.also, self.brands)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that it goes by, alone or beside another medicine."""
        return tuple(dict.fromkeys((*self.own_names, *self.combined)))

    def countries_of(self, brand: str) -> frozenset[str]:
        """Where a brand name means this medicine; empty for a name that is no brand."""
        return frozenset(
            country for country, brands in self.brands.items() if brand.lower() in (each.lower() for each in brands)
        )


@dataclass(frozen=True)
class Pair:
    """What is dangerous together, by key of its kind or by name; why, and when it is an emergency."""

    one: frozenset[str]
    other: frozenset[str]
    why: str
    emergency: str
    sources: tuple[str, ...]


def _each_once(name: str, also: Iterable[str], brands: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    branded = (brand for sold in brands.values() for brand in sold)
    return tuple(dict.fromkeys((name, *also, *branded)))
