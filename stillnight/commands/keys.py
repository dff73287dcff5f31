"""`stillnight keys`: making keys for words at rest, changing them, and seeing what is still encrypted by older ones."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
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
    with _rotations() as rotations:
        count = _left(rotations)
    print(f"{count} values are not encrypted by the first key.")


@keys.command()
def rotate() -> None:
    """Encrypt everything by the first key, while servers go on. Run it again when it was stopped."""
    with _rotations() as rotations:
        print(f"{_left(rotations)} values are to be encrypted by the first key.", flush=True)
        written = sum(rotation.run(_tell) for rotation in rotations)
        count = _left(rotations)
    print(f"{written} values were encrypted by the first key, {count} are left.")
    if count:
        print(
            "stillnight: a process still writes by an older key: start all anew, then run this again", file=sys.stderr
        )
        raise typer.Exit(1)


def _tell(so_far: int) -> None:
    print(f"{so_far} written", file=sys.stderr, flush=True)


def _left(rotations: Sequence[Any]) -> int:
    from stillnight.commands.kept import deliveries_left

    return sum(rotation.left() for rotation in rotations) + deliveries_left()


@contextmanager
def _rotations() -> Iterator[Sequence[Any]]:
    """Of the conversations, and of the messengers' inbox where there is one."""
    from stillnight.commands.kept import existing_inbox, existing_records, refused
    from stillnight.conversations.rotation import Rotation

    with refused():
        yield [Rotation(kept) for kept in (existing_records(), existing_inbox()) if kept is not None]
