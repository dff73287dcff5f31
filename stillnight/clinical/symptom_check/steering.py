"""What steers the check although more is said with it: a pause, a question that is gone back to, an exception."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from stillnight.clinical.red_flags.matcher import TemplateMatcher
from stillnight.clinical.red_flags.reading import Reading
from stillnight.clinical.red_flags.templates import Notation
from stillnight.clinical.symptom_check.model import Command, Question
from stillnight.clinical.symptom_check.phrases import Phrases

Read = Callable[[str], Reading]

_SENTENCE_END: Final = re.compile(r"[.!;\n]+\s+(?=\w)")
_BETWEEN: Final = " ,.;:!?-–—"
# A name further behind is part of a story, and not of “change the one about moving”.
_NAMED_WITHIN: Final = 40


class Steering:
    """The parts `steering`, `named` and `exception` of `knowledge/symptom_check.yml`."""

    def __init__(self, raw: Mapping[str, Any], notation: Notation) -> None:
        """Raises ValueError for a command or a question that there is not."""
        commands = ((Command(name).value, each) for name, each in raw["steering"].items())
        named = ((Question(name).value, each) for name, each in raw["named"].items())
        self._commands, self._named = (
            TemplateMatcher((key, notation.parse(str(source))) for key, each in kinds for source in each)
            for kinds in (commands, named)
        )
        longest_first = sorted(map(str, raw["exception"]), key=len, reverse=True)
        self._exception = re.compile(rf"(?<=\w)\W+(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)

    def vocabulary(self) -> set[str]:
        """Every word of every template."""
        return self._commands.vocabulary() | self._named.vocabulary()

    def command(self, message: Reading, phrases: Phrases) -> Command | None:
        """The command with which a clause of the message begins."""
        starts = set(_clause_starts(message, phrases))
        found = {match.key for match in self._commands.find(message) if match.spans[0].start in starts}
        return next((command for command in Command if command.value in found), None)

    def back_to(self, text: str, read: Read) -> tuple[Question, str] | None:
        """The question that a message goes back to by its name, and the words behind the name."""
        if not any(self._named.find(read(text))):
            return None
        words = text.split()
        for end in range(1, min(len(words), _NAMED_WITHIN) + 1):
            match = next(self._named.find(read(" ".join(words[:end]))), None)
            if match is not None:
                rest = " ".join(words[end:]).strip(_BETWEEN)
                return Question(match.key), rest.removeprefix("to ")
        return None

    def parts(self, text: str) -> tuple[str, str, bool] | None:
        """An answer, what stands behind it, and whether that is an exception; None for a text of one part."""
        cut = self._exception.search(text)
        is_exception = cut is not None
        cut = cut or _SENTENCE_END.search(text)
        return (text[: cut.start()], text[cut.end() :], is_exception) if cut else None


def _clause_starts(message: Reading, phrases: Phrases) -> Iterator[int]:
    """Where each clause begins, “ok” and the like before it left out."""
    for at, clause in enumerate(message.clause):
        if at == 0 or message.clause[at - 1] != clause:
            rest = message.words[at:]
            yield at
            yield at + len(rest) - len(phrases.behind_lead(rest))
