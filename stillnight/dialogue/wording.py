"""Small things that sentences are made with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Item = TypeVar("_Item")


def listed(names: Iterable[str], word: str = "and") -> str:
    """“a, b and c”. Raises ValueError when there is no name."""
    *first, last = list(names)
    return f"{', '.join(first)} {word} {last}" if first else last


def capital(text: str) -> str:
    """With a capital letter in front, the rest as it was."""
    return text[:1].upper() + text[1:]


def grouped(items: Iterable[_Item], group_key: Callable[[_Item], _Key]) -> list[tuple[_Key, list[_Item]]]:
    """Items with one key together, in the order in which the keys are met."""
    groups: defaultdict[_Key, list[_Item]] = defaultdict(list)
    for item in items:
        groups[group_key(item)].append(item)
    return list(groups.items())
