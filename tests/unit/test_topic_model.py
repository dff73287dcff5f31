"""The model of topics, fitted on a few made-up sentences."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from stillnight.nlu.ngrams import Ngrams
from stillnight.nlu.topic_model import Hyperparameters, TopicModel
from stillnight.nlu.weights import Vectors

TEXTS = [
    *("low iron in the blood", "iron tablets", "is my iron low", "ferritin and iron"),
    *("cannot sleep at night", "sleep is bad", "how to sleep well", "night after night no sleep"),
    *("hello there", "good morning", "hello assistant", "hi, good evening"),
]
NAMES = ["faq/iron"] * 4 + ["faq/sleep"] * 4 + ["greet"] * 4


def unit(vectors: NDArray[Any]) -> Vectors:
    scaled: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return scaled


def made_vectors() -> Vectors:
    """Random unit vectors around one random direction for each label."""
    random = np.random.default_rng(7)
    centres = unit(random.normal(size=(3, 24)))
    return unit(np.repeat(centres, 4, axis=0) + 0.05 * random.normal(size=(12, 24)))


VECTORS = made_vectors()
NGRAMS, _ = Ngrams.fit(TEXTS * 3)
TUNED = Hyperparameters()
letters = NGRAMS.transform


@pytest.fixture(scope="module")
def model() -> TopicModel:
    return TopicModel.fit(letters(TEXTS), VECTORS, NAMES, Hyperparameters())


def best(model: TopicModel, texts: list[str], vectors: Vectors) -> list[str]:
    return [prediction.ranking[0][0] for prediction in model.predict(letters(texts), vectors)]


def test_examples_are_recognised_in_order(model: TopicModel) -> None:
    order = [11, 0, 7, 3, 4, 8]
    assert best(model, [TEXTS[i] for i in order], VECTORS[order]) == [NAMES[i] for i in order]


def test_ranking_holds_every_label_once_best_first_and_sums_to_one(model: TopicModel) -> None:
    for prediction in model.predict(letters(["iron", "xyz"]), VECTORS[[0, 9]]):
        names, probabilities = zip(*prediction.ranking)
        assert sorted(names) == ["faq/iron", "faq/sleep", "greet"]
        assert list(probabilities) == sorted(probabilities, reverse=True)
        assert sum(probabilities) == pytest.approx(1.0, abs=1e-6)


def test_likeness_is_the_greatest_cosine_to_an_example_of_the_label(model: TopicModel) -> None:
    asked = unit(np.random.default_rng(1).normal(size=(3, 24)))
    wanted = (asked @ VECTORS.T).reshape(3, 3, 4).max(axis=2)
    np.testing.assert_allclose(model.likeness(asked, np.zeros((3, 3))), wanted, atol=0.005)


def test_order_of_the_examples_does_not_matter(model: TopicModel) -> None:
    order = np.random.default_rng(2).permutation(12)
    mixed = TopicModel.fit(letters([TEXTS[i] for i in order]), VECTORS[order], [NAMES[i] for i in order], TUNED)
    all_alike = np.zeros((12, 3))
    np.testing.assert_allclose(mixed.likeness(VECTORS, all_alike), model.likeness(VECTORS, all_alike), atol=1e-6)


def test_labels_that_could_not_win_are_not_compared_but_other_subjects_are() -> None:
    names = [f"faq/{index:02d}" for index in range(25)] + ["out_of_scope/other"]
    vectors = np.eye(26, dtype=np.float32)
    model = TopicModel.fit(letters(["words"] * 26), vectors, names, Hyperparameters())
    worse = -np.arange(26.0)[None, :]
    found = model.likeness(vectors[[24]], worse)[0]
    assert found[24] == -1.0
    assert found[:24].tolist() == [0.0] * 24 and found[25] == 0.0
    assert model.likeness(vectors[[24]], -worse)[0][24] == pytest.approx(1.0)


def test_nearest_example_counts_by_its_weight(model: TopicModel) -> None:
    text, vector = ["iron"], VECTORS[[5]]
    near = replace(model, hyperparameters=Hyperparameters(meaning_weight=0.0, likeness_weight=100.0))
    far = replace(model, hyperparameters=Hyperparameters(meaning_weight=0.0, likeness_weight=0.0))
    assert (best(near, text, vector), best(far, text, vector)) == (["faq/sleep"], ["faq/iron"])


def test_meaning_and_letters_are_weighed(model: TopicModel) -> None:
    text, vector = ["iron tablets"], VECTORS[[5]]
    only_meaning = replace(model, hyperparameters=Hyperparameters(meaning_weight=1.0))
    only_letters = replace(model, hyperparameters=Hyperparameters(meaning_weight=0.0, likeness_weight=0.0))
    assert best(only_meaning, text, vector) == ["faq/sleep"]
    assert best(only_letters, text, vector) == ["faq/iron"]


def test_sharpness_makes_letters_surer(model: TopicModel) -> None:
    sharper = [
        replace(
            model, hyperparameters=Hyperparameters(meaning_weight=0.0, letters_sharpness=sharpness, likeness_weight=0.0)
        )
        for sharpness in (0.0, 1.0, 6.0)
    ]
    even, mild, sharp = (each.predict(letters(["iron"]), VECTORS[[0]])[0].ranking[0][1] for each in sharper)
    assert even == pytest.approx(1 / 3)
    assert even < mild < sharp


def test_rare_label_means_as_much_as_a_frequent_one() -> None:
    texts, names = ["same words"] * 12, ["often"] * 9 + ["seldom"] + ["other"] * 2
    model = TopicModel.fit(letters(texts), VECTORS[[0] * 12], names, Hyperparameters(meaning_weight=1.0))
    ranking = dict(model.predict(letters(["same"]), VECTORS[[0]])[0].ranking)
    assert ranking["seldom"] == pytest.approx(ranking["often"], abs=0.01)


def test_same_input_gives_the_same_model(model: TopicModel) -> None:
    again = TopicModel.fit(letters(TEXTS), VECTORS, NAMES, Hyperparameters())
    assert again.predict(letters(TEXTS), VECTORS) == model.predict(letters(TEXTS), VECTORS)


def test_models_of_many_labels_are_the_same_to_the_last_bit() -> None:
    random = np.random.default_rng(5)
    words = random.choice([f"w{number}" for number in range(900)], size=(1500, 12))
    texts, names = [" ".join(row) for row in words], [f"faq/{number % 30}" for number in range(len(words))]
    (_, rows), vectors = Ngrams.fit(texts), unit(random.normal(size=(len(texts), 24)))
    one, other = (TopicModel.fit(rows, vectors, names, Hyperparameters()) for _ in range(2))
    assert np.array_equal(one.letters.weights, other.letters.weights)
    assert np.array_equal(one.meaning.weights, other.meaning.weights)


def test_saved_model_predicts_exactly_as_before(model: TopicModel, tmp_path: Path) -> None:
    tuned = replace(model, hyperparameters=Hyperparameters(1.5, 0.5, 3.0, 0.25))
    tuned.save(tmp_path / "topics.npz")
    loaded = TopicModel.load(tmp_path / "topics.npz")
    asked = unit(np.random.default_rng(3).normal(size=(12, 24)))
    assert loaded.predict(letters(TEXTS), asked) == tuned.predict(letters(TEXTS), asked)
    assert loaded.hyperparameters == tuned.hyperparameters
    assert loaded.names == ("faq/iron", "faq/sleep", "greet")


def test_saved_model_holds_arrays_and_no_pickles(model: TopicModel, tmp_path: Path) -> None:
    path = tmp_path / "topics.npz"
    model.save(path)
    with zipfile.ZipFile(path) as archive:
        members = archive.namelist()
        assert all(name.endswith(".npy") for name in members)
        assert all(b"|O" not in archive.read(name)[:128] for name in members)
    with np.load(path, allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


def test_file_with_a_pickle_is_refused(model: TopicModel, tmp_path: Path) -> None:
    model.save(tmp_path / "topics.npz")
    with np.load(tmp_path / "topics.npz") as arrays:
        changed = {**arrays, "names": np.array([print, print, print], dtype=object)}
    np.savez(tmp_path / "bad.npz", **changed)
    with pytest.raises(ValueError, match="allow_pickle"):
        TopicModel.load(tmp_path / "bad.npz")


def test_two_labels_are_told_apart() -> None:
    vectors = np.vstack([np.eye(4, dtype=np.float32)[:2]] * 4)
    texts, names = ["iron low", "partner kicks"] * 4, ["faq/iron", "faq/partner"] * 4
    model = TopicModel.fit(letters(texts), vectors, names, Hyperparameters())
    assert [prediction.ranking[0][0] for prediction in model.predict(letters(texts), vectors)] == names
