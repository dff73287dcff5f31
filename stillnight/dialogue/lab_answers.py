"""Putting an answer about lab values together from its lines: one tidy message for each person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from stillnight.channels.message import Choice, Reply
from stillnight.clinical.labs.bar.model import Bar, bar_of
from stillnight.clinical.labs.definitions import PREGNANT, Kind, Lab, Urgent, lab_definitions
from stillnight.clinical.labs.judge import Person, judge
from stillnight.clinical.labs.notebook import COMPARED, DATED, FLAGGED, MARKED, RELEVANT, UNIT, WORRIED, Notebook, Open
from stillnight.clinical.labs.patterns import Pattern, fitting, lab_patterns
from stillnight.clinical.labs.told_later import is_old
from stillnight.clinical.labs.values import LabValue
from stillnight.content.catalogue import Catalogue, Reference, catalogue
from stillnight.dialogue.lab_lines import Explained, LabLines
from stillnight.dialogue.lab_wording import LabWording
from stillnight.dialogue.wording import grouped, listed

_BARS_MAX: Final = 4
_HIGH_IRON_BUTTONS: Final = "utter_lab_buttons_high_iron"
_URGENCY: Final = {Urgent.EMERGENCY: 0, Urgent.SAME_DAY: 1, Urgent.SOON: 2, None: 3}
# The topics that “tell me more” and “how long” lead to.
_TOPICS: Final = {
    "ferritin": "iron",
    "transferrin_saturation": "iron",
    "hemoglobin": "iron",
    "tsh": "other_deficiencies",
    "vitamin_b12": "other_deficiencies",
    "magnesium": "magnesium",
    "creatinine": "kidney",
    "plms_index": "sleep_study",
}


class LabAnswers:
    """Makes replies about values. `catalogue` holds the pieces."""

    def __init__(self, catalogue: Catalogue, labs: Mapping[str, Lab], patterns: Sequence[Pattern]) -> None:
        """Keep the definitions."""
        self._catalogue = catalogue
        self._labs = labs
        self._patterns = patterns
        self.wording = LabWording(catalogue)
        self._lines = LabLines(self.wording, labs)

    def explained(self, book: Notebook, known: Person, more: bool = False) -> list[Reply]:
        """What all open values of a notebook mean, one reply for each person they belong to.

        Args:
            book: every question that can be asked was asked.
            known: the person of the conversation.
            more: other values wait, because these are urgent.
        """
        people = grouped(book.open, lambda each: each.value.owner)
        replies = [self._of_person(book, known, values) for _, values in people]
        if more:
            replies[-1] = replace(replies[-1], text=f"{replies[-1].text}\n{self.wording.text('kept')}")
        if book.others:
            lines, sources = self._lines.others(book.others)
            replies.append(Reply("\n".join(lines), (), self._references(sources)))
        return replies

    def again(self, book: Notebook, known: Person) -> Reply:
        """“Is that low?”, “is it dangerous?”, “ng/ml”, “which of us?”: values that were explained, in short."""
        if book.again == UNIT:
            return self._in_that_unit(book)
        if book.again == DATED:
            return self._dated(book)
        if book.again in (COMPARED, FLAGGED, MARKED, RELEVANT):
            return self._placed(book, known)
        person = book.person(known, book.open[0].value)
        ready = [self._judged(each.value, person, book) for each in book.open]
        lines, sources = self._together(ready, person)
        if book.again == WORRIED and not any(each.judgement.urgent for each in ready):
            lines.insert(0, self.wording.text("no_rush"))
            sources = [*self.wording.sources("no_rush"), *sources]
        return self._reply(lines, sources, ready, [each.value.lab for each in book.open], person)

    def _in_that_unit(self, book: Notebook) -> Reply:
        labs = [each.value.lab for each in book.open]
        text = self.wording.text("unit_same", values=self._named(each.value for each in book.open))
        return Reply(text, self._buttons(labs), topic=_TOPICS[labs[0]])

    def _dated(self, book: Notebook) -> Reply:
        """“That was 2 years ago”: the day is kept, and an old value calls for a new test."""
        values = [each.value for each in book.open]
        when = values[0].when
        lines = [self.wording.text("dated", values=self._named(values), when=when)]
        lines += [self.wording.text("dated_old")] if is_old(when) else []
        labs = [each.lab for each in values]
        return Reply("\n".join(lines), self._buttons(labs), topic=_TOPICS[labs[0]])

    def _named(self, values: Iterable[LabValue]) -> str:
        say, labs = self.wording, self._labs
        return listed(f"{say.name(labs[each.lab], each)} {say.short(each, labs[each.lab])}" for each in values)

    def _placed(self, book: Notebook, known: Person) -> Reply:
        """Where values lie, of several people side by side; then what a comparison or a missing mark does not tell."""
        lines: list[str] = []
        notes: list[str] = []
        ready: list[Explained] = []
        for _, values in grouped(book.open, lambda each: each.value.owner):
            person = book.person(known, values[0].value)
            theirs = [self._judged(each.value, person, book) for each in values]
            lines += self._lines.places(theirs, person)
            notes += self._lines.unlike(person)
            ready += theirs
        if book.again in (COMPARED, RELEVANT):
            notes.append(self.wording.text(book.again))
        else:
            notes += self._lines.marked(ready) if book.again == MARKED else [self._lines.unflagged(ready, person)]
        sources = (source for each in ready for source in each.lab.sources)
        reply = self._reply([*lines, *dict.fromkeys(notes)], sources, ready, [each.lab.key for each in ready], person)
        return replace(reply, pictures=())

    def pressed(self, reply: Reply) -> Reply:
        """An urgent answer that is given once more, to somebody who hesitates."""
        return replace(reply, text=f"{self.wording.text('go_all_the_same')}\n{reply.text}")

    def told(self, book: Notebook, labs: Sequence[str], owners: Collection[str | None] = ()) -> Reply:
        """“What was my ferritin?”: what was told, and how it changed.

        Args:
            book: what is remembered.
            labs: the tests asked about, all when empty.
            owners: whose values are asked about, everybody's when empty; None is the person's own.
        """
        others = book
        if owners:
            everybody = {each.owner for each in (*book.told, *book.current())}
            book = book.forgotten_of({each.lab for each in (*book.told, *book.current())}, everybody - set(owners))
        keys = dict.fromkeys((each.lab, each.owner) for each in book.told if not labs or each.lab in labs)
        lines = [self._lines.told(book.history(lab, owner), book.newest(lab, owner)) for lab, owner in keys]
        possible = (each.value for each in book.open if not (each.value.impossible or each.value.rivals))
        waiting = [each for each in possible if not labs or each.lab in labs]
        lines += [self._lines.waiting(each) for each in waiting]
        none = "told_none_of_own" if owners and (others.told or others.open) else "told_none"
        return Reply("\n".join(lines) or self.wording.text(none), self._buttons(labs or book.last))

    def kept(self, book: Notebook, labs: Sequence[str]) -> Reply:
        """What stands on the list, and how to change it, after a “no” that names no other number."""
        told = self.told(book, labs)
        return replace(told, text=f"{told.text}\n{self.wording.text('unchanged')}")

    def forgotten(self, labs: Sequence[str], theirs: Sequence[LabValue] = ()) -> Reply:
        """What was taken off the list; everything when no test is named. `theirs`: of one of several people alone."""
        if theirs:
            return Reply(self.wording.text("forgotten_theirs", values=self._named(theirs)))
        if not labs:
            return Reply(self.wording.text("forgotten_all"))
        return Reply(self.wording.text("forgotten", labs=listed(self._labs[lab].title for lab in labs)))

    def is_iron_high(self, book: Notebook, known: Person) -> bool:
        """Whether one's own open values show high iron."""
        own = [each for each in book.open if each.value.owner is None and each.value.unit and not each.unknown]
        return _has_high_iron([self._judged(each.value, book.person(known, each.value), book) for each in own])

    def _of_person(self, book: Notebook, known: Person, values: Sequence[Open]) -> Reply:
        person = book.person(known, values[0].value)
        ready = [self._judged(each.value, person, book) for each in values if not each.unknown]
        ready.sort(key=lambda each: _URGENCY[each.judgement.urgent])
        alarming = [each for each in ready if each.judgement.urgent is Urgent.EMERGENCY]
        if alarming:
            return self._alarm(alarming, person)
        unknown = [each.value for each in values if each.unknown]
        lines, sources = self._said(ready, person)
        for value in unknown:
            lines += self._lines.without_unit(value, person)
        return self._reply(lines, sources, ready, [each.value.lab for each in values], person)

    def _reply(
        self,
        lines: Sequence[str],
        sources: Iterable[str],
        ready: Sequence[Explained],
        labs: Sequence[str],
        person: Person,
    ) -> Reply:
        """One person's answer, with references, range bars, and buttons that never lead from high iron to more iron."""
        bars = tuple(self._bar(each, person) for each in ready if self._is_drawn(each, person))[:_BARS_MAX]
        buttons = self._named_buttons(_HIGH_IRON_BUTTONS) if _has_high_iron(ready) else self._buttons(labs)
        topic = _TOPICS[labs[0]]
        return Reply("\n".join(lines), buttons, self._references(sources), topic=topic, pictures=bars)

    def _references(self, sources: Iterable[str]) -> tuple[Reference, ...]:
        return tuple(self._catalogue.references[source] for source in dict.fromkeys(sources))

    def is_emergency(self, book: Notebook, known: Person) -> bool:
        """Whether one of the open values is an emergency."""
        judged = (
            judge(each.value.measured(self._labs[each.value.lab]), book.person(known, each.value))
            for each in book.open
            if not each.unknown
        )
        return any(each.urgent is Urgent.EMERGENCY for each in judged)

    def _alarm(self, alarming: Sequence[Explained], person: Person) -> Reply:
        """An emergency stands alone."""
        lines, sources = self._lines.alone(alarming[0], person)
        drawn = () if self.wording.withholds(alarming[0].lab) else (self._bar(alarming[0], person),)
        return Reply("\n".join(lines), (), self._references(sources), pictures=drawn)

    def _said(self, ready: Sequence[Explained], person: Person) -> tuple[list[str], list[str]]:
        past = [each for each in ready if each.value.past and each.newest and each.newest != each.value]
        now = [each for each in ready if each not in past]
        lines = [line for each in past for line in self._lines.compared(each)]
        if not now:
            return lines, []
        if len(now) == 1:
            said, sources = self._lines.alone(now[0], person)
        else:
            said, sources = self._together(now, person)
        return [*said, *lines], sources

    def _together(self, values: Sequence[Explained], person: Person) -> tuple[list[str], list[str]]:
        bands = {each.value.lab: each.judgement.band.name for each in values if each.judgement.band}
        patterns = [] if person.child or person.dialysis else fitting(self._patterns, bands)
        return self._lines.together(values, patterns, person)

    def _judged(self, value: LabValue, person: Person, book: Notebook) -> Explained:
        lab = self._labs[value.lab]
        before = [each for each in book.history(value.lab, value.owner) if each != value]
        newest = book.newest(value.lab, value.owner)
        return Explained(value, lab, judge(value.measured(lab), person), tuple(before), newest)

    def _is_drawn(self, each: Explained, person: Person) -> bool:
        """A picture of usual ranges misleads where they do not fit, and an older value needs none."""
        unlike = person.child or person.dialysis or person.group == PREGNANT
        return not (unlike or each.value.past or self.wording.withholds(each.lab))

    def _bar(self, each: Explained, person: Person) -> Bar:
        measured = each.judgement.measured
        said = self.wording.value(each.value, each.lab)
        bar = bar_of(each.lab, measured.value, said, measured.comparator, person.sex, measured.own_range)
        return replace(bar, title=self.wording.name(each.lab, each.value, start=True))

    def _buttons(self, labs: Iterable[str]) -> tuple[Choice, ...]:
        names = dict.fromkeys(f"utter_lab_buttons_{_TOPICS[lab]}" for lab in labs) or {"utter_lab_buttons": None}
        return self._named_buttons(next(iter(names)))

    def _named_buttons(self, name: str) -> tuple[Choice, ...]:
        answer = self._catalogue.answers[name]
        return tuple(Choice(button.title, button.sent) for button in answer.buttons)


def _has_high_iron(values: Sequence[Explained]) -> bool:
    kinds = {band.kind for each in values if each.lab.line for band in each.judgement.bands.values()}
    upper = any(band.name == "upper" for each in values for band in each.judgement.bands.values())
    return Kind.HIGH in kinds or upper


def lab_answers() -> LabAnswers:
    """The project's."""
    return LabAnswers(catalogue(), lab_definitions(), lab_patterns())
