"""Commands for those who write and sign the answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from stillnight.assistant.environment import prepare
from stillnight.cli.common import fail, settings_of
from stillnight.clinical.knowledge import KnowledgeError
from stillnight.content.responses import ContentError
from stillnight.paths import DATA, KNOWLEDGE, PROJECT

app = typer.Typer()
desk = typer.Typer(no_args_is_help=False)
app.add_typer(desk, name="review")


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
        raise fail(f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'} to mend")
    print("No faults.")


@desk.callback(invoke_without_command=True)
def review(
    context: typer.Context,
    output: Annotated[Path, typer.Option(help="folder to write the pages into", file_okay=False)] = PROJECT / "review",
) -> None:
    """Lay out everything the assistant can say, to read, search, print and sign; `review sign` signs it."""
    if context.invoked_subcommand is not None:
        return
    configured = settings_of({})
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
