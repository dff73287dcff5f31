"""Putting the page for the doctor into words, from the pieces of data/visit_summary_answers.yml; nothing is added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from stillnight.channels.message import Reply, static_reply
from stillnight.channels.pictures import chart_words
from stillnight.clinical.diary.chart import NightChart, counts_of, span_of
from stillnight.clinical.diary.model import Severity
from stillnight.clinical.labs.bar.model import Bar, bar_of
from stillnight.clinical.labs.definitions import Lab, lab_definitions
from stillnight.clinical.labs.judge import Person
from stillnight.clinical.labs.reading.owners import is_name
from stillnight.clinical.labs.values import LabValue
from stillnight.clinical.visit_summary.model import SELF, SOMEBODY, Line, Section, Summary, Use
from stillnight.clinical.visit_summary.quotes import is_hint
from stillnight.clinical.visit_summary.sheet import Part, Row, Sheet
from stillnight.clinical.visit_summary.sheet_text import as_text
from stillnight.content.catalogue import Catalogue, catalogue
from stillnight.dialogue.lab_wording import LabWording, number
from stillnight.dialogue.wording import capital

PIECE: Final = "utter_visit_summary_"
_WORDS: Final = ("test", "value", "when", "usual", "print", "legend")
# Their doctors print on another size of paper.
_LETTER: Final = frozenset({"US", "CA", "MX", "PH"})
_FILE: Final = "visit-summary.pdf"
_JOIN: Final = "; "


class SummaryAnswers:
    """Makes the page and the message that shows it. `catalogue` holds the pieces, `labs` the definitions."""

    def __init__(self, catalogue: Catalogue, labs: Mapping[str, Lab]) -> None:
        """Keep both."""
        self._catalogue, self._labs = catalogue, labs
        self._wording = LabWording(catalogue)

    def text(self, piece: str, **facts: object) -> str:
        """A piece, filled in."""
        return self._catalogue.answers[f"{PIECE}{piece}"].text.format(**facts)

    def empty(self) -> Reply:
        """That nothing was told yet."""
        return static_reply(self._catalogue, f"{PIECE}empty")

    def dropped(self) -> Reply:
        """That the page is put away."""
        return static_reply(self._catalogue, f"{PIECE}dropped")

    def noted(self) -> Reply:
        """That something told beside a question was put on the page."""
        return static_reply(self._catalogue, f"{PIECE}noted")

    def shown(
        self, summary: Summary, person: Person, day: date, country: str | None, lead: str, named: bool = False
    ) -> Reply:
        """The page in the chat.

        Args:
            summary: what stands on it.
            person: whose usual ranges are meant.
            day: today.
            country: where the person is, as far as they said.
            lead: name of the piece above it; see `summary_edits.lead`.
            named: whether a name was to stand on it, which is left out.
        """
        sheet = self.sheet(summary, person, day, country)
        about = [self._of("about_other", summary.owner)] if summary.owner not in (SELF, SOMEBODY) else []
        unnamed = [self.text("no_names")] if named else []
        lines = [self.text(lead), *unnamed, *about, as_text(sheet, chat=True), self._how_to_change(summary)]
        lines += [self._left_out(owner) for owner in summary.others]
        return Reply("\n".join(lines), sheet=sheet)

    def sheet(self, summary: Summary, person: Person, day: date, country: str | None) -> Sheet:
        """The page itself."""
        owner = summary.owner
        # A person's name is not printed.
        named = owner not in (SELF, SOMEBODY) and not is_name(owner)
        return Sheet(
            self.text("title_other", owner=owner) if named else self.text("title"),
            self.text("made", day=f"{day.day} {day:%B %Y}"),
            tuple(self._parts(summary, person)),
            self.text("foot"),
            {name: self.text(f"word_{name}") for name in _WORDS} | {"caption": self.text("caption"), "file": _FILE},
            "letter" if country in _LETTER else "A4",
        )

    # -- the parts

    def _parts(self, summary: Summary, person: Person) -> Iterator[Part]:
        for section in Section:
            lines = summary.of(section)
            if lines:
                rows = tuple(self._row(line, summary.owner, person) for line in lines)
                if section is Section.NIGHTS:
                    rows = (self._nights(lines),)
                yield Part(
                    section.value,
                    self._heading(section, summary.owner),
                    rows,
                    self._foot(section, lines),
                    numbered=section is Section.QUESTIONS,
                )

    def _heading(self, section: Section, owner: str) -> str:
        other = "_other" if section is Section.ABOUT and owner != SELF else ""
        return self.text(f"heading_{section.value}{other}")

    def _foot(self, section: Section, lines: Sequence[Line]) -> str:
        if section is Section.MEDICINES:
            return self.text("foot_medicines" if any(line.worsens for line in lines) else "foot_medicines_plain")
        if section is Section.QUESTIONS:
            return self.text("foot_questions") if any(not line.quote for line in lines) else ""
        return self.text("foot_labs") if section is Section.LABS else ""

    def _row(self, line: Line, owner: str, person: Person) -> Row:
        if line.value is not None:
            return self._lab(line, line.value, person)
        asides = [self.text("said_later", quote=f"“{line.later}”")] if line.later else []
        asides += [self.text("differs")] if line.differs else []
        asides += (
            [self.text("typed_by")]
            if owner != SELF and line.owner == SELF and line.section is not Section.QUESTIONS
            else []
        )
        asides += [self.text("stopped")] if line.use is Use.STOPPED else []
        if line.section is Section.QUESTIONS and line.quote:
            return Row(capital(line.quote), sources=line.sources)
        return Row(self._name(line), line.quote, _JOIN.join(asides), line.worsens, sources=line.sources)

    def _name(self, line: Line) -> str:
        if line.section is Section.MEDICINES:
            return capital(line.name)
        if line.section is Section.QUESTIONS:
            return self.text("asked_medicine", name=line.name) if line.use else self.text(f"question_{line.name}")
        if line.section is Section.ABOUT:
            # “My midwife did bloods” only hints at it: the words stand alone.
            return self.text(f"circumstance_{line.name}") if line.name and not is_hint(line.name, line.quote) else ""
        return self.text(f"check_{line.name}") if line.key.startswith("check ") else ""

    def _lab(self, line: Line, value: LabValue, person: Person) -> Row:
        lab = self._labs[value.lab]
        said = self._wording.value(value, lab)
        if value.unit is None:
            said = self.text("unit_not_told", value=said)
        bar = self._bar(value, lab, said, person)
        return Row(
            capital(lab.title),
            line.quote,
            value=said,
            when=line.when or self.text("not_told"),
            usual=self._usual(bar) if bar else "",
            bar=bar,
            sources=line.sources,
        )

    def _nights(self, lines: Sequence[Line]) -> Row:
        """All nights in one row: how many of each step, and the chart."""
        steps = [(line.when, Severity(line.name).step if line.name else None) for line in lines]
        chart = NightChart(tuple(sorted(steps, key=lambda each: each[0])))
        counted = self.text("nights_one" if len(lines) == 1 else "nights", count=len(lines))
        facts = {"span": span_of(chart.days, chart_words()), "counts": counts_of(chart, chart_words())}
        numbers = sorted({number for line in lines for number in line.sources})
        return Row(self.text("nights_row", nights=counted, **facts), chart=chart, sources=tuple(numbers))

    def _bar(self, value: LabValue, lab: Lab, said: str, person: Person) -> Bar | None:
        """None where the usual ranges do not fit: a child, pregnancy, dialysis, an unknown unit."""
        if value.unit is None or person.child or person.dialysis or person.group == "pregnant":
            return None
        measured = value.measured(lab)
        bar = bar_of(lab, measured.value, said, measured.comparator, person.sex, measured.own_range)
        return replace(bar, preferred=None)

    def _usual(self, bar: Bar) -> str:
        name = "usual_own" if bar.own else "usual"
        text = self.text(name, low=number(bar.usual.low), high=f"{number(bar.usual.high)}{_unit(bar)}")
        return text if bar.line is None else text + self.text("line", line=f"{number(bar.line)}{_unit(bar)}")

    # -- beside the page

    def _how_to_change(self, summary: Summary) -> str:
        if not summary.of(Section.QUESTIONS):
            return self.text("change_lines")
        medicines = [line.name for line in summary.of(Section.MEDICINES)]
        return self.text("change", example=medicines[0] if medicines else self.text("example_line"))

    def _left_out(self, owner: str) -> str:
        return self.text("others_self") if owner == SELF else self._of("others", owner)

    def _of(self, piece: str, owner: str) -> str:
        """A piece about a relative (“your mum”), or about somebody by name."""
        return self.text(f"{piece}_named" if is_name(owner) else piece, owner=owner)


def _unit(bar: Bar) -> str:
    return bar.unit if bar.unit == "%" else f" {bar.unit}"


def summary_answers() -> SummaryAnswers:
    """The project's."""
    return SummaryAnswers(catalogue(), lab_definitions())
