"""Finding medicines in what people type: by any name of the register, by kind, and through misspellings.

A name that fits exactly is taken. A word that no English word list knows is compared with the names; it is taken when
one medicine is clearly the nearest and no everyday word is as near, and asked about when two medicines are near, or
two that are often mistaken for one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from stillnight.clinical.medicines.dictated import Dictated
from stillnight.clinical.medicines.everyday import field_words
from stillnight.clinical.medicines.names import Found, Names
from stillnight.clinical.medicines.register import Register, register
from stillnight.clinical.medicines.talk import talk
from stillnight.clinical.medicines.words import Word, words_in
from stillnight.paths import KNOWLEDGE
from stillnight.recent import recent

# A message that is longer is asked to be shorter. What has to be heard of danger is read by other rules.
_CHARACTERS_READ: Final = 4_000
_NUMBER: Final = re.compile(r"\W*(\d+(?:[.,]\d+)?)\s*([^\W\d_%]*)")
# A bare number behind a vitamin is a blood value up to this size, and an amount to swallow beyond it.
_BLOOD_VALUE_MAX: Final = 60


@dataclass(frozen=True)
class Mention:
    """One place where medicine is spoken of.

    typed: the words there; start, end: their characters. medicines: what is meant; several when one product holds them
    together, when a brand means different medicines by country, or when the spelling leaves it open. name: the
    register's name that was met, spelt right. kind: key of a class that was named without a medicine. sure: False when
    it must be asked. together: whether one product holds all of them.
    """

    typed: str
    start: int
    end: int
    medicines: tuple[str, ...] = ()
    name: str = ""
    kind: str | None = None
    sure: bool = True
    together: bool = False

    @property
    def likeliest(self) -> tuple[str, ...]:
        """All that a mixture holds; of a name that can mean several medicines the first."""
        return self.medicines if self.together else self.medicines[:1]

    def covers(self, word: Word) -> bool:
        """Whether a word is part of the name."""
        return self.start < word.end and word.start < self.end


def spans(mentions: Iterable[Mention]) -> tuple[tuple[int, int], ...]:
    """Where medicines are named, from the first character to behind the last; a number behind one is no lab value."""
    return tuple((each.start, each.end) for each in mentions)


class MedicineFinder:
    """Finds mentions. Pure: depends on the register and the words that are no medicine. names: what it looks up."""

    def __init__(self, medicines: Register, own_words: Iterable[str] = ()) -> None:
        """`own_words`: words of the project's field, which are no medicine."""
        self.register = medicines
        self.names = Names(medicines, own_words)
        self._dictated = Dictated(
            medicines.medicines.values(), self.names.is_known, talk().takes, talk().small, medicines.amounts
        )
        self._words_beside = [
            (key, tuple(phrase.split())) for key, kind in medicines.classes.items() for phrase in kind.beside
        ]

    @recent
    def find(self, text: str, country: str | None = None) -> tuple[Mention, ...]:
        """Every mention in order; each medicine once, and a kind only when none of its medicines was named.

        Args:
            text: anything at all.
            country: where the person is (a key of `brands`), to settle brands that differ by country.
        """
        words, places = self._met(text)
        mentions = [self._mention(text, words[at : at + found.words], found, country) for at, found in places]
        once = self._once(mention for mention in mentions if not self._is_blood_value(mention, text))
        return tuple(sorted((*once, *self._beside(text, words, once)), key=lambda mention: mention.start))

    def written_right(self, text: str) -> str:
        """A message with each dictated form of a name (“sir trailing”) as the name."""
        words, at, end, pieces = list(words_in(text[:_CHARACTERS_READ])), 0, 0, []
        while at < len(words):
            dictated = self._dictated.at(text, words, at)
            if dictated:
                pieces += [text[end : words[at].start], dictated[1]]
                end = words[at + dictated[0] - 1].end
            at += dictated[0] if dictated else 1
        return "".join([*pieces, text[end:]])

    def _beside(self, text: str, words: Sequence[Word], mentions: Sequence[Mention]) -> Iterator[Mention]:
        """Kinds that are told by words which mean one only beside another medicine: “warfarin, can i take iron”."""
        named = {mention.kind or self.register.medicines[mention.medicines[0]].kind.key for mention in mentions}
        for key, phrase in self._words_beside if named else ():
            for at in range(len(words) - len(phrase) + 1):
                found = words[at : at + len(phrase)]
                if key in named or tuple(word.text for word in found) != phrase:
                    continue
                if not any(mention.covers(word) for mention in mentions for word in found):
                    named.add(key)
                    yield Mention(text[found[0].start : found[-1].end], found[0].start, found[-1].end, kind=key)

    @recent
    def _met(self, text: str) -> tuple[tuple[Word, ...], tuple[tuple[int, Found], ...]]:
        """The words, and which of them begin a name, in whatever country."""
        words = tuple(words_in(text[:_CHARACTERS_READ]))
        return words, tuple(self._places(text, words))

    def _places(self, text: str, words: Sequence[Word]) -> Iterator[tuple[int, Found]]:
        at = 0
        while at < len(words):
            dictated = self._dictated.at(text, words, at)
            found = Found(dictated[0], (dictated[1],)) if dictated else None
            found = found or self.names.at([word.text for word in words[at : at + self.names.longest]])
            if found:
                yield at, found
            at += found.words if found else 1

    def _mention(self, text: str, words: Sequence[Word], found: Found, country: str | None) -> Mention:
        start, end = words[0].start, words[-1].end
        if found.kind:
            return Mention(text[start:end], start, end, kind=found.kind)
        meant = [self._settled(name, country) for name in found.names]
        medicines = tuple(dict.fromkeys(medicine for each in meant for medicine in each))
        sure, name = len(set(meant)) == 1, self.names.shown[found.names[0]]
        together = sure and found.names[0] in self.names.combined
        return Mention(text[start:end], start, end, medicines, name, sure=sure, together=together)

    def _settled(self, name: str, country: str | None) -> tuple[str, ...]:
        medicines = self.names.meaning[name]
        if name in self.names.combined:
            return tuple(medicines)
        shown = self.names.shown[name]
        here = [each for each in medicines if country in self.register.medicines[each].countries_of(shown)]
        return tuple(here or medicines)

    def _is_blood_value(self, mention: Mention, text: str) -> bool:
        """“potassium 4.2” is a result; “magnesium 250” and “zinc 15 mg” are swallowed."""
        if not mention.medicines or self.register.medicines[mention.medicines[0]].kind.key != "supplement":
            return False
        number = _NUMBER.match(text, mention.end)
        if number is None or number[2].lower() in self.register.amounts:
            return False
        return float(number[1].replace(",", ".")) <= _BLOOD_VALUE_MAX

    def _once(self, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        kept: dict[object, Mention] = {}
        for mention in mentions:
            kept.setdefault(mention.kind or mention.medicines, mention)
        named = {self.register.medicines[name].kind.key for mention in kept.values() for name in mention.medicines}
        return tuple(
            mention
            for mention in kept.values()
            if mention.kind is None or not {mention.kind, *self.register.classes[mention.kind].includes} & named
        )


@lru_cache(maxsize=1)
def medicine_finder() -> MedicineFinder:
    """The project's finder, made once."""
    return MedicineFinder(register(), field_words(KNOWLEDGE))
