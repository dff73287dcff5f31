"""Vectors kept for the next training."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from stillnight.nlu.vector_cache import cached
from stillnight.nlu.weights import DIMENSION, Vectors

DIGEST = "one encoder"


class Encoder:
    """Gives each text the vector of its length, and counts."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.array([np.full(DIMENSION, len(text)) for text in texts], dtype=np.float32)


def lengths(vectors: Vectors) -> list[float]:
    return [float(row[0]) for row in vectors]


def test_only_new_texts_are_encoded_the_second_time(tmp_path: Path) -> None:
    first, second = Encoder(), Encoder()
    assert lengths(cached(["a", "bb", "a"], first, DIGEST, tmp_path)) == [1, 2, 1]
    assert first.asked == ["a", "bb"]
    assert lengths(cached(["bb", "ccc", "a"], second, DIGEST, tmp_path)) == [2, 3, 1]
    assert second.asked == ["ccc"]


def test_vectors_of_another_encoder_do_not_count(tmp_path: Path) -> None:
    cached(["a"], Encoder(), DIGEST, tmp_path)
    other = Encoder()
    cached(["a"], other, "another encoder", tmp_path)
    assert other.asked == ["a"]


def test_what_is_no_longer_there_is_forgotten(tmp_path: Path) -> None:
    cached(["a", "bb"], Encoder(), DIGEST, tmp_path)
    cached(["bb", "ccc"], Encoder(), DIGEST, tmp_path)
    again = Encoder()
    cached(["a"], again, DIGEST, tmp_path)
    assert again.asked == ["a"]


def test_broken_file_is_no_error(tmp_path: Path) -> None:
    cached(["a"], Encoder(), DIGEST, tmp_path)
    (file,) = tmp_path.glob("*.npz")
    file.write_bytes(file.read_bytes()[:40])
    assert lengths(cached(["a"], Encoder(), DIGEST, tmp_path)) == [1]


def test_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert lengths(cached(["a"], Encoder(), DIGEST, tmp_path / "file")) == [1]


def test_no_texts_have_no_vectors(tmp_path: Path) -> None:
    assert cached([], Encoder(), DIGEST, tmp_path).shape == (0, DIMENSION)
