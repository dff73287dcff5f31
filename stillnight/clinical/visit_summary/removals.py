"""What somebody wants taken out of the page: “take the tea out”, “the second one isn't for me, remove it”."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from stillnight.clinical.medicines.words import words_in
from stillnight.clinical.visit_summary.corrections import is_exchange
from stillnight.clinical.visit_summary.wishes import (
    behind_reasons,
    drops_all,
    ends_with_page,
)
from stillnight.clinical.visit_summary.words import SummaryWords, summary_words
from stillnight.recent import recently

_MORE: Final = (" out", " off", " away")
# Told behind a command, these take it back.
_KEEPS: Final = re.compile(
    r"\b(?:keep (?:it|that|them|this|those)(?! (?:short|brief|simple))|leave (?:it|that|them)(?! (?:out|off))"
    r"|never ?mind|do(?:n['’]?t| not) (?:remove|delete|take (?:it|that|them)))\b",
    re.IGNORECASE,
)
_NO_WAIT: Final = re.compile(r"(?:[\s,]+(?:no|wait|actually|sorry|oh|please))+[\s,]*$", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
# “add that I snore, and remove the last question”
_ADD_FIRST: Final = re.compile(
    r"^\W*(?:\w+ ){0,4}?(?:add|put|write|mention|include|note|make|do|create|prepare|print)\b", re.IGNORECASE
)
_AND_REMOVE: Final = re.compile(
    r",?\s+(?:(?:and|then|but|also|please)\s+)+"
    r"(?=(?:remove|delete|erase|omit|leave out|leave (?:the|my|that|any)|take out|take (?:the|my)|scrap)\b)",
    re.IGNORECASE,
)
# Verbs that are a command in any sentence of a message; others only in its first.
_ANYWHERE: Final = frozenset({"remove", "delete", "erase", "omit", "take out", "leave out", "take", "leave"})
_IT: Final = frozenset({"it", "that", "that one"})
_NUMBERED: Final = re.compile(
    r"\b(?:the |that )?(?P<place>first|second|third|fourth|fifth|sixth|seventh|eighth|last) (?:one|question)\b",
    re.IGNORECASE,
)
_THEN_REMOVE: Final = re.compile(
    r",\s+(?:(?:so|and|please|just)\s+)*(?=(?:remove|delete|take|leave|drop|scrap) (?:it|that|that one)\b)",
    re.IGNORECASE,
)
# Behind it stands why something is to go.
_WHY: Final = re.compile(r"[,;]\s+|\s+(?=(?:because|cos|if you|as i|since i)\b)", re.IGNORECASE)
# Verbs that are a command only with “out”, “off”, “from the list”.
_PLAIN: Final = frozenset({"take", "cut", "leave"})


@dataclass(frozen=True)
class Removal:
    """What is to be taken out, in the person's words.

    withdrawn: whether the same message takes it back: “no wait, keep it”. start, end: where the message says so.
    why: the reason that is given.
    """

    target: str
    withdrawn: bool = False
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)
    why: str = field(default="", compare=False)


@recently
def removal(text: str) -> Removal | None:
    """What a message wants taken out of the page; None when it wants nothing of the kind."""
    if is_exchange(text) or drops_all(text):
        return None
    for start, end in commands_in(text):
        keeps = _KEEPS.search(text, start + 1)
        said = text[start : min(end, keeps.start())] if keeps else text[start:end]
        target = _target(_NO_WAIT.sub("", said) if keeps else said, first=start == 0)
        why = _WHY.search(said)
        if why and not keeps:
            head = _target(said[: why.start()], first=start == 0)
            if head is not None:
                # “leave the sertraline out, I stopped that in January”
                end = behind_reasons(text, start + why.start())
                return Removal(head, start=start, end=end, why=text[start + why.start() : end])
        if target is None:
            continue
        if target in _IT and (numbered := list(_NUMBERED.finditer(text, 0, end))):
            # “the second one isn't for me, remove it”
            target, start = f"{numbered[-1]['place'].lower()} question", numbered[-1].start()
        if keeps:
            return Removal(target, True, start, next(stop for _, stop in commands_in(text) if stop >= keeps.end()))
        return Removal(target, start=start, end=end)
    return None


def without_polite(text: str) -> str:
    """The words of a message in small letters, without the polite ones in front."""
    return _command(text)


def commands_in(text: str) -> list[tuple[int, int]]:
    """Sentences, and the parts of one that begins with a command."""
    cuts = {match.span() for match in _SENTENCE.finditer(text)}
    if _ADD_FIRST.match(text):
        cuts |= {match.span() for match in _AND_REMOVE.finditer(text)}
    if _NUMBERED.search(text):
        cuts |= {match.span() for match in _THEN_REMOVE.finditer(text)}
    edges = sorted(cuts)
    return list(zip([0, *(end for _, end in edges)], [*(start for start, _ in edges), len(text)]))


def _target(sentence: str, first: bool) -> str | None:
    """What a sentence wants taken out."""
    said, words = _command(sentence), summary_words()
    for verb in sorted(words.changes["remove"], key=len, reverse=True):
        if said.startswith(f"{verb} ") and (first or verb in _ANYWHERE or verb.startswith(("dont ", "do not "))):
            target = said[len(verb) + 1 :]
            ended = _without_tails(target, words)
            cut = next((ended.removesuffix(more) for more in _MORE if ended.endswith(more)), ended)
            if verb in words.changes["unwanted"] and not ends_with_page(target, words):
                # “I don't want iron” is no command; “I don't want iron on there” is.
                continue
            if verb in _PLAIN and cut == ended == target and not ended.endswith(" line"):
                # “take iron” is no command; “leave the iron out” is.
                continue
            return cut.strip()
    return None


def _command(text: str) -> str:
    said = [word.text for word in words_in(text)]
    return " ".join(said[behind_polite(said, summary_words()) :])


def behind_polite(said: Sequence[str], words: SummaryWords) -> int:
    """How many of the words of a message are only polite and stand in front of what is wanted."""
    at = 0
    while True:
        ahead = " ".join(said[at:])
        front = _front(ahead, words.changes["polite"])
        if not front:
            return at
        at += len(front.split())


def _front(text: str, phrases: Collection[str]) -> str:
    return max((phrase for phrase in phrases if text.startswith(f"{phrase} ")), key=len, default="")


def _without_tails(text: str, words: SummaryWords) -> str:
    while True:
        tail = max((each for each in words.changes["tails"] if text.endswith(f" {each}")), key=len, default="")
        if not tail:
            return text
        text = text[: -len(tail) - 1]
