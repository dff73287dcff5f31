"""An answer once more in fewer words, for somebody to whom it was too much."""

from __future__ import annotations

import re
from typing import Final

from stillnight.content.catalogue import Catalogue
from stillnight.content.safe_words import WARNING

# Answers say the main thing in their first one or two sentences.
_FIRST: Final = 2
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
# These stay, wherever they stand: the danger of stopping, and when to call.
_STAYS: Final = re.compile(rf"{WARNING.pattern}|emergency|\bcall\b|Be careful", WARNING.flags)


def shorter(text: str, catalogue: Catalogue) -> str:
    """The first sentences and every warning, and an offer to explain a word. What is short already stays as it is."""
    sentences = _SENTENCE.split(text.replace("\n", " "))
    kept = [each for at, each in enumerate(sentences) if at < _FIRST or _STAYS.search(each)]
    if len(kept) == len(sentences):
        return f"{text}\n{catalogue.text('utter_which_word')}"
    return catalogue.text("utter_in_short").format(text=" ".join(kept)) + f"\n{catalogue.text('utter_which_word')}"
