"""Which lines of the page are meant: “the sertraline”, “the second question”, “the line about coffee”, “the amount”."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.medicines.words import key
from stillnight.clinical.visit_summary.medicines import name_of_kind
from stillnight.clinical.visit_summary.model import AMOUNT, Line, Section, Summary
from stillnight.clinical.visit_summary.removals import Removal
from stillnight.clinical.visit_summary.words import SummaryWords, summary_words

# Somebody's own words are meant, and not what they take.
_LINE_ABOUT: Final = re.compile(r"\b(?:line|part|bit|thing|sentence) (?:about|with|on)\b")
_LONG: Final = 4
_SAID_ABOUT: Final = re.compile(
    r"^(?:(?:what|that|which|everything|anything|all|the (?:thing|bit|part|line)|stuff) )*(?:that )?(?:i|we) "
    r"(?:said|told you|told|wrote|typed|mentioned|put|asked) (?:(?:you|in|down|there) )*(?:about|on|of|regarding|with) "
)
_VALUE: Final = re.compile(r"\b(?:result|level|value|number|test|reading|blood)s?\b")
_TABLET: Final = re.compile(r"\b(?:tablet|pill|medicine|med|capsule|supplement)s?\b")
_MONEY: Final = re.compile(
    r"[£$€₹₦]\s?\d(?:[\d,.]*\d)?(?:\s?(?:k|m|grand|thousand|million)\b)?"
    r"|\b\d(?:[\d,.]*\d)?(?:\s?(?:k|grand|thousand|million))?\s?(?:pounds?|quid|dollars?|euros?|rupees?|bucks|naira)\b"
    r"|\b\d(?:[\d,.]*\d)?\s?(?:k|grand|thousand)\b",
    re.IGNORECASE,
)
_SUM: Final = re.compile(r"\b(?:amount|money|sum|figure|how much)\b")


def has_amount(text: str) -> bool:
    """Whether an amount of money stands in a text."""
    return _MONEY.search(text) is not None


def without_amounts(text: str) -> str:
    """A text with “…” in place of amounts of money."""
    return _MONEY.sub("…", text)


# “don't put that in any note”: what was told last.
_JUST_TOLD: Final = frozenset({"that", "this", "it"})


def targets(
    removal: Removal, summary: Summary, questions: Sequence[str], said: Mapping[int, str] | None = None
) -> tuple[str, ...]:
    """Keys of the lines that are meant; empty when none is.

    Args:
        removal: what is to be taken out.
        summary: as it stands.
        questions: keys of the questions as they were numbered last.
        said: the person's messages by number, so that a line is found by what was said with it.
    """
    return _on_page(removal, summary, questions) or _by_message(_bare(key(removal.target)), summary.lines, said or {})


def _bare(said: str) -> str:
    """What is to be taken out, without “the line about”, “what i said about”."""
    said = _SAID_ABOUT.sub("", said)
    said = re.sub(r"^(?:the|my|that|this|line about|line with|line|part about|bit about|thing about) ", "", said)
    return re.sub(r"^(?:the|my|that|line about|about) ", "", said)


def _on_page(removal: Removal, summary: Summary, questions: Sequence[str]) -> tuple[str, ...]:
    words, said = summary_words(), key(removal.target)
    bare = _bare(said)
    numbered = _numbered(bare, questions, words)
    if numbered is not None:
        return numbered
    for name, called in words.sections.items():
        if said in called or bare in called:
            return tuple(line.key for line in summary.of(Section(name)))
    if _SUM.search(said) and any(has_amount(line.quote) for line in summary.lines):
        return (AMOUNT,)
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
    if said in _JUST_TOLD:
        newest = max((max(line.sources, default=0) for line in summary.lines), default=0)
        return tuple(line.key for line in summary.lines if newest and newest in line.sources)
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
    # “the HIV”
    wanted = wanted or {word for word in said.split() if len(word) == _LONG - 1} - summary_words().lists["small"]
    if not wanted:
        return ()
    shared = [(len(wanted & _stems(f"{line.quote} {line.name.replace('_', ' ')}")), line.key) for line in lines]
    most = max((count for count, _ in shared), default=0)
    return tuple(name for count, name in shared if count == most) if most else ()


def _by_message(said: str, lines: Iterable[Line], messages: Mapping[int, str]) -> tuple[str, ...]:
    """“What I said about ward tablets”: the lines that come of the one message that says so, and of no other."""
    wanted = {_stem(word) for word in said.split() if len(word) >= _LONG}
    shared = {number: len(wanted & _stems(text)) for number, text in messages.items()}
    most = max(shared.values(), default=0)
    meant = {number for number, count in shared.items() if most and count == most}
    return tuple(line.key for line in lines if len(meant) == 1 and line.sources and meant.issuperset(line.sources))


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in key(text).split()}


def _stem(word: str) -> str:
    return re.sub(r"(?:ings?|ed|s)$", "", word) if len(word) > _LONG else word
