"""The person's own words for the page: clauses that tell, put together again where they stand in one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stillnight.clinical.circumstances import circumstances
from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.medicines.words import key
from stillnight.clinical.symptom_check.model import Question
from stillnight.clinical.visit_summary.clauses import AGE, Clause, Tells
from stillnight.clinical.visit_summary.days import spans_of_dates
from stillnight.clinical.visit_summary.medicines import Taken, mentions_in
from stillnight.clinical.visit_summary.model import Section, Told, Use
from stillnight.clinical.visit_summary.wishes import asked_for
from stillnight.clinical.visit_summary.words import SummaryWords, summary_words

# “it did nothing” goes on about what stands before it.
_GOES_ON: Final = re.compile(r"^(?:it|that|this|they|which|no|not|never)\b", re.IGNORECASE)
_NOT_THIS: Final = re.compile(r"^not (?:the |my )?\w+$", re.IGNORECASE)
_FRAGMENT: Final = 4
# In a row of facts: “58, male”.
_BARE_AGE: Final = re.compile(r"^\d{2}\s*(?:yo|y/o|years?|yrs?|m|f)?$", re.IGNORECASE)
_ADDED: Final = frozenset({Section.TRIED, Section.MEDICINES})
_SINGLE: Final = frozenset({Question.OFTEN, Question.URGE, Question.REST, Question.MOVEMENT, Question.EVENING})
_NOT_WORSE: Final = "not_worse"


@dataclass(frozen=True)
class Quote:
    """Words of the person.

    name: of the circumstance that they tell. answers: what they say to single questions. corrects: whether they put
    something right. later: words that put these right, told in the message `also`.
    """

    section: Section
    key: str
    owner: str
    number: int
    text: str
    name: str = ""
    answers: tuple[tuple[Question, str], ...] = ()
    corrects: bool = False
    later: str = ""
    also: int | None = None


@dataclass
class _Run:
    section: Section
    owner: str
    start: int
    end: int
    name: str
    answers: dict[Question, str]
    corrects: bool


def quotes(told: Told, parts: Sequence[Clause], of_medicines: Sequence[Taken]) -> Iterator[Quote]:
    """The runs of telling clauses of a message, each with the part of the page where it belongs."""
    runs: list[_Run] = []
    before: Clause | None = None
    for part in parts:
        section = _section(part, [each for each in of_medicines if each.clause is part])
        adjoins = before is not None and bool(runs) and runs[-1].end == before.end and part.follows
        goes_on = bool(runs) and before is not None and runs[-1].end == before.end and _goes_on(part, runs[-1])
        adds = before is not None and bool(runs) and runs[-1].end == before.end and _NOT_THIS.match(part.text)
        before = part
        if adds:
            # “it is my third pregnancy. Not second.”
            runs[-1].end = part.end
            continue
        if adjoins and _is_fragment(part, section) and runs[-1].section is not Section.LABS:
            # “I am pregnant, 30 weeks”
            runs[-1].end = part.end
            continue
        if section is None:
            continue
        name = _circumstance(part) if section is Section.ABOUT else ""
        corrects = summary_words().has("corrects", told.text)
        answers = {
            question: options[0] for question, options in part.story.answers.items() if options and question in _SINGLE
        }
        same = adjoins and runs[-1].section is section and runs[-1].owner == part.owner and not (name or runs[-1].name)
        if section is not Section.LABS and (
            (same and section is not Section.MEDICINES) or (goes_on and section in (Section.SYMPTOMS, Section.TRIED))
        ):
            runs[-1].end = part.end
            runs[-1].answers |= answers
        elif (
            adjoins and section is Section.TRIED and runs[-1].section is Section.SYMPTOMS and _GOES_ON.match(part.text)
        ):
            # “I quit coffee and it helped”
            runs[-1].end, runs[-1].section = part.end, section
        else:
            runs.append(_Run(section, part.owner, part.start, part.end, name, answers, corrects))
    for run in runs:
        text = told.text[run.start : run.end]
        at = f"{told.number}:{run.start}"
        yield Quote(run.section, at, run.owner, told.number, text, run.name, tuple(run.answers.items()), run.corrects)


def _goes_on(part: Clause, run: _Run) -> bool:
    if run.section not in _ADDED or part.owner != run.owner or not _GOES_ON.match(part.text):
        return False
    return part.follows or summary_words().has("tried", part.text)


def _is_fragment(part: Clause, section: Section | None) -> bool:
    """Whether a clause says too little to stand alone: it belongs to the one before it."""
    words, said = summary_words(), key(part.text).split()
    if (
        part.values
        or part.tells in (Tells.ASKS, Tells.WANTS)
        or (mentions_in(part.text) and section is not Section.TRIED)
    ):
        return False
    if part.tells is Tells.NOTHING:
        return True
    personal = not words.lists["first"].union(words.lists["theirs"]).isdisjoint(said)
    return (
        section in (Section.SYMPTOMS, Section.TRIED)
        and not personal
        and not part.of_symptoms
        and len(said) <= _FRAGMENT
    )


def _section(part: Clause, of_medicines: Sequence[Taken]) -> Section | None:
    """Where a clause belongs; None for what tells nothing of the person or is told by another line in full."""
    words = summary_words()
    uses = {each.use for each in of_medicines}
    if part.tells is Tells.ASKS or (part.tells is Tells.WANTS and not part.of_symptoms):
        return None
    if asked_for(part.text):
        return Section.QUESTIONS
    if part.values:
        return Section.LABS if says_more(part, words) else None
    if uses & {Use.TAKES, Use.STOPPED}:
        return Section.MEDICINES
    if Use.TRIED in uses or (part.tells is Tells.TELLS and words.has("tried", part.text)):
        return Section.TRIED
    if Use.DENIED in uses or Use.ASKED in uses or part.tells is not Tells.TELLS:
        return None
    if _is_about(part, words):
        return Section.ABOUT
    return Section.SYMPTOMS


def _is_about(part: Clause, words: SummaryWords) -> bool:
    return (
        bool(_circumstance(part))
        or any(age.match(part.text) for age in (AGE, _BARE_AGE))
        or words.has("about", part.text)
    )


def _circumstance(part: Clause) -> str:
    return next(iter(circumstances().after((), part.text)), "")


def is_hint(circumstance: str, quote: str) -> bool:
    """Whether words make a circumstance likely and do not say it: “my midwife did bloods”."""
    said = key(quote)
    bare = " ".join(word for word in said.split() if word not in summary_words().lists["hints"])
    return bare != said and circumstance not in circumstances().after((), bare)


def says_more(part: Clause, words: SummaryWords) -> bool:
    """Whether a clause with a lab value says something beside the value and its date."""
    text = part.text
    for start, end in reversed(spans_of_dates(text)):
        text = f"{text[:start]} {text[end:]}"
    said = set(lab_reader().spoken_of(text).words) - words.lists["small"] - words.lists["lead"]
    return len({word for word in said if not any(map(str.isdigit, word))}) > 1


def is_plain(part: Clause) -> bool:
    """Whether a clause says nothing of a medicine but that it is taken."""
    words = summary_words()
    text = part.text
    for mention in reversed(mentions_in(text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    said = set(key(text).split()) - words.lists["small"] - words.lists["lead"] - words.lists["first"]
    return not said - {
        "take",
        "takes",
        "taking",
        "am",
        "use",
        "using",
        "meds",
        "medicines",
        "medication",
        "or",
        "do",
        "dont",
    }


def agree(question: Question, one: str, other: str) -> bool:
    """Whether two answers to a question can both be so."""
    if question is Question.EVENING:
        return (one == _NOT_WORSE) == (other == _NOT_WORSE)
    return one == other
