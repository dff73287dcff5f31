"""The example sentences nearest to a message: why the model thinks as it does, and where to mend it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from stillnight.content.responses import Example
from stillnight.language.text import normalized
from stillnight.nlu.vector_cache import cache_file, cached
from stillnight.nlu.weights import Vectors


@dataclass(frozen=True)
class Neighbour:
    """An example and how like it is: the cosine."""

    example: Example
    cosine: float


def vectors_of(
    examples: Sequence[Example],
    mend: Callable[[str], str],
    encode: Callable[[Sequence[str]], Vectors],
    digest: str,
    *folders: Path,
) -> Vectors:
    """Vectors of shape (examples, dimension); those of the last training are kept in a folder and need no encoding.

    Args:
        examples: read from `data/`.
        mend: the speller, since examples are learned as mended.
        encode: the encoder.
        digest: by which it is known.
        folders: where they may be kept; the first that keeps any of this encoder is used, else the first.
    """
    texts = [mend(normalized(example.text)) for example in examples]
    folder = next((each for each in folders if cache_file(each, digest).exists()), folders[0])
    # Only training forgets: the speller of an older model may have mended otherwise.
    return cached(texts, encode, digest, folder, forget=False)


def nearest(vector: Vectors, examples: Sequence[Example], vectors: Vectors, most: int = 5) -> list[Neighbour]:
    """The examples most like a vector, most like first; of examples that read alike the first."""
    found: dict[str, Neighbour] = {}
    cosines = vectors @ vector
    for at in np.argsort(-cosines, kind="stable"):
        if len(found) == most:
            break
        example = examples[at]
        found.setdefault(example.text.lower(), Neighbour(example, round(float(cosines[at]), 4)))
    return list(found.values())
