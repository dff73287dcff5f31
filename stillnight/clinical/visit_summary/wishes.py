"""Wishes for the page as a whole, and the reasons that stand behind a wish: “leave it out, I stopped it in May”."""

from __future__ import annotations

import re
from typing import Final

from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.medicines.words import key
from stillnight.clinical.symptom_check.reader import symptom_reader
from stillnight.clinical.visit_summary.words import SummaryWords, summary_words, without_lead

_PIECE: Final = re.compile(r"[^.!?;,\n]+[.!?;,\n]*\s*")
_NEVER_MIND: Final = frozenset({"forget it", "never mind", "nevermind", "leave it"})
# “delete the note about tea” means a line.
_OF_A_LINE: Final = frozenset({"about", "on", "with", "of", "that", "where", "line", "for", "saying"})
_POLITE_END: Final = re.compile(r"(?: (?:sorry|please|then|now|thanks|at all))+$")
_NEXT_QUESTION: Final = re.compile(
    r"[.;,?]*\s+(?:and\s+)?(?:(?:also|add|a|another|one|the)\s+)*questions?\s+(?=about\b)", re.IGNORECASE
)
_ABOUT: Final = re.compile(r"^about\s+", re.IGNORECASE)
# “actually not the patch”
_NOT_THAT: Final = re.compile(
    r"[.;,]\s*(?:(?:actually|no|well|oh|sorry|but)\W+)+not (?:the |that |about )*(?P<what>\w[\w ]*?)\s*[.!]*$",
    re.IGNORECASE,
)
# Stopped so long ago that no warning is due.
_LONG_AGO: Final = re.compile(
    r"\b(?:months|years?|ages|long) (?:ago|back)\b|\blast (?:year|spring|summer|autumn|fall|winter)\b|\ba long time\b"
    r"|\b(?:in|since|last|back in) (?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december|spring|summer|autumn|winter|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)

# “I want to ask about a drip”, but “I want to ask you something”
_TO_ASK: Final = re.compile(
    r"^(?:\w+ )?(?:i|we)(?:['’]?d| would)? (?:want|wanted|need|like|have) to "
    r"(?:ask (?!you|u\b|something|a question|for)(?:(?:him|her|them|the doctor|my doctor|the gp|my gp) )?(?:about )?"
    r"|(?:talk|speak) (?!to you|with you)(?:(?:to|with) (?:\w+ ){1,2}?)?about |discuss )(?P<what>\w.*)",
    re.IGNORECASE | re.DOTALL,
)
# “I want to ask about it”
_POINTS: Final = frozenset({"it", "that", "this", "them", "those", "these", "him", "her", "all that", "all this"})


def behind_reasons(text: str, start: int) -> int:
    """Where what is said behind a wish ends that only tells why, and is no line of the page.

    Args:
        text: the message.
        start: where the wish itself ends.
    """
    words, end = summary_words(), start
    # A stop of these days is a fact that a doctor must know, and calls for a warning.
    long_ago = is_long_ago(text[start:])
    for piece in _PIECE.finditer(text, start):
        said = piece.group().strip(" ,;.!?\n")
        if said and not _is_reason(said, words, long_ago):
            break
        end = piece.end()
    return end


def is_long_ago(text: str) -> bool:
    """Whether a text names a time that is months or years past: “it was last year”."""
    return _LONG_AGO.search(text) is not None


def tells_of_stop(text: str) -> bool:
    """Whether a text says that something was stopped, at a time that may be near."""
    return summary_words().has("stopped", text) and not is_long_ago(text)


def _is_reason(said: str, words: SummaryWords, long_ago: bool) -> bool:
    if "?" in said or medicine_finder().find(said) or lab_reader().read(said).values:
        return False
    story = symptom_reader().story(said)
    if story.answers or story.passing or words.has("tried", said) or words.has("about", said):
        return False
    if words.has("stopped", said):
        return long_ago
    return words.lists["tells"].isdisjoint(key(_LONG_AGO.sub(" ", said)).split())


def questions_in(text: str) -> str:
    """Questions that are to be added, one behind the other, without one that is taken back; empty without any."""
    off = _NOT_THAT.search(text)
    asked = _NEXT_QUESTION.split(text[: off.start()] if off else text)
    gone = set(key(off["what"]).split()) if off else set()
    kept = [_ABOUT.sub("", each.strip(" .!?")) for each in asked if gone.isdisjoint(key(each).split())]
    return " ".join(f"{each}?" for each in kept if each)


def ends_with_page(said: str, words: SummaryWords) -> bool:
    """Whether words end with one for the page: “pramipexole on there at all”."""
    bare = _POLITE_END.sub("", said)
    return any(bare.endswith(f" {each}") for each in words.changes["there"])


def is_wanted_again(said: str) -> bool:
    """Whether bare words want the page once more: “make it again sorry”."""
    return _POLITE_END.sub("", said) in summary_words().changes["once_more"]


def drops_all(text: str) -> bool:
    """Whether a message wants the whole page gone: “forget it delete the whole thing”."""
    changes = summary_words().changes
    pieces = (without_lead(each.group(), changes["polite"] | _NEVER_MIND) for each in _PIECE.finditer(text))
    return any(
        piece == phrase or (piece.startswith(f"{phrase} ") and piece[len(phrase) :].split()[0] not in _OF_A_LINE)
        for piece in pieces
        for phrase in changes["whole"]
    )


def asks_if_on(text: str) -> bool:
    """Whether a message asks if something stands on the page: “is Graham's ferritin in there? it mustn't be”."""
    words, (question, mark, _) = summary_words(), text.partition("?")
    said = key(question)
    starts = any(said.startswith(f"{each} ") for each in words.changes["stands"])
    return bool(mark) and starts and ends_with_page(said, words)


def asked_for(text: str) -> str:
    """What somebody wants to ask at the visit, as a question; empty when the words want no such thing."""
    found = _TO_ASK.match(text)
    what = found["what"].rstrip(" .!?") if found else ""
    return f"{what}?" if what and key(what) not in _POINTS else ""
