"""What each part of the understanding is worth: right at the first try on the held-out questions, without thresholds.

Prints today's table of docs/decisions/0002-understanding.md. Usage: .venv/bin/python scripts/ablation.py
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np

from stillnight.content.catalogue import catalogue
from stillnight.content.responses import examples_of, read_all
from stillnight.language.spelling import Speller
from stillnight.language.text import normalized
from stillnight.nlu.encoder import SentenceEncoder
from stillnight.nlu.labels import FOLLOW_UP_PREFIX, base, topic_of
from stillnight.nlu.ngrams import Ngrams
from stillnight.nlu.topic_model import Hyperparameters, TopicModel
from stillnight.nlu.vector_cache import cached
from stillnight.paths import DATA, KNOWLEDGE, MODEL, PROJECT

SETS = ("fresh_topics", "fresh_tasks", "fresh_forum", "fresh_outside")
USUAL = Hyperparameters()
TRIED = {
    "meaning alone": replace(USUAL, meaning_weight=1.0, likeness_weight=0.0),
    "letters alone": replace(USUAL, meaning_weight=0.0, likeness_weight=0.0),
    "both": replace(USUAL, likeness_weight=0.0),
    "both and likeness": USUAL,
}


def name_of(label: str) -> str:
    """A label as the held-out files write it."""
    if label.startswith(FOLLOW_UP_PREFIX):
        kind = label.removeprefix(FOLLOW_UP_PREFIX)
        return "sources" if kind == "source" else catalogue().follow_up(None, kind).removeprefix("utter_faq/")
    return topic_of(label) or base(label)


def right(line: dict[str, Any], label: str) -> bool:
    """Whether a predicted label is what the line wants, or an accepted neighbour."""
    return name_of(label) in {line.get("topic") or line.get("task"), *line.get("alt", [])}


def main() -> None:
    """Fit on the examples in every combination and print what is right."""
    examples = [(normalized(each.text).lower(), each.label) for each in examples_of(read_all(DATA)) if each.is_topical]
    held_out = {
        name: [
            json.loads(line) for line in (PROJECT / "tests" / "nlu" / f"held_out_{name}.jsonl").open(encoding="utf-8")
        ]
        for name in SETS
    }
    encoder = SentenceEncoder.built()
    speller = Speller.learn([text for text, _ in examples], KNOWLEDGE)
    labels = [intent for _, intent in examples]
    print(f"{len(examples)} examples, {len(set(labels))} labels")
    for help_name, mend in (("as typed", str.lower), ("spelling help", speller.mend)):
        texts = [mend(text) for text, _ in examples]
        ngrams, letters = Ngrams.fit(texts)
        vectors = cached(texts, encoder.encode, encoder.digest, MODEL.parent, forget=False)
        model = TopicModel.fit(letters, vectors, labels, USUAL)
        asked = []
        for lines in held_out.values():
            typed = [mend(normalized(line["text"])) for line in lines]
            asked.append((lines, ngrams.transform(typed), encoder.encode(typed)))
        for name, chosen in TRIED.items():
            weighted = replace(model, hyperparameters=chosen)
            figures = []
            for lines, rows, meant in asked:
                predictions = weighted.predict(rows, meant)
                figures.append(np.mean([right(line, p.ranking[0][0]) for line, p in zip(lines, predictions)]))
            print(f"{help_name:<14} {name:<18} " + "  ".join(f"{figure:.1%}" for figure in figures), flush=True)


if __name__ == "__main__":
    main()
