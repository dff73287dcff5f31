"""What is asked and with which answers: the questions of `knowledge/symptom_check.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.symptom_check.model import Question
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

FILE: Final = "symptom_check.yml"


@dataclass(frozen=True)
class Definition:
    """One question.

    options: every answer. several: whether more than one can be told. nothing: the answer that none of them fits.
    bare: what a bare “yes” (affirm), “no” (deny) or “sometimes” (partly) means; None where it says too little.
    fits, fits_not: what the answers mean for the feature of this name. deaf_to: questions that an answer to this one
    tells nothing of. excepted: what an answer becomes when an exception stands behind it.
    """

    question: Question
    options: tuple[str, ...]
    several: bool
    nothing: str | None
    bare: Mapping[str, str | None]
    fits: frozenset[str]
    fits_not: frozenset[str]
    sources: tuple[str, ...]
    deaf_to: frozenset[Question] = frozenset()
    excepted: Mapping[str, str] = field(default_factory=dict)

    @property
    def items(self) -> tuple[str, ...]:
        """Answers that can be told together."""
        return tuple(option for option in self.options if option != self.nothing)


def read_definitions(raw: Mapping[str, Any]) -> dict[Question, Definition]:
    """Every question in the order of the file. Raises ValueError for a part that does not fit."""
    found = {Question(name): _definition(Question(name), facts) for name, facts in raw.items()}
    if list(found) != list(Question):
        raise ValueError(f"the questions must be {', '.join(question.value for question in Question)}, in this order")
    return found


def _definition(question: Question, facts: Mapping[str, Any]) -> Definition:
    options = tuple(map(str, facts["options"]))
    bare = {word: facts.get(word) for word in ("affirm", "deny", "partly")}
    fits, fits_not = frozenset(facts.get("fits", ())), frozenset(facts.get("fits_not", ()))
    excepted = {str(option): str(meant) for option, meant in facts.get("excepted", {}).items()}
    denied = {facts["options"][option].get("denied") for option in options}
    for option in {*bare.values(), *fits, *fits_not, *denied, *excepted, *excepted.values(), facts.get("nothing")} - {
        None
    }:
        if option not in options:
            raise ValueError(f"{question.value}: there is no answer “{option}”")
    return Definition(
        question,
        options,
        bool(facts.get("several")),
        facts.get("nothing"),
        bare,
        fits,
        fits_not,
        tuple(facts["sources"]),
        frozenset(map(Question, facts.get("deaf_to", ()))),
        excepted,
    )


def load_definitions(knowledge: Path) -> dict[Question, Definition]:
    """Read the file. Raises KnowledgeError when it cannot be used."""
    with reading(FILE):
        return read_definitions(load_yaml(knowledge / FILE)["questions"])


@lru_cache(maxsize=1)
def definitions() -> Mapping[Question, Definition]:
    """The project's, read once."""
    return load_definitions(KNOWLEDGE)
