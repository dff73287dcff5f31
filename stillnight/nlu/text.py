"""Typed text made uniform before any model reads it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# What is read for meaning. Longer texts are answered from their beginning; safety rules read everything.
CHARACTERS_READ: Final = 2000

_UNUSUAL = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})
_WHITE = re.compile(r"\s+")
_LETTERS = re.compile(r"[^\W\d_]")


def normalized(text: str) -> str:
    """One line of text: compatibility forms folded, invisible characters gone, at most 2,000 characters."""
    folded = unicodedata.normalize("NFKC", text[: 2 * CHARACTERS_READ]).translate(_UNUSUAL)
    visible = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in folded)
    return _WHITE.sub(" ", visible).strip()[:CHARACTERS_READ]


def has_words(text: str) -> bool:
    """Whether there is anything to read: at least two letters of any alphabet, or one that is a word by itself."""
    return len(_LETTERS.findall(text)) >= 2


def typed(text: str) -> str:
    """What a patient typed, as text only: Rasa would take a leading slash for a command."""
    return text.lstrip("/ \t\r\n\u00a0")
