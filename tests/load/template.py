"""Rasa's default template with our content: pipeline and policies as `rasa init` writes them, our examples and answers.

Topics are a retrieval intent, tasks plain intents; a rule answers each, and some short stories give the policies that
learn something to learn. No custom action is called, and conversations are kept in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import yaml

from stillnight.nlu.labels import base
from tests.load.examples import by_label

TOPIC: Final = "faq"
_EPOCHS_OF_RASA: Final = 100


def write_template(folder: Path, epochs: int = _EPOCHS_OF_RASA) -> None:
    """Write a project that `rasa train` and `rasa run` take.

    Args:
        folder: an empty one.
        epochs: how often its four networks see the examples; Rasa's template says 100.
    """
    examples = {label: texts for label, texts in by_label(retrieval=TOPIC).items() if len(texts) > 1}
    intents = list(dict.fromkeys(map(base, examples)))
    _write(folder / "config.yml", _config(epochs))
    _write(folder / "domain.yml", _domain(intents, examples))
    nlu = [{"intent": label, "examples": "".join(f"- {text}\n" for text in texts)} for label, texts in examples.items()]
    _write(folder / "nlu.yml", {"version": "3.1", "nlu": nlu})
    _write(folder / "rules.yml", {"version": "3.1", "rules": [_story("rule", intent, [intent]) for intent in intents]})
    stories = [_story("story", f"{first} {then}", [first, then]) for first, then in pairwise(intents)]
    _write(folder / "stories.yml", {"version": "3.1", "stories": stories})
    _write(folder / "credentials.yml", {"rest": None})
    _write(folder / "endpoints.yml", {})


def _config(epochs: int) -> dict[str, Any]:
    learned = {"epochs": epochs, "constrain_similarities": True}
    return {
        "recipe": "default.v1",
        "assistant_id": "template",
        "language": "en",
        "pipeline": [
            {"name": "WhitespaceTokenizer"},
            {"name": "RegexFeaturizer"},
            {"name": "LexicalSyntacticFeaturizer"},
            {"name": "CountVectorsFeaturizer"},
            {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
            {"name": "DIETClassifier", **learned},
            {"name": "EntitySynonymMapper"},
            {"name": "ResponseSelector", "retrieval_intent": TOPIC, **learned},
            {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
        ],
        "policies": [
            {"name": "MemoizationPolicy"},
            {"name": "RulePolicy"},
            {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": epochs},
            {"name": "TEDPolicy", "max_history": 5, **learned},
        ],
    }


def _domain(intents: Iterable[str], labels: Mapping[str, list[str]]) -> dict[str, Any]:
    from stillnight.content.responses import read_all
    from stillnight.paths import DATA

    texts: dict[str, str] = {}
    for file in read_all(DATA):
        for answer in file.answers:
            texts.setdefault(answer.name, answer.text)
    wanted = [f"utter_{label}" for label in labels if base(label) == TOPIC]
    wanted += [f"utter_{intent}" for intent in intents if intent != TOPIC]
    responses = {name: [{"text": texts.get(name) or texts["utter_help"]}] for name in wanted}
    return {"version": "3.1", "intents": list(intents), "responses": responses, "actions": [f"utter_{TOPIC}"]}


def _story(kind: str, name: str, intents: Iterable[str]) -> dict[str, Any]:
    steps = [step for intent in intents for step in ({"intent": intent}, {"action": f"utter_{intent}"})]
    return {kind: name, "steps": steps}


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
