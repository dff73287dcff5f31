"""Commands about what is kept: counts, and one person's data."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from stillnight.assistant.environment import prepare
from stillnight.cli.common import fail, only_results_on_stdout, settings_of
from stillnight.content.responses import ContentError
from stillnight.paths import DATA

app = typer.Typer()


@app.command()
def report(
    page: Annotated[Path, typer.Argument(help="HTML file to write", dir_okay=False)],
    store: Annotated[str | None, typer.Option(help="SQLite file or address of the tracker store")] = None,
) -> None:
    """Count what was asked, week by week, without words, ids or what few people did; a page to look at."""
    prepare("ERROR")
    from stillnight.commands.report import make_report
    from stillnight.learning.conversations import StoreError

    configured = settings_of({})
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
    with only_results_on_stdout() as results:
        from stillnight.commands import person as command
        from stillnight.commands.kept import refused

        with refused():
            print(command.export(command.Wanted(session, person, lines or ())), file=results)


@app.command()
def forget(session: Session = None, person: Person = None, lines: Lines = None) -> None:
    """Delete everything that is kept of one person."""
    prepare("ERROR")
    with only_results_on_stdout() as results:
        from stillnight.commands import person as command
        from stillnight.commands.kept import refused

        with refused():
            print(command.forget(command.Wanted(session, person, lines or ())), file=results)
