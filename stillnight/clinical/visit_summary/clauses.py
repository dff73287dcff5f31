"""Taking a message apart: clauses that tell of oneself or of others, ask, or want something of the assistant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.labs.values import LabValue
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.medicines.words import key
from stillnight.clinical.symptom_check.model import Heard, Question
from stillnight.clinical.symptom_check.reader import symptom_reader
from stillnight.clinical.visit_summary.days import place_of
from stillnight.clinical.visit_summary.model import SELF
from stillnight.clinical.visit_summary.words import SummaryWords, summary_words, without_lead
from stillnight.recent import recently

# A dot inside of “0.18”, “p.m.” or “e.g.” ends nothing.
_SENTENCE: Final = re.compile(
    r"(?<=[!?…])+\s+|(?<![\s.][a-zA-Z])(?<!\b[Dd]r)(?<!\b[Mm]rs)(?<!\b[Mm]r)\.(?=\s|$)\s*|[\n;]+\s*"
)
_CLAUSE: Final = re.compile(
    r",(?!\d)\s*(?:and\s+)?"
    r"|:\s+(?=[A-Za-z])"
    r"|\s+(?=(?:but|because|so)\s)"
    r"|\s+(?=and\s+(?:i|i'?m|i'?ve|my|mine|it|it'?s|the|he|she|his|her|they|their|also|now|then|sometimes|"
    r"can|could|what|should|is|do|does|how|why)\b)"
    r"|\s+(?:-|–|—)\s+"
    r"|(?<=\w)\s+(?=(?:what can|what should|what do|should i|can i|could i|could it|could that|is it|is that|how do|"
    r"why do|do i|does it)\b)",
    re.IGNORECASE,
)
_EDGES: Final = " \t\n,;:.!…-–—"
_JOINING: Final = re.compile(r"^(?:and|but|so|because|also|then|or)\s+", re.IGNORECASE)
_WORDS_MIN: Final = 2
_WE: Final = frozenset({"we", "our"})
_SPEAKS: Final = frozenset({"i", "im", "ive", "mine", "me", "myself"})
GIVES: Final = re.compile(r"\b(?:give|gave|giving|given)\s+(?:him|her|them|my\s+\w+)\b", re.IGNORECASE)
AGE: Final = re.compile(r"^i'?\s?a?m\s+(?:a\s+)?\d{1,3}\b", re.IGNORECASE)
# “he said take …”, “she thinks I should try …”
ADVISES: Final = re.compile(
    r"\b(?:say|says|said|told|tells|thinks?|thought|suggests?|suggested|recommends?|recommended|wants)\b[^.]*"
    r"\b(?:give|try|take|have|use)\b",
    re.IGNORECASE,
)
_REPORTS: Final = re.compile(
    r"^(?:(?:my|the|our|his|her)\s+)?(?:\w+\s+)?(?:gp|doctor|dr|nurse|midwife|consultant|specialist|neurologist|"
    r"paediatrician|pediatrician|pharmacist)\s+(?:said|says|thinks|thought|called it|diagnosed)\b",
    re.IGNORECASE,
)
_IF: Final = re.compile(r"^(?:so |and |but |even |what )*(?:if|unless|suppose|supposing)\b", re.IGNORECASE)
# A plan to stop is none of the facts, and is answered in the chat.
_STOPPING: Final = re.compile(
    r"\b(?:i['’]?ll|i will|i shall|i['’]?m going to|i am going to|gonna|i want to|i might|i may|i could|i['’]?d rather)"
    r" (?:just |simply |probably |maybe |then )*(?:stop|quit|skip|bin|chuck|throw|ditch|come off|drop)\b"
    r"(?: (?:taking|using))?(?: (?:it|them|that|this))(?: all)?\b(?: (?:tonight|today|now|tomorrow))?",
    re.IGNORECASE,
)
# “about 20 minutes”, “8 years”: of what, stands in the question before it.
_BARE_SPAN: Final = re.compile(
    r"(?:(?:about|around|maybe|only|like|nearly|over|just|its|it['’]s|been) )*(?:\d+|an?|one|two|three|four|five|six"
    r"|seven|eight|nine|ten)(?: or \w+)? (?:min|mins|minutes?|hours?|hrs?|days?|weeks?|months?|years?|yrs)"
    r"(?: (?:ago|later|each))?",
    re.IGNORECASE,
)
# Messages that ask, also without a word that asks.
_ASKING: Final = frozenset({"faq", "visit_summary", "symptom_check", "lab_explain"})
# “I'm in London”
_PLACE: Final = re.compile(
    r"^(?:[Ii]['’]?m|[Ii] am|[Ww]e['’]?re|[Ww]e are) (?:in|from|near|just outside) [A-Z][a-z]+(?:[ ,]+[A-Z][a-z]+)*$"
)
_DIGIT: Final = re.compile(r"\d")


class Tells(Enum):
    """What a clause is good for."""

    ASKS = "asks"
    WANTS = "wants"
    TELLS = "tells"
    # Names something, and nobody: “ropinirole, 2 mg” tells, unless the message asks about it.
    NAMES = "names"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Clause:
    """A part of a sentence, and where it stands in the message.

    owner: whom it is about. values: of lab tests in it. story: what it says of the symptoms. follows: whether it
    stands in one sentence with the clause before it.
    """

    text: str
    start: int
    end: int
    tells: Tells
    owner: str
    values: tuple[LabValue, ...]
    story: Heard
    follows: bool

    @property
    def of_symptoms(self) -> bool:
        """Whether it says something of the symptoms themselves."""
        return bool(self.story.answers or self.story.passing)


def clauses(
    text: str, other: str = SELF, owner: str = SELF, forced: bool = False, intent: str = ""
) -> tuple[Clause, ...]:
    """The clauses of a message; none that only `NAMES`.

    Args:
        text: as typed.
        other: somebody else who was named last: “she is on ropinirole” means them.
        owner: whom a clause is about that names nobody at all.
        forced: whether the person asked to have all of it written down.
        intent: how the message was understood: “iron and restless legs” is a question, though it looks like none.
    """
    names = Tells.NOTHING if intent in _ASKING else Tells.TELLS
    found = _clauses(text, other, owner, forced)
    return tuple(replace(each, tells=names) if each.tells is Tells.NAMES else each for each in found)


@recently
def _clauses(text: str, other: str, owner: str, forced: bool) -> tuple[Clause, ...]:
    words, found = summary_words(), list[Clause]()
    values = lab_reader().read(text).values
    for first, last in _sentences(text):
        sentence = text[first:last]
        asked = "?" in sentence
        spans = list(_spans(sentence))
        for place, (start, end) in enumerate(spans):
            part = sentence[start:end]
            named, whose = _whose(part, other, words)
            other, owner = named or other, owner if whose is None else whose
            story = symptom_reader().story(part)
            # “so if they started before it, does that …?” supposes; “if I sit still, my legs crawl” tells.
            supposes = asked and _IF.match(part) is not None and not (story.answers or story.passing)
            asks = not forced and ((asked and place == len(spans) - 1) or words.begins("asks", part) or supposes)
            tells = Tells.TELLS if forced and key(part) not in words.lists["lead"] else _tells(part, asks, story, words)
            here = (
                tuple(each for each in values if place_of(part, each.value) is not None) if _DIGIT.search(part) else ()
            )
            found.append(Clause(part, first + start, first + end, tells, owner, here, story, place > 0))
    return tuple(found)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    yield from _pieces(text, _SENTENCE, 0, len(text))


def _spans(sentence: str) -> Iterator[tuple[int, int]]:
    for start, end in _pieces(sentence, _CLAUSE, 0, len(sentence)):
        joined = _JOINING.match(sentence[start:end])
        yield start + (joined.end() if joined else 0), end


def _pieces(text: str, between: re.Pattern[str], start: int, stop: int) -> Iterator[tuple[int, int]]:
    for match in [*between.finditer(text, start, stop), None]:
        end = match.start() if match else stop
        piece = text[start:end]
        inner = piece.strip(_EDGES)
        if inner:
            begin = start + len(piece) - len(piece.lstrip(_EDGES))
            yield begin, begin + len(inner)
        start = match.end() if match else stop


def _whose(part: str, other: str, words: SummaryWords) -> tuple[str, str | None]:
    """Who else is named, and whom a clause is about: None when it tells neither of the person nor of others."""
    said = key(part).split()
    named = [each for each in lab_reader().spoken_of(part).owners if not _is_aside(part, each)]
    given = GIVES.search(part)
    if given and ADVISES.search(part[: given.end()]):
        # “my sister says give him iron”
        return "", other or None
    if given:
        # “I give him melatonin”
        return next(iter(named), ""), next(iter(named), other) if named or other else None
    if not _SPEAKS.isdisjoint(said):
        # “my husband says I kick”: the person's own, though he is named.
        return next(iter(named), ""), SELF
    if named:
        return named[0], named[0]
    if other != SELF and not words.lists["theirs"].isdisjoint(said):
        return "", other
    return "", None if words.lists["first"].difference(_WE).isdisjoint(said) else SELF


def _is_aside(part: str, owner: str) -> bool:
    """“before my baby”, “since my son”, “after my second child” tell when."""
    return (
        re.search(
            rf"\b(?:before|after|since|when|until|with|had)\s+(?:my|our|the)\s+(?:\w+\s+)?{re.escape(owner)}\b",
            part,
            re.IGNORECASE,
        )
        is not None
    )


def _tells(part: str, asks: bool, story: Heard, words: SummaryWords) -> Tells:
    if asks:
        return Tells.ASKS
    said = without_lead(part, words.lists["lead"]).split()
    if words.begins("requests", part) and not story.answers:
        return Tells.WANTS
    if _PLACE.match(part):
        return Tells.NOTHING
    if " ".join(said) in words.lists["greetings"] or _BARE_SPAN.fullmatch(part) or _is_of_strangers(said, words):
        return Tells.NOTHING
    if AGE.match(part) or story.answers or story.passing or words.has("tried", part) or words.has("noticed", part):
        return Tells.TELLS
    if len(key(part).split()) < _WORDS_MIN:
        return Tells.NOTHING
    if _is_idle(part, words):
        return Tells.NOTHING
    if _REPORTS.search(part):
        return Tells.TELLS
    personal = not words.lists["first"].union(words.lists["theirs"]).isdisjoint(said)
    named = not words.lists["tells"].isdisjoint(said) or words.has("about", part)
    if not personal:
        return Tells.NAMES if named else Tells.NOTHING
    return Tells.TELLS if named or len(said) > _WORDS_MIN else Tells.NOTHING


def _is_of_strangers(said: Sequence[str], words: SummaryWords) -> bool:
    """“my friend went to 600”, “half the internet swears by them”: nobody's facts who is of this page."""
    at = next((at for at, word in enumerate(said[:4]) if word in words.lists["strangers"]), None)
    return at is not None and words.lists["first"].isdisjoint(said[at:]) and not _SPEAKS.intersection(said)


def _is_idle(part: str, words: SummaryWords) -> bool:
    """Whether it speaks of the chat, the sheet, or of a plan to stop, and tells nothing else."""
    said = f" {key(_STOPPING.sub(' ', part))} "
    for phrase in sorted(words.lists["chat"], key=len, reverse=True):
        said = said.replace(f" {phrase} ", " ")
    if medicine_finder().find(part) or not words.lists["tells"].isdisjoint(said.split()):
        return False
    return words.has("chat", part) or _STOPPING.search(part) is not None


def is_of_family(clause: Clause, words: SummaryWords) -> bool:
    """Whether it tells that a relative by birth has the same."""
    return clause.owner in words.lists["relatives"] and "family" in clause.story.passing.get(Question.BACKGROUND, ())
