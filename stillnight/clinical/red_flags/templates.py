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
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cache
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


def parse(source: str, groups: Groups, fillers: Set[str] = frozenset()) -> Template:
    """Read one template. Raises TemplateError for a group that is unknown or a bracket left open.

    Args:
        source: the template as written.
        groups: phrases by the name of their group.
        fillers: words that are passed over in messages, and so in templates, too.
    """
    template = _parse(source, groups)
    return template if not fillers else _without(template, fillers)


def _without(template: Template, fillers: Set[str]) -> Template:
    def lighter(sequence: Sequence) -> Sequence:
        return tuple(
            replace(element, phrases=_kept_once(tuple(w for w in p if w not in fillers) for p in element.phrases))
            for element in sequence
        )

    light = Template(
        template.source,
        tuple(tuple(lighter(sequence) for sequence in part) for part in template.parts),
        tuple(map(lighter, template.unless)),
        tuple(map(lighter, template.unless_anywhere)),
    )
    if not all(element.phrases or element.optional for element in light.every_element):
        raise TemplateError(f"“{template.source}” asks for a word that is passed over")
    return light


def _parse(source: str, groups: Groups) -> Template:
    rest, *anywhere = source.split(" !! ")
    wanted, *unless = rest.split(" ! ")
    parts = tuple(tuple(_sequence(sequence, groups) for sequence in part.split(" & ")) for part in wanted.split(" && "))
    template = Template(
        source,
        parts,
        tuple(_sequence(sequence, groups) for sequence in unless),
        tuple(_sequence(sequence, groups) for sequence in anywhere),
    )
    sequences = [sequence for part in parts for sequence in part]
    if not all(any(not element.optional for element in sequence) for sequence in sequences):
        raise TemplateError(f"“{source}” has nothing that must stand there")
    return template


def _sequence(source: str, groups: Groups) -> Sequence:
    pieces = _PIECE.findall(source)
    if "".join("".join(pieces).split()) != "".join(source.split()):
        raise TemplateError(f"“{source}” has a bracket that is not closed")
    return tuple(_elements(pieces, groups, source))


def _elements(pieces: list[str], groups: Groups, source: str) -> Iterator[Element]:
    gap, words, first = 0, list[str](), True
    for piece in [*pieces, None]:
        if piece is not None and piece[0] not in "<([" and piece != "...":
            words.append(piece)
            continue
        if words:
            yield Element(_kept_once(expand(" ".join(words), groups)), 0 if first else gap)
            gap, words, first = 0, [], False
        if piece is None:
            break
        if piece == "...":
            gap = GAP_WORDS
            continue
        yield Element(_kept_once(_phrases(piece, groups, source)), 0 if first else gap, piece[0] == "[")
        gap, first = 0, False


def _kept_once(phrases: Iterable[Phrase]) -> frozenset[Phrase]:
    """The phrases but the empty one. A group stands in many templates, and is kept in memory once."""
    return _same_set(frozenset(_same_phrase(phrase) for phrase in phrases if phrase))


@cache
def _same_phrase(phrase: Phrase) -> Phrase:
    return phrase


@cache
def _same_set(phrases: frozenset[Phrase]) -> frozenset[Phrase]:
    return phrases


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
            choices.append([(sys.intern(word),) for word in KINDS.get(piece, (folded(piece),))])
    for count, combination in enumerate(itertools.product(*choices)):
        if count > _PHRASES_MAX:
            raise TemplateError(f"“{entry}” stands for more than {_PHRASES_MAX} phrases")
        yield tuple(itertools.chain.from_iterable(combination))
