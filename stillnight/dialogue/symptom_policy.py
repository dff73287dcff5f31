"""When a message belongs to the check of symptoms, and when the check is taken up again after something else.

Only while a question of it is open is a message read for an answer first. A question of the person's own, a lab value,
danger and everything else has its own reply; the open question then comes once more.
"""

from __future__ import annotations

from typing import Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from stillnight.clinical.symptom_check.model import Command, Question, Stage
from stillnight.clinical.symptom_check.reader import symptom_reader
from stillnight.clinical.symptom_check.state import Check
from stillnight.dialogue import history
from stillnight.dialogue.also_policy import waits
from stillnight.dialogue.lab_memory import FORM, notebook
from stillnight.dialogue.newest import done_since, intent_of, is_typed_in_english
from stillnight.dialogue.sure_policy import SurePolicy
from stillnight.dialogue.symptom_memory import (
    ANSWER,
    INTENT,
    answer_to_waiting,
    check_of,
    danger_between,
    heard,
    known,
    spoke_last,
)
from stillnight.nlu.labels import FALLBACK_INTENT, FAQ, OUT_OF_SCOPE, RED_FLAG

CHECK: Final = "action_check_symptoms"
GO_ON: Final = "action_go_on_with_check"
# What a message is taken for that nobody understood; while a question is open it was meant as an answer.
_WEAK: Final = frozenset(
    {FALLBACK_INTENT, OUT_OF_SCOPE, "affirm", "deny", "repeat", "more", "correction", "lab_explain"}
)
# Signs that the answer named, one of which may be taken up in a word or two.
_NAMED: Final = (Question.REST, Question.EVENING)
# What “moving helps” is taken for.
_TELLS: Final = _WEAK | {FAQ, "diagnosis_request", INTENT}
_MEDICINE: Final = frozenset({"medication_check", "stop_medication", "dose_request"})
_REPEAT: Final = "repeat"
WHY: Final = "ask_why"
# After these nothing is asked.
_QUIET: Final = frozenset({"goodbye", "human", RED_FLAG})
# Said to who tells of signs and did not ask for the check: it begins when they say so.
OFFERED: Final = "utter_symptom_check_told"
OFFERS: Final = frozenset({"utter_diagnosis_request", OFFERED})
_LAB_ACTIONS: Final = frozenset({FORM, "action_ask_lab_answer"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class SymptomPolicy(SurePolicy):
    """Predicts an action of the check and then to listen, or nothing. It learns nothing; `priority` puts it first."""

    def action_for(self, tracker: DialogueStateTracker) -> str | None:
        """What the check calls for."""
        return next_action(tracker)


def next_action(tracker: DialogueStateTracker) -> str | None:
    """What the check of symptoms calls for now, None when others decide."""
    message = tracker.latest_message
    if message is None:
        return None
    if tracker.latest_action_name in (CHECK, GO_ON, OFFERED):
        return ACTION_LISTEN_NAME
    check = check_of(tracker.current_slot_values())
    if tracker.latest_action_name == ACTION_LISTEN_NAME:
        return _first(tracker, message, check)
    return GO_ON if check is not None and _taken_up_again(tracker, message, check) else None


def _first(tracker: DialogueStateTracker, message: UserUttered, check: Check | None) -> str | None:
    if any(entity["entity"] == ANSWER for entity in message.entities):
        return CHECK
    intent = intent_of(message)
    slots = tracker.current_slot_values()
    offered = _offered(tracker) if check is None and not tracker.active_loop_name else ""
    if offered and (intent == "affirm" or (intent == INTENT and symptom_reader().affirms(str(message.text or "")))):
        return CHECK
    if offered and offered != OFFERED and not notebook(slots).fresh and _tells_of_signs(message, intent):
        return OFFERED
    if check is None or tracker.active_loop_name or notebook(slots).fresh or intent == RED_FLAG:
        return None
    if intent == INTENT:
        return CHECK
    if not is_typed_in_english(message):
        return None
    events = [event.as_dict() for event in tracker.events]
    said = heard(str(message.text or ""), check, known(slots))
    if check.stage is not Stage.ASKING or danger_between(events):
        if said.named or (
            said.sure and said.command in (Command.RESUME, Command.RESULT) and check.stage is not Stage.DONE
        ):
            return CHECK
        goes_on = said.command in (Command.RESUME, Command.RESTART, Command.RESULT, Command.BACK, Command.STOP)
        changed = check.stage is Stage.DONE and bool(said.answers) and not said.asks
        if answer_to_waiting(events, intent) is not None:
            return CHECK
        if spoke_last(events) is not None and (goes_on or changed):
            return CHECK
        return GO_ON if check.stage is Stage.ASKING and intent in _WEAK else None
    unasked = spoke_last(events) is None and said.command is None
    if (intent in (_REPEAT, WHY) and not said.tells) or (unasked and intent in _WEAK):
        return GO_ON
    if said.command is Command.EXPLAIN and check.asides:
        # What was not understood may be the answer to something else.
        return GO_ON if intent in _WEAK else None
    if said.command is not None and (intent != FAQ or said.sure):
        return CHECK
    if (said.asks and intent != FALLBACK_INTENT) or _is_about_medicine(message, intent, check):
        return None
    return CHECK if (said.tells and not unasked) or intent in _WEAK else None


def _offered(tracker: DialogueStateTracker) -> str:
    """Name of the last answer, where it offered the check: “yes” takes it; empty for any other answer."""
    turn = history.last_turn([event.as_dict() for event in tracker.events])
    name = history.response_name(turn[-1]) if turn else ""
    return name if name in OFFERS else ""


def _tells_of_signs(message: UserUttered, intent: str) -> bool:
    """Whether a message tells of a sign that the answer named: “when i sit still”, “only at night”."""
    if intent not in _TELLS or not is_typed_in_english(message):
        return False
    text, reader = str(message.text or ""), symptom_reader()
    if "?" in text:
        # “And why is it only the evenings? I am fine all day” wants an answer.
        return False
    told = reader.story(text)
    # “evenings mostly” says something only where it was asked for.
    tells = bool(told.answers) or any(reader.read(text, each, ()).answers.get(each) for each in _NAMED)
    return tells and not told.asks and intent != "deny"


def _is_about_medicine(message: UserUttered, intent: str, check: Check) -> bool:
    """Whether a medicine is spoken of in a way that needs its own reply; the last question asks for names alone."""
    named = any(entity["entity"] in ("medicine", "medicine_class") for entity in message.entities)
    answers = check.open is Question.BACKGROUND and intent == "medication_check"
    return named and intent in _MEDICINE and not answers


def _taken_up_again(tracker: DialogueStateTracker, message: UserUttered, check: Check) -> bool:
    """Whether the open question is to be asked again, once the message has its own reply."""
    intent = intent_of(message)
    if check.stage is not Stage.ASKING or intent in _QUIET:
        return False
    book = notebook(tracker.current_slot_values())
    if tracker.active_loop_name or tracker.latest_action_name in _LAB_ACTIONS or book.fresh or book.held:
        return False
    return not waits(tracker) and {CHECK, GO_ON}.isdisjoint(done_since(tracker))
