"""What policies of ours have in common: they learn nothing, and predict one action for sure or none at all."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from rasa.core.featurizers.precomputation import MessageContainerForCoreFeaturization
from rasa.core.policies.policy import Policy, PolicyPrediction, SupportedData
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker


class SurePolicy(Policy):
    """Base of a policy. A subclass says which action the conversation calls for; `priority` stands in `config.yml`."""

    @abstractmethod
    def action_for(self, tracker: DialogueStateTracker) -> str | None:
        """Name of the action that is next, None when other policies decide."""

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
        """The action, sure, or no action at all."""
        probabilities = self._default_predictions(domain)
        action = self.action_for(tracker)
        if action is not None:
            probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities)
