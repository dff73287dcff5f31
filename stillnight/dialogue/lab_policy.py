"""When the assistant turns to lab values by itself.

Rules say what follows an intent. This policy knows what they cannot: a value that was told in passing is explained
after the question that came with it, and a question about a value is asked again after something else came between.
"""

from __future__ import annotations

from typing import Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.trackers import DialogueStateTracker

from stillnight.clinical.labs.notebook import ASKED_MAX, Notebook
from stillnight.dialogue.lab_memory import FORM, LABS_SLOT
from stillnight.dialogue.newest import intent_of
from stillnight.dialogue.sure_policy import SurePolicy
from stillnight.nlu.labels import FALLBACK_INTENT
from stillnight.nlu.language_routing import LANGUAGE

_ASK_AGAIN: Final = "utter_lab_ask_again"
# “Say the question again”: it comes once, and behind these words.
_SAY_AGAIN: Final = "utter_lab_say_again"
REPEAT: Final = "repeat"
# What a message with a lab value is taken for when nothing else in it is understood.
_WEAK: Final = frozenset(
    {
        FALLBACK_INTENT,
        "out_of_scope",
        "lab_report",
        "lab_explain",
        "my_labs",
        "correction",
        "affirm",
        "deny",
        REPEAT,
        "more",
    }
)
_EXPLAIN: Final = "lab_explain"
_DONE: Final = frozenset({FORM, "action_explain_labs", "action_ask_lab_answer"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class LabPolicy(SurePolicy):
    """Predicts `lab_form`, or nothing. It learns nothing; `priority` in `config.yml` puts it before the rules."""

    def action_for(self, tracker: DialogueStateTracker) -> str | None:
        """What the values call for."""
        return next_action(tracker, Notebook.from_dict(tracker.get_slot(LABS_SLOT)))


def next_action(tracker: DialogueStateTracker, notebook: Notebook) -> str | None:
    """What the lab values call for now, None when the rules decide."""
    if not notebook.open:
        return None
    if tracker.latest_message is None:
        return None
    intent = intent_of(tracker.latest_message)
    active = tracker.active_loop_name == FORM
    if tracker.latest_action_name == ACTION_LISTEN_NAME:
        if active:
            # The form hears first. What it cannot use, and nobody else either, is asked again.
            rejected = bool(tracker.active_loop and tracker.active_loop.rejected)
            if rejected and intent == REPEAT:
                return _SAY_AGAIN
            return _ASK_AGAIN if rejected and intent == FALLBACK_INTENT and notebook.asked < ASKED_MAX else None
        named = {entity["value"] for entity in tracker.latest_message.entities if entity["entity"] == "lab"}
        asked = intent == _EXPLAIN and any(each.value.lab in named for each in notebook.open)
        asked = asked or bool(notebook.fresh and notebook.again)
        # Said in the language that it was asked in, instead: an explanation in English would not be read.
        foreign = (tracker.latest_message.parse_data or {}).get(LANGUAGE) is not None
        return FORM if asked or (notebook.fresh and intent in _WEAK and not foreign) else None
    waits = active or notebook.fresh or notebook.held
    return FORM if waits and tracker.latest_action_name not in _DONE else None
