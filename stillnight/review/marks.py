"""How a line that nobody has signed is known in an answer that is put together."""

from __future__ import annotations

import re
from typing import Final

# Nobody can type these into an answer.
_BEGIN, _END = "\ue000", "\ue001"
_MARKED: Final = re.compile(f"{_BEGIN}([^{_END}]*){_END}")


def marked(sentence: str) -> str:
    """The sentence that stands for a line."""
    return f"{_BEGIN}{sentence}{_END}"


def without_unsigned(text: str) -> tuple[str, bool]:
    """A text without its lines that are not signed, the sentence beneath once; and whether there were any."""
    found = _MARKED.search(text)
    if found is None:
        return text, False
    lines = [line for line in text.split("\n") if _BEGIN not in line]
    return "\n".join([*lines, found[1]]), True
