"""Reading what somebody tells for the diary, or wants of it: `diary_reader().read(text)`.

All words stand in `knowledge/diary.yml`. What is not told stays open, and what is left over is the person's own words.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Final

from stillnight.clinical.diary.amounts import HOURS_MOST, AmountReader
from stillnight.clinical.diary.commands import Command, CommandReader, Wish
from stillnight.clinical.diary.day_reader import DayReader
from stillnight.clinical.diary.days import Day
from stillnight.clinical.diary.model import NOTHING, SELF, Entry, Severity
from stillnight.clinical.diary.said import Said, shortened
from stillnight.clinical.diary.words import DiaryWords, GradedNight, any_of, diary_words
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.visit_summary.words import summary_words
from stillnight.language.spelling import Speller
from stillnight.paths import KNOWLEDGE
from stillnight.recent import recent
from stillnight.yaml_files import load_yaml

_WORD_MENDED_LEAST: Final = 4
# “If I put it down” asks for nothing to be put down.
_IF_I: Final = re.compile(r"\b(?:if|when|whenever|once|until|after) (?:i|you|we|he|she|they)\s*$")
# “that was Saturday, not Sunday”
_NOT_DAY: Final = re.compile(r"(?P<told>.+?),? (?:and )?not (?P<wrong>[\w ]{3,30})$", re.IGNORECASE | re.DOTALL)
# Behind the wish it is told what for.
_REASON: Final = re.compile(r"[,.;!]\s+(?=\w)|\s+(?=(?:because|cos|cause|so that|in case)\s)", re.IGNORECASE)
# “Monday wasn't bad, it was mild”
_WAS_NOT: Final = re.compile(r"\b(?:wasnt|was not|isnt|is not)\b.*\b(?:it|that) (?:was|is)\b")
# Behind the wish somebody takes their leave.
_LEAVES: Final = re.compile(
    r"[,.;!]?\s+(?:(?:and|then|so)\s+)*(?:that['’]?s (?:all|it|me)|that(?: wi|['’])ll be all|bye|goodbye|good ?night"
    r"|i['’]?m (?:off|done)|thanks? (?:and )?bye)\b",
    re.IGNORECASE,
)
# A weak verb (“put”, “note”) has its night so near behind.
_NEAR: Final = 4
# More digits are no hours, and cost time to make a number of.
_DIGITS_READ: Final = 4


class Lead(str, Enum):
    """How surely a message begins as one for the diary."""

    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True)
class Heard:
    """What a message says.

    plain: it is surely meant for the diary. day: the night that is named. grade: how bad the night was that is meant,
    in “the bad one”. several: nights, each with its own telling. pure: nothing is left over beside the entry.
    opens: nothing is left over in its first clause that tells. corrects: it begins as a correction does. adds: it goes
    on with another night. asks: whether something is asked. beside: what else is said and what is asked. cued: it may
    want something of the diary at all. past: it is a story of long ago. owner: whose night it is, when somebody else's.
    nights: each night of a message that tells several.
    not_day: the night that was named by mistake, in “saturday, not sunday”; then: what is said of it now.
    """

    entry: Entry = NOTHING
    day: Day | None = None
    grade: Severity | None = None
    plain: bool = False
    several: bool = False
    pure: bool = False
    opens: bool = False
    corrects: bool = False
    adds: bool = False
    asks: bool = False
    beside: str = ""
    cued: bool = False
    past: bool = False
    owner: str = SELF
    wish: Wish | None = None
    not_day: Day | None = None
    then: Heard | None = None
    nights: tuple[Heard, ...] = ()

    @property
    def tells(self) -> bool:
        """Whether anything of a night is told, a note aside."""
        return self.entry.severity is not None or self.entry.hours is not None or self.entry.slept is not None


class DiaryReader:
    """Understands entries. Pure: the same text is read in the same way."""

    def __init__(self, words: DiaryWords, knowledge: Path = KNOWLEDGE) -> None:
        """Make the patterns. Raises KnowledgeError when a file cannot be used."""
        self._words = words
        vocabulary = words.vocabulary()
        phone = load_yaml(knowledge / "spelling.yml")["phone_words"]
        targets = {word: 1 for word in vocabulary if len(word) >= _WORD_MENDED_LEAST and word.isalpha()}
        left = frozenset(vocabulary)
        rewritten = {str(old): str(new) for old, new in phone.items() if " " not in str(new) and old not in vocabulary}
        self._speller = Speller({**rewritten, "2nite": "tonight", "2night": "tonight", "2day": "today"}, left, targets)
        self._amounts, self._days = AmountReader(words), DayReader(words)
        self._commands = CommandReader(words)
        self._severity = re.compile(any_of(words.severities))
        self._small = frozenset(words.lists["small"])
        self._not_behind = frozenset((*words.lists["denials"], *words.lists["not_behind"]))
        self._polite = re.compile(rf"^(?:(?:{words.any('lead_polite')}) (?:, )?)+")
        self._leads = tuple((lead, re.compile(f"^{words.any(f'lead_{lead.value}')}")) for lead in Lead)
        self._other_log = re.compile(f"^ {words.any('other_log')}")
        self._nouns = re.compile(words.any("nouns"))
        self._cues = frozenset(words.lists["cues"])
        self._logs = re.compile(rf"{words.any('nouns')}|{words.any('lead_strong')}")
        self._tails = re.compile(words.any("tails"))
        self._corrects, self._adds = (re.compile(f"^{words.any(name)}") for name in ("corrects", "adds"))
        self._should = re.compile(words.any("should"))
        self._fixes = re.compile(words.any("fixes"))
        self._not_amount = re.compile(rf"(?<!\S)not \d+(?: (?:{words.any('amounts_hours', 'amounts_minutes')}))?(?!\S)")
        self._past, self._fillers = re.compile(words.any("past")), re.compile(words.any("fillers"))
        self._graded = GradedNight(words)
        self._again, self._again_beside = (
            frozenset(words.lists[name]) for name in ("hours_again", "hours_again_beside")
        )
        self._whose = re.compile(
            rf"{words.any('whose')} (?P<of>\S+(?: in law)?)|(?<!\S)(?P<own>\S+)s (?:night|legs|diary)(?!\S)"
        )

    @recent
    def read(self, text: str) -> Heard:
        """What a message says, whatever it is."""
        first, rest = _first_sentence(text)
        exchange = _NOT_DAY.match(first)
        if exchange:
            # “Oops, that was Saturday, not Sunday. Sunday I was fine.”
            named, instead = self._read(exchange["told"]), self._read(exchange["wrong"])
            if named.day and instead.day and instead.day != named.day and not named.wish:
                return replace(named, not_day=instead.day, then=self._read(rest) if rest else None)
        heard = self._read(text)
        leaves = _LEAVES.search(text) if heard.wish is None else None
        if leaves and (shown := self._read(text[: leaves.start()])).wish:
            # “Show it again, then that's all, thanks”
            return replace(shown, beside="")
        if heard.plain and (nights := self._nights(text)):
            return replace(heard, nights=nights)
        if heard.wish is None and (why := _REASON.search(text)):
            # “Delete the Saturday one, my sister might see this.”
            head = self._read(text[: why.start()])
            if head.wish and head.wish.command is Command.REMOVE:
                return replace(head, beside=text[why.end() :])
        if not (heard.tells or heard.wish or heard.day) and (hours := self._hours_again(text)) is not None:
            return Heard(Entry(hours=hours), corrects=True, opens=True, pure=True)
        return replace(heard, beside="") if heard.wish else heard

    def _nights(self, text: str) -> tuple[Heard, ...]:
        """“Monday bad, 2 hours, Tuesday mild”: each night by itself; none when not every part tells of one."""
        said = Said(text, self._speller.mend)
        start = polite.end() if (polite := self._polite.match(f"{said.line} ")) else 0
        lead, end = self._lead(said.line, start)
        days = [said.places(found.span) for found in self._days.several(said, end + 1 if lead else 0)]
        if len(days) < 2:
            return ()
        behind = said.places((0, max(end, 1))).stop if lead else 0
        # “Bad on Monday, mild on Tuesday”: the day stands last.
        days_last = self._read(said.part(behind, days[0].start)).tells
        cuts = [day.stop for day in days[:-1]] if days_last else [day.start for day in days[1:]]
        parts = itertools.pairwise([behind, *cuts, len(said.words)])
        nights = tuple(self._read(said.part(first, last)) for first, last in parts)
        return nights if all(night.day and night.tells for night in nights) else ()

    def _hours_again(self, text: str) -> float | None:
        """A bare number that puts the hours of a night right, “4 sorry, it will be 4”; None for anything else."""
        words = [word for word in Said(text, self._speller.mend).words if word.isalnum()]
        numbers = {word for word in words if word.isdigit()}
        others = set(words) - numbers
        if len(numbers) != 1 or not others & self._again or not others <= self._again | self._again_beside:
            return None
        hours = float(min(numbers)[:_DIGITS_READ])
        return hours if 0 < hours <= HOURS_MOST else None

    def _read(self, text: str) -> Heard:
        said = Said(text, self._speller.mend)
        line = said.line
        start = polite.end() if (polite := self._polite.match(f"{line} ")) else 0
        wish = self._commands.read(line[start:], self._days, said)
        said = Said(text, self._speller.mend)
        lead, end = self._lead(line, start)
        corrects = lead is None and any(self._corrects.match(line[at:]) for at in {0, start})
        if lead:
            said.mark((0, end))
        owner = self._owner(line, said)
        tails = [each.span() for each in self._tails.finditer(line, end) if not _IF_I.search(line[: each.start()])]
        for span in tails:
            said.mark(span)
        graded = self._graded.find(said.line) if lead is None else None
        if graded:
            said.mark(graded.span)
        for wrong in self._not_amount.finditer(said.line):
            said.mark(wrong.span())
        amounts = self._amounts.read(said)
        for filler in self._fillers.finditer(said.line):
            said.mark(filler.span())
        found, days = self._days.read(said, end + 1 if lead else 0)
        fixes = list(self._fixes.finditer(said.line)) if found and lead is None else []
        steps = [step for step in self._steps(said) if step is not None]
        severity = max(steps, key=lambda step: step.step, default=None)
        for fix in fixes:
            said.mark(fix.span())
        corrects = corrects or bool(fixes) or (lead is None and found is not None and bool(_WAS_NOT.search(line)))
        corrects = corrects or (lead is None and found is not None and self._day_corrects(said.line, found.span[1]))
        if amounts.hours is None and self._zero(said):
            amounts = replace(amounts, hours=0.0)
        if amounts.hours == 0 and severity is None:
            severity = Severity.NONE
        notes, asked = self._beside(said)
        entry = Entry(severity, amounts.hours, amounts.slept, shortened(", ".join(notes)))
        near = found is not None and len(line[end : found.span[0]].split()) < _NEAR
        tells = severity is not None or amounts.hours is not None or amounts.slept is not None
        behind = line[end:].strip(" :,.!")
        written = line[end:].startswith(" :") and not lab_reader().read(behind).values
        plain = bool(
            (lead is Lead.STRONG and (tells or found or not behind or written))
            or (lead is Lead.WEAK and (near or (self._nouns.search(line) and (tells or found))))
            or (tails and (tells or (not asked and any(self._logs.search(line[slice(*span)]) for span in tails))))
        )
        return Heard(
            entry,
            found.day if found else None,
            graded.severity if graded else None,
            plain and wish is None,
            days > 1 and len(steps) > 1,
            tells and not notes and not asked,
            self._opens(said),
            corrects,
            lead is None and self._adds.match(line) is not None,
            bool(asked),
            ", ".join([*notes, *asked]),
            not self._cues.isdisjoint(said.words),
            lead is None and self._past.search(line) is not None,
            owner,
            wish,
        )

    def _day_corrects(self, line: str, end: int) -> bool:
        """Whether behind a day something of it is put right, as in “tonight should be three hours”."""
        return self._should.match(line[end:].lstrip()) is not None

    @staticmethod
    def _zero(said: Said) -> bool:
        """Whether a clause is a bare nought; it is marked."""
        for clause in said.clauses():
            left = [place for place in clause if not said.marked[place]]
            if [said.words[place] for place in left] == ["0"]:
                said.marked[left[0]] = True
                return True
        return False

    def agrees(self, text: str) -> bool | None:
        """Whether a bare answer to “delete all of it?” is a yes; None when it is neither."""
        said = " ".join(word for word in Said(text, self._speller.mend).words if word not in ".,!")
        if said in self._words.lists["agrees"]:
            return True
        return False if said in self._words.lists["refuses"] else None

    def _lead(self, line: str, start: int) -> tuple[Lead | None, int]:
        for lead, pattern in self._leads:
            match = pattern.match(line[start:])
            if match and not (
                match.group() in ("log", "logging") and self._other_log.match(line[start + match.end() :])
            ):
                return lead, start + match.end()
        return None, start

    def _steps(self, said: Said) -> Iterator[Severity]:
        line = said.line
        for match in self._severity.finditer(line):
            before, behind = line[: match.start()].split(), line[match.end() :].split()
            if before and before[-1] in self._not_behind:
                continue
            if before[-1:] in (["was"], ["is"]) and before[-2:-1] and before[-2] in self._words.lists["amounts_slept"]:
                # “Sleep was bad” tells nothing of the legs.
                continue
            following = behind[0] if behind else "."
            if following in self._words.lists["not_before"]:
                continue
            soft = match.group() in self._words.lists["soft"]
            if soft and following.isalpha() and following not in self._small:
                continue
            said.mark(match.span())
            yield self._words.severities[match.group()]

    def _beside(self, said: Said) -> tuple[list[str], list[str]]:
        """The person's own words that are left over, and what they ask."""
        notes: list[str] = []
        asked: list[str] = []
        for clause in said.clauses():
            left = said.left(clause, self._small)
            if not left:
                continue
            if self._asks(said, clause):
                asked.append(said.whole(clause))
            else:
                notes.append(left)
        return notes, asked

    def _opens(self, said: Said) -> bool:
        """Whether the first clause that says anything is understood in full."""
        for clause in said.clauses():
            if said.left(clause, self._small):
                return False
            if any(said.marked[place] for place in clause):
                return True
        return False

    def _asks(self, said: Said, clause: range) -> bool:
        if clause.stop < len(said.words) and said.words[clause.stop] == "?":
            return True
        words = [said.words[place] for place in clause if not said.marked[place]]
        while words and words[0] in {"and", "but", "so", "also", "or"}:
            words = words[1:]
        denied = words[:1] in (["did"], ["do"], ["does"]) and words[1:2] == ["not"]
        return not denied and summary_words().begins("asks", " ".join(words))

    def _owner(self, line: str, said: Said) -> str:
        """The word for somebody else whose night it is; it is marked."""
        for match in self._whose.finditer(line):
            owners = lab_reader().spoken_of(f"my {match['of'] or match['own']}").owners
            if owners:
                said.mark(match.span())
                return str(owners[0])
        return SELF


def _first_sentence(text: str) -> tuple[str, str]:
    first, _, rest = text.partition(". ")
    return first.rstrip(" .!"), rest.strip()


@lru_cache(maxsize=1)
def diary_reader() -> DiaryReader:
    """The project's, made once."""
    return DiaryReader(diary_words())


__all__ = ["Command", "DiaryReader", "Heard", "Wish", "diary_reader"]
