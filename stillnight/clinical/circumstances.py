"""Pregnancy, a child, dialysis: said once, known for the conversation, until the person corrects it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml

from stillnight.clinical.red_flags.matcher import TemplateMatcher
from stillnight.clinical.red_flags.readers import make_reader
from stillnight.clinical.red_flags.templates import parse
from stillnight.paths import KNOWLEDGE

CHILD: Final = "child"
_ADULT_YEARS: Final = 18
_MONTHS: Final = 12
_AGE: Final = re.compile(r"\b(\d{1,3})\s*-?\s*(years?|yrs?|y|months?|mths?)\s*-?/?\s*(?:old|of age|o\b)", re.IGNORECASE)
# “my son, 6”, “she is 9”, “im 16”; never “ferritin is 9”, “20 weeks”, “9 pm”.
_BARE_AGE: Final = re.compile(
    r"\b(?:(?:son|daughter|boy|girl|grandson|granddaughter|grandchild|niece|nephew|kid|child|brother|sister|lad)"
    r"(?:'?s|,)?(?:\s+(?:is|aged?|who is|whos|turned|just turned|just))?|(?:he|she)(?:'?s|\s+is)(?:\s+(?:only|just))?"
    r"|(?:im|i'm|i am)(?:\s+(?:only|just))?|aged?)\s+(\d{1,2})\b(?!\s*(?:weeks?|wks?|days?|hours?|hrs?|mins?|minutes?|%|mg|kg"
    r"|kilos?|cm|am|pm|months|tablets|times))",
    re.IGNORECASE,
)


class Circumstances:
    """The sentences of `knowledge/circumstances.yml`."""

    def __init__(self, knowledge: Path) -> None:
        """Read the file."""
        raw = yaml.safe_load((knowledge / "circumstances.yml").read_text(encoding="utf-8"))
        self._ranked = sorted(raw, key=lambda name: int(raw[name]["rank"]))
        self._matcher = TemplateMatcher(
            (f"{kind} {name}", parse(str(source), {}))
            for name, facts in raw.items()
            for kind in ("says", "not_so")
            for source in facts[kind]
        )
        self._reader = make_reader(knowledge, self._matcher.vocabulary())

    def after(self, known: Iterable[str], text: str) -> tuple[str, ...]:
        """What is known after one more message, the one that answers go by in front."""
        found = {match.key for match in self._matcher.find(self._reader.read(text))}
        said = {name for name in self._ranked if f"says {name}" in found}
        denied = {name for name in self._ranked if f"not_so {name}" in found}
        ages = list(_ages(text))
        if any(age < _ADULT_YEARS for age in ages):
            said.add(CHILD)
        elif ages:
            denied.add(CHILD)
        now = (set(known) | said) - denied
        return tuple(name for name in self._ranked if name in now)


def _ages(text: str) -> Iterable[float]:
    for match in _AGE.finditer(text):
        years = float(match[1])
        yield years / _MONTHS if match[2].lower().startswith("m") else years
    for match in _BARE_AGE.finditer(text):
        yield float(match[1])


@lru_cache(maxsize=1)
def circumstances() -> Circumstances:
    """The project's, made once."""
    return Circumstances(KNOWLEDGE)
