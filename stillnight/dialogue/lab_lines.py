"""The lines of an answer about lab values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stillnight.clinical.labs.definitions import PREGNANT, Kind, Lab, Urgent
from stillnight.clinical.labs.judge import Judgement, Person, judge
from stillnight.clinical.labs.others import other_tests
from stillnight.clinical.labs.patterns import Pattern
from stillnight.clinical.labs.values import LabValue
from stillnight.dialogue.lab_wording import LabWording, number
from stillnight.dialogue.wording import listed

# Bands of which nothing else has to be said when they stand among several.
_QUIET: Final = frozenset({"usual"})
_GREY: Final = frozenset({("vitamin_b12", "unsure"), ("plms_index", "some")})
_FRACTION: Final = "fraction"
_PIECES_MAX: Final = 2
_BLOOD: Final = "hemoglobin"
_NO_PREFERENCE: Final = frozenset({Urgent.EMERGENCY, Urgent.SAME_DAY})


@dataclass(frozen=True)
class Explained:
    """A value with what it means. before: what was told of the same test before. newest: the one that counts."""

    value: LabValue
    lab: Lab
    judgement: Judgement
    before: tuple[LabValue, ...] = ()
    newest: LabValue | None = None


class LabLines:
    """Makes lines from the pieces of data/lab_answers.yml."""

    def __init__(self, wording: LabWording, labs: Mapping[str, Lab]) -> None:
        """`wording` fills in the pieces."""
        self._say = wording
        self._labs = labs

    def alone(self, each: Explained, person: Person) -> tuple[list[str], list[str]]:
        """One value: what it means, where it lies, what it does not mean; and the references."""
        meaning = self._meaning(each.judgement, person)
        urgent = each.judgement.urgent in _NO_PREFERENCE
        first = " ".join([self._value(each), *self._place(each, person)])
        meant = self._say.text(meaning or "place_open")
        lines = [meant, first] if urgent else [first, meant]
        if urgent and each.value.doubtful:
            lines.append(self._say.text("if_slip"))
        if person.group == PREGNANT and each.judgement.urgent is Urgent.SAME_DAY:
            lines.append(self._say.text("pregnancy_urgent"))
        if each.value.owner and person.maybe_child and not person.child and not urgent:
            lines.append(self._say.text("if_child"))
        lines += self._assumed(each)
        if not urgent and not person.child and person.group != PREGNANT:
            lines += self._preferred(each)
        lines += self.compared(each)
        sources = [*(self._say.sources(meaning) if meaning else ()), *each.lab.sources]
        return lines, sources

    def together(
        self, values: Sequence[Explained], patterns: Sequence[Pattern], person: Person
    ) -> tuple[list[str], list[str]]:
        """Several values: the urgent ones first, a line for each, then what they mean together."""
        urgent = [each for each in values if each.judgement.urgent]
        lines = [self._say.text(self._meaning(each.judgement, person) or "place_open") for each in urgent]
        lines += [self._short(each, person) for each in values]
        sources = [source for each in values for source in each.lab.sources]
        if person.child:
            return [*lines, self._say.text("child")], sources
        if person.group == PREGNANT:
            return [*lines, *self._in_pregnancy(values, person), self._say.text("pregnancy")], sources
        if person.dialysis:
            own = [each for each in values if self._is_of_kidney_team(each, person)]
            lines += [self._say.text(f"dialysis_{each.lab.key}") for each in own[:_PIECES_MAX]]
            values = [each for each in values if each not in own]
        for pattern in patterns:
            lines.append(self._say.text(f"together_{pattern.name}"))
            sources += pattern.sources
        spoken = {lab for pattern in patterns for lab in pattern.when}
        left = [each for each in values if each not in urgent and each.lab.key not in spoken and not _is_quiet(each)]
        left.sort(key=_weight)
        for each in left[:_PIECES_MAX]:
            meaning = self._meaning(each.judgement, person)
            lines.append(self._say.text(meaning) if meaning else self._say.text("place_open"))
            sources += self._say.sources(meaning) if meaning else ()
        if len(left) > _PIECES_MAX:
            lines.append(self._say.text("ask_too", labs=listed(each.lab.title for each in left[_PIECES_MAX:])))
        elif not left and not patterns and not urgent and values and not person.dialysis:
            lines.append(self._say.text("together_all_usual"))
        lines += self._all_assumed(values)
        for each in values:
            lines += self.compared(each, named=len(values) > 1)
        return lines, sources

    def places(self, values: Sequence[Explained], person: Person) -> list[str]:
        """Where the values of one person lie, a line for each."""
        return [self._short(each, person) for each in values]

    def unlike(self, person: Person) -> list[str]:
        """Why a person's values are not graded, where they cannot be."""
        name = "child" if person.child else "pregnancy" if person.group == PREGNANT else None
        return [self._say.text(name)] if name else []

    def unflagged(self, values: Sequence[Explained], person: Person) -> str:
        """Why a lab may not have marked a value that counts in restless legs."""
        lines = any(each.lab.line and Kind.LOW in _kinds(each) for each in values)
        usual = not (person.child or person.dialysis or person.group == PREGNANT)
        return self._say.text("no_flag_iron" if lines and usual else "no_flag")

    def marked(self, values: Sequence[Explained]) -> list[str]:
        """What an H or an L beside a number means, and that it does not fit a usual number."""
        unlike = any(each.judgement.place is Kind.USUAL for each in values)
        return [self._say.text("marked"), *([self._say.text("marked_unlike")] if unlike else [])]

    def compared(self, each: Explained, named: bool = False) -> list[str]:
        """How a value stands to the one told before; `named` where it has to be said of which test."""
        newer = each.newest if each.value.past and each.newest else each.value
        older = [value for value in (*each.before, each.value) if value != newer and value.unit]
        if not older or newer.unit is None:
            return []
        last = older[-1]
        then, now = last.measured(each.lab).value, newer.measured(each.lab).value
        trend = "trend_up" if now > then else "trend_down" if now < then else "trend_same"
        older_one, name = self._say.short(last, each.lab), self._say.name(each.lab, newer, start=True)
        said = [
            self._say.text("older_named", lab=name, older=older_one)
            if named
            else self._say.text("older", older=older_one),
            self._say.text(trend),
        ]
        if newer is not each.value:
            said.insert(0, self._say.text("told", lab=each.lab.title, value=self._say.short(newer, each.lab)))
        return [" ".join(said)]

    def told(self, history: Sequence[LabValue], newest: LabValue | None) -> str:
        """What was told of one test, and how it changed."""
        newest = newest or history[-1]
        lab = self._labs[newest.lab]
        told = self._say.text("told", lab=self._say.name(lab, newest), value=self._say.short(newest, lab))
        older = [each for each in history if each != newest]
        return " ".join(
            [told, *self.compared(Explained(newest, lab, judge(newest.measured(lab), Person()), tuple(older)))]
        )

    def waiting(self, value: LabValue) -> str:
        """What was told of a value about which something is still asked."""
        lab = self._labs[value.lab]
        return self._say.text("told_open", lab=self._say.name(lab, value), value=self._say.short(value, lab))

    def without_unit(self, value: LabValue, person: Person) -> list[str]:
        """A value whose unit nobody knows: what it would be in each."""
        lab = self._labs[value.lab]
        said = [self._say.text("unit_unknown", lab=lab.title, value=self._say.short(value, lab))]
        urgent = False
        for unit in value.choices:
            judged = judge(replace(value, unit=unit).measured(lab), person)
            urgent = urgent or judged.urgent in _NO_PREFERENCE
            if judged.band:
                grey = (lab.key, judged.band.name) in _GREY
                said.append(self._say.text(f"unit_if_{'grey' if grey else judged.band.kind.value}", unit=unit))
        return [" ".join(said), *([self._say.text("unit_if_urgent")] if urgent else [])]

    def others(self, names: Sequence[str]) -> tuple[list[str], list[str]]:
        """Tests whose numbers cannot be explained: what the known ones are; and the references."""
        known = other_tests()
        described, left = known.described(names), known.left(names)
        lines = [self._say.text(f"other_{key}") for key in described]
        if described:
            titles = listed((known.titles[key] for key in described), "or")
            lines.append(self._say.text("others_number", names=titles))
        if left:
            lines.append(self._say.text("others", names=listed(left)))
        return lines, [source for key in described for source in self._say.sources(f"other_{key}")]

    # -- pieces

    def _is_of_kidney_team(self, each: Explained, person: Person) -> bool:
        return person.dialysis and not each.judgement.urgent and self._say.has(f"dialysis_{each.lab.key}")

    def _in_pregnancy(self, values: Sequence[Explained], person: Person) -> list[str]:
        """Haemoglobin has lines of its own in pregnancy; of the others nothing is read together."""
        blood = (
            each for each in values if each.lab.key == _BLOOD and not each.judgement.urgent and not _is_quiet(each)
        )
        return [self._say.text(name) for each in blood if (name := self._meaning(each.judgement, person))]

    def _value(self, each: Explained) -> str:
        value = self._say.value(each.value, each.lab)
        if each.value.computed:
            return self._say.text("computed", value=value)
        owner = each.value.owner
        piece = self._say.of_whom("value", owner) if owner else "value"
        return self._say.text(piece, lab=each.lab.title, value=value, owner=owner)

    def _place(self, each: Explained, person: Person) -> list[str]:
        judgement = each.judgement
        place, span = judgement.place, judgement.span
        if judgement.band and (judgement.lab.key, judgement.band.name) in _GREY and not judgement.own:
            # “above the usual range” and “a grey zone” would contradict each other.
            return []
        unlike = person.child or (person.group == PREGNANT and not judgement.own)
        open_ended = place is None or span is None or unlike or _is_high_all_the_same(judgement)
        if place is None or open_ended or self._is_of_kidney_team(each, person) or self._say.withholds(each.lab):
            return []
        return [self._say.text(self._placed("place", judgement, person), span=self._span(each))]

    def _placed(self, frame: str, judgement: Judgement, person: Person) -> str:
        """Name of the piece that says where a value lies: the band's own, where “inside the range” would mislead."""
        assert judgement.place is not None
        if judgement.band and judgement.place is Kind.USUAL and person.group != PREGNANT:
            own = f"{frame}_{judgement.lab.key}_{judgement.band.name}"
            if self._say.has(own):
                return own
        return f"{frame}_{judgement.place.value}"

    def _meaning(self, judgement: Judgement, person: Person) -> str | None:
        """Name of the piece that says what a value means, None when it cannot be told."""
        lab, band = judgement.lab.key, judgement.band
        urgent = band is not None and band.urgent in _NO_PREFERENCE and judgement.urgent is not None
        if band and urgent:
            return f"{lab}_{band.name}"
        if person.child:
            return f"child_{lab}" if self._say.has(f"child_{lab}") else "child"
        if person.group == PREGNANT and lab != _BLOOD:
            return "pregnancy"
        if person.dialysis and self._say.has(f"dialysis_{lab}"):
            return f"dialysis_{lab}"
        if band:
            pregnant = f"{lab}_{band.name}_pregnant"
            return pregnant if person.group == PREGNANT and self._say.has(pregnant) else f"{lab}_{band.name}"
        return self._either(judgement)

    def _either(self, judgement: Judgement) -> str | None:
        kinds = {group: band.kind.value for group, band in judgement.bands.items()}
        pairs = [(kinds.get("woman"), kinds.get("man")), (kinds.get("woman"), kinds.get(PREGNANT))]
        names = [f"{judgement.lab.key}_{one}_or_{other}" for one, other in pairs if one != other]
        return next((name for name in names if self._say.has(name)), None)

    def _assumed(self, each: Explained) -> list[str]:
        return [self._say.text("assumed", unit=each.value.unit)] if _is_assumed(each) else []

    def _all_assumed(self, values: Sequence[Explained]) -> list[str]:
        """The units that were assumed, in one line."""
        assumed = [each for each in values if _is_assumed(each)]
        if len(assumed) < 2:
            return [line for each in assumed for line in self._assumed(each)]
        said = listed(f"{each.lab.title} {self._say.short(each.value, each.lab)}" for each in assumed)
        return [self._say.text("assumed_several", values=said)]

    def _preferred(self, each: Explained) -> list[str]:
        person, lab = each.judgement.person, each.lab
        if person.dialysis:
            # The kidney team has lines of its own.
            return []
        if person.sex is None and lab.preferred["woman"] != lab.preferred["man"]:
            return []
        aim, usual = lab.preferred[person.sex or "woman"], lab.usual[person.sex or "woman"]
        if aim == usual or each.value.unit != lab.unit or self._say.withholds(lab):
            return []
        unit = lab.unit.replace("_", " ")
        return [self._say.text("preferred", low=f"{aim.low:g}", high=f"{aim.high:g}", unit=unit).replace(" %", "%")]

    def _short(self, each: Explained, person: Person) -> str:
        judgement = each.judgement
        name, value = self._say.name(each.lab, each.value, start=True), self._say.value(each.value, each.lab)
        band = judgement.band
        if band and (each.lab.key, band.name) in _GREY and not person.child:
            return self._say.text("short_grey", lab=name, value=value)
        if person.group == PREGNANT and each.lab.key == _BLOOD and band and band.kind is Kind.LOW:
            return self._say.text("short_low_pregnant", lab=name, value=value)
        kidney = self._is_of_kidney_team(each, person)
        high = _is_high_all_the_same(judgement)
        unlike = person.child or (person.group == PREGNANT and not judgement.own)
        open_ended = judgement.place is None or judgement.span is None or unlike or kidney or high
        if open_ended or self._say.withholds(each.lab):
            return self._say.text("short_open", lab=name, value=value)
        return self._say.text(self._placed("short", judgement, person), lab=name, value=value, span=self._span(each))

    def _span(self, each: Explained) -> str:
        """The sheet's own range as it is printed there, else the usual one."""
        own, usual = each.value.own_range, each.judgement.span
        if own:
            return self._say.text("span_own", low=number(own.low), high=number(own.high))
        assert usual is not None
        return self._say.usual_span(usual, each.lab)


def _is_assumed(each: Explained) -> bool:
    """Whether the only unit that fits was taken, where a test has several."""
    value = each.value
    several = sum(unit.bare is not None for unit in each.lab.units.values() if unit.name != _FRACTION) > 1
    return several and not (value.said or value.unit in (None, _FRACTION) or value.own_range)


def _kinds(each: Explained) -> set[Kind]:
    return {band.kind for band in each.judgement.bands.values()}


def _is_high_all_the_same(judgement: Judgement) -> bool:
    """High for what the band says, though the usual range still holds it."""
    band = judgement.band
    return band is not None and band.kind is Kind.HIGH and judgement.place is Kind.USUAL and not judgement.own


def _weight(each: Explained) -> tuple[bool, bool]:
    """What must not be missed comes first: high iron, then haemoglobin."""
    iron = each.lab.line is not None and any(band.kind is Kind.HIGH for band in each.judgement.bands.values())
    return not iron, each.lab.key != _BLOOD


def _is_quiet(each: Explained) -> bool:
    return each.judgement.band is not None and each.judgement.band.name in _QUIET
