"""What the measurements of readers share: a stopwatch, the labelled messages, and text of no language at all."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterable
from pathlib import Path


def milliseconds(read: Callable[[str], object], text: str) -> float:
    """Time of one reading."""
    start = time.perf_counter()
    read(text)
    return 1000 * (time.perf_counter() - start)


def messages(files: Iterable[Path]) -> list[str]:
    """The texts of JSON lines."""
    return [
        json.loads(line)["text"] for path in sorted(files) for line in path.read_text(encoding="utf-8").splitlines()
    ]


def any_unicode(rng: random.Random, characters: int) -> str:
    """Characters of every script."""
    return "".join(chr(rng.randrange(32, 0xD7FF)) for _ in range(characters))
