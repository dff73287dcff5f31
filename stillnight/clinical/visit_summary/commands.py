"""What somebody wants of the page: “take the tea out”, “add that I snore”, “put it back in”, “final version please”."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.medicines.words import words_in
from stillnight.clinical.visit_summary.corrections import is_exchange
from stillnight.clinical.visit_summary.wishes import (
    asks_if_on,
    behind_reasons,
    drops_all,
    ends_with_page,
    is_wanted_again,
    questions_in,
)
from stillnight.clinical.visit_summary.words import SummaryWords, summary_words
from stillnight.recent import recently

_QUESTION_LABEL: Final = re.compile(
    r"^(?:a |another |one more |this |the |my )?(?:new )?questions?(?: for (?:the|my) doctor)?\s*[:,–-]?\s*",
    re.IGNORECASE,
)
_THAT: Final = re.compile(r"^(?:that|:|,)\s*", re.IGNORECASE)
_MORE: Final = (" out", " off", " away")
# “add: ask about a drip” wants a question.
_ASK: Final = re.compile(
    r"^(?:to )?ask (?:him|her|them|the doctor|my doctor|the gp|my gp|doctor|dr|about|for|if|whether|why|how|what)\b",
    re.IGNORECASE,
)
_ASK_WHOM: Final = re.compile(
    r"^(?:to )?ask (?:(?:him|her|them|the|my|doctor|dr|gp|nurse|midwife)\s+)*(?:about )?", re.IGNORECASE
)
# Told behind a command, these take it back.
_KEEPS: Final = re.compile(
    r"\b(?:keep (?:it|that|them|this|those)(?! (?:short|brief|simple))|leave (?:it|that|them)(?! (?:out|off))"
    r"|never ?mind|do(?:n['’]?t| not) (?:remove|delete|take (?:it|that|them)))\b",
    re.IGNORECASE,
)
_NO_WAIT: Final = re.compile(r"(?:[\s,]+(?:no|wait|actually|sorry|oh|please))+[\s,]*$", re.IGNORECASE)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
# “add that I snore, and remove the last question”
_ADD_FIRST: Final = re.compile(r"^\W*(?:\w+ ){0,4}?(?:add|put|write|mention|include|note)\b", re.IGNORECASE)
_AND_REMOVE: Final = re.compile(
    r",?\s+(?:(?:and|then|but|also|please)\s+)+"
    r"(?=(?:remove|delete|erase|omit|leave out|take out|take (?:the|my)|scrap)\b)",
    re.IGNORECASE,
)
_JOINED: Final = re.compile(r"[\s,]+(?:(?:and|then|but|also|please)\s+)*$", re.IGNORECASE)
# Verbs that are a command in any sentence of a message; others only in its first.
_ANYWHERE: Final = frozenset({"remove", "delete", "erase", "omit", "take out", "leave out", "take", "leave"})
_PUT_THAT: Final = re.compile(
    r"(?:,|\band|[.!?;])\s+(?:(?:and|please|also)\s+)*"
    r"(?:(?:put|put in|put down|add|write|write down|say|mention|include|note)\s+that|say(?=\s+i\b))\s+"
    r"(?!(?:in|on|down|into|to|there|out|off|back|as|with)\b)",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(
    r"(?:in|on|down|into|to|there|together|back)\b(?! (?:my|bed|the (?:evening|night|morning)))", re.IGNORECASE
)
# “please add that too then” speaks of what was told before, too.
_NOTHING_MORE: Final = re.compile(r"(?:(?:too|then|also|please|as well|now|in|on|there|thanks)\W*)+", re.IGNORECASE)
_BACK_IN: Final = re.compile(
    r"(?:do )?(?P<verb>put|add|bring|have|leave|keep|include) (?P<what>.+?) (?:back )?(?:in|on|back)"
    r"(?: (?:again|please|after all|then|now|there|(?:the|my) (?:page|note|list|summary)))*"
)
# “put it back then, and say that I like it”
_FURTHER: Final = re.compile(r",?\s+(?:and|but)\s+(?=\w)", re.IGNORECASE)
EVERYTHING: Final = frozenset({"all", "all that", "all this", "everything", "all of it"})
ANYTHING: Final = EVERYTHING | {"it", "that", "this", "them"}
_PUTS: Final = frozenset({"put", "add", "bring", "include"})
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


@dataclass(frozen=True)
class Addition:
    """What is to be written down, as it was typed. start, end: where the message says so, with the command."""

    text: str
    start: int
    end: int


@recently
def removal(text: str) -> Removal | None:
    """What a message wants taken out of the page; None when it wants nothing of the kind."""
    if is_exchange(text) or drops_all(text):
        return None
    for start, end in _commands(text):
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
            return Removal(target, True, start, next(stop for _, stop in _commands(text) if stop >= keeps.end()))
        return Removal(target, start=start, end=end)
    return None


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
    if back is not None:
        return back
    inside = _PUT_THAT.search(text, 0, end)
    before = text[: inside.start()] if inside else ""
    if inside and (summary_words().begins("requests", without_polite(before)) or restoration(before)):
        # “make a summary, put that it runs in the family”; “put it back then, and say I like it”
        told = text[inside.end() : end].strip()
        return Addition(told, inside.start(), end) if told else None
    return None


def restoration(text: str) -> str | None:
    """What a message wants back on the page; None when it wants nothing of the kind."""
    for start, end in _commands(text):
        said = text[start:end]
        found = _BACK_IN.fullmatch(without_polite(said)) or _BACK_IN.fullmatch(without_polite(_FURTHER.split(said)[0]))
        if found:
            return found["what"]
    return None


@recently
def restored(text: str) -> Addition | None:
    """A medicine that is told anew by being wanted back; for anything else, empty words in place of the command."""
    for start, end in _commands(text):
        found = _BACK_IN.fullmatch(without_polite(text[start:end]))
        if found and found["verb"] in _PUTS and found["what"] not in ANYTHING:
            named = [each for each in medicine_finder().find(found["what"]) if each.sure]
            return Addition(found["what"] if named else "", start, end)
    return None


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


def without_polite(text: str) -> str:
    """The words of a message in small letters, without the polite ones in front."""
    return _command(text)


def _added(text: str) -> str | None:
    words = summary_words()
    spots = list(words_in(text))
    at = _behind_polite([spot.text for spot in spots], words)
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


def _commands(text: str) -> list[tuple[int, int]]:
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
    return " ".join(said[_behind_polite(said, summary_words()) :])


def _behind_polite(said: Sequence[str], words: SummaryWords) -> int:
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


def names_somebody(text: str) -> bool:
    """Whether a name is told: “his name is Oscar”."""
    return _NAME.search(text) is not None


def without_names(text: str) -> str:
    """A text without the clauses that tell a name."""
    return _NAME.sub("", text)
