"""Numbers of `config.yml` beside others that were tried, as tables for docs/understanding.md."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from rasa.core.agent import Agent

from stillnight.assistant.pipeline import component, read, trained
from stillnight.content.responses import examples_of, read_all
from stillnight.evaluation.neighbours import vectors_of
from stillnight.evaluation.tuning import Curve, Folds, Samples, Score, curve, outside
from stillnight.language.text import normalized
from stillnight.nlu.classifier import TopicClassifier
from stillnight.nlu.labels import OUT_OF_SCOPE, base
from stillnight.nlu.red_flag_guard import RED_FLAGS
from stillnight.nlu.topic_model import Hyperparameters
from stillnight.paths import DATA, PROJECT

# The older held-out lines and the `fresh_` ones; on `last_` and `corners` nothing is chosen.
TUNED_ON: Final = ("topics", "tasks", "out_of_scope", "fresh_topics", "fresh_tasks", "fresh_forum", "fresh_outside")
MEANING: Final = (1.0, 2.0, 5.0, 10.0, 20.0)
LETTERS: Final = (0.5, 1.0, 2.0, 4.0, 8.0)
OTHERS: Final[Mapping[str, Sequence[float]]] = {
    "letters_sharpness": (3.0, 4.0, 6.0, 8.0, 10.0),
    "meaning_weight": (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 1.0),
    "likeness_weight": (0.0, 5.0, 10.0, 15.0, 20.0),
}
ABOVE: Final = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


def samples_of(agent: Agent, model: Path) -> tuple[Samples, Hyperparameters]:
    """The examples of topics, tasks and other subjects as training has them, and the hyperparameters of the model.

    Args:
        agent: the loaded model.
        model: its archive, beside which sentence vectors are kept.
    """
    parts = trained(agent)
    examples = [example for example in examples_of(read_all(DATA)) if example.is_topical]
    vectors = vectors_of(examples, parts.speller.mend, parts.encoder.encode, parts.encoder.digest, model.parent)
    texts = [parts.speller.mend(normalized(example.text)) for example in examples]
    return Samples(texts, vectors, [example.label for example in examples]), parts.topics.hyperparameters


def tuning_lines() -> list[dict[str, Any]]:
    """The held-out lines that thresholds may be chosen on."""
    files = (PROJECT / "tests" / "nlu" / f"held_out_{name}.jsonl" for name in TUNED_ON)
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def strengths(samples: Samples, usual: Hyperparameters, folds: int) -> Iterator[str]:
    """Lines of the tables of strengths and weights.

    Args:
        samples: the examples.
        usual: what stands in `config.yml`.
        folds: how many parts are left out in turn.
    """
    meaning, letters = (
        sorted({*tried, own}) for tried, own in ((MEANING, usual.meaning_c), (LETTERS, usual.letters_c))
    )
    most = max(len(meaning), len(letters))
    # Each strength is fitted once; where one list is shorter its last is fitted again.
    padded = [[*tried, *[tried[-1]] * (most - len(tried))] for tried in (meaning, letters)]
    tried = [replace(usual, meaning_c=one, letters_c=other) for one, other in zip(*padded)]
    left_out = Folds(samples, tried, usual, folds)
    yield f"{len(samples.texts):,} examples, {folds} parts left out in turn; right, and mean loss:"
    yield ""
    yield _row("`meaning_c` \\ `letters_c`", *(f"{each:g}" for each in letters))
    yield _row(*["---"] * (len(letters) + 1))
    scores = []
    for one in meaning:
        row = [left_out.score(replace(usual, meaning_c=one, letters_c=other)) for other in letters]
        scores += row
        yield _row(f"{one:g}", *map(_cell, row))
    own, best = left_out.score(usual), max(scores, key=lambda score: score.right)
    yield ""
    yield (
        f"In config.yml: {_named(usual)}: {own.right:.2%} ± {own.error:.2%}. "
        f"Most right: {_named(best.chosen)}: {best.right:.2%} ± {best.error:.2%}."
    )
    yield ""
    yield _row("the others, one at a time", "")
    yield _row("---", "---")
    for name, values in OTHERS.items():
        cells = {value: _cell(left_out.score(replace(usual, **{name: value}))) for value in values}
        yield _row(f"`{name}`", ", ".join(f"{value:g}: {cell}" for value, cell in cells.items()))


def refusals(agent: Agent, lines: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Lines of the curve of refusals and its threshold.

    Args:
        agent: the loaded model.
        lines: labelled; those that may be either, and those in which a rule hears danger, take no part.
    """
    strangeness, is_other = _strangeness(agent, lines)
    options = component(agent, TopicClassifier)._config
    own = Curve(float(options["outside_slope"]), float(options["outside_offset"]))
    curves = {
        "in config.yml": own,
        "fitted": curve(strangeness, is_other),
        "fitted, both weighing the same": curve(strangeness, is_other, evenly=True),
    }
    yield f"{is_other.sum():,} lines of other subjects, {(~is_other).sum():,} of ours:"
    yield ""
    yield _row("", "`outside_slope`", "`outside_offset`", *(f"above {each:g}" for each in ABOVE))
    yield _row(*["---"] * (len(ABOVE) + 3))
    for name, each in curves.items():
        told = outside(strangeness, each)
        rates = (f"{(told[is_other] >= x).mean():.1%}, {(told[~is_other] >= x).mean():.1%}" for x in ABOVE)
        yield _row(name, f"{each.slope:.2f}", f"{each.offset:.2f}", *rates)


def _strangeness(agent: Agent, lines: Sequence[Mapping[str, Any]]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Probability of all other subjects together, and whether it is one, of each line that takes part."""
    parts = trained(agent)
    kinds = [base(name) == OUT_OF_SCOPE for name in parts.topics.names]
    plain = [line for line in lines if OUT_OF_SCOPE not in line.get("alt", ()) and "red_flag" not in line]
    found = []
    for line, message in zip(plain, read(agent, [str(line["text"]) for line in plain])):
        if not message.get(RED_FLAGS):
            said, weights = parts.weighed(message)
            ranking = dict(parts.topics.prediction(np.average(said.together, axis=0, weights=weights)).ranking)
            other = sum(ranking[name] for name, kind in zip(parts.topics.names, kinds) if kind)
            found.append((other, line.get("task") == OUT_OF_SCOPE))
    strangeness, is_other = zip(*found)
    return np.array(strangeness), np.array(is_other)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(score: Score) -> str:
    return f"{score.right:.1%} ({score.loss:.3f})"


def _named(chosen: Hyperparameters) -> str:
    return f"meaning_c {chosen.meaning_c:g}, letters_c {chosen.letters_c:g}"
