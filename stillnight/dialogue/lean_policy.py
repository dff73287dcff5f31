"""When a message leans on what was said before it: “can I drink on it?”, “why not?”, “how do I know if I have it?”.

A classifier knows a message by itself. This policy knows what it follows, and has it answered for that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.trackers import DialogueStateTracker
from spacy.lang.en.stop_words import STOP_WORDS

from stillnight.clinical.details import FOLLOW_UPS
from stillnight.clinical.medicines.asks import ALCOHOL, DRIVING
from stillnight.clinical.medicines.talk import talk
from stillnight.content.catalogue import catalogue
from stillnight.dialogue import history
from stillnight.dialogue.also_policy import waits
from stillnight.dialogue.details import TELL_DETAIL, detail_asked
from stillnight.dialogue.follow_ups import FOLLOW_UP, leaning
from stillnight.dialogue.going_on import telling_words
from stillnight.dialogue.medicine_answers import was_stopping
from stillnight.dialogue.medicine_memory import CHECKS
from stillnight.dialogue.medicine_question import question, read
from stillnight.dialogue.memory import CIRCUMSTANCE_SLOT
from stillnight.dialogue.newest import heard, intent_of, is_typed_in_english
from stillnight.dialogue.places import named_place
from stillnight.dialogue.sure_policy import SurePolicy
from stillnight.dialogue.told_memory import topic_in
from stillnight.language.questions import asks
from stillnight.nlu.labels import FALLBACK_INTENT, FAQ, OUT_OF_SCOPE

CHECK_MEDICINES: Final = "action_check_medicines"
TAKE_PLACE: Final = "action_take_place"
STOP_MEDICATION: Final = "action_stop_medication"
TELL_MORE: Final = "action_tell_more"
SAY_AGAIN: Final = "action_repeat_answer"
DOSE: Final = "dose_request"
_OURS: Final = frozenset({CHECK_MEDICINES, TAKE_PLACE, STOP_MEDICATION, FOLLOW_UP, TELL_DETAIL, TELL_MORE, SAY_AGAIN})
# What gives way to a plain question about a medicine. Danger, a dose, a stop and lab values keep their own answers.
GIVES_WAY: Final = frozenset(
    {FAQ, OUT_OF_SCOPE, FALLBACK_INTENT, CHECKS, "help", "repeat", "diagnosis_request", "more", "affirm"} | FOLLOW_UPS
)
# What “i feel awful” is taken for, which may come of a medicine that was stopped.
_UNWELL: Final = frozenset({FAQ, OUT_OF_SCOPE, FALLBACK_INTENT, CHECKS, "diagnosis_request", "symptom_check"})
# What “a friend gave me some of hers” is taken for.
_SHARED: Final = frozenset({FAQ, OUT_OF_SCOPE, FALLBACK_INTENT, CHECKS, DOSE, "stop_medication"})
# … and to a few words that ask on about the last answer.
_LEANS: Final = GIVES_WAY | {"dose_request", "deny", "human"}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class LeanPolicy(SurePolicy):
    """Predicts an action and then to listen, or nothing. It learns nothing; `priority` puts it before the rules."""

    def action_for(self, tracker: DialogueStateTracker) -> str | None:
        """What the message calls for in the light of what was said before."""
        message = tracker.latest_message
        if message is None or tracker.active_loop_name:
            return None
        if tracker.latest_action_name == ACTION_LISTEN_NAME:
            return _first(tracker)
        # A rule knows what follows its own intent; here the intent was another.
        done = _OURS & {str(tracker.latest_action_name)}
        return None if not done or waits(tracker) or _first(tracker) not in done else ACTION_LISTEN_NAME


def _first(tracker: DialogueStateTracker) -> str | None:
    message = tracker.latest_message
    assert message is not None
    if not is_typed_in_english(message):
        return None
    intent = intent_of(message)
    text, events = str(message.text or ""), [event.as_dict() for event in heard(tracker)]
    said = read(text, intent, tracker.current_slot_values(), events)
    asked = question(said)
    effect = asked.effect if asked is not None else None
    if effect is not None and intent in GIVES_WAY | effect.over:
        return CHECK_MEDICINES
    if intent in _LEANS and leaning(text, events, tracker.get_slot(CIRCUMSTANCE_SLOT)) is not None:
        return FOLLOW_UP
    if named_place(text, events) is not None:
        return TAKE_PLACE
    asked = asked if intent in GIVES_WAY or intent == DOSE else None
    grave = asked is not None and bool({ALCOHOL, DRIVING} & set(asked.asks))
    if intent in GIVES_WAY and grave:
        return CHECK_MEDICINES
    if detail_asked(message.parse_data or {}, events, tracker.current_slot_values()) is not None:
        return TELL_DETAIL
    told = said.told
    if intent == DOSE and talk().is_again(text) and told:
        return STOP_MEDICATION
    if intent in _UNWELL and told and was_stopping(events) and talk().is_unwell(text):
        return STOP_MEDICATION
    if intent in _SHARED and talk().is_shared(text) and (said.wanted or told):
        return CHECK_MEDICINES
    if intent == DOSE:
        return CHECK_MEDICINES if grave else None
    if asked is not None:
        return CHECK_MEDICINES
    if not _asks_on(tracker, events):
        return None
    return SAY_AGAIN if _asks_the_same(tracker, events) else TELL_MORE


def _asks_on(tracker: DialogueStateTracker, events: Sequence[history.Event]) -> bool:
    """Whether other words ask about the topic that was just answered: nobody wants to read the same again."""
    message = tracker.latest_message
    assert message is not None
    topic, answer = topic_in(message.parse_data or {}), history.answer_before(events)
    if topic is None or answer is None or history.response_name(answer) != f"utter_faq/{topic}":
        return False
    asked_before = [str(event.get("text") or "").strip().lower() for event in history.heard(events)][1:2]
    in_other_words = asked_before != [str(message.text or "").strip().lower()]
    return in_other_words and catalogue().more(topic, tracker.get_slot(CIRCUMSTANCE_SLOT)) is not None


def _asks_the_same(tracker: DialogueStateTracker, events: Sequence[history.Event]) -> bool:
    """Whether what is asked on about stands in the first part of the answer and not in the second."""
    message, answer = tracker.latest_message, history.answer_before(events)
    topic = history.last_topic([answer]) if answer else None
    more = catalogue().more(str(topic), tracker.get_slot(CIRCUMSTANCE_SLOT))
    if message is None or answer is None or more is None or answer not in history.last_turn(events):
        return False
    if not asks(str(message.text or "")):
        # “burning all the time, not just at night” tells more, and wants to hear more.
        return False
    asked = telling_words(str(message.text or "")) - STOP_WORDS
    first, second = (telling_words(text) for text in (str(answer.get("text")), catalogue().text(more)))
    return bool(asked & first) and asked.isdisjoint(second)
