"""One target under atheris, as a process of its own: `python -m tests.fuzz.child NAME PACKAGE FOLDER arguments…`.

PACKAGE is watched, FOLDER is for inputs over which a reader takes long, and the arguments are libFuzzer's. Watching
makes a reader several times slower, so that whoever started this process reads such an input again without it.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
import time
from pathlib import Path
from typing import Any, Final

import atheris  # type: ignore[import-untyped,unused-ignore]

# First of all: what is imported later is not watched.
with atheris.instrument_imports(include=sys.argv[2:3]):
    from tests.fuzz.campaign import SECONDS_MOST
    from tests.fuzz.targets import TARGETS

# None of the documents that strangers send, and each of their places can hold it.
_ODD: Final[tuple[Any, ...]] = (
    *(None, True, 0, -1, 1.5, 10**30, 1e308, "", " ", "\0", "\ud800", "\u202e", "x" * 3000, [], {}, [[]], {"": {}}),
    *("+447700900123", "US.1", "text", "failed", "/restart", "1790000000", "' or 1=1 --", "{{7*7}}", "\r\nX-A: b"),
)


def _changed(value: Any, rng: random.Random) -> Any:
    """A JSON document with one place changed."""
    if isinstance(value, (dict, list)) and value and rng.random() < 0.85:
        places = list(value) if isinstance(value, dict) else list(range(len(value)))
        place = rng.choice(places)
        copied: Any = dict(value) if isinstance(value, dict) else list(value)
        if rng.random() < 0.1:
            copied.pop(place)
        elif rng.random() < 0.1:
            other = value[rng.choice(places)]
            copied = {**copied, str(place): other} if isinstance(copied, dict) else [*copied, other]
        else:
            copied[place] = _changed(value[place], rng)
        return copied
    return rng.choice(_ODD)


def _json_mutator(data: bytes, size: int, seed: int) -> bytes:
    rng = random.Random(seed)
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return bytes(atheris.Mutate(data, size))
    if rng.random() < 0.2:
        return bytes(atheris.Mutate(data, size))
    for _ in range(rng.randint(1, 3)):
        value = _changed(value, rng)
    changed = json.dumps(value).encode()
    return changed if len(changed) <= size else data[:size]


def main() -> None:
    """Read until the arguments' limits are reached; libFuzzer ends the process."""
    target, found = TARGETS[sys.argv[1]], Path(sys.argv[3])
    target.read(b"")

    def one(data: bytes) -> None:
        began = time.process_time()
        target.read(data)
        if time.process_time() - began > SECONDS_MOST:
            (found / f"slow-{hashlib.sha256(data).hexdigest()[:16]}").write_bytes(data)

    more = {"custom_mutator": _json_mutator} if target.json else {}
    atheris.Setup([sys.argv[0], *sys.argv[4:]], one, **more)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
