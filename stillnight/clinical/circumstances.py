"""Pregnancy, a child, dialysis: said once, known for the conversation, until the person corrects it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.red_flags.matcher import Match, TemplateMatcher
from stillnight.clinical.red_flags.readers import make_reader
from stillnight.clinical.red_flags.reading import Reading
from stillnight.clinical.red_flags.templates import parse
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

CHILD: Final = "child"
PREGNANCY: Final = "pregnancy"
DIALYSIS: Final = "dialysis"
# A lab value tells this one: answers about iron then say no iron.
HIGH_IRON: Final = "high_iron"
_ADULT_YEARS: Final = 18
_OLDEST: Final = 120
# How many words before an age may make it one of the past (“when I was just 12 years old”).
_BEFORE: Final = 4
_TOKEN: Final = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]")
_CURLY: Final = str.maketrans("’‘–—", "''--")
_JOINS: Final = frozenset("-/.")
_CLAUSE_END: Final = frozenset(".,;!?)\n")
_SAYS: Final = "says"
_PASSING: Final = "passing"
_NOT_SO: Final = "not_so"
_LOSS: Final = "loss"


class Circumstances:
    """The sentences of `knowledge/circumstances.yml`."""

    @reading("circumstances.yml")
    def __init__(self, knowledge: Path) -> None:
        """Read the file."""
        raw = load_yaml(knowledge / "circumstances.yml")
        facts = {name: entry for name, entry in raw.items() if isinstance(entry, dict) and "rank" in entry}
        self._ranked = sorted(facts, key=lambda name: int(facts[name]["rank"]))
        self._matcher = TemplateMatcher(
            (f"{kind} {name}", parse(str(source), raw["groups"]))
            for name, fact in facts.items()
            for kind in (_SAYS, _PASSING, _NOT_SO)
            for source in fact[kind]
        )
        self._losses = TemplateMatcher((_LOSS, parse(str(source), raw["groups"])) for source in raw[_LOSS])
        self._asked = frozenset(map(str, raw["asked"]))
        self._own = frozenset(map(str, raw["own"]))
        self._ages = _Ages(raw["ages"])
        words = self._matcher.vocabulary() | self._losses.vocabulary()
        self._reader = make_reader(knowledge, words | self._asked | self._own)

    @property
    def names(self) -> tuple[str, ...]:
        """What can be told, the weightiest first."""
        return tuple(self._ranked)

    def after(self, known: Iterable[str], text: str) -> tuple[str, ...]:
        """What is known after one more message, the one that answers go by in front."""
        reading = self._reader.read(text)
        matches = list(self._matcher.find(reading))
        said = {name for name in self._ranked if self._says(name, matches, reading)}
        denied = {name for name in self._ranked if any(match.key == f"{_NOT_SO} {name}" for match in matches)}
        ages = list(self._ages.of(text))
        if PREGNANCY in said:
            # “im 12 weeks” is no age.
            ages = [age for age in ages if age >= 1]
        if any(age < _ADULT_YEARS for age in ages):
            said.add(CHILD)
        elif ages:
            denied.add(CHILD)
        now = (set(known) | said) - denied
        return tuple(name for name in self._ranked if name in now)

    def tells_age(self, text: str) -> bool:
        """Whether somebody says how old a person is."""
        return any(True for _ in self._ages.of(text))

    def is_grown(self, text: str) -> bool:
        """Whether a message tells an adult's age, and speaks of no child."""
        ages = list(self._ages.of(text))
        return bool(ages) and min(ages) >= _ADULT_YEARS and not self._ages.names_young(text)

    def tells_of_loss(self, text: str) -> bool:
        """Whether somebody tells of a death or of a pregnancy that was lost."""
        return any(True for _ in self._losses.find(self._reader.read(text)))

    def _says(self, name: str, matches: Iterable[Match], reading: Reading) -> bool:
        passing = {
            at
            for match in matches
            if match.key == f"{_PASSING} {name}"
            for span in match.spans
            for at in range(span.start, span.end)
        }
        spans = (span for match in matches if match.key == f"{_SAYS} {name}" for span in match.spans)
        return any(
            passing.isdisjoint(range(span.start, span.end)) and not self._in_general(reading, span.start)
            for span in spans
        )

    def _in_general(self, reading: Reading, at: int) -> bool:
        """Whether the sentence of a word is a question that speaks of nobody."""
        words = [word for word, number in zip(reading.words, reading.sentence) if number == reading.sentence[at]]
        return words[0] in self._asked and self._own.isdisjoint(words)


@dataclass(frozen=True)
class _Age:
    """An age, and the tokens from its number to behind its unit. `plain`: it says “old”, so nobody need be named."""

    years: float
    start: int
    end: int
    unit: bool = False
    plain: bool = False


class _Ages:
    """Finds ages of people, as the part `ages` of the file describes them."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self._numbers = {str(word): str(value) for word, value in raw["numbers"].items()}
        self._units = {str(unit): float(share) for unit, share in raw["units"].items()}
        self._half = list(map(str, raw["half"]))
        self._words = {name: frozenset(map(str, raw[name])) for name in raw if isinstance(raw[name], list)}

    def of(self, text: str) -> Iterator[float]:
        """Ages in years, as far as they tell whether a child is meant."""
        tokens = [self._numbers.get(word, word) for word in _TOKEN.findall(text.lower().translate(_CURLY))]
        for at, token in enumerate(tokens):
            if token.isdecimal() and int(token) <= _OLDEST:
                age = self._read(tokens, at)
                if self._is_now(tokens, age):
                    yield age.years

    def names_young(self, text: str) -> bool:
        """Whether a son, a girl, a toddler … is spoken of."""
        return not self._words["young"].isdisjoint(_TOKEN.findall(text.lower().translate(_CURLY)))

    def _read(self, tokens: Sequence[str], at: int) -> _Age:
        end = at + 1
        if tokens[end : end + len(self._half)] == self._half:
            end += len(self._half)
        unit = _skip(tokens, end, _JOINS)
        share = self._units.get(_token(tokens, unit))
        if share is None:
            return _Age(float(tokens[at]), at, end)
        end = unit + 1
        behind = _skip(tokens, end, _JOINS | {"of"})
        said = _token(tokens, behind) in self._words["old"]
        plain = said or tokens[unit] in self._words["short"]
        return _Age(float(tokens[at]) / share, at, behind + 1 if said else end, unit=True, plain=plain)

    def _is_now(self, tokens: Sequence[str], age: _Age) -> bool:
        """Whether it is somebody's age, and today's."""
        behind = _token(tokens, age.end)
        if age.plain:
            before = self._before(tokens, age.start)
            elder = age.years >= _ADULT_YEARS and not before.isdisjoint(self._words["elders"])
            near = self._before(tokens, age.start, "for").union(tokens[age.end : age.end + 2])
            thing = not self._words["things"].isdisjoint(near)
            return before.isdisjoint(self._words["not_now"]) and not thing and not elder
        decimal = behind == "." and _token(tokens, age.end + 1).isdecimal()
        closed = (behind == "" or behind in _CLAUSE_END) and not decimal
        return (closed or (not age.unit and behind in self._words["goes_on"])) and self._held(tokens, age.start)

    def _held(self, tokens: Sequence[str], at: int) -> bool:
        """Whether the number belongs to somebody who is named before it."""
        holder = at - 1
        while _token(tokens, holder) in self._words["lead"]:
            holder -= 1
        if _token(tokens, holder) in self._words["old"] and self._before(tokens, holder) & self._words["not_now"]:
            return False
        return _token(tokens, holder).removesuffix("'s") in self._words["holders"]

    @staticmethod
    def _before(tokens: Sequence[str], at: int, behind: str = "") -> set[str]:
        """The words shortly before a place, from the last `behind` on: “tablets for a 4 year old” is no old tablet."""
        near = tokens[max(at - _BEFORE, 0) : max(at, 0)]
        return set(near[len(near) - near[::-1].index(behind) :] if behind in near else near)


def _skip(tokens: Sequence[str], at: int, passed: Iterable[str]) -> int:
    while _token(tokens, at) in passed:
        at += 1
    return at


def _token(tokens: Sequence[str], at: int) -> str:
    return tokens[at] if 0 <= at < len(tokens) else ""


@lru_cache(maxsize=1)
def circumstances() -> Circumstances:
    """The project's, made once."""
    return Circumstances(KNOWLEDGE)
