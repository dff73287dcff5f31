"""What somebody wants on the page, or back on it: “add that I snore”, “put it in the note, …”, “put it back”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.medicines.words import words_in
from stillnight.clinical.visit_summary.removals import behind_polite, commands_in, removal, without_polite
from stillnight.clinical.visit_summary.wishes import (
    questions_in,
)
from stillnight.clinical.visit_summary.words import summary_words
from stillnight.recent import recently

_QUESTION_LABEL: Final = re.compile(
    r"^(?:a |another |one more |this |the |my )?(?:new )?questions?(?: for (?:the|my) doctor)?\s*[:,–-]?\s*",
    re.IGNORECASE,
)
_THAT: Final = re.compile(r"^(?:that|:|,)\s*", re.IGNORECASE)
# “add: ask about a drip” wants a question.
_ASK: Final = re.compile(
    r"^(?:to )?ask (?:him|her|them|the doctor|my doctor|the gp|my gp|doctor|dr|about|for|if|whether|why|how|what)\b",
    re.IGNORECASE,
)
_ASK_WHOM: Final = re.compile(
    r"^(?:to )?ask (?:(?:him|her|them|the|my|doctor|dr|gp|nurse|midwife)\s+)*(?:about )?", re.IGNORECASE
)
_JOINED: Final = re.compile(r"[\s,]+(?:(?:and|then|but|also|please)\s+)*$", re.IGNORECASE)
_PUT_THAT: Final = re.compile(
    r"(?:,|\band|[.!?;])\s+(?:(?:and|please|also)\s+)*"
    r"(?:(?:put|put in|put down|add|write|write down|say|mention|include|note)\s+that|say(?=\s+i\b))\s+"
    r"(?!(?:in|on|down|into|to|there|out|off|back|as|with)\b)",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(
    r"(?:in|on|down|into|to|there|together|back)\b"
    r"(?! (?:my(?! (?:note|page|list|summary))|bed|the (?:evening|night|morning)))",
    re.IGNORECASE,
)
# “please add that too then” speaks of what was told before, too.
_NOTHING_MORE: Final = re.compile(r"(?:(?:too|then|also|please|as well|now|in|on|there|thanks)\W*)+", re.IGNORECASE)
_BACK_IN: Final = re.compile(
    r"(?:do )?(?P<verb>put|add|bring|have|leave|keep|include) (?P<what>.+?) (?:back )?(?:in|on|back)"
    r"(?: (?:again|please|after all|then|now|there|(?:the|my) (?:page|note|list|summary)))*"
)
# “please put it in the note, I had a reaction to the iron”
_INTO_THE_PAGE: Final = re.compile(
    r"\W*(?:(?:please|can you|could you|also|and|ok|okay)\s+)*"
    r"(?:put|write|add|note|include)\s+(?:(?:it|this|that|down)\s+)*"
    r"(?:in|on|into|to)\s+(?:the|my|his|her|our)\s+(?:doctor['’]?s\s+)?(?:note|page|summary|list)\s*[,:;–-]+\s*(?P<what>\w.*)",
    re.IGNORECASE | re.DOTALL,
)
# “write me the note with the forklift bit in”, “make the page and put gambling on it”
_WITH_IT: Final = re.compile(
    r"\b(?:make|write|do|prepare|create|print|show)\b[^.!?]*\b(?:note|page|summary|letter|sheet|list)\b[^.!?]*"
    r"(?:\bwith|\band (?:put|include|mention|add)|, (?:put|include|mention|add))\s+(?:(?:the|my|that)\s+)?"
    r"(?P<what>\w[\w' -]*?)(?:\s+(?:bit|thing|part|stuff))?\s+(?:in|on|included)(?:\s+(?:it|there))?\W*$",
    re.IGNORECASE,
)
# “put the van thing in. and put that …”
_PUT_IN: Final = re.compile(r"\b(?:put|add|include)\b[^.!?]*\bin\W*$", re.IGNORECASE)
# “put it back then, and say that I like it”
_FURTHER: Final = re.compile(r",?\s+(?:and|but)\s+(?=\w)", re.IGNORECASE)
EVERYTHING: Final = frozenset({"all", "all that", "all this", "everything", "all of it"})
ANYTHING: Final = EVERYTHING | {"it", "that", "this", "them"}
_PUTS: Final = frozenset({"put", "add", "bring", "include"})


@dataclass(frozen=True)
class Addition:
    """What is to be written down, as it was typed. start, end: where the message says so, with the command."""

    text: str
    start: int
    end: int


def addition(text: str) -> str | None:
    """What a message wants written down on the page, as it was typed; None when it wants nothing of the kind."""
    found = added(text)
    return found.text if found else None


@recently
def added(text: str) -> Addition | None:
    """What a message wants written down, and where it says so."""
    out = removal(text)
    end = out.start if out and out.start else len(text)
    found = _added(_JOINED.sub("", text[:end]) if end < len(text) else text)
    if found is not None:
        return Addition(found, 0, end)
    back = restored(text)
    if back is not None and back.text:
        return back
    into = _INTO_THE_PAGE.match(text, 0, end)
    if into:
        return Addition(into["what"], 0, end)
    shaped = _WITH_IT.search(text, 0, end)
    if shaped:
        return Addition(shaped["what"], shaped.start("what"), shaped.end("what"))
    inside = _PUT_THAT.search(text, 0, end)
    before = text[: inside.start()] if inside else ""
    wishes = inside and (summary_words().begins("requests", without_polite(before)) or restoration(before))
    if inside and (wishes or _PUT_IN.search(before)):
        # “make a summary, put that it runs in the family”; “put it back then, and say I like it”
        told = text[inside.end() : end].strip()
        return Addition(told, inside.start(), end) if told else None
    return back


def restoration(text: str) -> str | None:
    """What a message wants back on the page; None when it wants nothing of the kind."""
    for start, end in commands_in(text):
        said = text[start:end]
        found = _BACK_IN.fullmatch(without_polite(said)) or _BACK_IN.fullmatch(without_polite(_FURTHER.split(said)[0]))
        if found:
            return found["what"]
    return None


@recently
def restored(text: str) -> Addition | None:
    """A medicine that is told anew by being wanted back; for anything else, empty words in place of the command."""
    for start, end in commands_in(text):
        found = _BACK_IN.fullmatch(without_polite(text[start:end]))
        if found and found["verb"] in _PUTS and found["what"] not in ANYTHING:
            named = [each for each in medicine_finder().find(found["what"]) if each.sure]
            return Addition(found["what"] if named else "", start, end)
    return None


def speaks_of_the_page(text: str) -> bool:
    """Whether a message adds something and names the page: “put it in the note, I had a reaction”."""
    return _INTO_THE_PAGE.match(text) is not None


def _added(text: str) -> str | None:
    words = summary_words()
    spots = list(words_in(text))
    at = behind_polite([spot.text for spot in spots], words)
    for verb in sorted(words.changes["add"], key=len, reverse=True):
        said = verb.split()
        if [spot.text for spot in spots[at : at + len(said)]] == said and len(spots) > at + len(said):
            rest = text[spots[at + len(said) - 1].end :].lstrip(" :,–-")
            rest = _THAT.sub("", rest).rstrip(" ,")
            if _PLACE.match(rest) or _NOTHING_MORE.fullmatch(rest):
                # “put that in the note” speaks of what was told before.
                return None
            asked = _QUESTION_LABEL.match(rest)
            if asked and asked.end():
                return questions_in(rest[asked.end() :].strip()) or None
            if _ASK.match(rest):
                return f"{_ASK_WHOM.sub('', rest).rstrip(' .!?')}?"
            # “can you add …?” is no question of theirs.
            polite = (
                at > 0
                and rest.rstrip().endswith("?")
                and not re.match(r"(?:should|can|could|is|do|does|what|who|why|how|when|will)\b", rest, re.IGNORECASE)
            )
            return rest.rstrip(" ?") if polite else rest
    return None
