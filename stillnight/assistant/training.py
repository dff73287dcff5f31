"""Training, and knowing when it is due."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from stillnight.assistant.checksum import is_known, keep_checksum
from stillnight.content.responses import ContentError, read_all
from stillnight.paths import DATA, MODEL, PROJECT

# Everything that the trained model depends on. Rasa's own fingerprint overlooks modules that a component imports.
_INPUTS = (
    "config.yml",
    "domain.yml",
    "data",
    "knowledge/labs.yml",
    "knowledge/medicines.yml",
    "knowledge/spelling.yml",
    "stillnight/nlu",
    "stillnight/language",
    "uv.lock",
)
_SUFFIXES = frozenset({".py", ".yml", ".yaml", ".lock"})


class TrainingError(RuntimeError):
    """Training ended without a model; the message says why in one line."""


def _input_files(project: Path) -> Iterator[Path]:
    for name in _INPUTS:
        path = project / name
        yield from (sorted(path.rglob("*")) if path.is_dir() else [path])


def fingerprint(project: Path = PROJECT) -> str:
    """One number for everything that the model is made from."""
    digest = hashlib.sha256()
    for path in _input_files(project):
        if path.is_file() and path.suffix in _SUFFIXES and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(project)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def fingerprint_file(model: Path) -> Path:
    """Where the fingerprint of a trained model is kept."""
    return model.with_suffix("").with_suffix(".fingerprint")


def is_current(model: Path = MODEL) -> bool:
    """Whether `model` exists, has the bytes that training left, and was made from the files as they stand."""
    mark = fingerprint_file(model)
    if not (model.is_file() and mark.is_file() and mark.read_text(encoding="ascii") == fingerprint()):
        return False
    return is_known(model)


def train(model: Path = MODEL) -> Path:
    """Train on the project's files and write `model`.

    Raises:
        TrainingError: when a file is wrong, the encoder's weights are not the known ones, or Rasa produced no model.
    """
    from rasa.engine.exceptions import GraphComponentException
    from rasa.shared.exceptions import RasaException

    from stillnight.nlu.weights import WeightsError

    try:
        read_all(DATA)
        before = fingerprint()
        with _no_search_for_cycles():
            result = _trained(model)
    except (ContentError, RasaException) as error:
        raise TrainingError(str(error)) from error
    except GraphComponentException as error:
        # Rasa names the component alone; what ails the weights is in their own words.
        if isinstance(error.__cause__, WeightsError):
            raise TrainingError(str(error.__cause__)) from error
        raise
    if result.code != 0 or not result.model:
        raise TrainingError("Training failed; the lines above say why.")
    keep_checksum(Path(result.model))
    fingerprint_file(model).write_text(before, encoding="ascii")
    return Path(result.model)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """A tenth of a training goes into looking through fifty thousand examples for what is not there."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _trained(model: Path) -> Any:
    import rasa.model_training

    return rasa.model_training.train(
        domain=str(PROJECT / "domain.yml"),
        config=str(PROJECT / "config.yml"),
        training_files=[str(PROJECT / "data")],
        output=str(model.parent),
        fixed_model_name=model.name.removesuffix(".tar.gz"),
        force_training=True,
    )
