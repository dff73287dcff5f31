"""What is wanted of the diary: to see it, to have it as a file, to have a night or all of it deleted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from stillnight.clinical.diary.day_reader import DayReader
from stillnight.clinical.diary.days import Day
from stillnight.clinical.diary.model import Severity
from stillnight.clinical.diary.said import Said
from stillnight.clinical.diary.words import DiaryWords, GradedNight

_ENDS: Final = " .!?,"


class Command(str, Enum):
    """What is wanted."""

    SHOW = "show"
    EXPORT = "export"
    CLEAR = "clear"
    REMOVE = "remove"


@dataclass(frozen=True)
class Wish:
    """One wish.

    day, grade: of the night to be deleted; without both the one spoken of last is meant. named: it names the diary.
    """

    command: Command
    day: Day | None = None
    grade: Severity | None = None
    named: bool = True


class CommandReader:
    """Understands wishes."""

    def __init__(self, words: DiaryWords) -> None:
        """Make the patterns of the word lists."""
        self._lists = words.lists
        self._small = frozenset(words.lists["small"])
        self._clear, self._show, self._export = (
            re.compile(f"^{words.any(f'commands_{name}')}") for name in ("clear", "show", "export")
        )
        self._nouns, self._files = re.compile(words.any("nouns")), re.compile(words.any("commands_files"))
        self._all, self._latest = re.compile(words.any("commands_all")), re.compile(words.any("commands_latest"))
        self._entry = re.compile(words.any("commands_entry"))
        self._graded = GradedNight(words)

    def read(self, line: str, days: DayReader, said: Said) -> Wish | None:
        """The wish of a message, None when it has none.

        Args:
            line: of the message, without polite words in front.
            days: finds the night; marks its words in `said`.
            said: the whole message.
        """
        bare = line.strip(_ENDS).removesuffix(" please").strip(_ENDS)
        if bare in self._lists["commands_exports"]:
            return Wish(Command.EXPORT, named="csv" in bare)
        if bare in self._lists["commands_shows"]:
            return Wish(Command.SHOW)
        if bare in self._lists["commands_shows_in_talk"]:
            return Wish(Command.SHOW, named=False)
        clear = self._clear.match(bare)
        if clear:
            return self._cleared(bare[clear.end() :], days, said)
        noun = self._nouns.search(bare)
        for command, pattern in ((Command.EXPORT, self._export), (Command.SHOW, self._show)):
            verb = pattern.match(bare)
            # A verb and the diary; where more is told, it is an entry.
            if verb and noun and self._only_small(self._files.sub("", self._nouns.sub("", bare[verb.end() :]))):
                return Wish(command)
        verb, file = self._export.match(bare), self._files.search(bare)
        if verb and file and self._only_small(self._files.sub("", bare[verb.end() :])):
            # “Get it out as a file or something to print”
            return Wish(Command.EXPORT, named=False)
        return None

    def _cleared(self, rest: str, days: DayReader, said: Said) -> Wish | None:
        found, _ = days.read(said)
        noun, entry = self._nouns.search(rest), self._entry.search(rest)
        left = self._nouns.sub("", rest)
        if found:
            left = _without(left, said)
            return (
                Wish(Command.REMOVE, found.day, named=bool(noun or entry))
                if self._only_small(self._entry.sub("", left))
                else None
            )
        graded = self._graded.find(left)
        if graded and self._only_small(f"{left[: graded.span[0]]} {left[graded.span[1] :]}"):
            return Wish(Command.REMOVE, grade=graded.severity, named=bool(noun))
        latest = self._latest.search(left)
        if latest and self._only_small(self._latest.sub("", left)):
            return Wish(Command.REMOVE, named=bool(noun) or "entry" in latest.group())
        whole = self._all.sub("", self._entry.sub("", left))
        return Wish(Command.CLEAR) if noun and self._only_small(whole) else None

    def _only_small(self, line: str) -> bool:
        return all(word in self._small or not word.isalnum() for word in line.split())


def _without(line: str, said: Said) -> str:
    """A line without words that are marked in the message."""
    marked = [word for word, is_marked in zip(said.words, said.marked) if is_marked]
    words = line.split()
    for word in marked:
        if word in words:
            words.remove(word)
    return " ".join(words)
