"""What one more message asks about a medicine, named in it or spoken of just before: “can I drink on it?”."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from stillnight.clinical.medicines.asks import ADDICTION, ALCOHOL, CHANGE, DRIVING, medicine_asks
from stillnight.clinical.medicines.check import Check
from stillnight.clinical.medicines.effects import Effect, medicine_effects
from stillnight.clinical.medicines.finder import Mention
from stillnight.clinical.medicines.talk import talk
from stillnight.clinical.medicines.words import words_in
from stillnight.dialogue import history, lab_memory
from stillnight.dialogue.medicine_lines import meant
from stillnight.dialogue.medicine_memory import Named, is_alcohol, named, remembered
from stillnight.dialogue.memory import MEDICINES_SLOT
from stillnight.language.questions import asks as is_question
from stillnight.safety.record import COUNTRY_SLOT

# A longer message that names no medicine does not lean on one.
_LEANS_MAX: Final = 9
# A longer one tells a story.
_TELLS_MAX: Final = 24
# “and a glass of wine?” asks about the medicine before it, “does wine make my legs worse?” about wine.
_DRINK_ALONE_MAX: Final = 5
_LEGS: Final = frozenset({"leg", "legs", "rls", "plmd", "sleep"})
# These are asked of everything that was told, however long ago: a mistake here can harm.
_OF_ALL: Final = frozenset({ALCOHOL, DRIVING, ADDICTION, CHANGE})


@dataclass(frozen=True)
class MedicineQuestion:
    """What is asked (`clinical.medicines.asks` or one of `.effects`), and of which medicines."""

    asks: tuple[str, ...]
    wanted: tuple[Mention, ...]
    check: Check
    effect: Effect | None = None


def read(text: str, intent: str, slots: Mapping[str, Any], events: Sequence[history.Event]) -> Named:
    """What the newest message of a conversation says of medicines."""
    told = tuple(slots.get(MEDICINES_SLOT) or ())
    found = named(
        text,
        intent,
        told,
        history.entities_before(events, "medicine"),
        slots.get(COUNTRY_SLOT),
        history.medicines_at_hand(events),
    )
    heard = [str(each.get("text") or "") for each in history.heard(events)]
    found = replace(found, heard_before="".join(heard[1:2]))
    if found.off and lab_memory.is_deleted(text, slots, heard):
        # “delete the magnesium”, of the test and not of the tablet
        return replace(found, mentions=(), off=frozenset(), told=told)
    return found


def question(message: Named) -> MedicineQuestion | None:
    """What a message asks about medicines, None when it asks nothing of the kind or nobody knows about which."""
    others = tuple(each for each in message.wanted if not is_alcohol(each))
    words = [word.text for word in words_in(message.text)]
    asks = medicine_asks().of(message.text, bool(others)) if others or len(words) <= _LEANS_MAX else ()
    if message.has_alcohol and ALCOHOL not in asks and _is_with(message.text, words, others):
        asks = (*asks, ALCOHOL)
    if {ALCOHOL, DRIVING}.isdisjoint(asks) and len(words) <= _TELLS_MAX:
        effect = _effect_asked(message, others)
        if effect is not None:
            return effect
    if not others and len(words) > _LEANS_MAX:
        return None
    wanted = others or tuple(remembered(message.at_hand))
    if not wanted and not _OF_ALL.isdisjoint(asks):
        wanted = tuple(remembered(message.told))
        asks = tuple(ask for ask in asks if ask in _OF_ALL)
    if not asks or not wanted:
        return None
    return MedicineQuestion(asks, wanted, _checked(message, asks, wanted))


def _effect_asked(message: Named, others: tuple[Mention, ...]) -> MedicineQuestion | None:
    """The first effect of which something is said of a medicine that is meant."""
    near = tuple(remembered(message.at_hand))
    if not others and not near:
        return None
    found = medicine_effects().asked(message.text, message.heard_before, is_question(message.text), bool(others))
    if not found:
        return None
    checks = [(wanted, message.check(wanted)) for wanted in (others, near) if wanted]
    for effect in found:
        for wanted, check in checks:
            if not effect.only or any(effect.piece(each.kind.key, each.key) for each in meant(check)):
                return MedicineQuestion((), wanted, check, effect)
    return None


def _is_with(text: str, words: Sequence[str], others: Sequence[Mention]) -> bool:
    """Whether a message that names a drink asks if it goes with a medicine."""
    return talk().is_about_both(text) or (not others and len(words) <= _DRINK_ALONE_MAX and _LEGS.isdisjoint(words))


def _checked(message: Named, asks: Sequence[str], wanted: Sequence[Mention]) -> Check:
    found = message.check(wanted)
    if ALCOHOL not in asks:
        return found
    drink = next((each for each in message.mentions if is_alcohol(each)), Mention(ALCOHOL, 0, 0, (ALCOHOL,), ALCOHOL))
    beside = replace(message, mentions=(), off=frozenset()).check([*wanted, drink])
    pairs = tuple(each for each in beside.together if each not in found.together)
    return replace(found, together=(*found.together, *pairs))
