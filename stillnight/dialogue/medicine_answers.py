"""Putting an answer about medicines together from the pieces in `data/medicine_answers.yml`: one tidy message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from stillnight.channels.message import Choice, Reply, static_reply
from stillnight.clinical.medicines.check import Brand, Check, Finding, Holding, Together, Unsure
from stillnight.clinical.medicines.register import Effect, Pair, Stopping
from stillnight.content.catalogue import Catalogue
from stillnight.content.safe_words import WARNING, dangerous_names
from stillnight.paths import KNOWLEDGE

# Beyond so many medicines an answer says the main thing about each, and leaves out how sure it is.
_IN_FULL_MAX: Final = 2
_CHOICES_MAX: Final = 3
_EFFECTS: Final = (Effect.WORSENS, Effect.MAY_WORSEN, Effect.MIXED, Effect.TREATS, Effect.NOT_KNOWN_TO)
_TROUBLE: Final = frozenset({Effect.WORSENS, Effect.MAY_WORSEN, Effect.MIXED})

_Key = TypeVar("_Key", bound=Hashable)
_Item = TypeVar("_Item")


class MedicineAnswers:
    """Makes replies. `catalogue` holds the pieces."""

    def __init__(self, catalogue: Catalogue, regions: Mapping[str, str]) -> None:
        """`regions`: how each region of a brand is named in a sentence."""
        self._catalogue = catalogue
        self._regions = regions

    def checked(self, check: Check, taken_off: Sequence[str] = (), circumstance: str | None = None) -> Reply:
        """“Is it my tablets?”: what each does to the legs, what not to stop, what to ask.

        Args:
            check: what was looked up.
            taken_off: medicines that were just taken off the list.
            circumstance: `pregnancy`, `child` or `dialysis`; then no choices are named.
        """
        meant = _meant(check)
        lines = self._taken_off(taken_off)
        lines += self._together(check.together)
        lines += self._holding(check.holding)
        lines += self._effects(check.findings)
        lines += [self._brand(brand) for brand in check.brands]
        lines += self._do_not_stop(meant)
        lines += [self._text(f"utter_medicine_ask_{circumstance}")] if circumstance else self._ask(meant)
        lines += self._unsure(check.unsure)
        return self._reply(lines, check, meant, "medication_check")

    def stopping(self, check: Check) -> Reply:
        """“I stopped it”: the warning for each medicine, whom to call today, what withdrawal may look like."""
        meant = _meant(check)
        risky = [(stopping, _said(same)) for stopping, same in _grouped(meant, _stopping) if stopping]
        lines = self._together(check.together)
        lines += self._holding(check.holding)
        if len(risky) == 1:
            stopping, names = risky[0]
            facts = {"why": stopping.why, "signs": stopping.signs, "emergency": stopping.emergency}
            lines.append(self._text("utter_medicine_stop_today").format(names=names, **facts))
        elif risky:
            one = self._text("utter_medicine_stop_one_of_several")
            lines.append(self._text("utter_medicine_stop_several"))
            lines += [_capital(one.format(names=names, why=stopping.why)) for stopping, names in risky]
            lines.append(self._text("utter_medicine_stop_emergency"))
        others = _harmless_to_stop(check)
        if others:
            lines.append(self._text("utter_medicine_stop_ask_first").format(names=_listed(others)))
        lines += self._unsure(check.unsure)
        return self._reply(lines, check, meant, "stop_medication")

    def told(self, names: Sequence[str]) -> Reply:
        """What the person told so far, and how to correct it."""
        if not names:
            return static_reply(self._catalogue, "utter_medicines_told_none")
        reply = static_reply(self._catalogue, "utter_medicines_told")
        return Reply(reply.text.format(names=_listed(names), last=names[-1]), reply.choices)

    def _holding(self, products: Sequence[Holding]) -> list[str]:
        holds = self._text("utter_medicine_holds")
        said = [_capital(holds.format(name=each.name, names=_listed(each.medicines))) for each in products]
        return [" ".join([line, *_notes([each])]) for line, each in zip(said, products)]

    def _effects(self, findings: Sequence[Finding]) -> list[str]:
        in_full = len(findings) <= _IN_FULL_MAX
        lines = []
        for effect in _EFFECTS:
            alike = [finding for finding in findings if finding.effect is effect]
            groups = _grouped(alike, lambda finding: finding.evidence) if in_full else [(None, alike)]
            for evidence, group in groups:
                if not group:
                    continue
                many = effect is Effect.NOT_KNOWN_TO and (len(group) > 1 or group[0].is_kind)
                said = self._text(f"utter_medicine_{effect.value}{'_many' if many else ''}")
                line = _capital(said.format(names=_said(group)))
                if evidence is not None:
                    line += f" {self._text(f'utter_medicine_evidence_{evidence.value}')}"
                lines.append(" ".join([line, *(_notes(group) if len(findings) == 1 else [])]))
                lines += self._named_notes(group) if len(findings) > 1 and (in_full or effect is Effect.TREATS) else []
        return lines

    def _named_notes(self, findings: Sequence[Finding]) -> list[str]:
        """Notes with the names that they belong to. What eases the legs always keeps its caution."""
        noted = [finding for finding in findings if finding.note]
        return [
            self._text("utter_medicine_note").format(names=_listed(finding.key for finding in same), note=note.strip())
            for note, same in _grouped(noted, lambda finding: finding.note)
            if note
        ]

    def _brand(self, brand: Brand) -> str:
        meanings = []
        for effect, same in _grouped(brand.meanings, lambda meaning: (meaning.regions, meaning.finding.effect)):
            regions = _listed(self._regions[region] for region in effect[0])
            names = _listed((meaning.finding.said for meaning in same), "or")
            known = self._text(f"utter_medicine_{effect[1].value}").format(names="it").removesuffix(".")
            said = self._text("utter_medicine_brand_meaning").format(countries=regions, names=names)
            meanings.append(f"{said}; {known}")
        return self._text("utter_medicine_brand").format(brand=brand.name, meanings=". ".join(meanings))

    def _do_not_stop(self, findings: Sequence[Finding]) -> list[str]:
        risky = [finding for finding in findings if finding.stopping]
        return [
            self._text("utter_medicine_do_not_stop").format(names=_said(same), why=stopping.why)
            for stopping, same in _grouped(risky, _stopping)
            if stopping
        ]

    def _ask(self, findings: Sequence[Finding]) -> list[str]:
        trouble = [finding for finding in findings if finding.effect in _TROUBLE]
        asked = list(dict.fromkeys(finding.kind.ask_about for finding in trouble if finding.kind.ask_about))
        lines = [self._text("utter_medicine_ask").format(ask_about=what) for what in asked[:_IN_FULL_MAX]]
        if findings:
            lines.append(self._text("utter_medicine_ask_all" if trouble else "utter_medicine_ask_none"))
        return [" ".join(lines)] if lines else []

    def _together(self, found: Sequence[Together]) -> list[str]:
        """A line for the pairs that share their dangers, with each danger in its own words."""
        dangers: defaultdict[str, list[Pair]] = defaultdict(list)
        for each in found:
            first = _listed((each.one, each.other), "with")
            turned = _listed((each.other, each.one), "with")
            dangers[turned if turned in dangers else first].append(each.pair)
        alike: defaultdict[tuple[Pair, ...], list[str]] = defaultdict(list)
        for names, pairs in dangers.items():
            alike[tuple(pairs)].append(names)
        danger = self._text("utter_medicine_pair_danger")
        return [
            self._text("utter_medicine_pair").format(
                pairs=_listed(names),
                dangers=" ".join(danger.format(why=pair.why, emergency=pair.emergency) for pair in pairs),
            )
            for pairs, names in alike.items()
        ]

    def _taken_off(self, names: Sequence[str]) -> list[str]:
        return [self._text("utter_medicines_taken_off").format(names=_listed(names))] if names else []

    def _unsure(self, open_questions: Sequence[Unsure]) -> list[str]:
        lines = [self._text("utter_medicine_did_you_mean").format(typed=each.typed) for each in open_questions[:1]]
        if any(each.risky for each in open_questions):
            lines.append(self._text("utter_medicine_unsure_stop"))
        return lines

    def _reply(self, lines: list[str], check: Check, meant: Sequence[Finding], intent: str) -> Reply:
        text = "\n".join(lines)
        if not WARNING.search(text) and dangerous_names(KNOWLEDGE).search(text):
            text += f"\n{self._text('utter_medicine_stop_none')}"
        products = [source for each in check.holding for source in each.sources]
        pairs = [source for each in check.together for source in each.pair.sources]
        stops = [source for finding in meant if finding.stopping for source in finding.stopping.sources]
        known = [source for finding in meant for source in finding.sources]
        ids = dict.fromkeys([*known, *products, *pairs, *stops])
        choices = static_reply(self._catalogue, "utter_medicine_buttons").choices
        if check.unsure:
            choices = tuple(
                Choice(_capital(name), f'/{intent}{{"medicine": "{name}"}}')
                for name in check.unsure[0].medicines[:_CHOICES_MAX]
            )
        return Reply(text, choices, tuple(self._catalogue.references[source] for source in ids))

    def _text(self, name: str) -> str:
        return self._catalogue.answers[name].text


def _meant(check: Check) -> list[Finding]:
    """Everything that may be meant, so that no warning is left out."""
    return [*check.findings, *(meaning.finding for brand in check.brands for meaning in brand.meanings)]


def _harmless_to_stop(check: Check) -> list[str]:
    """Names of what is not dangerous to stop. A product counts as a whole, by its most dangerous part."""
    risky = {finding.key for finding in _meant(check) if finding.stopping}
    products = [each for each in check.holding if risky.isdisjoint(each.medicines)]
    within = {name for each in check.holding for name in each.medicines}
    alone = [finding.said for finding in check.findings if not finding.stopping and finding.key not in within]
    brands = [brand.name for brand in check.brands if not any(each.finding.stopping for each in brand.meanings)]
    return [*alone, *(each.name for each in products), *brands]


def _stopping(finding: Finding) -> Stopping | None:
    return finding.stopping


def _notes(items: Iterable[Finding | Holding]) -> list[str]:
    return [item.note.strip() for item in items if item.note]


def _said(findings: Iterable[Finding]) -> str:
    return _listed(finding.said for finding in findings)


def _grouped(items: Iterable[_Item], group_key: Callable[[_Item], _Key]) -> list[tuple[_Key, list[_Item]]]:
    groups: defaultdict[_Key, list[_Item]] = defaultdict(list)
    for item in items:
        groups[group_key(item)].append(item)
    return list(groups.items())


def _listed(names: Iterable[str], word: str = "and") -> str:
    *first, last = list(names)
    return f"{', '.join(first)} {word} {last}" if first else last


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
