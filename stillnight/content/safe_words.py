"""What no answer may say: doses, orders about medicines, diagnoses, promises, figures and numbers of the source pages.

Each rule is a pattern and the remedy in plain words. The patterns are deliberately a little too strict: an author can
always find another wording, a patient cannot tell a slip from advice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from stillnight.clinical.medicines.register import register

_DRUG_NOUN = r"(?:medicines?|medications?|tablets?|pills?|capsules?|drugs?|dose|doses|patch|iron|supplements?)"
_ORDER = r"(?:start|stop|skip|halve|double|switch|swap|increase|reduce|cut|quit|take|try|use|drop)"
# Words that an answer may use without a warning: they name no medicine in particular, or one that nobody prescribes.
_VAGUE = frozenset(
    {"opioid", "opioids", "blood thinner", "blood thinners", "sleep aid", "sleep aids", "alcohol", "alcoholic drinks"}
)


@dataclass(frozen=True)
class Rule:
    """A forbidden wording and what to do instead."""

    pattern: re.Pattern[str]
    remedy: str


def _rule(pattern: str, remedy: str) -> Rule:
    return Rule(re.compile(pattern, re.IGNORECASE), remedy)


RULES = (
    _rule(
        r"\d[\d.,]*[\s-]*(?:mg|mcg|µg|milligrams?|micrograms?|iu|drops|tablets?|pills?|capsules?)\b"
        r"(?!\s*/\s*d?l\b)|\b(?:half|one|two|three|four)\s+(?:of\s+)?(?:an?\s+)?(?:tablet|pill|capsule)s?\b",
        "is a dose; say whom to ask instead",
    ),
    _rule(
        r"\b(?:once|twice|three times|\d+ times)\s+(?:a|per|each|every)\s+day\b|\b(?:once|twice) daily\b",
        "is a dose; say whom to ask instead",
    ),
    _rule(
        rf"(?:^|[.!?:;]\s+|\bplease\s+)(?:you (?:should|must|can|need to) )?"
        rf"{_ORDER}\b(?:\s+\w+){{0,3}}\s+{_DRUG_NOUN}\b",
        "tells somebody to start, stop or change a medicine; say 'ask your doctor about …'",
    ),
    _rule(
        r"(?<!if )(?<!whether )(?<!when )(?<!that )(?<!say )(?<!think )(?<!mean )"
        r"\b(?:you (?:do not |don't )?have|you've got|you have got) "
        r"(?:rls|plmd|plms|restless legs|periodic limb)\b",
        "is a diagnosis; say 'only a clinician can tell'",
    ),
    _rule(
        r"\bguarantee|\bwill (?:cure|heal|fix|go away)\b|\byou will (?:feel|get|be|sleep) (?:better|well|fine|cured)\b",
        "is a promise; say 'many people …'",
    ),
    _rule(
        r"\bsuccess rates?\b|\b95\s?(?:%|percent)|15,?000|4\.9\s*(?:/|out of)|\bDHA\b|\bHealers\b|restoration protocol",
        "is advertising of the source page; leave it out",
    ),
    _rule(r"\+?\d[\d\s().-]{7,}\d", "looks like a telephone number; numbers are configuration"),
    _rule(r"\n\s*\n", "is a blank line; several channels would split the answer there"),
    _rule(r"[*_#`]{2,}|(?m:^\s*[-•]\s)", "is markup; write plain sentences"),
)

EMERGENCY_NUMBER = re.compile(r"(?<![\d.])(?:911|999|112|000|988|111)(?!\d|\.\d)")
WARNING = re.compile(
    r"\b(?:suddenly|sudden stop|all at once|on your own|without (?:your|a|the) doctor)\b", re.IGNORECASE
)


@lru_cache(maxsize=4)
def orders(knowledge: Path) -> re.Pattern[str]:
    """Pattern of “stop pramipexole” and its like at the start of a sentence, for every medicine that we know."""
    names = {name for medicine in register(knowledge).medicines.values() for name in medicine.names}
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?:^|[.!?:;]\s+){_ORDER}\s+(?:\w+\s+){{0,2}}(?:{either})\b", re.IGNORECASE)


@lru_cache(maxsize=4)
def dangerous_names(knowledge: Path) -> re.Pattern[str]:
    """Pattern of medicines and kinds that harm when stopped suddenly, from the register."""
    known = register(knowledge)
    names = {name for medicine in known.medicines.values() if medicine.stopping for name in medicine.names}
    names |= {word for kind in known.classes.values() if kind.stopping for word in kind.called}
    longest_first = sorted(names - _VAGUE, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(name) for name in longest_first) + r")s?\b", re.IGNORECASE)


def unsafe_wordings(text: str, knowledge: Path) -> Iterator[str]:
    """What is wrong with `text`, one plain sentence for each fault."""
    for rule in RULES:
        match = rule.pattern.search(text)
        if match:
            yield f"“{match.group().strip()}” {rule.remedy}"
    ordered = orders(knowledge).search(text)
    if ordered:
        yield f"“{ordered.group().strip(' .!?:;')}” tells somebody to start, stop or change a medicine"
    named = dangerous_names(knowledge).search(text)
    if named and not WARNING.search(text):
        yield f"names {named.group()} but does not say that it must not be stopped suddenly"
