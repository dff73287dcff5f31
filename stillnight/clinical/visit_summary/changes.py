"""What somebody wants changed on the page: “take the sertraline out”, “remove the second question”, “12, not 21”."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.medicines.words import key, words_in
from stillnight.clinical.visit_summary.medicines import name_of_kind
from stillnight.clinical.visit_summary.model import Line, Section, Summary
from stillnight.clinical.visit_summary.words import SummaryWords, summary_words

_QUESTION_LABEL: Final = re.compile(
    r"^(?:a |another |one more |this |the |my )?(?:new )?questions?(?: for (?:the|my) doctor)?\s*[:,–-]?\s*",
    re.IGNORECASE,
)
_THAT: Final = re.compile(r"^(?:that|:|,)\s*", re.IGNORECASE)
_MORE: Final = (" out", " off", " away")
# “12 years, not 10”; “it is 12 not 10”; “change 10 to 12”; “replace 10 with 12”.
_NOT: Final = re.compile(
    r"(?P<new>[\w.,/:]+(?: \w+)?),?\s+(?:and\s+)?not\s+(?P<old>[\w.,/:]*\w)\s*[.!]?\s*$", re.IGNORECASE
)
_TO: Final = re.compile(
    r"\b(?:change|replace|swap|correct)\s+(?:the\s+)?(?P<old>.+?)\s+(?:to|with|by|for)\s+(?P<new>.+?)\s*[.!]?\s*$",
    re.IGNORECASE,
)
# “take the sertraline off, its citalopram”
_OFF_ITS: Final = re.compile(
    r"\b(?:take|cut|leave|cross)\s+(?:the\s+|my\s+)?(?P<old>[\w ]+?)\s+(?:off|out)\b,?\s*(?:and\s+|no\s+|cos\s+)*"
    r"(?:it'?s|it is|it was|i meant|i mean|i take|im on|i'm on|put|add)\s+(?:really\s+|actually\s+|in\s+|the\s+)*"
    r"(?P<new>\w+(?: \w+)?)\s*(?:instead|in)?\s*[.!]?\s*$",
    re.IGNORECASE,
)
# “add: ask about a drip” wants a question.
_ASK: Final = re.compile(
    r"^(?:to )?ask (?:him|her|them|the doctor|my doctor|the gp|my gp|doctor|dr|about|for|if|whether|why|how|what)\b",
    re.IGNORECASE,
)
_ASK_WHOM: Final = re.compile(
    r"^(?:to )?ask (?:(?:him|her|them|the|my|doctor|dr|gp|nurse|midwife)\s+)*(?:about )?", re.IGNORECASE
)
# Somebody's own words are meant, and not what they take.
_LINE_ABOUT: Final = re.compile(r"\b(?:line|part|bit|thing|sentence) (?:about|with|on)\b")
_LONG: Final = 4
# Before “not” these are no words to put in place of others: “I am not sure”.
_SMALL: Final = frozenset(
    {
        "am",
        "i am",
        "im",
        "i'm",
        "is",
        "are",
        "was",
        "were",
        "its",
        "it's",
        "it is",
        "why",
        "or",
        "and",
        "do",
        "does",
        "did",
    }
)
_VALUE: Final = re.compile(r"\b(?:result|level|value|number|test|reading|blood)s?\b")
_TABLET: Final = re.compile(r"\b(?:tablet|pill|medicine|med|capsule|supplement)s?\b")
# Verbs that are a command only with “out”, “off”, “from the list”.
_PLAIN: Final = frozenset({"take", "cut", "leave"})


@dataclass(frozen=True)
class Removal:
    """What is to be taken out, in the person's words."""

    target: str


def removal(text: str) -> Removal | None:
    """What a message wants taken out of the page; None when it wants nothing of the kind."""
    if is_exchange(text):
        return None
    said = _command(text)
    words = summary_words()
    for verb in sorted(words.changes["remove"], key=len, reverse=True):
        if said.startswith(f"{verb} "):
            target = said[len(verb) + 1 :]
            ended = _without_tails(target, words)
            cut = next((ended.removesuffix(more) for more in _MORE if ended.endswith(more)), ended)
            if verb in _PLAIN and cut == ended == target and not ended.endswith(" line"):
                # “take iron” is no command; “leave the iron out” is.
                continue
            return Removal(cut.strip())
    return None


def addition(text: str) -> str | None:
    """What a message wants written down on the page, as it was typed; None when it wants nothing of the kind."""
    words = summary_words()
    spots = list(words_in(text))
    at = _behind_polite([spot.text for spot in spots], words)
    for verb in sorted(words.changes["add"], key=len, reverse=True):
        said = verb.split()
        if [spot.text for spot in spots[at : at + len(said)]] == said and len(spots) > at + len(said):
            rest = text[spots[at + len(said) - 1].end :].lstrip(" :,–-")
            rest = _THAT.sub("", rest)
            asked = _QUESTION_LABEL.match(rest)
            if asked and asked.end():
                question = rest[asked.end() :].strip()
                return f"{question.rstrip(' .!?')}?" if question else None
            if _ASK.match(rest):
                return f"{_ASK_WHOM.sub('', rest).rstrip(' .!?')}?"
            # “can you add …?” is no question of theirs.
            polite = (
                at > 0
                and rest.rstrip().endswith("?")
                and not re.match(r"(?:should|can|could|is|do|does|what|why|how|when|will)\b", rest, re.IGNORECASE)
            )
            return rest.rstrip(" ?") if polite else rest
    return None


def replacement(text: str) -> tuple[str, str] | None:
    """Old and new words of a message that puts something right; None when it does not."""
    found = _OFF_ITS.search(text) or _TO.search(text) or _NOT.search(text)
    if found is None:
        return None
    old, new = found["old"].strip(" “”\"'"), found["new"].strip(" “”\"'")
    if new.lower() in _SMALL:
        # “I am not sure”
        return None
    first = new.split()[0] if new else ""
    if old.replace(".", "").replace(",", "").isdigit() and first[:1].isdigit():
        # “12 years, not 10”: the number alone is changed.
        new = first
    elif found.re is _NOT and len(new.split()) > len(old.split()):
        new = " ".join(new.split()[-len(old.split()) :])
    return (old, new) if old and new and old.lower() != new.lower() else None


def is_exchange(text: str) -> bool:
    """Whether a message puts one thing in place of another: “take the sertraline off, its citalopram”."""
    return _OFF_ITS.search(text) is not None


def is_change(text: str) -> bool:
    """Whether a message asks for a change of the page and tells nothing else."""
    return removal(text) is not None or addition(text) is not None


def targets(removal: Removal, summary: Summary, questions: Sequence[str]) -> tuple[str, ...]:
    """Keys of the lines that are meant; empty when none is.

    Args:
        removal: what is to be taken out.
        summary: as it stands.
        questions: keys of the questions as they were numbered last.
    """
    words, said = summary_words(), key(removal.target)
    bare = re.sub(r"^(?:the|my|that|this|line about|line with|line|part about|bit about|thing about) ", "", said)
    bare = re.sub(r"^(?:the|my|that|line about|about) ", "", bare)
    numbered = _numbered(bare, questions, words)
    if numbered is not None:
        return numbered
    for name, called in words.sections.items():
        if said in called or bare in called:
            return tuple(line.key for line in summary.of(Section(name)))
    medicines = _medicines(removal.target)
    if _VALUE.search(said) and (values := _values(removal.target, summary)):
        return values
    found = [line.key for line in summary.lines if line.section is Section.MEDICINES and line.name in medicines]
    if found:
        return tuple(found)
    if _LINE_ABOUT.search(said) and (by_words := _by_words(bare, summary.lines)):
        return by_words
    quoted = medicines and [name for line in summary.lines for name in medicines & _medicines(line.quote)]
    if quoted:
        # Its own line is gone already; the sentence that names it may tell of another one too.
        return tuple(f"medicine {name}" for name in dict.fromkeys(quoted))
    if _TABLET.search(said):
        # “the magnesium tablet” is no test.
        return _by_words(bare, [line for line in summary.lines if line.section is not Section.LABS])
    return _values(removal.target, summary) or _by_words(bare, summary.lines)


def _values(target: str, summary: Summary) -> tuple[str, ...]:
    """Keys of the lab values that are named."""
    labs = set(lab_reader().spoken_of(target).labs)
    return tuple(line.key for line in summary.of(Section.LABS) if line.name in labs and _is_value(line, target))


def medicines_of(removal: Removal) -> set[str]:
    """Names of the medicines that are to be taken out."""
    return _medicines(removal.target)


def _medicines(text: str) -> set[str]:
    register = medicine_finder().register
    named = set[str]()
    for mention in medicine_finder().find(text):
        named.update(mention.medicines)
        if mention.kind:
            named.add(name_of_kind(mention.kind))
            named.update(name for name, entry in register.medicines.items() if entry.kind.key == mention.kind)
    return named


def _is_value(line: Line, text: str) -> bool:
    numbers = re.findall(r"\d+(?:[.,]\d+)?", text)
    value = line.value.value if line.value else None
    return not numbers or any(float(number.replace(",", ".")) == value for number in numbers)


def _numbered(said: str, questions: Sequence[str], words: SummaryWords) -> tuple[str, ...] | None:
    """“second question”, “question 2”, “the last question”."""
    pieces = said.split()
    if not any(piece in words.changes["question"] for piece in pieces) or len(pieces) < 2:
        return None
    for piece in pieces:
        digits = re.match(r"(\d+)(?:st|nd|rd|th)?$", piece)
        place = int(digits[1]) if digits else words.ordinals.get(piece)
        if place is not None:
            at = place - 1 if place > 0 else len(questions) - 1
            return (questions[at],) if 0 <= at < len(questions) else ()
    return None


def _by_words(said: str, lines: Iterable[Line]) -> tuple[str, ...]:
    """The lines that share most of the telling words."""
    wanted = {_stem(word) for word in said.split() if len(word) >= _LONG or word.isdigit()}
    if not wanted:
        return ()
    shared = [(len(wanted & _stems(f"{line.quote} {line.name.replace('_', ' ')}")), line.key) for line in lines]
    most = max((count for count, _ in shared), default=0)
    return tuple(name for count, name in shared if count == most) if most else ()


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in key(text).split()}


def _stem(word: str) -> str:
    return re.sub(r"(?:ings?|ed|s)$", "", word) if len(word) > _LONG else word


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
