"""Rasa's default pipeline, a logistic regression on counts, and ours: the same examples, the same questions, one run.

Each is trained by Rasa in a process of its own on the topics, tasks and other subjects of `data/`; ours on the dangers
besides. Prints a table of how many held-out questions each understands, how well it knows other subjects, its training
time, milliseconds a message on one core, and memory.

The default pipeline trains its neural network 100 times over, which takes six hours with so many examples. Fewer:
`--epochs 10`. Processor time is told as well, as it does not count what else the machine does meanwhile.

Usage: .venv/bin/python -m tests.load.understanding [--epochs N] [--only NAME]
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import yaml

from stillnight.nlu.labels import OUT_OF_SCOPE, base
from tests.load.examples import by_label

HELD_OUT: Final = Path(__file__).parent.parent / "nlu"
SETS: Final = ("fresh_topics", "fresh_tasks", "fresh_forum", "fresh_outside")
NAMES: Final = ("default DIET", "LR on counts", "ours")
_COUNTS: Final[list[dict[str, Any]]] = [
    {"name": "WhitespaceTokenizer"},
    {"name": "RegexFeaturizer"},
    {"name": "LexicalSyntacticFeaturizer"},
    {"name": "CountVectorsFeaturizer"},
    {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
]


def pipeline(name: str, epochs: int) -> list[dict[str, Any]]:
    """The components of a contender that is not ours."""
    if name == "default DIET":
        return [*_COUNTS, {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True}]
    return [*_COUNTS[0:1], *_COUNTS[3:], {"name": "LogisticRegressionClassifier"}]


def write_examples(folder: Path) -> None:
    """Topics, tasks and other subjects under plain intents, so that all contenders tell the same labels apart."""
    nlu = [
        {"intent": label, "examples": "".join(f"- {text}\n" for text in texts)} for label, texts in by_label().items()
    ]
    (folder / "nlu.yml").write_text(yaml.safe_dump({"version": "3.1", "nlu": nlu}, allow_unicode=True), "utf-8")


def measure(name: str, epochs: int) -> dict[str, Any]:
    """Train one contender and ask it everything; in this process."""
    from stillnight.assistant.environment import prepare

    prepare("ERROR")
    import rasa.model_training
    from rasa.core.agent import Agent

    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        if name == "ours":
            from stillnight.assistant.training import train

            started, worked = time.perf_counter(), time.process_time()
            model = str(train(folder / "model.tar.gz"))
        else:
            config = {
                "language": "en",
                "recipe": "default.v1",
                "assistant_id": "load",
                "pipeline": pipeline(name, epochs),
            }
            (folder / "config.yml").write_text(yaml.safe_dump(config), "utf-8")
            write_examples(folder)
            started, worked = time.perf_counter(), time.process_time()
            model = str(rasa.model_training.train_nlu(str(folder / "config.yml"), str(folder / "nlu.yml"), str(folder)))
        seconds, worked = time.perf_counter() - started, time.process_time() - worked
        agent = Agent.load(model)
        lines = {each: _lines(each) for each in SETS}
        right = {each: _right(agent, lines[each]) for each in SETS}
        # Asked on one core, after everything is warm.
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        spent = [_milliseconds(agent, line["text"]) for line in lines["fresh_topics"][:300]]
    return {
        "name": name,
        "right": right,
        "train_s": round(seconds),
        "train_cpu_s": round(worked),
        "ms": round(statistics.median(spent), 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _lines(name: str) -> list[dict[str, Any]]:
    text = (HELD_OUT / f"held_out_{name}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def _right(agent: Any, lines: list[dict[str, Any]]) -> float:
    return sum(_understood(agent, line["text"]) in _wanted(line) for line in lines) / len(lines)


def _wanted(line: dict[str, Any]) -> set[str]:
    return {str(line.get("topic") or line.get("task")), *map(str, line.get("alt") or ())}


def _understood(agent: Any, text: str) -> str:
    parsed = asyncio.run(agent.parse_message(text))
    intent = str(parsed["intent"]["name"]).replace("__", "/")
    selected = (parsed.get("response_selector") or {}).get(intent)
    label = str(selected["response"]["intent_response_key"]) if selected else intent
    return OUT_OF_SCOPE if base(label) == OUT_OF_SCOPE else label.removeprefix("faq/")


def _milliseconds(agent: Any, text: str) -> float:
    started = time.perf_counter()
    asyncio.run(agent.parse_message(text))
    return 1000 * (time.perf_counter() - started)


def main() -> None:
    """Measure each contender in a fresh process and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int, default=100)
    parser.add_argument("--only", choices=NAMES)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here:
        print(json.dumps(measure(given.only, given.epochs)))
        return
    print("| | " + " | ".join((*SETS, "training s", "of processor", "ms a message", "peak MB")) + " |")
    print("|---" * (len(SETS) + 5) + "|")
    for name in [given.only] if given.only else NAMES:
        command = [sys.executable, "-m", __spec__.name, "--here", "--only", name, "--epochs", str(given.epochs)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        figures = json.loads(done.stdout.splitlines()[-1])
        cells = [f"{figures['right'][each]:.1%}" for each in SETS]
        print(
            "| "
            + " | ".join((name, *cells, *(str(figures[each]) for each in ("train_s", "train_cpu_s", "ms", "peak_mb"))))
            + " |"
        )


if __name__ == "__main__":
    main()
