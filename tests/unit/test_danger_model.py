"""The border between danger and everything else, on a toy set whose vectors we make."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from stillnight.nlu.danger_model import DangerModel
from stillnight.nlu.ngrams import Ngrams
from stillnight.nlu.weights import Vectors

SAID = {
    "my calf is swollen and hot": "clot",
    "one leg is red and swollen": "clot",
    "swollen hot calf since the flight": "clot",
    "i took all my pills": "overdose",
    "swallowed the whole packet of pills": "overdose",
    "he took too many pills": "overdose",
    "my calf is fine": None,
    "i took a walk": None,
    "the pills are in the drawer": None,
    "hot drinks at night": None,
    "the flight was long": None,
    "swallowed my pride": None,
}
TEXTS = list(SAID)
NGRAMS, _ = Ngrams.fit(TEXTS * 3)
LETTERS = NGRAMS.transform(TEXTS)


def vectors(texts: list[str]) -> Vectors:
    """Three coordinates: like a clot, like an overdose, like neither."""
    rows = []
    for text in texts:
        kind = SAID.get(text)
        rows.append([kind == "clot", kind == "overdose", kind is None])
    return np.array(rows, dtype=np.float32)


@pytest.fixture(scope="module")
def model() -> DangerModel:
    return DangerModel.fit(LETTERS, vectors(TEXTS), list(SAID.values()))


def test_dangers_lie_over_the_border_and_the_rest_beneath(model: DangerModel) -> None:
    scores = model.danger(LETTERS, vectors(TEXTS))
    assert scores.shape == (len(TEXTS),)
    assert [score > 0 for score in scores] == [kind is not None for kind in SAID.values()]


def test_letters_count_beside_the_meaning(model: DangerModel) -> None:
    unseen = ["swollen red leg", "long walk drinks"]
    danger, harmless = model.danger(NGRAMS.transform(unseen), np.zeros((2, 3), dtype=np.float32))
    assert danger > harmless


def test_each_danger_is_told_apart(model: DangerModel) -> None:
    dangerous = [text for text, kind in SAID.items() if kind]
    assert model.kind(vectors(dangerous)) == [SAID[text] for text in dangerous]


def test_same_examples_give_the_same_model(model: DangerModel) -> None:
    again = DangerModel.fit(LETTERS, vectors(TEXTS), list(SAID.values()))
    assert np.array_equal(again.danger(LETTERS, vectors(TEXTS)), model.danger(LETTERS, vectors(TEXTS)))


def test_saved_model_says_the_same(model: DangerModel, tmp_path: Path) -> None:
    model.save(tmp_path / "danger.npz")
    loaded = DangerModel.load(tmp_path / "danger.npz")
    assert np.array_equal(loaded.danger(LETTERS, vectors(TEXTS)), model.danger(LETTERS, vectors(TEXTS)))
    assert loaded.kind(vectors(TEXTS)) == model.kind(vectors(TEXTS))
