"""Rasa's rules without their search by text: ours name intents alone.

Rasa 3.6.21 looks at every message twice, for a rule that names its very words and for one that names its intent, which
makes a state of the whole conversation each time.
"""

from __future__ import annotations

import json
from typing import Any, Final

from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.shared.core.constants import ACTION_LISTEN_NAME, PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

_ORIGINAL: Final = RulePolicy._find_action_from_rules
# What was found out of a policy's rules, kept with it.
_KEPT: Final = "_stillnight_rules_by_intent"


def look_for_rules_once() -> None:
    """Make every rule policy look by intent alone where that finds the same."""
    RulePolicy._find_action_from_rules = _find


def _find(
    policy: RulePolicy, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
) -> tuple[str | None, str | None, bool]:
    # In a form the search also notes whether that was left and is come back to.
    if use_text_for_last_user_input and not tracker.active_loop_name and _by_intent(policy):
        return None, None, False
    found: tuple[str | None, str | None, bool] = _ORIGINAL(policy, tracker, domain, use_text_for_last_user_input)
    return found


def _by_intent(policy: RulePolicy) -> bool:
    known = vars(policy).get(_KEPT)
    if known is None:
        known = vars(policy)[_KEPT] = all(map(names_no_text, policy.lookup.get(RULES, {})))
    return bool(known)


def names_no_text(rule: str) -> bool:
    """Whether a rule never fits a message of which only the words are looked at.

    Args:
        rule: its states as Rasa keeps them, as JSON; the last is the one in which it tells what to do.
    """
    last: dict[str, Any] = json.loads(rule)[-1]
    after = last.get(PREVIOUS_ACTION, {}).get(ACTION_NAME)
    # A message is looked at right after the assistant listened.
    return INTENT in last.get(USER, {}) or after not in (None, ACTION_LISTEN_NAME)
