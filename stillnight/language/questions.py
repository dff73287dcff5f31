"""What of a long message is the question, which questions stand in it, and into which clauses it falls.

Plain rules on words: a message is at most a few hundred characters, and what matters here stands at its joints.
"""

from __future__ import annotations

import re
from typing import Final

# A message of more words than this is read for its question too.
LONG_WORDS: Final = 25
_PIECES_MAX: Final = 12
_SHORTEST: Final = 2
# More questions than these in one message are a story, of which the whole tells what it is about.
_QUESTIONS_MAX: Final = 3
# In a message without full stops a question may begin at its word in the middle.
_ASKING: Final = (
    r"(?:what|whats|what's|wat|why|how|hows|how's|when|where|which|who|is|are|am|was|does|do|did|can|could|cud|should|shud"
    r"|shall|will|would|wud|has|have)"
)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?;])\s+|\n+|(?<=\?)")
_JOINT: Final = re.compile(r"[,;.!?\n]+\s*|\s+(?=(?:and|but|also|plus|or|cause|cos|because|then|so)\s)", re.IGNORECASE)
_AND_ASKING: Final = re.compile(
    rf"(?:,\s*|\s+)(?:and|also|plus|&|and also|oh and|but)\s+(?=(?:also\s+)?{_ASKING}\b)", re.IGNORECASE
)
_BEGINS_ASKING: Final = re.compile(
    r"(?:(?:and|also|but|so|then|plus|ok|oh|please|pls|hi|hello|well|btw|secondly|second|2nd)[\s,]+)*"
    rf"{_ASKING}\b|.*\b(?:tell me|want to know|wanna know|wondering|wonder)\b",
    re.IGNORECASE,
)
# A question for sure, unlike “have 2 kids”, “was married 54 years”, “when she died”, “what a relief”.
_ASKS_OF: Final = (
    r"(?:i|you|u|it|this|that|these|those|he|she|they|we|there|my|your|the|rls|restless|legs|iron|any\w*|some\w*)"
)
_PLAIN_QUESTION: Final = re.compile(
    r"(?:(?:and|also|but|so|then|plus|or|because|cos|ok|oh|please|pls|hi|hello|well|btw)[\s,]+)*"
    r"(?:(?:what(?! an?\b)|whats|what's|why|how|hows|how's)\b"
    rf"|(?:when|where|who|which)\s+{_ASKING}\b|{_ASKING}\s+{_ASKS_OF}\b)"
    r"|.*\b(?:tell me (?:what|how|why|if|about)|want to know|wanna know|wondering|wonder (?:if|what|why|how))\b",
    re.IGNORECASE,
)
_LATE_QUESTION: Final = re.compile(rf"\b(?:so|but|and|now|please|just|or)\s+(?={_ASKING}\b)", re.IGNORECASE)


def clauses(text: str) -> list[str]:
    """Pieces between commas, full stops and joining words, two words or longer; of a long text the first dozen."""
    pieces = (piece.strip() for piece in _JOINT.split(text))
    return [piece for piece in pieces if len(piece.split()) >= _SHORTEST][:_PIECES_MAX]


def sentences(text: str) -> list[str]:
    """Sentences of two words or more."""
    return [piece.strip() for piece in _SENTENCE_END.split(text) if len(piece.split()) >= _SHORTEST]


def last_question(text: str) -> str | None:
    """What a long rambling message asks in the end, or None when it is short or asks nothing plainly."""
    if len(text.split()) <= LONG_WORDS:
        return None
    asking = [sentence for sentence in sentences(text) if asks(sentence)]
    last = asking[-1] if asking else text
    if len(last.split()) <= LONG_WORDS:
        return last
    # One breath without a full stop: from the last word that begins a question.
    starts = [match.end() for match in _LATE_QUESTION.finditer(last)]
    tail = last[starts[-1] :].strip() if starts else ""
    return tail if len(tail.split()) > _SHORTEST else None


def asks_plainly(text: str) -> bool:
    """Whether anything in a message is surely a question, and not a sentence without its subject."""
    pieces = (text, *sentences(text), *clauses(text))
    return "?" in text or any(_PLAIN_QUESTION.match(piece) for piece in pieces)


def several_questions(text: str) -> tuple[str, ...]:
    """The questions of a message that plainly asks two or three things, in order; none for any other message."""
    asked = tuple(
        part.strip(" ,")
        for sentence in sentences(text)
        for part in _AND_ASKING.split(sentence)
        if asks(part.strip(" ,")) and len(part.split()) >= _SHORTEST
    )
    return asked if 1 < len(asked) <= _QUESTIONS_MAX else ()


def asks(sentence: str) -> bool:
    """Whether a sentence asks something."""
    return sentence.endswith("?") or _BEGINS_ASKING.match(sentence) is not None
