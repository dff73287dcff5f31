"""What a messenger would take for formatting, in texts that hold none."""

from __future__ import annotations

import re
from typing import Final

# Characters that look alike and format nothing.
_ALIKE: Final = {"*": "\N{ASTERISK OPERATOR}", "_": "\N{FULLWIDTH LOW LINE}", "~": "\N{TILDE OPERATOR}"}
_EDGE: Final = {mark: re.compile(rf"(?<![^\W_]){re.escape(mark)}|{re.escape(mark)}(?![^\W_])") for mark in _ALIKE}
_ADDRESS: Final = re.compile(r"((?:https?://|www\.)\S+|[\w.+-]{1,64}@[\w.-]{1,255})", re.IGNORECASE)
_QUOTE: Final = re.compile(r"(?m)^([^\S\n]*>)[^\S\n]+")


def unmarked(text: str) -> str:
    """The text so that WhatsApp shows its `*`, `_`, `~` and backticks, and a “>” that begins a line.

    There is no way to escape them. What WhatsApp leaves alone is left alone: a mark by itself, between letters (`a_b`)
    or in an address.
    """
    plain = _QUOTE.sub(r"\1", text.replace("`", "'"))
    return "\n".join(map(_line, plain.split("\n")))


def _line(line: str) -> str:
    # With one group in the pattern every second piece is an address.
    pieces = _ADDRESS.split(line)
    for mark, edge in _EDGE.items():
        if sum(len(edge.findall(piece)) for piece in pieces[::2]) > 1:
            pieces[::2] = [edge.sub(_ALIKE[mark], piece) for piece in pieces[::2]]
    return "".join(pieces)
