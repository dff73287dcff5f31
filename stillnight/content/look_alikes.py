"""Examples that are too like one another to teach anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import numpy as np

from stillnight.content.faults import Fault
from stillnight.content.lint import plain
from stillnight.content.responses import ContentFile, Example, examples_of
from stillnight.language.text import has_words
from stillnight.nlu.weights import Vectors

# Cosine from which two examples say the same.
ALIKE: Final = 0.97
# More of them with one opening are a template with words swapped. Plain openings ("how do i get …") need some room.
OPENINGS_MAX: Final = 8
OPENING_WORDS: Final = 4
_OTHER_SUBJECTS: Final = "out_of_scope/"
# Cosines of so many examples with as many others are in memory at a time: 16 MB.
_BLOCK: Final = 2000


def comparable(files: Iterable[ContentFile]) -> list[Example]:
    """Examples whose likeness to another label's is a fault.

    Dangers and their near misses are like each other on purpose. Of pictures and signs the encoder knows nothing, so
    that all of them are alike to it.
    """
    return [example for example in examples_of(files) if example.is_topical and has_words(example.text)]


def look_alikes(examples: Sequence[Example], vectors: Vectors, checked: int | None = None) -> Iterator[Fault]:
    """Pairs of examples that say the same under different labels.

    Args:
        examples: as `comparable` gives them.
        vectors: their unit vectors, of shape (examples, dimension).
        checked: only pairs with one of the first so many examples are wanted; all pairs by default.
    """
    rows = len(examples) if checked is None else checked
    number = {label: at for at, label in enumerate({example.label for example in examples})}
    labels = np.array([number[example.label] for example in examples])
    for top in range(0, rows, _BLOCK):
        down = slice(top, min(top + _BLOCK, rows))
        for left in range(top, len(examples), _BLOCK):
            across = slice(left, left + _BLOCK)
            cosines = vectors[down] @ vectors[across].T
            for row, column in np.argwhere((cosines >= ALIKE) & (labels[down, None] != labels[across])):
                one, other = top + row, left + column
                if one < other:
                    yield _both(examples[one], examples[other], float(cosines[row, column]))


def _both(one: Example, other: Example, cosine: float) -> Fault:
    return Fault(
        f"{one.file.name} {one.label}",
        f"“{one.text}” says the same as “{other.text}” in {other.file.name} {other.label} (cosine {cosine:.2f}): "
        "decide which of both it belongs to, and delete the other",
    )


def check_openings(files: Iterable[ContentFile]) -> Iterator[Fault]:
    """Labels of ours with too many examples that begin with the same words.

    Questions about other subjects may: what they begin with (“what are the symptoms of …”) says nothing, the rest does.
    """
    openings: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for example in examples_of(files):
        words = plain(example.text).split()
        if len(words) >= OPENING_WORDS and not example.label.startswith(_OTHER_SUBJECTS):
            openings[example.label, " ".join(words[:OPENING_WORDS])].append(example.text)
    for (label, opening), texts in openings.items():
        if len(texts) > OPENINGS_MAX:
            yield Fault(
                label,
                f"has {len(texts)} examples that begin with “{opening} …”; {OPENINGS_MAX} is the limit: "
                "say it in other words, or delete some",
            )
