"""Rules are looked for by intent alone, and what is found is what Rasa finds by looking twice."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from stillnight.assistant import rules_by_intent
from stillnight.assistant.rules_by_intent import look_for_rules_once, names_no_text
from tests.dialogue.understood import Talk

LISTEN = '{"prev_action": {"action_name": "action_listen"}, "user": {%s}}'
DOMAIN = Domain.from_dict({"intents": ["greet"], "responses": {"utter_hi": [{"text": "hi"}]}})
_numbers = itertools.count()


@pytest.mark.parametrize(
    ("rule", "safe"),
    [
        (f"[{LISTEN % '%s'}]" % '"intent": "greet"', True),
        (f"[{LISTEN % '%s'}]" % '"text": "hello"', False),
        ('[{"prev_action": {"action_name": "action_listen"}}]', False),
        ('[{"slots": {"country": "GB"}}]', False),
        ('[{"prev_action": {"action_name": "lab_form"}}]', True),
    ],
)
def test_rule_that_could_fit_words_is_known(rule: str, safe: bool) -> None:
    assert names_no_text(rule) == safe


def trained(folder: Path, message: UserUttered) -> RulePolicy:
    """Rasa's policy, with one rule about a message."""
    events = [ActionExecuted("action_listen"), message, ActionExecuted("utter_hi"), ActionExecuted("action_listen")]
    rule = TrackerWithCachedStates.from_events("rule", events, domain=DOMAIN, slots=DOMAIN.slots)
    rule.is_rule_tracker = True
    given = {**RulePolicy.get_default_config(), "restrict_rules": False, "check_for_contradictions": False}
    context = ExecutionContext(GraphSchema({}))
    policy = RulePolicy(given, LocalModelStorage.create(folder), Resource("rules"), context)
    policy.train([rule], DOMAIN)
    assert len(policy.lookup[RULES]) > 0
    return policy


@pytest.mark.parametrize(
    "message",
    [UserUttered("hello", {"name": "greet"}), UserUttered("hello")],
    ids=["rule by intent", "rule by text"],
)
def test_prediction_is_that_of_rasa(tmp_path: Path, message: UserUttered, monkeypatch: pytest.MonkeyPatch) -> None:
    told = UserUttered("hello", {"name": "greet"})
    tracker = DialogueStateTracker.from_events("x", [ActionExecuted("action_listen"), told], slots=DOMAIN.slots)
    found = []
    for find in (rules_by_intent._ORIGINAL, rules_by_intent._find):
        monkeypatch.setattr(RulePolicy, "_find_action_from_rules", find)
        predicted = trained(tmp_path, message).predict_action_probabilities(tracker, DOMAIN)
        found.append((list(predicted.probabilities), predicted.is_end_to_end_prediction, predicted.policy_name))
    assert found[0] == found[1]
    assert found[0][0][DOMAIN.index_for_action("utter_hi")] == 1.0
    assert found[0][1] == (message.intent_name is None)


async def test_search_that_is_left_out_finds_nothing_in_our_own_talks(
    agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    left_out = []

    def both(policy: RulePolicy, tracker: Any, domain: Domain, use_text_for_last_user_input: bool) -> Any:
        ours = rules_by_intent._find(policy, tracker, domain, use_text_for_last_user_input)
        rasas = rules_by_intent._ORIGINAL(policy, tracker, domain, use_text_for_last_user_input)
        # Of a search that found nothing only that counts.
        assert (ours[0], ours[2]) == (rasas[0], rasas[2])
        if use_text_for_last_user_input and ours[1] is None:
            left_out.append(tracker.latest_message.text)
        return ours

    monkeypatch.setattr(RulePolicy, "_find_action_from_rules", both)
    talk = Talk(agent, f"rules-{next(_numbers)}")
    await talk.start()
    said = [
        "what is plmd",
        "ferritin 18",
        "ng/ml",
        "is zoloft bad",
        "do i have rls",
        "yes",
        "stop",
        "how is the weather",
    ]
    for text in said:
        await talk.say(text)
    assert {"what is plmd", "is zoloft bad"} <= set(left_out)


def test_rasa_looks_by_this_name() -> None:
    assert "_find_action_from_rules" in RulePolicy._predict.__code__.co_names
    look_for_rules_once()
    assert RulePolicy._find_action_from_rules is rules_by_intent._find
