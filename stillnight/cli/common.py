"""What the commands have in common: one clear line when something is wrong, results alone on standard output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer

Model = Annotated[Path, typer.Option(help="trained model to use")]


# How a process ends that would end so again until somebody changes its settings: whoever starts it need not try.
MISCONFIGURED: Final = os.EX_CONFIG


def fail(message: str, code: int = 1) -> typer.Exit:
    """One clear line for the person at the keyboard; raise what this returns."""
    print(f"stillnight: {message}", file=sys.stderr)
    return typer.Exit(code)


@contextmanager
def only_results_on_stdout() -> Iterator[Any]:
    """Libraries that print go to standard error; the results alone go where the caller reads them."""
    results, sys.stdout = sys.stdout, sys.stderr
    try:
        yield results
    finally:
        sys.stdout = results


def json_lines(lines: Iterable[str], file: str = "") -> list[dict[str, Any]]:
    """The objects of a JSON-lines text. Raises typer.Exit for a line that is none. file: its name, for the message."""
    read, where = [], f"{file}: " if file else ""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise fail(f"{where}line {number} is not JSON: {error.msg}") from error
        if not isinstance(value, dict):
            raise fail(f"{where}line {number} is not a JSON object")
        read.append(value)
    return read


def texts_of(lines: list[dict[str, Any]]) -> list[str]:
    """The text of each object. Raises typer.Exit for one that has none."""
    for number, line in enumerate(lines, start=1):
        if not isinstance(line.get("text"), str):
            raise fail(f"object {number} has no “text”")
    return [line["text"] for line in lines]


def agent_of(model: Path) -> Any:
    """The assistant of a trained model. Raises typer.Exit with one line when it cannot be loaded."""
    from stillnight.assistant.agent import ModelMissingError, load_agent
    from stillnight.assistant.checksum import UnknownModelError

    try:
        return load_agent(model)
    except (ModelMissingError, UnknownModelError) as error:
        raise fail(str(error)) from error
    except Exception as error:
        raise fail(f"{model} cannot be loaded ({type(error).__name__}). Run `make train`.") from error


def settings_of(given: dict[str, Any]) -> Any:
    """The configuration, with what was given on the command line. Raises typer.Exit for a wrong value."""
    from pydantic import ValidationError

    from stillnight.settings import Settings

    try:
        return Settings.parse_obj(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise fail(f"STILLNIGHT_{str(first['loc'][0]).upper()}: {first['msg']}", MISCONFIGURED) from error
