"""Names of lab tests and medicines in a message, as Rasa entities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from stillnight.clinical.labs.reader import LabReader, lab_reader
from stillnight.clinical.medicines.finder import MedicineFinder, Mention, medicine_finder, spans
from stillnight.clinical.medicines.speech import speech_of
from stillnight.clinical.medicines.talk import talk
from stillnight.clinical.terms import Labs, labs
from stillnight.nlu.options import Options
from stillnight.nlu.spelling_component import mended

LAB = "lab"
MEDICINE = "medicine"
MEDICINE_CLASS = "medicine_class"
MEDICINE_SPEECH = "medicine_speech"
LAB_READING = "lab_reading"
LAB_VALUES = "labs"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TermExtractor(EntityExtractorMixin, GraphComponent):
    """Writes `lab`, `medicine` and `medicine_class` entities.

    Beside them, under `medicine_speech` how medicines are spoken of, under `lab_reading` and `labs` the values told.

    It has no options and learns nothing.
    """

    def __init__(self, known_labs: Labs, medicines: MedicineFinder, reader: LabReader) -> None:
        """Keep the finders; `create` makes them from `knowledge/`."""
        self._labs = known_labs
        self._medicines = medicines
        self._reader = reader

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TermExtractor:
        """Use the project's `knowledge/`. Raises InvalidConfigException when an option is given."""
        Options.of(config, cls.__name__)
        return cls(labs(), medicine_finder(), lab_reader())

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities found to those already there."""
        for message in messages:
            text = message.get(TEXT) or ""
            mentions = self._medicines.find(text)
            found = [*self._named_labs(text, mended(message)), *self._named_medicines(mentions)]
            reading = self._reader.read(text, spans(mentions))
            message.set(LAB_READING, reading)
            message.set(LAB_VALUES, [value.as_dict() for value in reading.values], add_to_output=True)
            message.set(MEDICINE_SPEECH, speech_of(text, mentions, self._medicines, talk()))
            message.set(ENTITIES, message.get(ENTITIES, []) + self.add_extractor_name(found), add_to_output=True)
        return messages

    def _named_labs(self, text: str, mended_text: str) -> list[dict[str, Any]]:
        found = [_entity(LAB, term.value, term.start, term.end) for term in self._labs.matcher.find(text)]
        known = {entity["value"] for entity in found}
        # A misspelt name is found in the mended text; there is no place for it in the typed one.
        missing = [lab for lab in self._labs.named(mended_text) if lab not in known]
        return found + [_entity(LAB, lab, 0, len(text)) for lab in missing]

    @staticmethod
    def _named_medicines(mentions: Iterable[Mention]) -> list[dict[str, Any]]:
        found = []
        for mention in mentions:
            if mention.kind:
                found.append(_entity(MEDICINE_CLASS, mention.kind, mention.start, mention.end))
            # Of a name that is open the likeliest is told here, and the answer asks.
            found += [_entity(MEDICINE, medicine, mention.start, mention.end) for medicine in mention.likeliest]
        return found


def _entity(entity: str, value: str, start: int, end: int) -> dict[str, Any]:
    return {"entity": entity, "value": value, "start": start, "end": end}
