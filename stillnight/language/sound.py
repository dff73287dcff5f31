"""Roughly how an English word sounds, to find what a misspelt one was meant to be."""

from __future__ import annotations

import re
from typing import Final

_SOUNDS: Final = (
    ("ph", "f"), ("ck", "k"), ("ch", "k"), ("x", "ks"), ("q", "k"), ("c", "k"), ("z", "s"), ("y", "i"), ("ie", "i"),
    ("ei", "i"), ("ee", "i"), ("ea", "e"), ("oo", "u"), ("ou", "u"), ("ae", "e"), ("oe", "e"), ("ai", "e"), ("th", "t"),
    ("h", ""), ("w", "v"), ("j", "g"),
)  # fmt: skip
_TWICE: Final = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """Letters that people mix up written the same, double letters once: not for showing, only for comparing."""
    for letters, like in _SOUNDS:
        word = word.replace(letters, like)
    return _TWICE.sub(r"\1", word)
