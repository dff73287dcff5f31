"""Which known effect of a medicine, or which way to use it, a message asks about: “sauna with the patch?”."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from stillnight.clinical.knowledge import reading
from stillnight.clinical.red_flags.matcher import TemplateMatcher
from stillnight.clinical.red_flags.readers import make_reader
from stillnight.clinical.red_flags.templates import parse
from stillnight.paths import KNOWLEDGE
from stillnight.recent import recent
from stillnight.yaml_files import load_yaml

FILE: Final = "medicine_effects.yml"
_LEANING, _ASKS, _SIGNS = "leaning", "asks", "signs"


@dataclass(frozen=True)
class Effect:
    """One entry of the file. pieces: end of a response name, by kind or medicine; only, stop, over: see the file."""

    name: str
    pieces: Mapping[str, str] = field(hash=False)
    only: bool
    stop: bool
    over: frozenset[str]

    def piece(self, kind: str, medicine: str) -> str | None:
        """What is said of a medicine, by its name or its kind; None where nothing is."""
        return self.pieces.get(medicine) or self.pieces.get(kind)


class MedicineEffects:
    """The file `knowledge/medicine_effects.yml`."""

    @reading(FILE)
    def __init__(self, knowledge: Path) -> None:
        """Read the file."""
        raw = load_yaml(knowledge / FILE)
        self.effects = {str(name): _effect(str(name), each) for name, each in raw["effects"].items()}
        self._matcher = TemplateMatcher(
            (key, parse(str(source), raw["groups"])) for key, sources in _templates(raw) for source in sources
        )
        self._reader = make_reader(knowledge, self._matcher.vocabulary())

    def asked(self, text: str, before: str, asks: bool, names_one: bool) -> tuple[Effect, ...]:
        """What a message asks, in the order of the file.

        Args:
            text: the message.
            before: the message before it.
            asks: whether it is a question.
            names_one: whether it names a medicine.
        """
        found = self._found(text)
        leans = _LEANING in found
        signs = self._found(before) if leans and not names_one else frozenset()
        tells = leans or (asks and names_one)
        own = tuple(
            each
            for name, each in self.effects.items()
            if f"{_ASKS} {name}" in found or (tells and f"{_SIGNS} {name}" in found)
        )
        # What it says itself goes before what only the message before it told.
        told = tuple(each for name, each in self.effects.items() if f"{_SIGNS} {name}" in signs)
        return tuple(dict.fromkeys((*own, *told)))

    @recent
    def _found(self, text: str) -> Collection[str]:
        return frozenset(match.key for match in self._matcher.find(self._reader.read(text)))


def _templates(raw: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    yield _LEANING, raw[_LEANING]
    for name, each in raw["effects"].items():
        for way in (_ASKS, _SIGNS):
            yield f"{way} {name}", each.get(way) or []


def _effect(name: str, raw: Mapping[str, Any]) -> Effect:
    pieces = {str(of): str(piece) for piece, kinds in raw["says"].items() for of in kinds}
    return Effect(name, pieces, bool(raw.get("only")), bool(raw.get("stop")), frozenset(raw.get("over") or ()))


@lru_cache(maxsize=1)
def medicine_effects() -> MedicineEffects:
    """The project's, read once."""
    return MedicineEffects(KNOWLEDGE)
