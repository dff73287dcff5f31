"""What somebody wants of the page as a whole: to see it, or to have it changed; and names, which stay off it."""

from __future__ import annotations

import re
from typing import Final

from stillnight.clinical.medicines.words import words_in
from stillnight.clinical.visit_summary.additions import addition
from stillnight.clinical.visit_summary.removals import removal, without_polite
from stillnight.clinical.visit_summary.wishes import (
    asks_if_on,
    is_wanted_again,
)
from stillnight.clinical.visit_summary.words import summary_words

_WHICH: Final = r"(?:(?:the|my|a|your|this|that|whole|full|final|finished|last|latest|current|updated|new) )*"
# “please add that too then”: it stands there, as all that was told.
_AS_TOLD: Final = re.compile(
    r"(?:put|add|include|write|note|mention) (?:that|this|it)"
    r"(?: (?:too|in|as well|also|down|there|on|then|please|now))+"
)
_PAGE: Final = r"(?:version|page|note|notes|summary|list|copy|sheet|draft)"
_SO_FAR: Final = r"(?: (?:again|now|so far|please|then|thanks|out|for me|as it is|as it stands|once more))*"
_SHOWS: Final = re.compile(
    rf"(?:let me see|show|print|see|give|read)(?: me| us)?(?: out)? (?:it|{_WHICH}(?:{_PAGE}|one)){_SO_FAR}"
)
_FINAL: Final = re.compile(
    rf"(?:the |my |your )?(?:final|finished|latest|full|whole|complete|current|updated) (?:{_PAGE}|one){_SO_FAR}"
)
_NAME: Final = re.compile(
    r"\b(?:that\s+)?(?:(?:his|her|their|my|our|\w+['’]s) name(?:['’]?s| is) (?!not\b)\w+(?: (?-i:[A-Z])\w+)?"
    r"|(?:he|she|i)(?:['’]?s| is|['’]?m| am) (?:called|named) (?-i:[A-Z])\w+)(?:\s*,?\s+and(?: that)?\b|\s*,)?\s*",
    re.IGNORECASE,
)


def is_showing(text: str) -> bool:
    """Whether a message asks for nothing but the page: “final version please”, “show me the note so far”."""
    said = without_polite(text)
    shows = any(pattern.fullmatch(said) for pattern in (_SHOWS, _FINAL, _AS_TOLD))
    return shows or is_wanted_again(said) or asks_if_on(text)


def is_change(text: str) -> bool:
    """Whether a message asks for a change of the page and tells nothing else."""
    return removal(text) is not None or addition(text) is not None


def is_only_removal(text: str) -> bool:
    """Whether a message wants something taken out and tells nothing of the person beside it."""
    out = removal(text)
    if out is None or out.withdrawn or text[: out.start].strip() or text[out.end :].strip(" .!"):
        return False
    return summary_words().lists["first"].isdisjoint(word.text for word in words_in(out.why))


def names_somebody(text: str) -> bool:
    """Whether a name is told: “his name is Oscar”."""
    return _NAME.search(text) is not None


def without_names(text: str) -> str:
    """A text without the clauses that tell a name."""
    return _NAME.sub("", text)
