"""What one more message says of medicines: which are named, which are told as one's own, which are taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from stillnight.clinical.crisis_lines import crisis_lines
from stillnight.clinical.medicines.asks import ALCOHOL
from stillnight.clinical.medicines.check import Check, check
from stillnight.clinical.medicines.corrections import taken_back
from stillnight.clinical.medicines.finder import Mention, medicine_finder
from stillnight.clinical.medicines.talk import talk
from stillnight.clinical.medicines.unknown import unknown_names

# Messages of these intents speak of the person's own medicines.
CHECKS: Final = "medication_check"
STOPS: Final = "stop_medication"
CORRECTS: Final = "correction"
_OWN: Final = frozenset({CHECKS, STOPS, CORRECTS})


@dataclass(frozen=True)
class Named:
    """Medicines of one message.

    mentions: places where one is named. off: medicines taken back. told: those that stay known for the conversation,
    in the order in which they were told, this message included. before: those known before it. at_hand: medicines or
    kinds that were spoken of just before it, told as one's own or not. heard_before: the patient's message before it.
    """

    text: str
    mentions: tuple[Mention, ...]
    off: frozenset[str]
    told: tuple[str, ...]
    before: tuple[str, ...]
    at_hand: tuple[str, ...] = ()
    heard_before: str = ""

    @property
    def wanted(self) -> tuple[Mention, ...]:
        """Mentions without what was taken back."""
        return tuple(each for each in self.mentions if not each.medicines or not self.off.issuperset(each.medicines))

    @property
    def has_alcohol(self) -> bool:
        """Whether it names alcohol."""
        return any(map(is_alcohol, self.mentions))

    def check(self, wanted: Iterable[Mention] | None = None) -> Check:
        """Look up what this message names (or `wanted`), beside what was told before."""
        finder = medicine_finder()
        names = unknown_names(self.text, self.mentions, finder.names, talk())
        # Two that were only asked about one after the other are no pair; a drink with the first of them is.
        beside = (*self.before, *self.at_hand) if self.has_alcohol else self.before
        known = [each for each in dict.fromkeys(beside) if each not in self.off]
        return check(finder.register, self.wanted if wanted is None else wanted, names, remembered(known))


def named(
    text: str,
    intent: str,
    told: Sequence[str],
    last: Sequence[str] = (),
    country: str | None = None,
    at_hand: Sequence[str] = (),
) -> Named:
    """Read one message.

    Args:
        text: what was typed.
        intent: how it was understood.
        told: medicines known so far; they may hold those of this very message already.
        last: medicines of the message before.
        country: the country that the person chose; only that settles a brand, as the pack may come from elsewhere.
        at_hand: medicines or kinds of the messages just before.
    """
    finder, words = medicine_finder(), talk()
    chosen = crisis_lines().countries.get(str(country))
    mentions = finder.find(text, chosen.brands if chosen else None)
    off = taken_back(text, mentions, words) if intent in _OWN - {STOPS} else frozenset()
    if intent == CHECKS:
        # “not sertraline” takes back what was told; “instead of lexapro” in a question takes back nothing.
        off &= frozenset(told)
    # A brand of several medicines is kept as its first meaning until it is settled.
    new = [name for mention in mentions if mention.sure for name in mention.likeliest if name not in off]
    if len(set(last)) == 1 and set(last) <= set(told) and new and words.is_meant(text) and not set(last) & set(new):
        off |= frozenset(last)
    elif intent == CORRECTS and not mentions and words.is_clearing(text):
        off = frozenset(told)
    is_own = intent in _OWN or words.is_own(text, mentions)
    drinks = [ALCOHOL] if words.is_drinking(text, list(filter(is_alcohol, mentions))) else []
    before = tuple(name for name in told if name not in (*new, *drinks))
    now = dict.fromkeys((*told, *(new if is_own else ()), *drinks))
    return Named(text, mentions, off, tuple(name for name in now if name not in off), before, tuple(at_hand))


def is_alcohol(mention: Mention) -> bool:
    """Whether a mention is of alcohol, by any name."""
    return ALCOHOL in (mention.kind, *mention.medicines)


def remembered(names: Iterable[str]) -> list[Mention]:
    """Mentions of what was told before, medicines or keys of kinds; any other name is looked up anew."""
    finder = medicine_finder()
    known, kinds = finder.register.medicines, finder.register.classes
    return [
        mention
        for name in names
        for mention in (
            [Mention(name, 0, 0, (name,), name)]
            if name in known
            else [Mention(name, 0, 0, kind=name)]
            if name in kinds
            else finder.find(name)
        )
    ]
