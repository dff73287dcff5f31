"""Keeping the last few results of pure readers: many parts of a turn ask the same of one message."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast

_Owner = TypeVar("_Owner")
_Asked = ParamSpec("_Asked")
_Result = TypeVar("_Result")

# The messages of a few people at once, with their clauses; no more, for they are patients' words.
KEPT: Final = 64


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
            kept = vars(self).setdefault(name, lru_cache(maxsize=KEPT)(partial(method, self)))
        return cast(_Result, kept(*args, **kwargs))

    return cast(Callable[Concatenate[_Owner, _Asked], _Result], asked)
