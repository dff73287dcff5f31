"""Names of lab tests and medicines in a message, by spaCy phrase matching over `knowledge/`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import spacy
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc
from spacy.util import filter_spans

from stillnight.nlu.spelling_component import mended
from stillnight.paths import KNOWLEDGE


class TermMatcher:
    """Finds the names listed in `labs.yml` and `medicines.yml`, whatever their case, the longest first."""

    def __init__(self, knowledge: Path) -> None:
        """Build the matcher from the two files in `knowledge`."""
        self._nlp = spacy.blank("en")
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="LOWER")
        self._meaning: dict[str, tuple[str, str]] = {}
        for lab, facts in yaml.safe_load((knowledge / "labs.yml").read_text(encoding="utf-8")).items():
            self._add("lab", lab, facts["names"])
        for generic, facts in yaml.safe_load((knowledge / "medicines.yml").read_text(encoding="utf-8")).items():
            self._add("medicine", generic, [generic, *facts["brands"]])

    def _add(self, entity: str, value: str, names: list[str]) -> None:
        key = f"{entity} {value}"
        self._meaning[key] = (entity, value)
        self._matcher.add(key, list(self._nlp.pipe(str(name) for name in names)))

    def find(self, text: str) -> list[dict[str, Any]]:
        """Rasa entities in order of appearance: entity (`lab` or `medicine`), value (our name of it), start and end."""
        doc: Doc = self._nlp(text)
        spans = filter_spans(self._matcher(doc, as_spans=True))
        found = []
        for span in spans:
            entity, value = self._meaning[span.label_]
            found.append({"entity": entity, "value": value, "start": span.start_char, "end": span.end_char})
        return found


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TermExtractor(EntityExtractorMixin, GraphComponent):
    """Writes `lab` and `medicine` entities. It has no options and learns nothing."""

    def __init__(self, matcher: TermMatcher) -> None:
        """Keep the matcher; `create` builds it from `knowledge/`."""
        self._terms = matcher

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TermExtractor:
        """Build the matcher from the project's `knowledge/`."""
        return cls(TermMatcher(KNOWLEDGE))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities found to those already there."""
        for message in messages:
            text = message.get(TEXT) or ""
            found = self._terms.find(text)
            # A misspelt name is found in the mended text; there is no place for it in the typed one.
            known = {entity["value"] for entity in found}
            found += [
                {**entity, "start": 0, "end": len(text)}
                for entity in self._terms.find(mended(message))
                if entity["value"] not in known
            ]
            message.set(ENTITIES, message.get(ENTITIES, []) + self.add_extractor_name(found), add_to_output=True)
        return messages
