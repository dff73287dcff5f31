"""Serve and train Stillnight, and look at what it understands and says."""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from stillnight.assistant.environment import prepare
from stillnight.clinical.knowledge import KnowledgeError
from stillnight.commands.keys import keys
from stillnight.content.responses import ContentError
from stillnight.paths import DATA, KNOWLEDGE, MODEL, PROJECT

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)

app.add_typer(keys, name="keys")
desk = typer.Typer(no_args_is_help=False)
app.add_typer(desk, name="review")

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


def _json_lines(lines: Iterable[str], file: str = "") -> list[dict[str, Any]]:
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


def _texts(lines: list[dict[str, Any]]) -> list[str]:
    for number, line in enumerate(lines, start=1):
        if not isinstance(line.get("text"), str):
            raise fail(f"object {number} has no “text”")
    return [line["text"] for line in lines]


def _agent(model: Path) -> Any:
    from stillnight.assistant.agent import ModelMissingError, load_agent
    from stillnight.assistant.checksum import UnknownModelError

    try:
        return load_agent(model)
    except (ModelMissingError, UnknownModelError) as error:
        raise fail(str(error)) from error
    except Exception as error:
        raise fail(f"{model} cannot be loaded ({type(error).__name__}). Run `make train`.") from error


def _settings(given: dict[str, Any]) -> Any:
    from pydantic import ValidationError

    from stillnight.settings import Settings

    try:
        return Settings.parse_obj(given)
    except ValidationError as error:
        first = error.errors()[0]
        raise fail(f"STILLNIGHT_{str(first['loc'][0]).upper()}: {first['msg']}") from error


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
    configured = _settings({name: value for name, value in (("host", host), ("port", port)) if value is not None})
    prepare(configured.log_level, configured.log_format)
    # Nothing that is made while starting is ever garbage; the server turns collection on when it is ready.
    gc.disable()
    from stillnight.conversations.errors import StoreRefusedError
    from stillnight.messenger_settings import ConfigurationError
    from stillnight.observe.page import MetricsError
    from stillnight.server import PortBusyError, run

    try:
        run(configured)
    except (PortBusyError, MetricsError) as error:
        raise fail(str(error)) from error
    except (ConfigurationError, ContentError, KnowledgeError, StoreRefusedError) as error:
        raise fail(str(error)) from error
    except OSError as error:
        raise fail(f"STILLNIGHT_DATA_DIR: cannot write to {configured.data_dir} ({error.strerror})") from error


@app.command()
def work() -> None:
    """Answer what the messengers' inbox holds. `serve` starts such a process by itself."""
    configured = _settings({})
    prepare(configured.log_level, configured.log_format)
    from stillnight.channels.messenger.service import NoChannelError
    from stillnight.channels.messenger.service import work as answer
    from stillnight.conversations.errors import StoreRefusedError
    from stillnight.messenger_settings import ConfigurationError

    try:
        asyncio.run(answer(configured))
    except (NoChannelError, ConfigurationError, ContentError, KnowledgeError, StoreRefusedError) as error:
        raise fail(str(error)) from error


@app.command()
def inbox(
    resend: Annotated[str | None, typer.Option(help="number of a part that could not be sent, or “all”")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="for machines")] = False,
) -> None:
    """Show what waits in the messengers' inbox and what could not be sent; --resend sends it again."""
    configured = _settings({})
    prepare("ERROR")
    from sqlalchemy.exc import SQLAlchemyError

    from stillnight.channels.inbox.dead import ResendError
    from stillnight.commands import inbox as command
    from stillnight.database import DatabaseError

    try:
        engine, now = command.existing(configured.inbox_url), time.time()
        told = command.look(engine, now) if resend is None else command.resend(engine, resend, now)
    except DatabaseError as error:
        raise fail(f"STILLNIGHT_INBOX {error}") from error
    except (command.NoInboxError, ResendError) as error:
        raise fail(str(error)) from error
    except SQLAlchemyError as error:
        # Its words may hold the address with the password, and rows.
        raise fail(f"the inbox cannot be read ({type(error).__name__})") from error
    print(json.dumps(told.as_dict(), ensure_ascii=False, indent=2) if as_json else told)
    if isinstance(told, command.Resent) and told.refusals and not told.numbers:
        raise typer.Exit(1)


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
            from stillnight.clinical.hearing import hearing

            for text in texts:
                flags = [{"red_flag": flag.name, "urgency": flag.urgency} for flag in hearing().hear(text).flags]
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
def explain(
    text: Annotated[str, typer.Argument(help="what a patient types")],
    as_json: Annotated[bool, typer.Option("--json", help="for machines")] = False,
    model: Model = MODEL,
) -> None:
    """Show how one text is understood and why: spelling, danger, labels, nearest examples, answer."""
    prepare("ERROR")
    with _only_results_on_stdout() as results:
        from stillnight.commands.explain import explain as follow
        from stillnight.commands.explain import table
        from stillnight.content.catalogue import catalogue

        explained = asyncio.run(follow(_agent(model), catalogue(), text, model))
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
            sets[file.stem] = _json_lines(lines, file.name)
        if not _texts(sets[file.stem]):
            raise fail(f"{file} holds no lines")
    from stillnight.commands.evaluate_files import Outputs, about, figures_of, tell
    from stillnight.content.catalogue import catalogue

    outputs = Outputs(json_file, html_file, plots, baseline, update)
    try:
        committed = outputs.committed()
        figures = figures_of(_agent(model), catalogue(), sets) | {"about": about(model, files)}
        kept = tell(figures, committed, outputs)
    except ValueError as error:
        raise fail(str(error)) from error
    except OSError as error:
        raise fail(f"{error.filename} cannot be written ({error.strerror})") from error
    if not kept:
        raise fail("accuracy has fallen by more than one point")


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
        configured = _settings({})
        if store is None:
            store = configured.database or str(configured.data_dir / "conversations.db")
        print(make_worksheet(worksheet, store, DATA, since, below, configured.encryption_keys.get_secret_value()))
    except MergeError as error:
        for fault in error.faults:
            print(fault)
        raise fail(f"{worksheet}: {len(error.faults)} rows to mend; nothing was added") from error
    except (StoreError, WorksheetError, ContentError, KnowledgeError) as error:
        raise fail(str(error)) from error


@desk.callback(invoke_without_command=True)
def review(
    context: typer.Context,
    output: Annotated[Path, typer.Option(help="folder to write the pages into", file_okay=False)] = PROJECT / "review",
) -> None:
    """Lay out everything the assistant can say, to read, search, print and sign; `review sign` signs it."""
    if context.invoked_subcommand is not None:
        return
    configured = _settings({})
    prepare("ERROR")
    from stillnight.commands.review import lay_out

    try:
        print(lay_out(DATA, KNOWLEDGE, output, date.today(), configured.signed_only))
    except (ContentError, KnowledgeError) as error:
        raise fail(str(error)) from error
    except OSError as error:
        raise fail(f"{error.filename} cannot be written ({error.strerror})") from error


@desk.command()
def sign(
    name: Annotated[str, typer.Option(help="who has read it, as it shall stand in the record")],
    topic: Annotated[list[str], typer.Option(help="what is signed: iron, labs/ferritin, labs/*; can be given again")],
    seen: Annotated[str | None, typer.Option(help="mark of the topic as it was read; stands beside it")] = None,
    note: Annotated[str, typer.Option(help="what else shall stand in the record")] = "",
) -> None:
    """Record in knowledge/reviews.yml that somebody has read a topic as it stands and agrees with it."""
    prepare("ERROR")
    from stillnight.commands.review import SigningError, put_name

    try:
        print(put_name(DATA, KNOWLEDGE, topic, name, seen, note, date.today()))
    except (SigningError, ContentError, KnowledgeError) as error:
        raise fail(str(error)) from error


@app.command()
def report(
    page: Annotated[Path, typer.Argument(help="HTML file to write", dir_okay=False)],
    store: Annotated[str | None, typer.Option(help="SQLite file or address of the tracker store")] = None,
) -> None:
    """Count what was asked, week by week, without words, ids or what few people did; a page to look at."""
    prepare("ERROR")
    from stillnight.commands.report import make_report
    from stillnight.learning.conversations import StoreError

    configured = _settings({})
    if store is None:
        store = configured.database or str(configured.data_dir / "conversations.db")
    keys_ = configured.encryption_keys.get_secret_value()
    try:
        print(make_report(page, store, keys_, configured.keep_days, DATA, time.time()))
    except (StoreError, ContentError) as error:
        raise fail(str(error)) from error
    except OSError as error:
        raise fail(f"{page} cannot be written ({error.strerror})") from error


Session = Annotated[str | None, typer.Option(help="the code that the chat told them, or their browser's token")]
Person = Annotated[str | None, typer.Option(help="telephone number on WhatsApp, with + and the country")]
Lines = Annotated[list[str] | None, typer.Option("--line", help="number of yours that they wrote to; all when blank")]


@app.command()
def export(session: Session = None, person: Person = None, lines: Lines = None) -> None:
    """Print everything that is kept of one person, as JSON, to hand it over."""
    prepare("ERROR")
    with _only_results_on_stdout() as results:
        from stillnight.commands import person as command
        from stillnight.commands.kept import refused

        with refused():
            print(command.export(command.Wanted(session, person, lines or ())), file=results)


@app.command()
def forget(session: Session = None, person: Person = None, lines: Lines = None) -> None:
    """Delete everything that is kept of one person."""
    prepare("ERROR")
    with _only_results_on_stdout() as results:
        from stillnight.commands import person as command
        from stillnight.commands.kept import refused

        with refused():
            print(command.forget(command.Wanted(session, person, lines or ())), file=results)


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="files of data/; everything when none is given")] = None,
) -> None:
    """Check what the assistant says and knows: length, reading grade, safe wording, sources, buttons, rules."""
    prepare()
    from stillnight.commands.check import check_everything, check_files
    from stillnight.nlu.weights import WeightsError

    try:
        faults = check_files(files, KNOWLEDGE) if files else check_everything(PROJECT, DATA, KNOWLEDGE)
    except (ContentError, KnowledgeError, WeightsError) as error:
        raise fail(str(error)) from error
    for fault in faults:
        print(fault)
    if faults:
        raise fail(f"{len(faults)} faults to mend")
    print("No faults.")
