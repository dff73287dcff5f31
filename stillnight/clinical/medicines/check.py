"""What is to be said about the medicines of a message: effects, danger of stopping, dangerous pairs, open questions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from stillnight.clinical.medicines.finder import Mention
from stillnight.clinical.medicines.register import Effect, Evidence, Medicine, MedicineClass, Pair, Register, Stopping

_LAST_WORDS: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_WORDS_BEFORE: Final = 2


@dataclass(frozen=True)
class Finding:
    """One medicine, or one kind of medicine, and what is known of it.

    said: how to name it to the person (“sertraline (Zoloft)”). key: the medicine's name or the class's key.
    """

    key: str
    said: str
    effect: Effect
    evidence: Evidence
    kind: MedicineClass
    stopping: Stopping | None
    note: str | None
    sources: tuple[str, ...]


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
    """Words that may mean one medicine or another."""

    typed: str
    medicines: tuple[str, ...]


@dataclass(frozen=True)
class Together:
    """A dangerous pair that was named, by the names to say."""

    one: str
    other: str
    pair: Pair


@dataclass(frozen=True)
class Check:
    """Everything to be said about one message."""

    findings: tuple[Finding, ...]
    brands: tuple[Brand, ...]
    unsure: tuple[Unsure, ...]
    together: tuple[Together, ...]

    @property
    def medicines(self) -> tuple[str, ...]:
        """Names of the medicines that are certain; kinds and open questions left out."""
        return tuple(finding.key for finding in self.findings if finding.key != finding.kind.key)


def check(register: Register, mentions: Iterable[Mention]) -> Check:
    """Look up every mention."""
    findings: list[Finding] = []
    brands: list[Brand] = []
    unsure: list[Unsure] = []
    for mention in mentions:
        if mention.kind:
            findings.append(finding_of_kind(register.classes[mention.kind]))
        elif not mention.sure:
            unsure.append(Unsure(mention.typed, mention.medicines))
        elif len(mention.medicines) > 1:
            brands.append(_brand(register, mention))
        else:
            findings.append(finding_of(register.medicines[mention.medicines[0]], mention.name))
    meant = [*findings, *(meaning.finding for brand in brands for meaning in brand.meanings)]
    return Check(tuple(findings), tuple(brands), tuple(unsure), tuple(_pairs(register, meant)))


def finding_of(medicine: Medicine, met_as: str = "") -> Finding:
    """What is known of a medicine. `met_as`: the name by which the person spoke of it."""
    other_name = met_as and met_as.lower() != medicine.name.lower()
    said = f"{medicine.name} ({met_as})" if other_name else medicine.name
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
    return Finding(kind.key, kind.plural, kind.effect, kind.evidence, kind, kind.stopping, None, kind.sources)


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


def _pairs(register: Register, findings: Sequence[Finding]) -> Iterable[Together]:
    for pair in register.pairs:
        for one in findings:
            other = next((each for each in findings if each.key != one.key and each.kind.key in pair.other), None)
            if one.kind.key in pair.one and other:
                yield Together(one.said, other.said, pair)
                break


def taken_back(text: str, mentions: Sequence[Mention], negators: frozenset[str]) -> frozenset[str]:
    """Medicines that the person says are not theirs: “not sertraline, cetirizine”.

    Args:
        text: the message.
        mentions: what was found in it.
        negators: words that take back the name behind them.
    """
    back: set[str] = set()
    for mention in mentions:
        before = [word.lower().replace("'", "") for word in _LAST_WORDS.findall(text[: mention.start])]
        if negators & set(before[-_WORDS_BEFORE:]):
            back |= set(mention.medicines)
    return frozenset(back)
