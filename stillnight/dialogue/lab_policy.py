"""When the assistant turns to lab values by itself.

Rules say what follows an intent. This policy knows what they cannot: a value that was told in passing is explained
after the question that came with it, and a question about a value is asked again after something else came between.
"""

from __future__ import annotations

from typing import Any, Final

from rasa.core.featurizers.precomputation import MessageContainerForCoreFeaturization
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from stillnight.clinical.labs.notebook import ASKED_MAX, Notebook
from stillnight.dialogue.lab_memory import FORM, LABS_SLOT
from stillnight.nlu.labels import FALLBACK_INTENT
from stillnight.nlu.language_routing import LANGUAGE

_ASK_AGAIN: Final = "utter_lab_ask_again"
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
        "repeat",
        "more",
    }
)
_EXPLAIN: Final = "lab_explain"
_DONE: Final = frozenset({FORM, "action_explain_labs", "action_ask_lab_answer"})


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class LabPolicy(Policy):
    """Predicts `lab_form`, or nothing. It learns nothing; `priority` in `config.yml` puts it before the rules."""

    @staticmethod
    def supported_data() -> SupportedData:
        """It looks at no training data at all; rules and stories may both be there."""
        return SupportedData.ML_AND_RULE_DATA

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Above the rules' own priority."""
        return {"priority": 7}

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Nothing to learn."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        precomputations: MessageContainerForCoreFeaturization | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """The form, sure, or no action at all."""
        action = next_action(tracker, Notebook.from_dict(tracker.get_slot(LABS_SLOT)))
        probabilities = self._default_predictions(domain)
        if action is not None:
            probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities)


def next_action(tracker: DialogueStateTracker, notebook: Notebook) -> str | None:
    """What the lab values call for now, None when the rules decide."""
    if not notebook.open:
        return None
    if tracker.latest_message is None:
        return None
    intent = str((tracker.latest_message.intent or {}).get("name"))
    active = tracker.active_loop_name == FORM
    if tracker.latest_action_name == ACTION_LISTEN_NAME:
        if active:
            # The form hears first. What it cannot use, and nobody else either, is asked again.
            rejected = bool(tracker.active_loop and tracker.active_loop.rejected)
            return _ASK_AGAIN if rejected and intent == FALLBACK_INTENT and notebook.asked < ASKED_MAX else None
        named = {entity["value"] for entity in tracker.latest_message.entities if entity["entity"] == "lab"}
        asked = intent == _EXPLAIN and any(each.value.lab in named for each in notebook.open)
        asked = asked or bool(notebook.fresh and notebook.again)
        # Said in the language that it was asked in, instead: an explanation in English would not be read.
        foreign = (tracker.latest_message.parse_data or {}).get(LANGUAGE) is not None
        return FORM if asked or (notebook.fresh and intent in _WEAK and not foreign) else None
    waits = active or notebook.fresh or notebook.held
    return FORM if waits and tracker.latest_action_name not in _DONE else None
