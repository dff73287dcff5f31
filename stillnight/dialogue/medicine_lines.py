"""The lines of an answer about medicines, each made from the pieces in `data/medicine_answers.yml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from stillnight.clinical.medicines.check import Brand, Check, Finding, Holding, Together
from stillnight.clinical.medicines.entries import Effect, Stopping
from stillnight.content.catalogue import Catalogue
from stillnight.dialogue.wording import capital, grouped, listed

# Up to so many medicines or dangers, an answer says how sure each is and why; beyond, the main thing about each.
_IN_FULL_MAX: Final = 2
_EFFECTS: Final = (Effect.WORSENS, Effect.MAY_WORSEN, Effect.MIXED, Effect.TREATS, Effect.NOT_KNOWN_TO)
# Between the questions of `ask_about`; two kinds of medicine may share one of them.
_JOINS: Final = ", and "
TROUBLE: Final = frozenset({Effect.WORSENS, Effect.MAY_WORSEN, Effect.MIXED})


class Lines:
    """Makes lines. `regions`: how each region of a brand is named in a sentence."""

    def __init__(self, catalogue: Catalogue, regions: Mapping[str, str]) -> None:
        """`catalogue` holds the pieces."""
        self._catalogue = catalogue
        self._regions = regions

    def text(self, name: str) -> str:
        """A piece by name. Raises KeyError when there is none."""
        return self._catalogue.answers[name].text

    def holding(self, products: Sequence[Holding]) -> list[str]:
        """What a product of several medicines holds."""
        holds = self.text("utter_medicine_holds")
        said = [capital(holds.format(name=each.name, names=listed(each.medicines))) for each in products]
        return [" ".join([line, *_notes([each])]) for line, each in zip(said, products)]

    def effects(self, findings: Sequence[Finding]) -> list[str]:
        """What each does to restless legs; how sure that is for the first few only."""
        in_full = len(findings) <= _IN_FULL_MAX
        lines = []
        for effect in _EFFECTS:
            alike = [finding for finding in findings if finding.effect is effect]
            for evidence, group in grouped(alike, lambda finding: finding.evidence if in_full else None):
                line = self._effect(effect, group, in_full)
                if evidence is not None:
                    line += f" {self.text(f'utter_medicine_evidence_{evidence.value}')}"
                lines.append(" ".join([line, *(_notes(group) if len(findings) == 1 else [])]))
                lines += self._named_notes(group) if in_full and len(findings) > 1 and effect is Effect.TREATS else []
        return lines

    def _effect(self, effect: Effect, group: Sequence[Finding], in_full: bool) -> str:
        name = f"utter_medicine_{effect.value}"
        if effect is Effect.NOT_KNOWN_TO and (len(group) > 1 or group[0].is_kind):
            name += "_many"
        elif effect is Effect.TREATS and not in_full:
            # Without the notes a word of caution must stand here.
            name += "_with_care"
        return capital(self.text(name).format(names=said_of(group)))

    def _named_notes(self, findings: Sequence[Finding]) -> list[str]:
        """Notes with the names that they belong to: what eases the legs keeps its caution."""
        noted = [finding for finding in findings if finding.note]
        return [
            self.text("utter_medicine_note").format(names=listed(finding.key for finding in same), note=note.strip())
            for note, same in grouped(noted, lambda finding: finding.note)
            if note
        ]

    def brand(self, brand: Brand) -> str:
        """A brand that means different medicines, country by country."""
        meanings = []
        for (sold, effect), same in grouped(brand.meanings, lambda meaning: (meaning.regions, meaning.finding.effect)):
            regions = listed(self._regions[region] for region in sold)
            names = listed((meaning.finding.said for meaning in same), "or")
            known = self.text(f"utter_medicine_{effect.value}").format(names="it").removesuffix(".")
            said = self.text("utter_medicine_brand_meaning").format(countries=regions, names=names)
            meanings.append(f"{said}; {known}")
        return self.text("utter_medicine_brand").format(brand=brand.name, meanings=". ".join(meanings))

    def do_not_stop(self, findings: Sequence[Finding]) -> list[str]:
        """What must not be stopped suddenly, and why: a line for each danger, or one for many."""
        dangers = dangers_of(findings)
        if len(dangers) <= _IN_FULL_MAX:
            one = self.text("utter_medicine_do_not_stop")
            return [one.format(names=said_of(same), why=stopping.why) for stopping, same in dangers]
        return [self.text("utter_medicine_do_not_stop_many").format(dangers=_in_short(dangers))]

    def stopping_several(self, dangers: Sequence[tuple[Stopping, list[Finding]]]) -> list[str]:
        """The same for somebody who stops several, with the signs of an emergency."""
        one = self.text("utter_medicine_stop_one_of_several")
        each = [capital(one.format(names=said_of(same), why=stopping.why)) for stopping, same in dangers]
        if len(dangers) > _IN_FULL_MAX:
            each = [self.text("utter_medicine_stop_in_short").format(dangers=_in_short(dangers))]
        return [self.text("utter_medicine_stop_several"), *each, self.text("utter_medicine_stop_emergency")]

    def ask(self, findings: Sequence[Finding]) -> list[str]:
        """What to ask the prescriber."""
        trouble = [finding for finding in findings if finding.effect in TROUBLE]
        whole = (finding.kind.ask_about for finding in trouble if finding.kind.ask_about)
        asked = list(dict.fromkeys(part for question in whole for part in question.split(_JOINS)))
        if trouble and len(findings) > _IN_FULL_MAX:
            return [self.text("utter_medicine_ask_many")]
        lines = [self.text("utter_medicine_ask").format(ask_about=_JOINS.join(asked))] if asked else []
        if findings:
            lines.append(self.text("utter_medicine_ask_all" if trouble else "utter_medicine_ask_none"))
        return [" ".join(lines)] if lines else []

    def together(self, found: Sequence[Together]) -> list[str]:
        """A line for the pairs that share an emergency, each reason once, and one line that says whom to ask."""
        lines = []
        for emergency, alike in grouped(found, lambda each: each.pair.emergency):
            names = dict.fromkeys(self._pair(each, alike) for each in alike)
            why = " ".join(dict.fromkeys(each.pair.why for each in alike))
            lines.append(self.text("utter_medicine_pair").format(pairs=listed(names), why=why, emergency=emergency))
        return [*lines, self.text("utter_medicine_pair_ask")] if lines else []

    @staticmethod
    def _pair(this: Together, others: Sequence[Together]) -> str:
        """Its names, in the order in which the same two were named before."""
        turned = any((each.one, each.other) == (this.other, this.one) for each in others[: others.index(this)])
        return listed((this.other, this.one) if turned else (this.one, this.other), "with")

    def taken_off(self, names: Sequence[str]) -> list[str]:
        """What was taken off the list."""
        return [self.text("utter_medicines_taken_off").format(names=listed(names))] if names else []

    def open(self, check: Check) -> list[str]:
        """What must be asked, and names that no list knows."""
        lines = [self.text("utter_medicine_did_you_mean").format(typed=each.typed) for each in check.unsure[:1]]
        if any(each.risky for each in check.unsure):
            lines.append(self.text("utter_medicine_unsure_stop"))
        if check.unknown:
            names = listed(f"“{name}”" for name in check.unknown)
            lines.append(self.text("utter_medicine_unknown_beside").format(names=names))
        return lines


def meant(check: Check) -> list[Finding]:
    """Everything that may be meant, so that no warning is left out."""
    return [*check.findings, *(meaning.finding for brand in check.brands for meaning in brand.meanings)]


def dangers_of(findings: Iterable[Finding]) -> list[tuple[Stopping, list[Finding]]]:
    """Dangers of stopping, each with what it goes for."""
    groups = grouped(findings, lambda finding: finding.stopping)
    return [(stopping, same) for stopping, same in groups if stopping]


def harmless_to_stop(check: Check) -> list[str]:
    """Names of what is not dangerous to stop. A product counts as a whole, by its most dangerous part."""
    risky = {finding.key for finding in meant(check) if finding.stopping}
    products = [each for each in check.holding if risky.isdisjoint(each.medicines)]
    within = {name for each in check.holding for name in each.medicines}
    alone = [finding.said for finding in check.findings if not finding.stopping and finding.key not in within]
    brands = [brand.name for brand in check.brands if not any(each.finding.stopping for each in brand.meanings)]
    return [*alone, *(each.name for each in products), *brands]


def said_of(findings: Iterable[Finding]) -> str:
    """Their names in one phrase."""
    return listed(finding.said for finding in findings)


def _in_short(dangers: Sequence[tuple[Stopping, list[Finding]]]) -> str:
    by_danger = grouped(dangers, lambda danger: danger[0].short)
    return "; ".join(
        f"{said_of(finding for _, same in alike for finding in same)} ({short})" for short, alike in by_danger
    )


def _notes(items: Iterable[Finding | Holding]) -> list[str]:
    return [item.note.strip() for item in items if item.note]
