"""Keeping the last results of pure readers: many parts of a turn ask the same of one message, and people type alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast
from weakref import WeakSet

_Owner = TypeVar("_Owner")
_Asked = ParamSpec("_Asked")
_Result = TypeVar("_Result")

# Of each reader; a few hundred messages with their clauses, about 20 MB in all. They are in memory alone.
KEPT: Final = 512

_keeping: WeakSet[Any] = WeakSet()


def recent(
    method: Callable[Concatenate[_Owner, _Asked], _Result],
) -> Callable[Concatenate[_Owner, _Asked], _Result]:
    """Keep a method's last `KEPT` results, of each object apart.

    The method must be pure, its arguments hashable, and its result one that nobody changes.
    """
    name = f"_recent_{method.__name__}"

    @wraps(method)
    def asked(self: Any, *args: Any, **kwargs: Any) -> _Result:
        kept = vars(self).get(name)
        if kept is None:
            kept = vars(self).setdefault(name, recently(partial(method, self)))
        return cast(_Result, kept(*args, **kwargs))

    return cast(Callable[Concatenate[_Owner, _Asked], _Result], asked)


def recently(function: Callable[_Asked, _Result]) -> Callable[_Asked, _Result]:
    """Keep a function's last `KEPT` results, on the same conditions."""
    keeping = lru_cache(maxsize=KEPT)(function)
    _keeping.add(keeping)
    return cast(Callable[_Asked, _Result], keeping)


def forget() -> None:
    """Let go of all that is kept: they are patients' words, and somebody wants theirs forgotten."""
    for keeping in list(_keeping):
        keeping.cache_clear()
