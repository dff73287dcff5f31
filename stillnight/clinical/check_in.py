"""Reading the answer to “are you safe?”, by rule: it must be understood without a model, too."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml

from stillnight.clinical.emergency import Answer
from stillnight.clinical.red_flags.matcher import TemplateMatcher
from stillnight.clinical.red_flags.readers import make_reader
from stillnight.clinical.red_flags.templates import parse
from stillnight.paths import KNOWLEDGE

_WHOLE: Final = (Answer.YES, Answer.NO)


class CheckIn:
    """The sentences of `knowledge/check_in.yml`."""

    def __init__(self, knowledge: Path) -> None:
        """Read the file."""
        raw = yaml.safe_load((knowledge / "check_in.yml").read_text(encoding="utf-8"))
        self._order = [Answer(kind) for kind in raw]
        self._whole = {
            answer: frozenset(str(entry) for entry in raw[answer.value]) for answer in _WHOLE if answer.value in raw
        }
        self._matcher = TemplateMatcher(
            (kind, parse(str(entry), {}))
            for kind, entries in raw.items()
            if Answer(kind) not in _WHOLE
            for entry in entries
        )
        words = {word for entries in self._whole.values() for entry in entries for word in entry.split()}
        self._reader = make_reader(knowledge, self._matcher.vocabulary() | words)

    def answer(self, text: str) -> Answer | None:
        """What the text says, None when it is no answer to that question."""
        reading = self._reader.read(text)
        found = {Answer(match.key) for match in self._matcher.find(reading)}
        said = " ".join(reading.words)
        for answer in self._order:
            if answer in found or said in self._whole.get(answer, ()):
                return answer
        return None


@lru_cache(maxsize=1)
def check_in() -> CheckIn:
    """The project's, made once."""
    return CheckIn(KNOWLEDGE)
