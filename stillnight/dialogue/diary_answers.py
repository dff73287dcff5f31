"""Putting together what the diary says, from the pieces of data/diary_answers.yml; nothing is judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from stillnight.channels.message import Choice, Reply, TextFile
from stillnight.channels.pictures import chart_words
from stillnight.clinical.diary.chart import NightChart, chart_of, counts_of, span_of
from stillnight.clinical.diary.model import SELF, Diary, Entry, Night
from stillnight.clinical.diary.table import COLUMNS, as_csv
from stillnight.content.catalogue import Catalogue, catalogue
from stillnight.dialogue.diary_memory import PIECE

FILE: Final = "diary.csv"
# The newest; of more, a bubble on a phone would have no end.
_ROWS_MOST: Final = 10


@dataclass(frozen=True)
class Said:
    """One message of the diary, and the name of its last piece, by which the next turn knows it."""

    piece: str
    reply: Reply


class DiaryAnswers:
    """Makes replies. `catalogue` holds the pieces."""

    def __init__(self, catalogue: Catalogue) -> None:
        """Keep the pieces."""
        self._catalogue = catalogue

    def text(self, piece: str, **facts: object) -> str:
        """A piece, filled in."""
        return self._catalogue.answers[f"{PIECE}{piece}"].text.format(**facts)

    def plain(self, piece: str, **facts: object) -> Said:
        """One piece with its buttons."""
        return self._said(piece, [self.text(piece, **facts)])

    def of_night(self, piece: str, day: date) -> Said:
        """One piece that names a night."""
        return self.plain(piece, night=self.night(day))

    def noted(self, diary: Diary, day: date, changed: bool, gone: Night | None, ask: bool) -> Said:
        """What was noted of a night, and the question how bad it was where nobody said so.

        Args:
            diary: as it is now.
            day: of the night.
            changed: whether the night was there before.
            gone: the night that was let go, if that is to be said.
            ask: whether to ask.
        """
        night, lines = diary.of(day), []
        if night:
            piece = "changed" if changed else "kept"
            lines.append(self.text(piece, night=self.night(day), facts=self.facts(night.entry)))
        if night and diary.owner != SELF:
            lines.append(self.text("whose", owner=diary.owner))
        if gone:
            lines.append(self.text("let_go", night=self.night(gone.day)))
        if ask:
            return self._said("ask", [*lines, self.text("ask", night=self.night(day))])
        if len(diary.nights) == 1 and not changed:
            lines.append(self.text("first"))
        return self._said("changed" if changed else "kept", lines)

    def both(self, diary: Diary, moved: date, other: date) -> Said:
        """What stands there now of a night that got another day, and of the one in its place."""
        return self.several(diary, {moved: True, other: False})

    def several(self, diary: Diary, days: Mapping[date, bool], gone: Night | None = None) -> Said:
        """What stands there now of nights that one message tells; of each, whether it was there before."""
        nights = [("changed" if changed else "kept", diary.of(day)) for day, changed in days.items()]
        lines = [self.text(piece, night=self.night(on.day), facts=self.facts(on.entry)) for piece, on in nights if on]
        lines += [self.text("let_go", night=self.night(gone.day))] if gone else []
        return self._said("changed", lines)

    def there(self, night: Night) -> Said:
        """What stands there of a night of which nothing new is told."""
        return self.plain("there", night=self.night(night.day), facts=self.facts(night.entry))

    def shown(self, diary: Diary) -> Said:
        """The counts, the newest nights, and the chart of all."""
        chart = chart_of(diary.nights)
        newest = diary.nights[::-1][:_ROWS_MOST]
        lines = [self.text("shown", span=self.span(chart), counts=self.counts(chart))]
        lines += [self.text("whose", owner=diary.owner)] if diary.owner != SELF else []
        lines += [self.text("row", night=self.night(night.day), facts=self.facts(night.entry)) for night in newest]
        older = len(diary.nights) - len(newest)
        lines += [self.text("older", count=older)] if older else []
        return self._said("shown", [*lines, self.text("doctor")], (chart,))

    def exported(self, diary: Diary) -> Said:
        """The diary as a file."""
        said = self.plain("exported", count=len(diary.nights))
        file = TextFile(FILE, self.text("file"), self.table(diary))
        return Said(said.piece, Reply(said.reply.text, said.reply.choices, file=file))

    def table(self, diary: Diary) -> str:
        """The diary as CSV."""
        words = chart_words()
        severities = {"none": words.none, "mild": words.mild, "moderate": words.moderate}
        severities |= {"bad": words.bad, "very_bad": words.very_bad}
        return as_csv(diary.nights, [self.text(f"column_{name}") for name in COLUMNS], severities)

    def other_person(self, diary: Diary) -> Said:
        """That the diary is of somebody else."""
        whose = self.text("whose_self") if diary.owner == SELF else self.text("whose_other", owner=diary.owner)
        return self.plain("other_person", whose=whose)

    def night(self, day: date) -> str:
        """A night by its weekday and date, so that a mistake is seen."""
        return self.text("night", weekday=f"{day:%A}", day=day.day, month=f"{day:%B}")

    def facts(self, entry: Entry) -> str:
        """What was told of a night, in a row."""
        words = chart_words()
        facts = [words.steps[entry.severity.step]] if entry.severity else []
        facts += [self.time(entry.hours)] if entry.hours is not None else []
        if entry.slept is not None:
            facts.append(self.text("slept", time=self.time(entry.slept)) if entry.slept else self.text("no_sleep"))
        facts += [f"“{entry.note}”"] if entry.note else []
        return ", ".join(facts)

    def time(self, hours: float) -> str:
        """So many hours, or minutes where it is less than one."""
        if 0 < hours < 1:
            return self.text("minutes", minutes=round(hours * 60))
        return self.text("hour") if hours == 1 else self.text("hours", hours=f"{hours:.3g}")

    def span(self, chart: NightChart) -> str:
        """From the first to the last night."""
        return span_of(chart.days, chart_words())

    def counts(self, chart: NightChart) -> str:
        """How many nights of each step."""
        return counts_of(chart, chart_words())

    def _said(self, piece: str, lines: Sequence[str], pictures: tuple[NightChart, ...] = ()) -> Said:
        buttons = self._catalogue.answers[f"{PIECE}{piece}"].buttons
        choices = tuple(Choice(button.title, button.sent) for button in buttons)
        return Said(piece, Reply("\n".join(lines), choices, pictures=pictures))


@lru_cache(maxsize=1)
def diary_answers() -> DiaryAnswers:
    """The project's, made once."""
    return DiaryAnswers(catalogue())
