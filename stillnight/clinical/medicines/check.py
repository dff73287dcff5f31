"""What is to be said about the medicines of a message: effects, danger of stopping, dangerous pairs, open questions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from stillnight.clinical.medicines.entries import Effect, Evidence, Medicine, MedicineClass, Pair, Stopping
from stillnight.clinical.medicines.finder import Mention
from stillnight.clinical.medicines.register import Register
from stillnight.clinical.medicines.words import key


@dataclass(frozen=True)
class Finding:
    """One medicine, or one kind of medicine, and what is known of it.

    said: how to name it to the person (“sertraline (Zoloft)”). key: the medicine's name or the class's key.
    is_kind: whether a whole kind is meant, which is spoken of in the plural.
    """

    key: str
    said: str
    effect: Effect
    evidence: Evidence
    kind: MedicineClass
    stopping: Stopping | None
    note: str | None
    sources: tuple[str, ...]
    is_kind: bool = False


@dataclass(frozen=True)
class Meaning:
    """One medicine that a brand name can mean, and the regions (keys of `brands`) where it does."""

    finding: Finding
    regions: tuple[str, ...]


@dataclass(frozen=True)
class Brand:
    """A brand name that means different medicines by country."""

    name: str
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True)
class Unsure:
    """Words that may mean one medicine or another. risky: whether a sudden stop of one of them is dangerous."""

    typed: str
    medicines: tuple[str, ...]
    risky: bool = False


@dataclass(frozen=True)
class Together:
    """A dangerous pair that was named, by the names to say."""

    one: str
    other: str
    pair: Pair


@dataclass(frozen=True)
class Holding:
    """A product that holds several medicines at once, which are among the findings; what to say of the product."""

    name: str
    medicines: tuple[str, ...]
    note: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """Everything to be said about one message. unknown: names that no list knows, as they were typed."""

    findings: tuple[Finding, ...]
    brands: tuple[Brand, ...]
    unsure: tuple[Unsure, ...]
    together: tuple[Together, ...]
    holding: tuple[Holding, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def medicines(self) -> tuple[str, ...]:
        """Names of the medicines that are certain; kinds and open questions left out."""
        return tuple(finding.key for finding in self.findings if not finding.is_kind)


def check(
    register: Register, mentions: Iterable[Mention], unknown: Sequence[str] = (), beside: Iterable[Mention] = ()
) -> Check:
    """Look up every mention. A medicine that is in several products is told once.

    Args:
        register: what is known.
        mentions: what was found in the message.
        unknown: names that no list knows, as they were typed.
        beside: what was told before; only dangerous pairs with it are of interest.
    """
    findings: dict[str, Finding] = {}
    brands: list[Brand] = []
    unsure: list[Unsure] = []
    holding: list[Holding] = []
    groups: list[list[Finding]] = []
    for mention in mentions:
        if not mention.sure:
            unsure.append(_unsure(register, mention))
            continue
        group = _group(register, mention)
        groups.append(group)
        if _is_open(mention):
            brands.append(_brand(register, mention))
            continue
        holding += _holding(register, mention)
        for finding in group:
            findings.setdefault(f"{finding.is_kind} {finding.key}", finding)
    told = [_group(register, mention) for mention in beside if mention.sure]
    pairs = _pairs(register, [*combinations(groups, 2), *product(groups, told)])
    return Check(tuple(findings.values()), tuple(brands), tuple(unsure), tuple(pairs), tuple(holding), tuple(unknown))


def finding_of(medicine: Medicine, met_as: str = "", within: str = "") -> Finding:
    """What is known of a medicine.

    Args:
        medicine: its entry.
        met_as: the name by which the person spoke of it.
        within: the product by whose name the person spoke of it, when that holds other medicines too.
    """
    said = medicine.name
    if within and not _tells(within, medicine.name):
        said = f"{medicine.name} (in {within})"
    elif met_as and met_as.lower() != medicine.name.lower():
        said = f"{medicine.name} ({met_as})"
    return Finding(
        medicine.name,
        said,
        medicine.effect,
        medicine.evidence,
        medicine.kind,
        medicine.stopping,
        medicine.note,
        medicine.sources,
    )


def finding_of_kind(kind: MedicineClass) -> Finding:
    """What is known of a whole kind."""
    facts = (kind.effect, kind.evidence, kind, kind.stopping, kind.note, kind.sources)
    return Finding(kind.key, kind.plural, *facts, is_kind=True)


def _tells(product: str, medicine: str) -> bool:
    """Whether the name of a product names the medicine itself: “oxycodone with naloxone”."""
    return f" {key(medicine)} " in f" {key(product)} "


def _is_open(mention: Mention) -> bool:
    """Whether it is a brand that means different medicines."""
    return len(mention.medicines) > 1 and not mention.together


def _group(register: Register, mention: Mention) -> list[Finding]:
    """Everything that one mention can mean."""
    if mention.kind:
        return [finding_of_kind(register.classes[mention.kind])]
    medicines = [register.medicines[name] for name in mention.medicines]
    if _is_open(mention):
        return [finding_of(medicine) for medicine in medicines if medicine.countries_of(mention.name)]
    if mention.together:
        return [finding_of(medicine, within=mention.name) for medicine in medicines]
    return [finding_of(medicine, mention.name) for medicine in medicines]


def _holding(register: Register, mention: Mention) -> list[Holding]:
    products = [each for each in register.combinations.values() if mention.together and mention.name in each.names]
    return [Holding(mention.name, each.holds, each.note, each.sources) for each in products]


def _unsure(register: Register, mention: Mention) -> Unsure:
    risky = any(register.medicines[name].stopping for name in mention.medicines)
    return Unsure(mention.typed, mention.medicines, risky)


def _brand(register: Register, mention: Mention) -> Brand:
    medicines = [register.medicines[name] for name in mention.medicines]
    return Brand(
        mention.name,
        tuple(
            Meaning(finding_of(medicine), tuple(each for each in medicine.brands if each in sold))
            for medicine in medicines
            if (sold := medicine.countries_of(mention.name))
        ),
    )


def _pairs(register: Register, groups: Iterable[tuple[Sequence[Finding], Sequence[Finding]]]) -> Iterable[Together]:
    """Every dangerous pair once. What one product holds, or one brand name can mean, is no pair with itself."""
    seen: set[tuple[Pair, frozenset[str]]] = set()
    two = [(one, other) for first, second in groups for one in first for other in second]
    for pair in register.pairs:
        for one, other in two:
            if not _is_in(one, pair.one) or not _is_in(other, pair.other):
                one, other = other, one
            this = (pair, frozenset({one.key, other.key}))
            if this in seen or one.key == other.key or not (_is_in(one, pair.one) and _is_in(other, pair.other)):
                continue
            seen.add(this)
            yield Together(one.said, other.said, pair)


def _is_in(finding: Finding, kinds: frozenset[str]) -> bool:
    return finding.kind.key in kinds or (finding.key in kinds and not finding.is_kind)
