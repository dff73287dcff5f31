"""The notation in which a rule is written, as sentence templates of voice assistants are.

    want to die                  these words, side by side
    (ended|finished) it all      one of these
    <relative> [has] collapsed   a group of words by name; a word that may be missing
    took 9 <tablets>             9 is any number
    chest ... hurting            up to five other words between
    <leg> & swollen              both in one sentence, in either order
    stopped <medicine> && fit    both anywhere in the message
    black <stool> ! kitchen      the second not in the same sentence
    chest pain !! drawers        the second nowhere in the message

Numbers that matter have signs of their own: 20 is a count from 8 to 99, 39 a number that can be a fever, 1999 a year.
"""

from __future__ import annotations

import itertools
import math
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Final

from stillnight.clinical.red_flags.numbers import KINDS
from stillnight.language.text import folded

GAP_WORDS: Final = 5
_PHRASES_MAX: Final = 20_000
_PIECE: Final = re.compile(r"\.\.\.|<[a-z_]+>|\([^()]*\)|\[[^\[\]]*\]|[^\s()<>\[\]|]+")

Phrase = tuple[str, ...]
Groups = Mapping[str, list[str]]


class TemplateError(ValueError):
    """A template that cannot be read; the message says why."""


@dataclass(frozen=True)
class Element:
    """Phrases of which one must stand here. `gap`: how many other words may stand before it."""

    phrases: frozenset[Phrase]
    gap: int
    optional: bool = False


Sequence = tuple[Element, ...]


@dataclass(frozen=True)
class Template:
    """Parts that must all occur, anywhere in the message; the sequences of one part stand in one sentence.

    unless: sequences that must not occur in the sentence of the first; unless_anywhere: nor in the whole message.
    """

    source: str
    parts: tuple[tuple[Sequence, ...], ...]
    unless: tuple[Sequence, ...] = ()
    unless_anywhere: tuple[Sequence, ...] = ()

    @property
    def elements(self) -> Iterator[Element]:
        """Every element of every sequence that must occur."""
        return (element for part in self.parts for sequence in part for element in sequence)

    @property
    def every_element(self) -> Iterator[Element]:
        """The elements of what must not occur as well."""
        unless = (element for sequence in (*self.unless, *self.unless_anywhere) for element in sequence)
        return itertools.chain(self.elements, unless)


class Notation:
    """Reads templates that share groups and fillers; every piece of them is written out once."""

    def __init__(self, groups: Groups, fillers: Set[str] = frozenset()) -> None:
        """Nothing is read yet.

        Args:
            groups: phrases by the name of their group.
            fillers: words that are passed over in messages, and so in templates, too.
        """
        self._groups = groups
        self._fillers = fillers
        self._written_out: dict[str, tuple[Phrase, ...]] = {}
        self._sets: dict[str, frozenset[Phrase]] = {}
        # The same words stand in many groups.
        self._once: dict[Phrase, Phrase] = {}

    def parse(self, source: str) -> Template:
        """Read one template. Raises TemplateError for a group that is unknown or a bracket left open."""
        rest, *anywhere = source.split(" !! ")
        wanted, *unless = rest.split(" ! ")
        template = Template(
            source,
            tuple(tuple(self._sequence(each) for each in part.split(" & ")) for part in wanted.split(" && ")),
            tuple(map(self._sequence, unless)),
            tuple(map(self._sequence, anywhere)),
        )
        sequences = [sequence for part in template.parts for sequence in part]
        if not all(any(not element.optional for element in sequence) for sequence in sequences):
            raise TemplateError(f"“{source}” has nothing that must stand there")
        if self._fillers and not all(element.phrases or element.optional for element in template.every_element):
            raise TemplateError(f"“{source}” asks for a word that is passed over")
        return template

    def expand(self, entry: str) -> Iterator[Phrase]:
        """Every phrase that an entry of a group stands for: `<family> member` for each of the family."""
        choices: list[tuple[Phrase, ...]] = []
        for piece in _PIECE.findall(entry):
            phrases = self._phrases(piece, entry)
            choices.append(((), *phrases) if piece[0] == "[" else phrases)
        if math.prod(map(len, choices)) > _PHRASES_MAX:
            raise TemplateError(f"“{entry}” stands for more than {_PHRASES_MAX} phrases")
        for combination in itertools.product(*choices):
            yield tuple(itertools.chain.from_iterable(combination))

    def _sequence(self, source: str) -> Sequence:
        pieces = _PIECE.findall(source)
        if "".join("".join(pieces).split()) != "".join(source.split()):
            raise TemplateError(f"“{source}” has a bracket that is not closed")
        return tuple(self._elements(pieces, source))

    def _elements(self, pieces: list[str], source: str) -> Iterator[Element]:
        gap, words, first = 0, list[str](), True
        for piece in [*pieces, None]:
            if piece is not None and piece[0] not in "<([" and piece != "...":
                words.append(piece)
                continue
            if words:
                yield Element(self._set(" ".join(words), source), 0 if first else gap)
                gap, words, first = 0, [], False
            if piece is None:
                break
            if piece == "...":
                gap = GAP_WORDS
                continue
            yield Element(self._set(piece, source), 0 if first else gap, piece[0] == "[")
            gap, first = 0, False

    def _set(self, part: str, source: str) -> frozenset[Phrase]:
        """The phrases of a piece in brackets, or of words side by side, but the empty one."""
        if part not in self._sets:
            phrases = self._phrases(part, source) if part[0] in "<([" else self.expand(part)
            self._sets[part] = frozenset(phrase for phrase in phrases if phrase)
        return self._sets[part]

    def _phrases(self, piece: str, source: str) -> tuple[Phrase, ...]:
        if piece not in self._written_out:
            phrases = (self._once.setdefault(phrase, phrase) for phrase in self._write_out(piece, source))
            self._written_out[piece] = tuple(dict.fromkeys(phrases))
        return self._written_out[piece]

    def _write_out(self, piece: str, source: str) -> Iterable[Phrase]:
        if piece[0] == "<":
            name = piece[1:-1]
            if name not in self._groups:
                raise TemplateError(f"“{source}” speaks of the group <{name}>, which does not exist")
            return itertools.chain.from_iterable(self.expand(str(entry)) for entry in self._groups[name])
        if piece[0] in "([":
            return itertools.chain.from_iterable(self.expand(each.strip()) for each in piece[1:-1].split("|"))
        words = KINDS.get(piece, (folded(piece),))
        return ((sys.intern(word),) if word not in self._fillers else () for word in words)


def parse(source: str, groups: Groups, fillers: Set[str] = frozenset()) -> Template:
    """Read a template by itself. Raises TemplateError as `Notation.parse` does."""
    return Notation(groups, fillers).parse(source)
