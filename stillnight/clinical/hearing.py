"""Hearing danger by rule, in English and in other languages: channels and pipeline ask `hearing().hear(text)`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from stillnight.clinical.firm_dangers import FirmDangers, is_hint
from stillnight.clinical.foreign_dangers import ForeignDanger, ForeignDangers
from stillnight.clinical.knowledge import KnowledgeError
from stillnight.clinical.red_flags.finder import EMERGENCY, RedFlag, RedFlagFinder, red_flag_finder
from stillnight.language.foreign import foreign_language
from stillnight.paths import KNOWLEDGE
from stillnight.recent import recent


@dataclass(frozen=True)
class Heard:
    """What rules found in a message.

    flags: the one to answer first in front. certain: whether that one is named, or only hinted at. stands: whether the
    second net may not take it back. language: code of the language in which it was said; None for English.
    """

    flags: tuple[RedFlag, ...] = ()
    certain: bool = True
    stands: bool = False
    language: str | None = None


class Hearing:
    """The English rules and the foreign phrases together. The same text is always heard in the same way."""

    def __init__(self, finder: RedFlagFinder, foreign: ForeignDangers, firm: FirmDangers) -> None:
        """Put them together. Raises KnowledgeError when a foreign phrase is of a danger that the rules do not know."""
        unknown = foreign.dangers - finder.categories.keys()
        if unknown:
            raise KnowledgeError(f"knowledge/foreign_dangers.yml: there is no danger “{min(unknown)}”")
        self.finder = finder
        self._foreign = foreign
        self._firm = firm

    @classmethod
    def load(cls, knowledge: Path) -> Hearing:
        """Read all of it. Raises KnowledgeError when a file cannot be used."""
        return cls(RedFlagFinder.load(knowledge), ForeignDangers.load(knowledge), FirmDangers(knowledge))

    @recent
    def hear(self, text: str) -> Heard:
        """Every danger in `text`, whatever it is."""
        found = self.finder.find(text)
        said = self._foreign.find(text)
        # A phrase that names a danger weighs more than an English rule that hints at it.
        named = {each.danger: self._flag(each) for each in said}
        flags = [*named.values(), *(flag for flag in found if flag.name not in named)]
        if not flags:
            return Heard()
        flags.sort(key=lambda flag: (flag.urgency != EMERGENCY, flag.category.over))
        certain = not is_hint(flags[0])
        stands = bool(said) or not certain or self._firm.stands(found, text)
        return Heard(tuple(flags), certain, stands, _language(said, text))

    def _flag(self, said: ForeignDanger) -> RedFlag:
        return replace(self.finder.flag(said.danger), rule=f"foreign_dangers.yml: {said.language}")


def _language(said: Iterable[ForeignDanger], text: str) -> str | None:
    codes = tuple(dict.fromkeys(each.language for each in said))
    if len(codes) < 2:
        return codes[0] if codes else None
    # Neighbours share phrases.
    told = foreign_language(text)
    return told if told in codes else codes[0]


@lru_cache(maxsize=1)
def hearing() -> Hearing:
    """The project's hearing, made once."""
    return Hearing(red_flag_finder(), ForeignDangers.load(KNOWLEDGE), FirmDangers(KNOWLEDGE))
