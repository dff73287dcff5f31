"""What a message says of one's own medicines: taken, stopped, tried, denied, or only asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stillnight.clinical.medicines.entries import Effect
from stillnight.clinical.medicines.finder import Mention, medicine_finder
from stillnight.clinical.medicines.talk import talk
from stillnight.clinical.medicines.words import key
from stillnight.clinical.visit_summary.clauses import ADVISES, GIVES, Clause, Tells
from stillnight.clinical.visit_summary.model import SELF, Told, Use
from stillnight.clinical.visit_summary.wishes import asked_for
from stillnight.clinical.visit_summary.words import summary_words, without_lead

# Where the evidence is mixed, it can in some.
_WORSENS: Final = (Effect.WORSENS, Effect.MAY_WORSEN, Effect.MIXED)
_LISTED: Final = (Use.TAKES, Use.STOPPED, Use.TRIED)
_CORRECTS: Final = "correction"
_CHECKS: Final = "medication_check"
_REPORTS: Final = "lab_report"
_BACKGROUND: Final = "background"
_ARTICLE: Final = re.compile(r"^(?:an?|the)\s+")
_OF_THEIRS: Final = re.compile(
    r"\b(?:gave|give|gives|giving|given|lent|offered|offers|handed|passed|slipped)\s+me\s+(?:\w+\s+){0,3}?(?:of\s+)?(?:his|her|hers|their)\b",
    re.IGNORECASE,
)
# “allergic to penicillin” is no medicine that is taken.
_ALLERGIC: Final = re.compile(r"\b(?:allergic|allergy|allergies|reaction)\b[^.;]*$", re.IGNORECASE)
_OFFERS: Final = re.compile(r"\b(?:gave|gives|giving|lent|offered|offers|handed|passed|slipped)\s+me\b")
# What was offered and taken is taken.
_TOOK: Final = re.compile(
    r"\bi(?:['’]?ve| have|['’]?m| am)?(?: (?:now|been|already|just|then|also))*"
    r" (?:took|take|taking|taken|had|tried|swallowed|used|use|using)\b",
    re.IGNORECASE,
)
_UNSURE: Final = re.compile(r"\bi (?:think|believe|guess|reckon|suppose)\b", re.IGNORECASE)
_MY: Final = re.compile(r"\bmy(?:\s+\w+)?\s*$", re.IGNORECASE)
_LABEL: Final = re.compile(r"\b(?:meds|medicines|medications?|tablets|pills)\s*(?:are|is)?\s*[:=-]?\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Taken:
    """A medicine and what one clause says of it. clause: where."""

    name: str
    use: Use
    owner: str
    clause: Clause


def mentions_in(text: str) -> list[Mention]:
    """Medicines and kinds of them that are surely named, without what is no medicine (coffee, wine)."""
    without = summary_words().lists["no_medicines"]
    found = (each for each in medicine_finder().find(text) if each.sure)
    return [each for each in found if each.kind not in without and without.isdisjoint(each.medicines)]


def names_of(mention: Mention) -> tuple[str, ...]:
    """By which the page knows it: international names, or the name of the kind."""
    if mention.kind and not mention.medicines:
        return (name_of_kind(mention.kind),)
    return mention.likeliest


def name_of_kind(key: str) -> str:
    """How the page names a kind: “antidepressant”."""
    return _ARTICLE.sub("", medicine_finder().register.classes[key].name)


def worsens(name: str) -> bool:
    """Whether a medicine or a kind can worsen restless legs."""
    register = medicine_finder().register
    kind = next((each for each in register.classes.values() if name_of_kind(each.key) == name), None)
    known = register.medicines.get(name) or kind
    return known is not None and known.effect in _WORSENS


def taken(told: Told, parts: Sequence[Clause]) -> Iterator[Taken]:
    """What the clauses of a message say of medicines, in order."""
    before: Use | None = None
    for part in parts:
        found = mentions_in(part.text)
        if not found:
            before = Use.TAKES if _LABEL.search(part.text) else None
            continue
        if told.intent == _CORRECTS:
            # “not sertraline, cetirizine”
            found = [each for each in found if not set(each.medicines) & set(told.off)]
        use = before = _use(told, part, found, before if part.follows else None)
        for mention in found:
            own = use
            if own is Use.ASKED and not part.values and _MY.search(part.text[: mention.start]):
                own = Use.TAKES
            if own is not None:
                yield from (Taken(name, own, part.owner, part) for name in names_of(mention))


def _use(told: Told, part: Clause, found: Sequence[Mention], listed: Use | None) -> Use | None:
    words, text = summary_words(), part.text
    before = text[: found[0].start] if found else text
    if part.tells is Tells.ASKS or asked_for(text):
        return Use.ASKED
    if _ALLERGIC.search(before):
        return None
    if words.has("denied", before) and not words.has("stopped", text):
        return Use.DENIED
    if words.has("stopped", text):
        return Use.STOPPED
    if is_offered(text) and not _TOOK.search(told.text):
        return Use.ASKED
    if words.has("tried", text) and not talk().is_own(text, found):
        return Use.TRIED
    if words.has("proposed", text):
        return None
    own = (
        talk().is_own(text, found)
        or words.has("given", before)
        or without_lead(before, words.lists["lead"] | words.lists["theirs"]) in words.lists["begun"]
        or GIVES.search(before) is not None
        or told.forced
        or told.asked == _BACKGROUND
    )
    if listed in _LISTED and not own and not _first(_UNSURE.sub(" ", text)):
        # “I take sertraline, amlodipine and omeprazole, furosemide I think”
        return listed
    # “omeprazole and iron: is there a link?” asks.
    asks = "?" in told.text and told.text[part.end :].startswith(":")
    bare = told.intent in (_CHECKS, _CORRECTS, _REPORTS) and talk().is_bare(text, found) and not asks
    if part.values and not own:
        return None
    if (
        own
        or bare
        or told.intent == _CORRECTS
        or _MY.search(before)
        or _LABEL.search(before)
        or words.has("lists", before)
    ):
        return Use.TAKES
    return Use.ASKED if told.intent == _CHECKS and part.owner == SELF and not _first(text) else None


def is_offered(text: str) -> bool:
    """Whether somebody who does not prescribe offers or advises a medicine: “a friend gave me some of hers”."""
    words = summary_words()
    if _OF_THEIRS.search(text):
        return True
    spaced = f" {key(text)} "
    lay = min(
        (spaced.find(f" {word} ") for word in words.lists["lay"] | words.lists["relatives"] if f" {word} " in spaced),
        default=-1,
    )
    return lay >= 0 and bool(_OFFERS.search(spaced, lay) or ADVISES.search(spaced, lay))


def _first(text: str) -> bool:
    return not summary_words().lists["first"].isdisjoint(key(text).split())


def without(text: str, names: frozenset[str]) -> str:
    """A text with “…” in place of some medicines."""
    for mention in reversed(medicine_finder().find(text)):
        if names.intersection(names_of(mention), mention.medicines):
            text = f"{text[: mention.start]}…{text[mention.end :]}"
    return text
