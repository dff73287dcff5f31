"""What the red-flag rules cost: prints milliseconds a message, and a thousand characters of the worst texts.

Usage: .venv/bin/python -m tests.load.red_flag_rules
"""

from __future__ import annotations

import random
import statistics
import time
from pathlib import Path

from stillnight.clinical.red_flags.finder import RedFlagFinder
from stillnight.clinical.red_flags.reading import CHARACTERS_MAX
from stillnight.paths import KNOWLEDGE
from tests.load.timing import any_unicode, messages, milliseconds

SAFETY = Path(__file__).parent.parent / "safety"


def worst_texts(finder: RedFlagFinder) -> dict[str, str]:
    """Texts of full length that make the rules work hard."""
    rng = random.Random(0)
    words = sorted(finder.vocabulary)
    said = [rng.choice(words) for _ in range(CHARACTERS_MAX)]
    return {
        "words of the rules": " ".join(said),
        "the same, misspelt": " ".join(word[:2] + word[3:] for word in said),
        "one danger over and over": "i want to kill myself " * CHARACTERS_MAX,
        "denials": "no chest pain and " * CHARACTERS_MAX,
        "single letters": "k i l l " * CHARACTERS_MAX,
        "figures": "9 99 " * CHARACTERS_MAX,
        "any Unicode": any_unicode(rng, CHARACTERS_MAX),
    }


def main() -> None:
    """Measure and print."""
    start = time.perf_counter()
    finder = RedFlagFinder.load(KNOWLEDGE)
    print(f"loading the rules: {time.perf_counter() - start:.1f} s")
    print(f"first message: {milliseconds(finder.find, 'my legs wont rest tonihgt'):.0f} ms")
    lines = messages(SAFETY.glob("*.jsonl"))
    times = sorted(milliseconds(finder.find, line) for line in lines)
    print(
        f"{len(lines)} messages: median {statistics.median(times):.2f} ms, 99% {times[int(0.99 * len(times))]:.2f} ms"
    )
    for name, text in worst_texts(finder).items():
        each = milliseconds(finder.find, text[:CHARACTERS_MAX]) / CHARACTERS_MAX * 1000
        print(f"{name}, {CHARACTERS_MAX} characters: {each:.1f} ms a thousand")


if __name__ == "__main__":
    main()
