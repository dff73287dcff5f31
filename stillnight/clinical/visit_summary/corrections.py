"""What somebody puts right on the page: “12 years, not 10”, “2016 is wrong, it was 2019”, “he turned 8”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stillnight.clinical.labs.reading.numerals import Numeral, numerals, same_length
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.visit_summary.words import summary_words

_TERM: Final = r"[\w.,/:]*\w(?: \w+)?"
_STOPS: Final = r"(?=\s*(?:[.!;]|,(?!\d)|$)|\s+(?:and|but|so|please|can you|could you|instead)\b)"
_IT_IS: Final = (
    r"(?:(?:(?:it|she|he|that|they|this)(?:['’]?s| is| was| were| are| says?| said| should be| started?| starts)"
    r"|i (?:meant|mean|should have said)|should be|make (?:it|that))(?: (?:more like|really|actually|about|rather|now"
    r"|in|at|since|from|on))*)"
)
# “12 years, not 10”; “it is 12 not 10”
_NOT: Final = re.compile(
    rf"(?P<new>[\w.,/:]+(?: \w+)?),?\s+(?:and\s+)?not\s+(?P<old>[\w.,/:]*\w){_STOPS}", re.IGNORECASE
)
# “not 2016 but 2019”
_NOT_BUT: Final = re.compile(
    rf"\bnot (?:in |since |at |for )?(?P<old>[\w.,/:]*\w),? (?:but|rather|more like|{_IT_IS}) (?:in |since |at |for )?"
    rf"(?P<new>{_TERM}){_STOPS}",
    re.IGNORECASE,
)
# “change 10 to 12”; “replace 10 with 12”
_TO: Final = re.compile(
    r"(?<!\bthe )(?<!\bthat )(?<!\bthis )\b(?:change|replace|swap|correct)\s+(?!from\b)"
    r"(?:the\s+)?(?P<old>.+?)\s+(?:to|with|by|for)\s+(?P<new>.+?)\s*[.!]?\s*$",
    re.IGNORECASE,
)
# “I said every twenty seconds, she says more like every thirty”
_SAID: Final = re.compile(
    r"\b(?:i said|i told you|i wrote|it says|you (?:wrote|have|put)|the page says) (?P<old>.{1,40}?)[,.?;]?\s+"
    rf"(?:but )?{_IT_IS} (?P<new>.{{1,40}}?){_STOPS}",
    re.IGNORECASE,
)
# “2016 is wrong, it was 2019”
_WRONG: Final = re.compile(
    rf"(?P<old>{_TERM}) (?:is|was) (?:wrong|not right|incorrect|a mistake|a typo)[,.;:]?\s+(?:(?:and|sorry|no) )*"
    rf"{_IT_IS} (?P<new>{_TERM}){_STOPS}",
    re.IGNORECASE,
)
# “take the sertraline off, its citalopram”
_OFF_ITS: Final = re.compile(
    r"\b(?:take|cut|leave|cross)\s+(?:the\s+|my\s+)?(?P<old>[\w ]+?)\s+(?:off|out)\b,?\s*(?:and\s+|no\s+|cos\s+)*"
    r"(?:it'?s|it is|it was|i meant|i mean|i take|im on|i'm on|put|add)\s+(?:really\s+|actually\s+|in\s+|the\s+)*"
    r"(?P<new>\w+(?: \w+)?)\s*(?:instead|in)?\s*[.!]?\s*$",
    re.IGNORECASE,
)
# Before “not” these are no words to put in place of others: “I am not sure”.
_SMALL: Final = frozenset(
    {"am", "i am", "im", "i'm", "is", "are", "was", "were", "its", "it's", "it is", "why", "or", "and"}
    | {"do", "does", "did"}
)
_CLAUSE_STARTS: Final = re.compile(r"[.!?;\n]\s*|,\s+(?:and\s+|but\s+)?|\s(?:and|but)\s+", re.IGNORECASE)
_SENTENCE_ENDS: Final = re.compile(r"[.!?;\n]\s*")
_MONTH: Final = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b", re.IGNORECASE
)
_AGE_NOW: Final = re.compile(
    r"\b(?:(?:he|she|they|i)(?:['’]?(?:s|m|re)| is| am| are| has| just)*(?: actually| really| now| just)* turned"
    r"|(?:he|she)(?:['’]?s| is)(?: actually| really| now)*|i(?:['’]?m| am)(?: actually| really| now)*"
    r"|age (?:is|should be)(?: actually| really| now)*) (?P<age>\d{1,3})\b(?!\s*(?:mg|weeks?|months?|days?|hours?|%))",
    re.IGNORECASE,
)
# “he's not 8 by the way, he turned 9”
_AGE_IS_NOT: Final = re.compile(r"(?:he|she|i)(?:['’]?[sm]| is| am) not \d{1,3}\b", re.IGNORECASE)
_AGE_IS_MEANT: Final = re.compile(r"\b(?:ages?|turned|years? old|birthday)\b", re.IGNORECASE)
_AGE_THEN: Final = re.compile(
    r"(?:\b(?:is|am|aged|turned|im|hes|shes)|['’][ms])\s+(?:only\s+|just\s+|nearly\s+|a\s+)?(?P<is>\d{1,3})"
    r"(?=\s*(?:$|[,.;]|(?:and|but)\b|years?\b|yrs?\b|yo\b|y/o))"
    r"|\b(?P<old>\d{1,3})(?=[\s-]*(?:years?[\s-]+old|yo\b|y/o|yrs?[\s-]+old))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Swap:
    """Words in place of others. forms: old and new, the fullest first. start, end: the clause that says so."""

    forms: tuple[tuple[str, str], ...]
    start: int
    end: int


def replacements(text: str) -> tuple[Swap, ...]:
    """What a message puts right, in order; empty when it puts nothing right in so many words."""
    found = list[Swap]()
    for pattern in (_OFF_ITS, _TO, _SAID, _WRONG, _NOT_BUT, _NOT):
        for match in pattern.finditer(text):
            start = _clause_start(text, match.start())
            if any(start < each.end and each.start < match.end() for each in found):
                continue
            forms = tuple(_forms(match))
            # In the midst of a message “restless, not tired” only tells; a number for another puts right.
            last = not text[match.end() :].strip(" .!")
            if forms and (last or _is_alike(*forms[0])):
                found.append(Swap(forms, start, match.end()))
    return tuple(sorted(found, key=lambda each: each.start))


def is_exchange(text: str) -> bool:
    """Whether a message puts one thing in place of another: “take the sertraline off, its citalopram”."""
    return _OFF_ITS.search(text) is not None


def wishes_change(text: str) -> bool:
    """Whether a message says that something is wrong, or asks to have it changed."""
    return bool(replacements(text)) or summary_words().wishes_change(text)


def age_told(text: str) -> tuple[str, int, int] | None:
    """The age that a message puts right, and the place of the clause that tells it: “his age is wrong, he turned 8”."""
    found = _AGE_NOW.search(text)
    if found is None or not (_AGE_IS_MEANT.search(text) and summary_words().wishes_change(text)):
        return None
    ends = _CLAUSE_STARTS.search(text, found.end())
    start = _clause_start(text, found.start())
    sentence = max((match.end() for match in _SENTENCE_ENDS.finditer(text, 0, start)), default=0)
    # “his age is wrong” tells nothing beside it.
    before = text[sentence:start]
    start = sentence if summary_words().wishes_change(before) or _AGE_IS_NOT.match(before) else start
    return found["age"], start, ends.start() if ends else len(text)


def with_age(text: str, age: str) -> str | None:
    """A sentence with another age in it; None when it tells none."""
    found = _AGE_THEN.search(text)
    if found is None:
        return None
    start, end = found.span("is" if found["is"] else "old")
    return f"{text[:start]}{age}{text[end:]}"


def put_right(text: str, old: str, new: str) -> str | None:
    """A text with some words in place of others; None when they do not stand in it."""
    # “8” of “8pm” is meant, and not that of “18” or “8.5”.
    behind = r"(?!\d|[.,]\d)" if old[-1:].isdigit() else r"(?!\w)"
    changed, count = re.subn(rf"(?<![\w.,]){re.escape(old)}{behind}", lambda _: new, text, count=1, flags=re.IGNORECASE)
    return changed if count else None


def blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """A text without some of its clauses, all else where it was."""
    for start, end in spans:
        text = f"{text[:start]}{chr(10) * (end - start)}{text[end:]}"
    return text


def _clause_start(text: str, place: int) -> int:
    return max((match.end() for match in _CLAUSE_STARTS.finditer(text, 0, place)), default=0)


def _forms(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    old, new = (match[name].strip(" “”\"'") for name in ("old", "new"))
    if new.lower() in _SMALL or not old or not new:
        # “I am not sure”
        return
    months = [found.group() for found in _MONTH.finditer(old)]
    if len(months) == 1 and _MONTH.fullmatch(new):
        # “it says 0.75 since march? it was february”
        yield months[0], new
        return
    first, second = _number(old), _number(new)
    if first and second is None and match.re is _NOT:
        # “it is 5 nights a week, not 3”
        new = match.string[_clause_start(match.string, match.start()) : match.end("new")]
        second = _number(new)
    if (first is None) != (second is None):
        return
    if first and second:
        bare = old[first.start : first.end], new[second.start : second.end]
        if bare[0].lower() == bare[1].lower():
            return
        head = new[: second.start] if old[: first.start].strip() else ""
        tail = (new[second.end :] or old[first.end :]) if old[first.end :] else ""
        yield from dict.fromkeys([(old, f"{head}{bare[1]}{tail}"), bare])
        return
    if match.re is _NOT and len(new.split()) > len(old.split()):
        new = " ".join(new.split()[-len(old.split()) :])
    if old.lower() != new.lower():
        yield old, new


def _number(text: str) -> Numeral | None:
    """The one number of a text."""
    found = list(numerals(same_length(text)))
    return found[0] if len(found) == 1 else None


def _is_alike(old: str, new: str) -> bool:
    finder = medicine_finder()
    if _MONTH.fullmatch(old) and _MONTH.fullmatch(new):
        return True
    return _number(old) is not None or bool(finder.find(old) and finder.find(new))
