"""`stillnight keys`: making keys for words at rest, changing them, and seeing what is still encrypted by older ones."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import typer

keys = typer.Typer(no_args_is_help=True, help="Make, change and check the keys for words at rest.")


@keys.command()
def new() -> None:
    """Print a fresh key for STILLNIGHT_ENCRYPTION_KEYS. It is kept nowhere."""
    from stillnight.conversations.sealing import new_key

    print(new_key())


@keys.command()
def left() -> None:
    """Tell how many values are not encrypted by the first key; 0 means that the others can be taken away."""
    with _rotation() as rotation:
        count = rotation.left()
    print(f"{count} values are not encrypted by the first key.")


@keys.command()
def rotate() -> None:
    """Encrypt everything by the first key, while servers go on. Run it again when it was stopped."""
    with _rotation() as rotation:
        print(f"{rotation.left()} values are to be encrypted by the first key.", flush=True)
        written = rotation.run(lambda so_far: print(f"{so_far} written", file=sys.stderr, flush=True))
        count = rotation.left()
    print(f"{written} values were encrypted by the first key, {count} are left.")
    if count:
        print(
            "stillnight: a process still writes by an older key: start all anew, then run this again", file=sys.stderr
        )
        raise typer.Exit(1)


@contextmanager
def _rotation() -> Iterator[Any]:
    from stillnight.commands.kept import existing_records, refused
    from stillnight.conversations.rotation import Rotation

    with refused():
        yield Rotation(existing_records())
