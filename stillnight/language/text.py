"""Typed text made uniform before any model reads it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# What is read for meaning; of a longer text only the beginning.
CHARACTERS_READ: Final = 2000

_UNUSUAL = str.maketrans({"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "..."})
_WHITE = re.compile(r"\s+")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?;])\s+|\n+")
# Format characters and marks that stand on or in another letter.
_UNHEARD: Final = frozenset({"Cf", "Mn", "Mc"})
_LETTERS = re.compile(r"[^\W\d_]")
# Names of a letter and a number, as of vitamins and hormones: “b12”, “T4”.
_LETTER_AND_NUMBER = re.compile(r"\b[^\W\d_]-?\d{1,2}\b")
# PostgreSQL takes no NUL, and nothing that writes UTF-8 takes half of a surrogate pair.
_UNFIT: Final = re.compile(r"[\x00\ud800-\udfff]")
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


def normalized(text: str) -> str:
    """One line of text: compatibility forms folded, invisible characters gone, at most 2,000 characters."""
    folded = unicodedata.normalize("NFKC", text[: 2 * CHARACTERS_READ]).translate(_UNUSUAL)
    visible = "".join(_seen(char) for char in folded)
    return _WHITE.sub(" ", visible)[: CHARACTERS_READ + 1].strip()[:CHARACTERS_READ].rstrip()


def _seen(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf":
        # A soft hyphen or a zero-width space stands inside a word.
        return ""
    return " " if category[0] in "CZ" else char


def folded(text: str) -> str:
    """Small letters without accents, vowel signs and invisible characters, for words that are compared."""
    apart = unicodedata.normalize("NFKD", text).lower()
    return "".join(char for char in apart if unicodedata.category(char) not in _UNHEARD)


def has_words(text: str) -> bool:
    """Whether there is anything to read: at least two letters of any alphabet, or “b12”."""
    return len(_LETTERS.findall(text)) >= 2 or _LETTER_AND_NUMBER.search(text) is not None


def encodable(text: str) -> str:
    """Text that can be kept and read anywhere, as long as it was."""
    return _UNFIT.sub(_REPLACEMENT, text)


def typed(text: str) -> str:
    """What a patient typed, as text only: Rasa would take a leading slash, behind any white space, for a command."""
    bare = text.lstrip()
    while bare.startswith("/"):
        bare = bare[1:].lstrip()
    return bare


def sentences_of(text: str) -> list[str]:
    """The sentences and lines of a message, without blank ones; a semicolon ends one too."""
    return [piece for piece in _SENTENCE_END.split(text) if piece.strip()]
