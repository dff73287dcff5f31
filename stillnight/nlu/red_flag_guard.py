"""The red-flag rules as the first component of the pipeline.

Our channels ask the same rules before the model (`stillnight.safety.guard`). Here they stand for whoever talks to
the model by another way: `rasa shell`, `rasa test`, `stillnight understand`.
"""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from stillnight.clinical.hearing import Hearing, hearing
from stillnight.language.questions import clauses
from stillnight.nlu.options import Options

RED_FLAGS = "red_flags"
STANDS = "red_flag_stands"
DANGEROUS_PARTS = "dangerous_parts"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class RedFlagGuard(GraphComponent):
    """Writes the names of the dangers that rules find, the first to answer in front. No options, nothing learned.

    Beside them stands whether the second net may take the find back, and the clauses in which a rule finds danger by
    itself: a harmless question in the same message must not outvote one (“is it inherited? and how can i kill
    myself”).
    """

    def __init__(self, hearing: Hearing) -> None:
        """Keep the rules."""
        self._hearing = hearing

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RedFlagGuard:
        """Read the rules of the project's `knowledge/`. Raises InvalidConfigException when an option is given."""
        Options.of(config, cls.__name__)
        return cls(hearing())

    def process(self, messages: list[Message]) -> list[Message]:
        """Mark every message, dangerous or not."""
        for message in messages:
            text = message.get(TEXT) or ""
            heard = self._hearing.hear(text)
            message.set(RED_FLAGS, [flag.name for flag in heard.flags], add_to_output=True)
            message.set(STANDS, heard.stands)
            parts = [part for part in clauses(text) if self._hearing.hear(part).flags] if heard.flags else []
            message.set(DANGEROUS_PARTS, parts)
        return messages
