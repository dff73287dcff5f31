"""Which bytes a trained model has: written beside it by training, asked for before it is loaded."""

from __future__ import annotations

import hashlib
import hmac
import re
from pathlib import Path
from typing import Final

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_CHUNK: Final = 1 << 20


class UnknownModelError(RuntimeError):
    """A model whose bytes nobody vouched for; one line that says what to do."""


def checksum_file(model: Path) -> Path:
    """Where the checksum of `model` is kept, in the form of `sha256sum`."""
    return model.with_name(f"{model.name}.sha256")


def checksum(model: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits."""
    digest = hashlib.sha256()
    with model.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def keep_checksum(model: Path) -> None:
    """Write the checksum beside a model that was just trained; `sha256sum --check` reads it."""
    checksum_file(model).write_text(f"{checksum(model)}  {model.name}\n", encoding="utf-8")


def check_model(model: Path, expected: str = "") -> None:
    """Nothing, when the model's bytes are the known ones.

    Args:
        model: the archive.
        expected: its SHA-256; what stands beside it when blank.

    Raises:
        UnknownModelError: when they are not, or nothing says what they should be.
    """
    known = expected.strip().lower() or _kept(model)
    found = checksum(model)
    if not known:
        raise UnknownModelError(
            f"{model} is not loaded: no checksum is known for it. "
            f"Run `make train`, or vouch for it with {checksum_file(model).name} or STILLNIGHT_MODEL_SHA256."
        )
    if not hmac.compare_digest(known, found):
        raise UnknownModelError(
            f"{model} is not loaded: its SHA-256 is {found[:12]}…, and {known[:12]}… is expected. Run `make train`."
        )


def is_known(model: Path) -> bool:
    """Whether the model's bytes are those that stand beside it."""
    return _kept(model) == checksum(model)


def _kept(model: Path) -> str:
    """What stands beside the model; blank when nothing does, or nothing that is a checksum."""
    try:
        words = checksum_file(model).read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError):
        return ""
    return words[0].lower() if words and _SHA256.fullmatch(words[0].lower()) else ""
