"""Sentence vectors of the last training, kept in a file: after a change of a few words only those are encoded anew.

Encoding some fifty thousand examples takes most of a training, and clinicians train after every change.
"""

from __future__ import annotations

import hashlib
import logging
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from stillnight.nlu.weights import DIMENSION, Vectors

logger = logging.getLogger(__name__)


def cache_file(folder: Path, digest: str) -> Path:
    """Where a folder keeps the vectors of an encoder."""
    return folder / f"sentence_vectors-{digest[:16]}.npz"


def cached(
    texts: Sequence[str],
    encode: Callable[[Sequence[str]], Vectors],
    digest: str,
    folder: Path,
    *,
    forget: bool = True,
) -> Vectors:
    """Vectors of shape (texts, dimension), as `encode` gives them; a file in `folder` remembers them for the next time.

    Vectors of another encoder are none of ours. A file that cannot be read or written is no error: then everything is
    encoded.

    Args:
        texts: what is wanted.
        encode: the encoder.
        digest: by which it is known.
        folder: where the file is kept.
        forget: whether vectors of other texts are dropped when the file is written; not when these are but a part.
    """
    path = cache_file(folder, digest)
    known = _read(path)
    keys = [hashlib.blake2b(text.encode(), digest_size=16).hexdigest() for text in texts]
    unknown = {key: text for key, text in zip(keys, texts) if key not in known}
    if unknown:
        known.update(zip(unknown, encode(list(unknown.values()))))
        _write(path, {key: known[key] for key in keys} if forget else known)
    return np.vstack([known[key] for key in keys]) if keys else np.zeros((0, DIMENSION), dtype=np.float32)


def _read(path: Path) -> dict[str, Vectors]:
    try:
        with np.load(path, allow_pickle=False) as file:
            return dict(zip(map(str, file["keys"]), file["vectors"]))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}


def _write(path: Path, vectors: dict[str, Vectors]) -> None:
    part = path.with_suffix(".part.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(part, keys=np.array(list(vectors)), vectors=np.vstack(list(vectors.values())))
        part.replace(path)
    except OSError as error:
        logger.warning("sentence vectors were not kept for the next training: %s", error.strerror)
