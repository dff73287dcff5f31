"""The lines for what else is asked about medicines: alcohol, driving, getting hooked, side effects, children."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stillnight.clinical.medicines.asks import (
    ADDICTION,
    ALCOHOL,
    BY_GROUP,
    CHANGE,
    OTHER,
    SIDE_EFFECTS,
    Group,
    medicine_asks,
)
from stillnight.clinical.medicines.check import Finding
from stillnight.clinical.medicines.conditions import conditions
from stillnight.clinical.medicines.effects import Effect
from stillnight.content.catalogue import Catalogue
from stillnight.dialogue.wording import capital, grouped, listed

_CHILD: Final = "child"


@dataclass(frozen=True)
class Said:
    """A line and the references that carry it."""

    text: str
    sources: tuple[str, ...] = ()


class AskedLines:
    """Makes lines. `catalogue` holds the pieces."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Keep the pieces."""
        self._catalogue = catalogue

    def of(self, ask: str, findings: Sequence[Finding], circumstance: str | None) -> Iterator[Said]:
        """What one ask of `BY_GROUP`, or side effects, calls for.

        Args:
            ask: what is asked.
            findings: the medicines that are meant.
            circumstance: changes what a topic says of side effects.
        """
        for group, same in grouped(findings, _group):
            if ask in BY_GROUP:
                piece = f"utter_medicine_{ask}_{group.pieces.get(ask, OTHER) if group else OTHER}"
                yield self._piece(piece, same)
            elif ask == SIDE_EFFECTS:
                topic = self.topic(group, circumstance) if group else None
                yield topic or self._piece("utter_medicine_side_effects_other", same)
        if ask == CHANGE:
            yield self._piece("utter_medicine_change", findings)
        if ask == ALCOHOL:
            yield self._piece("utter_medicine_alcohol_legs", findings)

    def effect(self, effect: Effect, findings: Sequence[Finding]) -> Iterator[Said]:
        """What is known of an effect; of medicines of which nothing is known only where nothing is known of any."""
        found = grouped(findings, lambda each: effect.piece(each.kind.key, each.key))
        for piece, same in found:
            if piece:
                yield self._piece(f"utter_medicine_{effect.name}_{piece}", same)
        if not any(piece for piece, _ in found):
            own = f"utter_medicine_{effect.name}_{OTHER}"
            yield self._piece(own if own in self._catalogue.answers else "utter_medicine_effect_other", findings)

    def topic(self, group: Group, circumstance: str | None) -> Said | None:
        """What the FAQ tells of a group's side effects; for a child or a pregnancy what it tells them at all."""
        if group.topic is None:
            return None
        more = self._catalogue.more(group.topic, circumstance)
        answer = self._catalogue.answer(more or f"utter_faq/{group.topic}", circumstance)
        return Said(answer.text, answer.sources)

    def for_group(self, ask: str, findings: Sequence[Finding]) -> Iterator[Said]:
        """What is said of each group of medicines to a child, in pregnancy, on dialysis, where the FAQ has a word."""
        for group, _ in grouped(findings, _group):
            answer = self._catalogue.varied.get((f"utter_faq/{group.topic}", ask)) if group and group.topic else None
            if answer:
                yield Said(answer.text, answer.sources)

    def with_illness(self, text: str, findings: Sequence[Finding]) -> Iterator[Said]:
        """Warnings of an illness that the message names beside a medicine."""
        for condition in conditions():
            harmful = condition.harmed_by(findings) if condition.is_named(text) else []
            if harmful:
                warning = self._catalogue.text("utter_medicine_condition").format(
                    names=listed(each.said for each in harmful),
                    condition=condition.said,
                    why=condition.why,
                    emergency=condition.emergency,
                )
                yield Said(warning, condition.sources)

    def _piece(self, name: str, findings: Sequence[Finding]) -> Said:
        answer = self._catalogue.answers[name]
        return Said(capital(answer.text.format(names=listed(each.said for each in findings))), answer.sources)


def stops_matter(asks: Sequence[str]) -> bool:
    """Whether the danger of a sudden stop belongs to the answer: whoever fears to get hooked may stop."""
    return ADDICTION in asks or CHANGE in asks


def _group(finding: Finding) -> Group | None:
    return medicine_asks().group(finding.kind.key, finding.key)
