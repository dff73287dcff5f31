"""Names of lab tests in a text, by spaCy phrase matching over `knowledge/labs.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

from stillnight.clinical.knowledge import reading
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml


@dataclass(frozen=True)
class Term:
    """A name in a text: what it means (`ferritin`), and the characters where it stands."""

    value: str
    start: int
    end: int


class TermMatcher:
    """Finds names whatever their case, the longest first."""

    def __init__(self, names: Mapping[str, list[str]]) -> None:
        """`names`: for each value the names by which it is known."""
        self._nlp = spacy.blank("en")
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        for value, known_as in names.items():
            self._matcher.add(value, list(self._nlp.pipe(known_as)))

    def find(self, text: str) -> list[Term]:
        """Every name, in order of appearance."""
        spans = filter_spans(self._matcher(self._nlp.make_doc(text), as_spans=True))
        return [Term(span.label_, span.start_char, span.end_char) for span in spans]


@dataclass(frozen=True)
class Labs:
    """The lab tests: titles by name, and the matcher of their names."""

    titles: Mapping[str, str]
    matcher: TermMatcher

    @classmethod
    @reading("labs.yml")
    def load(cls, knowledge: Path) -> Labs:
        """Read `labs.yml` of the folder."""
        raw = load_yaml(knowledge / "labs.yml")
        titles = {lab: facts["title"] for lab, facts in raw.items()}
        names = {lab: [*facts["names"], *facts.get("asked_as", ())] for lab, facts in raw.items()}
        return cls(titles, TermMatcher({lab: [str(name) for name in known] for lab, known in names.items()}))

    def named(self, text: str) -> tuple[str, ...]:
        """Tests that a text names, each once."""
        return tuple(dict.fromkeys(term.value for term in self.matcher.find(text)))


@lru_cache(maxsize=1)
def labs() -> Labs:
    """The project's, made once."""
    return Labs.load(KNOWLEDGE)
