"""What reading lab values costs: prints milliseconds a message, beside what finding its medicines costs.

Usage: .venv/bin/python -m tests.load.lab_reading
"""

from __future__ import annotations

import random
import statistics
import time
from pathlib import Path

from stillnight.clinical.labs.reader import LabReader
from stillnight.clinical.medicines.finder import medicine_finder
from stillnight.paths import KNOWLEDGE
from tests.load.timing import any_unicode, messages, milliseconds

LABS = Path(__file__).parent.parent / "labs"
# Of a longer message the reader reads no more.
CHARACTERS = 4_000


def told(name: str, times: list[float]) -> str:
    """Median and worst of many readings."""
    return f"{name}: median {statistics.median(times):.2f} ms, worst {max(times):.2f} ms"


def worst_texts(reader: LabReader) -> dict[str, str]:
    """Texts of full length that make the reader work hard."""
    rng = random.Random(0)
    names = sorted({name for lab in reader.labs.values() for name in lab.names})
    said = [rng.choice(names) for _ in range(CHARACTERS)]
    return {
        "names": " ".join(said),
        "names, misspelt": " ".join(word[:3] + word[4:] for word in said),
        "one value over and over": "ferritin 18 ng/mL (13-150), " * CHARACTERS,
        "lines of a report": "TSH | 2.1 | mIU/L | 0.4-4.0 | H\n" * CHARACTERS,
        "numbers": "9.9 99 " * CHARACTERS,
        "numbers in words": "nine hundred and ninety nine point nine " * CHARACTERS,
        "takes back and back": "no sorry not 18 I meant 81 " * CHARACTERS,
        "any Unicode": any_unicode(rng, CHARACTERS),
    }


def main() -> None:
    """Measure and print."""
    start = time.perf_counter()
    reader = LabReader.load(KNOWLEDGE)
    print(f"loading the definitions: {time.perf_counter() - start:.1f} s")
    start = time.perf_counter()
    finder = medicine_finder()
    print(f"loading the medicine finder: {time.perf_counter() - start:.1f} s")
    print(f"first message with a value: {milliseconds(reader.read, 'my ferritin is 40 pmol/L'):.0f} ms")
    finder.find("my ferritin is 40 pmol/L")
    lines = messages(LABS.glob("dev*.jsonl"))
    values = [milliseconds(reader.read, line) for line in lines]
    medicines = [milliseconds(finder.find, line) for line in lines]
    print(f"{len(lines)} messages")
    print(told("lab values", values))
    print(told("medicines", medicines))
    print(f"ratio of the medians: {statistics.median(values) / statistics.median(medicines):.2f}")
    for name, text in worst_texts(reader).items():
        print(f"{name}, {CHARACTERS} characters: {milliseconds(reader.read, text[:CHARACTERS]):.0f} ms")


if __name__ == "__main__":
    main()
