"""When the assistant answers the further questions of a message that asks several.

Rules say what follows an intent, and a message has one. What else it plainly asks stands beside the intent in the
parsed message (`TopicClassifier`), and this policy has that answered before the assistant listens again.
"""

from __future__ import annotations

from typing import Final

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import ACTION_DEFAULT_FALLBACK_NAME, ACTION_LISTEN_NAME
from rasa.shared.core.events import BotUttered
from rasa.shared.core.trackers import DialogueStateTracker

from stillnight.dialogue.history import response_name
from stillnight.dialogue.lab_memory import FORM
from stillnight.dialogue.newest import done_since, intent_of, since
from stillnight.dialogue.sure_policy import SurePolicy
from stillnight.nlu.labels import ALSO, FALLBACK_INTENT, OUT_OF_SCOPE, RED_FLAG

ANSWER_ALSO: Final = "action_answer_also"
# Messages to which the reply is no answer, so that none can stand beside it; danger above all stands alone.
_ALONE: Final = frozenset({RED_FLAG, FALLBACK_INTENT, OUT_OF_SCOPE})
# After these nothing more is said: the others were answered, a value was explained or asked about, the turn is over.
_LAST: Final = frozenset(
    {
        ANSWER_ALSO,
        FORM,
        "action_explain_labs",
        "action_ask_lab_answer",
        ACTION_DEFAULT_FALLBACK_NAME,
        ACTION_LISTEN_NAME,
    }
)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class AlsoPolicy(SurePolicy):
    """Predicts `action_answer_also`, or nothing. It learns nothing.

    `priority` in `config.yml` puts it before the rules, which would listen, and behind `LabPolicy`: a value that was
    told may be urgent.
    """

    def action_for(self, tracker: DialogueStateTracker) -> str | None:
        """The further answers, while they wait."""
        return ANSWER_ALSO if waits(tracker) else None


def waits(tracker: DialogueStateTracker) -> bool:
    """Whether the newest message had its first answer and a further question of it waits for one."""
    message = tracker.latest_message
    if message is None or intent_of(message) in _ALONE or tracker.active_loop_name:
        return False
    # A button that was pressed asks one thing, and its parse data say nothing of others.
    also = message.parse_data.get(ALSO) or ()
    done = done_since(tracker)
    said = {response_name(event.as_dict()) for event in since(tracker) if isinstance(event, BotUttered)}
    waiting = any(f"utter_{label}" not in said for label in also)
    return waiting and bool(done) and _LAST.isdisjoint(done)
