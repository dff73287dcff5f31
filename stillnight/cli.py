"""Serve and train Stillnight, and look at what it understands and says."""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from stillnight.assistant.environment import prepare
from stillnight.clinical.knowledge import KnowledgeError
from stillnight.content.responses import ContentError
from stillnight.paths import DATA, KNOWLEDGE, MODEL, PROJECT

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)

Model = Annotated[Path, typer.Option(help="trained model to use")]


def fail(message: str) -> typer.Exit:
    """One clear line for the person at the keyboard; raise what this returns."""
    print(f"stillnight: {message}", file=sys.stderr)
    return typer.Exit(1)


@contextmanager
def _only_results_on_stdout() -> Iterator[Any]:
    """Libraries that print go to standard error; the results alone go where the caller reads them."""
    results, sys.stdout = sys.stdout, sys.stderr
    try:
        yield results
    finally:
        sys.stdout = results


def _json_lines(lines: Iterator[str]) -> list[dict[str, Any]]:
    read = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise fail(f"line {number} is not JSON: {error.msg}") from error
        if not isinstance(value, dict):
            raise fail(f"line {number} is not a JSON object")
        read.append(value)
    return read


def _texts(lines: list[dict[str, Any]]) -> list[str]:
    for number, line in enumerate(lines, start=1):
        if not isinstance(line.get("text"), str):
            raise fail(f"object {number} has no “text”")
    return [line["text"] for line in lines]


def _agent(model: Path) -> Any:
    from stillnight.assistant.agent import ModelMissingError, load_agent

    try:
        return load_agent(model)
    except ModelMissingError as error:
        raise fail(str(error)) from error
    except Exception as error:
        raise fail(f"{model} cannot be loaded ({type(error).__name__}). Run `make train`.") from error


@app.command()
def train(
    if_stale: Annotated[bool, typer.Option("--if-stale", help="only when files changed since the last time")] = False,
) -> None:
    """Train the model from data/, domain.yml and config.yml."""
    prepare()
    from stillnight.assistant import training

    if if_stale and training.is_current():
        print("The model is up to date.")
        return
    print("Training the model: some minutes the first time, less than one later …", flush=True)
    try:
        model = training.train()
    except training.TrainingError as error:
        raise fail(str(error)) from error
    print(f"Trained {model.name}.")


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="address to listen on")] = None,
    port: Annotated[int | None, typer.Option(help="port to listen on", min=1, max=65535)] = None,
) -> None:
    """Start the server with the chat page and the web channel."""
    from pydantic import ValidationError

    from stillnight.settings import Settings

    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    try:
        configured = Settings.parse_obj(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise fail(f"STILLNIGHT_{str(first['loc'][0]).upper()}: {first['msg']}") from error
    prepare(configured.log_level)
    # Nothing that is made while starting is ever garbage; the server turns collection on when it is ready.
    gc.disable()
    from stillnight.server import PortBusyError, run

    try:
        run(configured)
    except PortBusyError as error:
        raise fail(str(error)) from error
    except (ContentError, KnowledgeError) as error:
        raise fail(str(error)) from error
    except OSError as error:
        raise fail(f"STILLNIGHT_DATA_DIR: cannot write to {configured.data_dir} ({error.strerror})") from error


@app.command()
def shell(model: Model = MODEL) -> None:
    """Chat in the terminal."""
    prepare("ERROR")
    from stillnight.commands.shell import chat
    from stillnight.content.catalogue import catalogue

    asyncio.run(chat(_agent(model), catalogue()))


@app.command()
def understand(
    model: Model = MODEL,
    rules_only: Annotated[bool, typer.Option("--rules-only", help="red-flag rules alone; needs no model")] = False,
) -> None:
    """Say how each text is understood. JSON lines of {"text"} in, one JSON object a line out."""
    prepare("ERROR")
    texts = _texts(_json_lines(sys.stdin))
    with _only_results_on_stdout() as results:
        if rules_only:
            from stillnight.clinical.red_flags.finder import red_flag_finder

            for text in texts:
                flags = [{"red_flag": flag.name, "urgency": flag.urgency} for flag in red_flag_finder().find(text)]
                print(json.dumps({"text": text, "red_flags": flags}, ensure_ascii=False), file=results)
            return
        from stillnight.commands.understand import understand as understand_all
        from stillnight.content.catalogue import catalogue

        for result in understand_all(_agent(model), catalogue(), texts):
            print(json.dumps(result.as_dict(), ensure_ascii=False), file=results)


@app.command()
def converse(model: Model = MODEL) -> None:
    """Hold scripted conversations. JSON lines of {"name", "turns": ["…"]} in, each turn with its answers out."""
    prepare("ERROR")
    scripts = _json_lines(sys.stdin)
    with _only_results_on_stdout() as results:
        from stillnight.commands.converse import converse as hold
        from stillnight.content.catalogue import catalogue

        agent = _agent(model)
        for number, script in enumerate(scripts, start=1):
            turns = script.get("turns")
            if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
                raise fail(f"object {number} has no list of texts in “turns”")
            held = asyncio.run(hold(agent, catalogue(), f"script-{number}", turns))
            print(json.dumps({"name": script.get("name"), **held}, ensure_ascii=False), file=results)


@app.command()
def evaluate(
    files: Annotated[list[Path], typer.Argument(help="labelled JSON lines", exists=True, dir_okay=False)],
    json_file: Annotated[Path | None, typer.Option("--json", help="write the figures to this file")] = None,
    model: Model = MODEL,
) -> None:
    """Measure understanding on {"text", "topic" | "task" | "red_flag", "alt": […]} lines."""
    prepare("ERROR")
    lines = _json_lines(line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    texts = _texts(lines)
    from stillnight.commands import evaluate as evaluation
    from stillnight.commands.understand import understand as understand_all
    from stillnight.content.catalogue import catalogue

    try:
        judged = evaluation.judged_lines(lines, understand_all(_agent(model), catalogue(), texts))
    except ValueError as error:
        raise fail(str(error)) from error
    figures = evaluation.report(judged)
    print(evaluation.table(figures))
    if json_file:
        json_file.write_text(json.dumps(figures, ensure_ascii=False, indent=2), encoding="utf-8")
        print(f"\nFigures as JSON: {json_file}")


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="files of data/; everything when none is given")] = None,
) -> None:
    """Check what the assistant says and knows: length, reading grade, safe wording, sources, buttons, rules."""
    prepare()
    from stillnight.commands.check import check_everything, check_files

    try:
        faults = check_files(files, KNOWLEDGE) if files else check_everything(PROJECT, DATA, KNOWLEDGE)
    except (ContentError, KnowledgeError) as error:
        raise fail(str(error)) from error
    for fault in faults:
        print(fault)
    if faults:
        raise fail(f"{len(faults)} faults to mend")
    print("No faults.")
