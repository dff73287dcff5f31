"""Commands that train, serve and look at what waits."""

from __future__ import annotations

import asyncio
import gc
import json
import time
from typing import Annotated

import typer

from stillnight.assistant.environment import prepare
from stillnight.cli.common import MISCONFIGURED, Model, agent_of, fail, settings_of
from stillnight.clinical.knowledge import KnowledgeError
from stillnight.content.responses import ContentError
from stillnight.paths import MODEL

app = typer.Typer()


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
    configured = settings_of({name: value for name, value in (("host", host), ("port", port)) if value is not None})
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
        raise fail(str(error), MISCONFIGURED) from error
    except OSError as error:
        raise fail(f"STILLNIGHT_DATA_DIR: cannot write to {configured.data_dir} ({error.strerror})") from error


@app.command()
def work() -> None:
    """Answer what the messengers' inbox holds. `serve` starts such a process by itself."""
    configured = settings_of({})
    prepare(configured.log_level, configured.log_format)
    from stillnight.channels.messenger.service import NoChannelError
    from stillnight.channels.messenger.service import work as answer
    from stillnight.conversations.errors import StoreRefusedError
    from stillnight.messenger_settings import ConfigurationError

    try:
        asyncio.run(answer(configured))
    except (NoChannelError, ConfigurationError, ContentError, KnowledgeError, StoreRefusedError) as error:
        raise fail(str(error), MISCONFIGURED) from error


@app.command()
def inbox(
    resend: Annotated[str | None, typer.Option(help="number of a part that could not be sent, or “all”")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="for machines")] = False,
) -> None:
    """Show what waits in the messengers' inbox and what could not be sent; --resend sends it again."""
    configured = settings_of({})
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

    asyncio.run(chat(agent_of(model), catalogue()))
