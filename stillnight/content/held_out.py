"""Examples that stand among the questions held out for tests, or nearly: what is learned by heart tests nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from rapidfuzz import fuzz
from sklearn.feature_extraction.text import TfidfVectorizer

from stillnight.content.faults import Fault
from stillnight.content.lint import plain
from stillnight.content.responses import ContentFile, Example, examples_of

# Share of letters in common, in order, from which two lines say the same. Below it they mostly differ in a word that
# matters; chosen by reading all pairs from 0.85 on.
NEARLY: Final = 0.9
# Of fewer words (“what is rls”) two people write the same without having seen each other's.
WORDS_MIN: Final = 4
# On these, rules were made; only the very same line is a fault.
_LOOKED_AT: Final = "_tuned_on"
# Comparing every line with every example takes 23 s. Of those that share rare pieces of five letters 2 s, and 66 of the
# 68 lines are found that were there when this was chosen. A piece is rare in so many lines or fewer.
_PIECE: Final = 5
_RARE: Final = 50
_CANDIDATE: Final = 0.4
_BLOCK: Final = 500


@dataclass(frozen=True)
class _Line:
    """A line of a test, as the lint compares it. where: file and number."""

    text: str
    plain: str
    where: str
    looked_at: bool


def check_held_out(files: Iterable[ContentFile], tests: Path) -> Iterator[Fault]:
    """Lines of the tests of understanding and of danger that are learned, or nearly so.

    Args:
        files: whose examples are looked at.
        tests: the folder with `nlu/` and `safety/`.
    """
    examples = {plain(example.text): example for example in examples_of(files)}
    lines = list(_lines(tests))
    for line in lines:
        if example := examples.get(line.plain):
            yield Fault(
                line.where,
                f"“{line.text}” is held out for the tests and stands in {_place(example)} as “{example.text}”: "
                "delete the example",
            )
    strict = [
        line
        for line in lines
        if not line.looked_at and len(line.plain.split()) >= WORDS_MIN and line.plain not in examples
    ]
    learned = list(examples)
    for at, other, likeness in _nearest([line.plain for line in strict], learned):
        line, example = strict[at], examples[learned[other]]
        yield Fault(
            line.where,
            f"“{line.text}” is held out for the tests and nearly stands in {_place(example)} as “{example.text}” "
            f"({likeness:.0%} of the letters): delete or reword the example if it is the newer, else the line",
        )


def _lines(tests: Path) -> Iterator[_Line]:
    for path in [*sorted(tests.glob("nlu/held_out_*.jsonl")), *sorted(tests.glob("safety/*.jsonl"))]:
        for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            text = json.loads(row)["text"]
            yield _Line(text, plain(text), f"{path.name} line {number}", path.stem.endswith(_LOOKED_AT))


def _nearest(lines: Sequence[str], learned: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """Numbers of each line that is nearly learned and of what is most like it, and how like, 0 to 1."""
    if not lines or not learned:
        return
    pieces = TfidfVectorizer(
        analyzer="char", ngram_range=(_PIECE, _PIECE), max_df=_RARE, dtype=np.float32, lowercase=False
    )
    rows = pieces.fit_transform(lines)
    columns = pieces.transform(learned).T.tocsr()
    for start in range(0, len(lines), _BLOCK):
        alike = (rows[start : start + _BLOCK] @ columns).tocoo()
        candidates = alike.data >= _CANDIDATE
        found: dict[int, tuple[float, int]] = {}
        for row, other in zip(alike.row[candidates].tolist(), alike.col[candidates].tolist()):
            at = start + row
            likeness = fuzz.ratio(lines[at], learned[other]) / 100
            if likeness >= NEARLY:
                found[at] = max(found.get(at, (0.0, 0)), (likeness, other))
        for at, (likeness, other) in sorted(found.items()):
            yield at, other, likeness


def _place(example: Example) -> str:
    return f"{example.file.name} {example.label}"
