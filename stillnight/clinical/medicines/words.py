"""Words of a message, and names, brought into one form so that they can be compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from stillnight.recent import recently

_APOSTROPHES: Final = "'’‘ʼ`´"
_WORD: Final = re.compile(rf"[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*")
# A name with its amount run on: “sertraline50mg”. Names such as “b12” have too few letters in front.
_RUN_ON: Final = re.compile(r"([a-z]{4,})(\d\w*)")
_NO_APOSTROPHES: Final = str.maketrans("", "", _APOSTROPHES)


class Word(NamedTuple):
    """A word in lower case without accents and apostrophes, and the characters of the text where it stands."""

    text: str
    start: int
    end: int


def plain(text: str) -> str:
    """Lower case without accents, every character where it was."""
    if text.isascii():
        return text.lower()
    return "".join(unicodedata.normalize("NFKD", char)[:1].lower()[:1] or " " for char in text)


def words_in(text: str) -> Iterator[Word]:
    """The words of a text; an amount that is run on to a name is a word of its own."""
    for match in _WORD.finditer(plain(text)):
        word, start, end = match.group(), match.start(), match.end()
        run_on = _RUN_ON.fullmatch(word)
        if run_on:
            yield Word(run_on[1], start, start + len(run_on[1]))
            yield Word(run_on[2], start + len(run_on[1]), end)
        else:
            yield Word(word.translate(_NO_APOSTROPHES), start, end)


@recently
def key(name: str) -> str:
    """The form in which a name is looked up: its words with single spaces."""
    return " ".join(word.text for word in words_in(name))
