"""What is remembered of each message for the page for the doctor, as a slot: words that tell, and topics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from stillnight.clinical.labs.reader import lab_reader
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.clinical.symptom_check.model import Stage
from stillnight.clinical.visit_summary.additions import Addition, added
from stillnight.clinical.visit_summary.clauses import Tells, clauses
from stillnight.clinical.visit_summary.commands import without_names
from stillnight.clinical.visit_summary.corrections import age_told, blanked, replacements
from stillnight.clinical.visit_summary.model import Told
from stillnight.clinical.visit_summary.removals import removal
from stillnight.dialogue.symptom_memory import check_of
from stillnight.nlu.labels import ALSO, FAQ, topic_of

TOLD_SLOT: Final = "told"
# All messages together; of more the oldest are let go.
_CHARACTERS_MAX: Final = 20_000
_MESSAGE_MAX: Final = 2_000
# Said to the assistant, and nothing of oneself.
_TALK: Final = frozenset(
    {
        "greet",
        "goodbye",
        "thanks",
        "human",
        "bot_challenge",
        "privacy",
        "change_country",
        "help",
        "repeat",
        "more",
        "symptom_diary",
    }
)


def told(slots: Mapping[str, Any]) -> list[Told]:
    """The messages of a conversation that tell or ask something, in order."""
    return [Told.from_dict(each) for each in slots.get(TOLD_SLOT) or ()]


def noticed(
    text: str,
    intent: str,
    message: str,
    slots: Mapping[str, Any],
    topics: Iterable[str] = (),
    off: Sequence[str] = (),
    pressed: bool = False,
    tells: bool = False,
    on_request: bool = False,
) -> dict[str, Any]:
    """Slots that change with one more message; empty when it tells and asks nothing.

    Args:
        text: as typed.
        intent: how it was understood.
        message: its id; one that is known already changes nothing.
        slots: of the conversation.
        topics: slugs that it asks about.
        off: medicines that it takes back.
        pressed: whether it is a button, whose words the person did not choose.
        tells: whether something was understood of it already, so that it is kept in any case.
        on_request: whether it answers what to tell for the page: all of it is wanted there.
    """
    before = told(slots)
    if message and any(each.message == message for each in before):
        return {}
    check = check_of(slots)
    asked = check.open.value if check and check.stage is Stage.ASKING and check.open else None
    wish = None if pressed else added(text)
    if wish:
        wish = replace(wish, text=without_names(wish.text))
    kept = "" if pressed else without_names(_beside_commands(text, wish))[:_MESSAGE_MAX]
    if not (asked or off or tells) and not (kept and _tells(kept, intent, before)):
        kept = ""
    if not (message or wish) and before and before[-1].text == kept and not topics:
        return {}
    number = before[-1].number + 1 if before else 1
    # “I tried magnesium” asks nothing about it.
    if wish or not (pressed or _asks(text)):
        topics = ()
    news = [
        Told(number + place, message, "", intent, topic)
        for place, topic in enumerate(topic for topic in topics if all(each.topic != topic for each in before))
    ]
    if kept or ((off or asked) and not wish):
        one = Told(number, message, kept, intent, asked=asked, off=tuple(off), forced=on_request)
        news = [replace(one, topic=news[0].topic), *news[1:]] if news else [one]
    if wish and wish.text:
        one = Told(number + len(news), message, wish.text[:_MESSAGE_MAX], intent, forced=True)
        news.append(one if kept else replace(one, asked=asked, off=tuple(off)))
    return {TOLD_SLOT: [each.as_dict() for each in _bounded([*before, *news])]} if news else {}


def _beside_commands(text: str, wish: Addition | None) -> str:
    """What a message tells beside what it wants changed on the page."""
    out = removal(text)
    spans = [(out.start, out.end)] if out else []
    spans += [(wish.start, wish.end)] if wish else []
    return blanked(text, spans).strip()


def numbered(message: str, intent: str, slots: Mapping[str, Any], beside: str) -> dict[str, Any]:
    """Slots that give a message its number on the page, where another part of the chat keeps what it tells.

    Args:
        message: its id.
        intent: how it was understood.
        slots: of the conversation.
        beside: what it tells beside that.
    """
    before = told(slots)
    if not message:
        return {}
    if any(each.message == message for each in before):
        kept = [replace(each, text=each.text and beside) if each.message == message else each for each in before]
    else:
        kept = [*before, Told(before[-1].number + 1 if before else 1, message, intent=intent)]
    return {TOLD_SLOT: [each.as_dict() for each in kept]}


def tells_now(slots: Mapping[str, Any], message: str) -> bool:
    """Whether a message told something for the page."""
    return any(each.message == message and (each.text or each.off) for each in told(slots)[-3:])


def puts_right(text: str, before: Sequence[Told]) -> bool:
    """Whether a message puts something right that was told before."""
    wrong = [old.lower() for swap in replacements(text) for old, _ in swap.forms]
    return any(old in each.text.lower() for each in before for old in wrong)


def _tells(text: str, intent: str, before: Sequence[Told]) -> bool:
    if age_told(text) or puts_right(text, before):
        return True
    if lab_reader().read(text).values or medicine_finder().find(text):
        return True
    return intent not in _TALK and any(part.tells is Tells.TELLS for part in clauses(text, intent=intent))


def _asks(text: str) -> bool:
    """Whether a message asks something, or is a bare word or two that stand for a question."""
    tells = {part.tells for part in clauses(text)}
    return Tells.TELLS not in tells or not tells.isdisjoint((Tells.ASKS, Tells.WANTS))


def _bounded(all_told: list[Told]) -> list[Told]:
    over = sum(len(each.text) for each in all_told) - _CHARACTERS_MAX
    while over > 0 and len(all_told) > 1:
        over -= len(all_told.pop(0).text)
    return all_told


def topics_in(parsed: Mapping[str, Any]) -> list[str]:
    """Slugs of the topics of a message as it was understood: its own, and those of its further questions."""
    return [slug for slug in (topic_in(parsed), *map(topic_of, parsed.get(ALSO) or ())) if slug]


def topic_in(parsed: Mapping[str, Any]) -> str | None:
    """Slug of the topic that a message was taken for; None for a task."""
    if (parsed.get("intent") or {}).get("name") != FAQ:
        return None
    selected = ((parsed.get("response_selector") or {}).get(FAQ) or {}).get("response") or {}
    return topic_of(selected.get("intent_response_key"))
