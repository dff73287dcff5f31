"""How people speak of medicines: as their own, by the bare name, to take one back, to start again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.medicines.entries import RegisterError
from stillnight.clinical.medicines.words import Word, key, words_in
from stillnight.paths import KNOWLEDGE
from stillnight.yaml_files import load_yaml

if TYPE_CHECKING:
    # The finder reads these lists itself.
    from stillnight.clinical.medicines.finder import Mention

FILE: Final = "medicine_talk.yml"
_AMOUNT: Final = re.compile(r"\d+[a-z]{0,4}")


@dataclass(frozen=True)
class Talk:
    """The lists of `knowledge/medicine_talk.yml`; what each is for is written there."""

    takes: frozenset[str]
    habit: frozenset[str]
    no_habit: frozenset[str]
    oneself: frozenset[str]
    asked_first: frozenset[str]
    small: frozenset[str]
    asks: frozenset[str]
    what: frozenset[str]
    takes_back: frozenset[str]
    takes_back_first: frozenset[str]
    polite: frozenset[str]
    takes_back_behind: frozenset[str]
    between: frozenset[str]
    meant: frozenset[str]
    clears: frozenset[str]
    shares: frozenset[str]
    together: frozenset[str]
    again: frozenset[str]
    unwell: frozenset[str]
    restless: frozenset[str]
    all_day: frozenset[str]
    unknown_after: frozenset[str]
    joins: frozenset[str]

    @classmethod
    @reading(FILE)
    def load(cls, knowledge: Path) -> Talk:
        """Read the file. Raises RegisterError for a list that is missing and for what is no word to YAML."""
        raw = load_yaml(knowledge / FILE)
        lists = {}
        for field in fields(cls):
            words = (raw or {}).get(field.name)
            if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                raise RegisterError(
                    f'knowledge/{FILE}: {field.name}: a list of words is wanted; "no" and "on" in quotes'
                )
            lists[field.name] = frozenset(words)
        return cls(**lists)

    def is_own(self, text: str, mentions: Sequence[Mention]) -> bool:
        """Whether somebody says that they take what is named: “im on …”."""
        return bool(mentions) and self._in(self.takes, text[: mentions[-1].start])

    def is_drinking(self, text: str, drinks: Sequence[Mention]) -> bool:
        """Whether somebody says that they drink what is named: “i drink wine”, “i have 3 beers every night”."""
        said = key(text).split()
        if not drinks or not self.asked_first.isdisjoint(said[:1]) or not self.no_habit.isdisjoint(said):
            return False
        return self.is_own(text, drinks) or (not self.oneself.isdisjoint(said) and self._in(self.habit, text))

    def is_bare(self, text: str, mentions: Sequence[Mention], unknown: Sequence[str] = ()) -> bool:
        """Whether a message is nothing but names, with small words (“is paracetamol ok”) or amounts (“keppra 500”).

        `unknown`: words that are meant as names too.
        """
        names = {key(name) for name in unknown}
        beside = [word.text for word in self.beside(text, mentions) if word.text not in names]
        amounts = [word for word in beside if _AMOUNT.fullmatch(word)]
        if not mentions or (amounts and not self.asks.isdisjoint(beside)):
            return False
        return self.small.issuperset(word for word in beside if word not in amounts)

    def is_what(self, text: str) -> bool:
        """Whether it asks what something is."""
        return any(f"{key(text)} ".startswith(f"{phrase} ") for phrase in self.what)

    def is_again(self, text: str) -> bool:
        """Whether it speaks of starting again."""
        return self._in(self.again, text)

    def is_unwell(self, text: str) -> bool:
        """Whether somebody says that they feel ill, or that the legs got worse."""
        return self._in(self.unwell, text)

    def is_restless(self, text: str) -> bool:
        """Whether somebody cannot keep still the whole day."""
        return self._in(self.restless, text) and self._in(self.all_day, text)

    def is_meant(self, text: str) -> bool:
        """Whether it puts right what was written before: “i meant …”."""
        return self._in(self.meant, text)

    def is_shared(self, text: str) -> bool:
        """Whether somebody would take another's medicine, or give away their own."""
        return self._in(self.shares, text)

    def is_about_both(self, text: str) -> bool:
        """Whether it asks if several go together."""
        return self._in(self.together, text)

    def is_clearing(self, text: str) -> bool:
        """Whether it takes back everything that was told."""
        return self._in(self.clears, text)

    @staticmethod
    def beside(text: str, mentions: Sequence[Mention]) -> Iterator[Word]:
        """The words of a message that are no part of a name."""
        for word in words_in(text):
            if not any(mention.covers(word) for mention in mentions):
                yield word

    @staticmethod
    def _in(phrases: frozenset[str], text: str) -> bool:
        spaced = f" {key(text)} "
        return any(f" {phrase} " in spaced for phrase in phrases)


@lru_cache(maxsize=1)
def talk() -> Talk:
    """The project's, read once."""
    return Talk.load(KNOWLEDGE)
