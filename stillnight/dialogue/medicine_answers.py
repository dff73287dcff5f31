"""Putting an answer about medicines together from the pieces in `data/medicine_answers.yml`: one tidy message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Final, TypeVar

from stillnight.channels.message import Choice, Reply, static_reply
from stillnight.clinical.medicines.check import Brand, Check, Finding, Together
from stillnight.clinical.medicines.register import Effect, Stopping
from stillnight.content.catalogue import Catalogue

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
        lines += self._effects(check.findings)
        lines += [self._brand(brand) for brand in check.brands]
        lines += self._do_not_stop(meant)
        lines += [self._text(f"utter_medicine_ask_{circumstance}")] if circumstance else self._ask(meant)
        lines += self._unsure(check)
        return self._reply(lines, check, meant, "medication_check")

    def stopping(self, check: Check) -> Reply:
        """“I stopped it”: the warning for each medicine, whom to call today, what withdrawal may look like."""
        meant = _meant(check)
        risky = [(stopping, _said(same)) for stopping, same in _grouped(meant, _stopping) if stopping]
        lines = self._together(check.together)
        if len(risky) == 1:
            stopping, names = risky[0]
            facts = {"why": stopping.why, "signs": stopping.signs, "emergency": stopping.emergency}
            lines.append(self._text("utter_medicine_stop_today").format(names=names, **facts))
        elif risky:
            one = self._text("utter_medicine_stop_one_of_several")
            lines.append(self._text("utter_medicine_stop_several"))
            lines += [_capital(one.format(names=names, why=stopping.why)) for stopping, names in risky]
            lines.append(self._text("utter_medicine_stop_emergency"))
        others = [finding for finding in meant if not finding.stopping]
        if others:
            lines.append(self._text("utter_medicine_stop_ask_first").format(names=_said(others)))
        lines += self._unsure(check)
        return self._reply(lines, check, meant, "stop_medication")

    def told(self, names: Sequence[str]) -> Reply:
        """What the person told so far, and how to correct it."""
        if not names:
            return static_reply(self._catalogue, "utter_medicines_told_none")
        reply = static_reply(self._catalogue, "utter_medicines_told")
        return Reply(reply.text.format(names=_listed(names), last=names[-1]), reply.choices)

    def _effects(self, findings: Sequence[Finding]) -> list[str]:
        in_full = len(findings) <= _IN_FULL_MAX
        lines = []
        for effect in _EFFECTS:
            alike = [finding for finding in findings if finding.effect is effect]
            groups = _grouped(alike, lambda finding: finding.evidence) if in_full else [(None, alike)]
            for evidence, group in groups:
                if not group:
                    continue
                many = effect is Effect.NOT_KNOWN_TO and (len(group) > 1 or group[0].key == group[0].kind.key)
                said = self._text(f"utter_medicine_{effect.value}{'_many' if many else ''}")
                line = _capital(said.format(names=_said(group)))
                if evidence is not None:
                    line += f" {self._text(f'utter_medicine_evidence_{evidence.value}')}"
                lines.append(" ".join([line, *(f.note.strip() for f in group if f.note and in_full)]))
        return lines

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
        if not found:
            return []
        pairs = _listed(f"{each.one} with {each.other}" for each in found)
        first = found[0].pair
        return [self._text("utter_medicine_pair").format(pairs=pairs, why=first.why, emergency=first.emergency)]

    def _taken_off(self, names: Sequence[str]) -> list[str]:
        return [self._text("utter_medicines_taken_off").format(names=_listed(names))] if names else []

    def _unsure(self, check: Check) -> list[str]:
        return [self._text("utter_medicine_did_you_mean").format(typed=each.typed) for each in check.unsure[:1]]

    def _reply(self, lines: list[str], check: Check, meant: Sequence[Finding], intent: str) -> Reply:
        pairs = [source for each in check.together for source in each.pair.sources]
        stops = [source for finding in meant if finding.stopping for source in finding.stopping.sources]
        ids = dict.fromkeys([*(source for finding in meant for source in finding.sources), *pairs, *stops])
        choices = static_reply(self._catalogue, "utter_medicine_buttons").choices
        if check.unsure:
            choices = tuple(
                Choice(_capital(name), f'/{intent}{{"medicine": "{name}"}}')
                for name in check.unsure[0].medicines[:_CHOICES_MAX]
            )
        return Reply("\n".join(lines), choices, tuple(self._catalogue.references[source] for source in ids))

    def _text(self, name: str) -> str:
        return self._catalogue.answers[name].text


def _meant(check: Check) -> list[Finding]:
    """Everything that may be meant, so that no warning is left out."""
    return [*check.findings, *(meaning.finding for brand in check.brands for meaning in brand.meanings)]


def _stopping(finding: Finding) -> Stopping | None:
    return finding.stopping


def _said(findings: Iterable[Finding]) -> str:
    return _listed(finding.said for finding in findings)


def _grouped(items: Iterable[_Item], key: Callable[[_Item], _Key]) -> list[tuple[_Key, list[_Item]]]:
    groups: defaultdict[_Key, list[_Item]] = defaultdict(list)
    for item in items:
        groups[key(item)].append(item)
    return list(groups.items())


def _listed(names: Iterable[str], word: str = "and") -> str:
    *first, last = list(names)
    return f"{', '.join(first)} {word} {last}" if first else last


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
