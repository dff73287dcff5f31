"""What commands about kept conversations have in common: the configured databases, if they are there, and refusals."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer
from pydantic import ValidationError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from stillnight.channels.inbox.inbox import Inbox
from stillnight.channels.inbox.opening import check_inbox, open_inbox
from stillnight.channels.inbox.spool import lines_in
from stillnight.conversations.errors import StoreError
from stillnight.conversations.records import Records
from stillnight.conversations.sealing import seal_of
from stillnight.database import DatabaseError, Patience, open_database
from stillnight.settings import Settings

# Nobody waits at a screen.
PATIENCE = Patience(busy=30)


class NothingKeptError(ValueError):
    """There is no database."""


@contextmanager
def refused() -> Iterator[None]:
    """Whatever is wrong with the settings or a database ends the command with one line, in which no word is told."""
    try:
        yield
    except ValidationError as error:
        first = error.errors()[0]
        why = f"STILLNIGHT_{str(first['loc'][0]).upper()}: {first['msg']}"
    except SQLAlchemyError as error:
        why = f"the database could not be used ({type(error).__name__})"
    except (StoreError, ValueError) as error:
        why = str(error)
    else:
        return
    print(f"stillnight: {why}", file=sys.stderr)
    raise typer.Exit(1)


def configured() -> Settings:
    """The settings. Raises ValidationError."""
    return Settings.parse_obj({})


def existing_records() -> Records:
    """The conversations' tables.

    Raises:
        NothingKeptError: when there is no such database; it is not made.
        DatabaseError, StoreError: when it cannot be used.
    """
    settings = configured()
    must_exist(settings.database_url, "STILLNIGHT_DATABASE")
    try:
        engine = open_database(settings.database_url, PATIENCE)
    except DatabaseError as error:
        raise DatabaseError(f"STILLNIGHT_DATABASE {error}") from None
    return Records(engine, seal_of(settings.encryption_keys.get_secret_value()), PATIENCE.busy)


def existing_inbox() -> Inbox | None:
    """The messengers' inbox; None where there is none, which is not made.

    Raises:
        ConfigurationError, StoreError: when it cannot be used, or is another version's.
        SQLAlchemyError: when it is down.
    """
    settings = configured()
    if not is_there(settings.inbox_url):
        return None
    check_inbox(settings)
    return open_inbox(settings)


def deliveries_left() -> int:
    """How many deliveries on their way into the inbox are not encrypted by the first key.

    They are when they arrive there: soon, or when an inbox that is away is back.
    """
    settings = configured()
    seal = seal_of(settings.encryption_keys.get_secret_value())
    return sum(not seal.is_newest(line.decode("ascii", "replace")) for line in lines_in(settings.data_dir))


def must_exist(url: str, setting: str) -> None:
    """Raises NothingKeptError when it is an SQLite file that is not there."""
    if not is_there(url):
        raise NothingKeptError(f"nothing was kept yet, or STILLNIGHT_DATA_DIR or {setting} is another one")


def is_there(url: str) -> bool:
    """Whether a database may be there: an SQLite file is, and another one has to be asked."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return True
    return parsed.get_backend_name() != "sqlite" or Path(parsed.database or "").is_file()
