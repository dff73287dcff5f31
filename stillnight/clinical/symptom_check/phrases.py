"""“Yes”, “not really”, “sort of”, “no idea”: bare answers, known by how a message begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Words = tuple[str, ...]

# Words of the longest phrase that is looked for.
_LONGEST: Final = 8
# Longer messages are a story; “I do not know” in it may be about anything.
_SHORT: Final = 8
_KINDS: Final = ("unsure", "deny", "partly", "affirm")


class Phrases:
    """The phrases of `knowledge/symptom_check.yml` by their kind, as rows of words."""

    def __init__(self, known: Mapping[str, frozenset[Words]]) -> None:
        """`known`: the kinds of `words` there, `lead` and `turning`."""
        self._known = known

    def bare(self, words: Words) -> str | None:
        """Whether a message begins with yes, no or “sort of”, or says “not sure”; the longest phrase counts."""
        words = self.behind_lead(words)
        # Of phrases of one length the more careful meaning counts.
        longest, kind = max(((self.begins(words, kind), kind) for kind in _KINDS), key=lambda found: found[0])
        if longest:
            # “yes a bit”
            return "partly" if kind == "affirm" and self._has(words[longest:], "partly") else kind
        if len(words) > _SHORT:
            return None
        return next((kind for kind in ("unsure", "partly") if self._has(words, kind)), None)

    def behind_lead(self, words: Words) -> Words:
        """Without “ok”, “well” and the like at the beginning."""
        known = self._known["lead"]
        at = 0
        while True:
            fits = (length for length in (3, 2, 1) if len(words) > at + length and words[at : at + length] in known)
            length = next(fits, 0)
            if not length:
                return words[at:]
            at += length

    def begins(self, words: Words, kind: str) -> int:
        """How many words the longest phrase of a kind has with which these begin; 0 without any."""
        lengths = range(min(_LONGEST, len(words)), 0, -1)
        return next((length for length in lengths if words[:length] in self._known[kind]), 0)

    def is_all(self, words: Words, kind: str) -> bool:
        """Whether a message is a phrase of this kind and nothing more."""
        return self.behind_lead(words) in self._known[kind]

    def is_one(self, word: str, kind: str) -> bool:
        """Whether a word is a phrase of this kind."""
        return (word,) in self._known[kind]

    def _has(self, words: Words, kind: str) -> bool:
        return any(self.begins(words[at : at + _LONGEST], kind) for at in range(len(words)))
