"""Commands that show, measure and widen what is understood."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from stillnight.assistant.environment import prepare
from stillnight.cli.common import Model, agent_of, fail, json_lines, only_results_on_stdout, settings_of, texts_of
from stillnight.clinical.knowledge import KnowledgeError
from stillnight.content.responses import ContentError
from stillnight.paths import DATA, MODEL, PROJECT

app = typer.Typer()


class Tables(str, Enum):
    """What `tune` prints."""

    strengths = "strengths"
    refusals = "refusals"


@app.command()
def understand(
    model: Model = MODEL,
    rules_only: Annotated[bool, typer.Option("--rules-only", help="red-flag rules alone; needs no model")] = False,
) -> None:
    """Say how each text is understood. JSON lines of {"text"} in, one JSON object a line out."""
    prepare("ERROR")
    texts = texts_of(json_lines(sys.stdin))
    with only_results_on_stdout() as results:
        if rules_only:
            from stillnight.clinical.hearing import hearing

            for text in texts:
                flags = [{"red_flag": flag.name, "urgency": flag.urgency} for flag in hearing().hear(text).flags]
                print(json.dumps({"text": text, "red_flags": flags}, ensure_ascii=False), file=results)
            return
        from stillnight.commands.understand import understand as understand_all
        from stillnight.content.catalogue import catalogue

        for result in understand_all(agent_of(model), catalogue(), texts):
            print(json.dumps(result.as_dict(), ensure_ascii=False), file=results)


@app.command()
def converse(model: Model = MODEL) -> None:
    """Hold scripted conversations. JSON lines of {"name", "turns": ["…"]} in, each turn with its answers out."""
    prepare("ERROR")
    scripts = json_lines(sys.stdin)
    with only_results_on_stdout() as results:
        from stillnight.commands.converse import converse as hold
        from stillnight.content.catalogue import catalogue

        agent = agent_of(model)
        for number, script in enumerate(scripts, start=1):
            turns = script.get("turns")
            if not isinstance(turns, list) or not all(isinstance(turn, str) for turn in turns):
                raise fail(f"object {number} has no list of texts in “turns”")
            held = asyncio.run(hold(agent, catalogue(), f"script-{number}", turns))
            print(json.dumps({"name": script.get("name"), **held}, ensure_ascii=False), file=results)


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="what a patient types")],
    as_json: Annotated[bool, typer.Option("--json", help="for machines")] = False,
    model: Model = MODEL,
) -> None:
    """Show how one text is understood and why: spelling, danger, labels, nearest examples, answer."""
    prepare("ERROR")
    with only_results_on_stdout() as results:
        from stillnight.commands.explain import explain as follow
        from stillnight.commands.explain import table
        from stillnight.content.catalogue import catalogue

        explained = asyncio.run(follow(agent_of(model), catalogue(), text, model))
        told = json.dumps(explained.as_dict(), ensure_ascii=False, indent=2) if as_json else table(explained)
        print(told, file=results)


@app.command()
def evaluate(
    files: Annotated[list[Path], typer.Argument(help="labelled JSON lines", exists=True, dir_okay=False)],
    json_file: Annotated[Path | None, typer.Option("--json", help="write the figures to this file")] = None,
    html_file: Annotated[Path | None, typer.Option("--html", help="write a page with tables and pictures")] = None,
    plots: Annotated[Path | None, typer.Option(help="write reliability.svg and roc.svg into this folder")] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="committed figures; exit 1 when a set fell by more than one point")
    ] = None,
    update: Annotated[bool, typer.Option("--update-baseline", help="write the committed figures anew")] = False,
    model: Model = MODEL,
) -> None:
    """Measure understanding on {"text", "topic" | "task" | "red_flag", "alt": […]} lines."""
    prepare("ERROR")
    if update and baseline is None:
        raise fail("--update-baseline needs --baseline, the file to write")
    sets: dict[str, list[dict[str, Any]]] = {}
    for file in files:
        if file.stem in sets:
            raise fail(f"two files are named {file.stem}, and figures are kept by that name")
        with file.open(encoding="utf-8") as lines:
            sets[file.stem] = json_lines(lines, file.name)
        if not texts_of(sets[file.stem]):
            raise fail(f"{file} holds no lines")
    from stillnight.commands.evaluate_files import Outputs, about, figures_of, tell
    from stillnight.content.catalogue import catalogue

    outputs = Outputs(json_file, html_file, plots, baseline, update)
    try:
        committed = outputs.committed()
        figures = figures_of(agent_of(model), catalogue(), sets) | {"about": about(model, files)}
        kept = tell(figures, committed, outputs)
    except ValueError as error:
        raise fail(str(error)) from error
    except OSError as error:
        raise fail(f"{error.filename} cannot be written ({error.strerror})") from error
    if not kept:
        raise fail("accuracy has fallen by more than one point")


@app.command()
def tune(
    folds: Annotated[int, typer.Option(help="parts of the examples that are left out in turn", min=2, max=10)] = 3,
    only: Annotated[Tables | None, typer.Option(help="one of both: the first takes a quarter of an hour")] = None,
    model: Model = MODEL,
) -> None:
    """Try numbers of config.yml: strengths by cross-validation over the examples, refusals on the lines for tuning."""
    prepare("ERROR")
    from stillnight.commands.tune import refusals, samples_of, strengths, tuning_lines

    agent = agent_of(model)
    with only_results_on_stdout() as results:
        if only in (None, Tables.strengths):
            samples, usual = samples_of(agent, model)
            for line in strengths(samples, usual, folds):
                print(line, file=results, flush=True)
            print(file=results)
        if only in (None, Tables.refusals):
            for line in refusals(agent, tuning_lines()):
                print(line, file=results)


@app.command()
def learn(
    worksheet: Annotated[Path, typer.Argument(help="CSV file to make, or with --merge to read", dir_okay=False)],
    since: Annotated[datetime | None, typer.Option(help="first day of the messages", formats=["%Y-%m-%d"])] = None,
    store: Annotated[str | None, typer.Option(help="SQLite file or address of the tracker store")] = None,
    below: Annotated[float, typer.Option(help="confidence under which an answer is doubtful", min=0, max=1)] = 0.35,
    merge: Annotated[bool, typer.Option("--merge", help="append the labelled rows to data/")] = False,
) -> None:
    """Gather what was not understood, redacted, into a worksheet; --merge makes examples of the labelled rows."""
    from stillnight.commands.learn import make_worksheet, merge_worksheet
    from stillnight.learning.conversations import StoreError
    from stillnight.learning.merge import MergeError
    from stillnight.learning.worksheet import WorksheetError

    try:
        if merge:
            print(merge_worksheet(worksheet, DATA, PROJECT / "tests" / "nlu"))
            return
        configured = settings_of({})
        if store is None:
            store = configured.database or str(configured.data_dir / "conversations.db")
        print(make_worksheet(worksheet, store, DATA, since, below, configured.encryption_keys.get_secret_value()))
    except MergeError as error:
        for fault in error.faults:
            print(fault)
        raise fail(f"{worksheet}: {len(error.faults)} rows to mend; nothing was added") from error
    except (StoreError, WorksheetError, ContentError, KnowledgeError) as error:
        raise fail(str(error)) from error
