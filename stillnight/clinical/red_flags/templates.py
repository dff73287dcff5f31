"""The notation in which a rule is written, as sentence templates of voice assistants are.

want to die                  these words, side by side
(ended|finished) it all      one of these
<relative> [has] collapsed   a group of words by name; a word that may be missing
took 9 <tablets>             9 is any number
chest ... hurting            up to five other words between
<leg> & swollen              both in one sentence, in either order
stopped <medicine> && fit    both anywhere in the message
black stools !! <iron>       not when what stands behind !! occurs anywhere
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

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

    absent: sequences of which none may occur anywhere.
    """

    source: str
    parts: tuple[tuple[Sequence, ...], ...]
    absent: tuple[Sequence, ...] = ()

    @property
    def elements(self) -> Iterator[Element]:
        """Every element of every sequence that must occur."""
        return (element for part in self.parts for sequence in part for element in sequence)

    @property
    def phrases(self) -> Iterator[Phrase]:
        """Every phrase that must be looked up."""
        absent = (element for sequence in self.absent for element in sequence)
        return (phrase for element in (*self.elements, *absent) for phrase in element.phrases)


def parse(source: str, groups: Groups) -> Template:
    """Read one template. Raises TemplateError for a group that is unknown or a bracket left open."""
    wanted, *unwanted = source.split(" !! ")
    parts = tuple(
        tuple(tuple(_sequence(sequence, groups)) for sequence in part.split(" & ")) for part in wanted.split(" && ")
    )
    if not all(sequence and not all(element.optional for element in sequence) for part in parts for sequence in part):
        raise TemplateError(f"“{source}” has nothing that must stand there")
    return Template(source, parts, tuple(tuple(_sequence(each, groups)) for each in unwanted))


def _sequence(source: str, groups: Groups) -> Iterator[Element]:
    pieces = _PIECE.findall(source)
    if "".join("".join(pieces).split()) != "".join(source.split()):
        raise TemplateError(f"“{source}” has a bracket that is not closed")
    gap, words = 0, []
    first = True
    for piece in [*pieces, None]:
        if piece is not None and piece[0] not in "<([" and piece != "...":
            words.append(piece)
            continue
        if words:
            yield Element(frozenset({tuple(words)}), 0 if first else gap)
            gap, words, first = 0, [], False
        if piece is None:
            break
        if piece == "...":
            gap = GAP_WORDS
            continue
        yield Element(frozenset(_phrases(piece, groups, source)), 0 if first else gap, piece[0] == "[")
        gap, first = 0, False


def _phrases(piece: str, groups: Groups, source: str) -> Iterator[Phrase]:
    if piece[0] == "<":
        name = piece[1:-1]
        if name not in groups:
            raise TemplateError(f"“{source}” speaks of the group <{name}>, which does not exist")
        for entry in groups[name]:
            yield from expand(str(entry), groups)
    else:
        for alternative in piece[1:-1].split("|"):
            yield from expand(alternative.strip(), groups)


def expand(entry: str, groups: Groups) -> Iterator[Phrase]:
    """Every phrase that an entry of a group stands for: `<family> member` for each of the family."""
    choices: list[list[Phrase]] = []
    for piece in _PIECE.findall(entry):
        if piece[0] == "[":
            choices.append([(), *_phrases(piece, groups, entry)])
        elif piece[0] in "<(":
            choices.append(list(_phrases(piece, groups, entry)))
        else:
            choices.append([(piece,)])
    for count, combination in enumerate(itertools.product(*choices)):
        if count > _PHRASES_MAX:
            raise TemplateError(f"“{entry}” stands for more than {_PHRASES_MAX} phrases")
        yield tuple(itertools.chain.from_iterable(combination))
