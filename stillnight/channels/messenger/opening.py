"""Which channels a server opens, and the inbox behind those of messengers."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from rasa.core.channels.channel import InputChannel
from rasa.shared.utils.common import class_from_module_path

from stillnight.channels.inbox.inbox import Inbox
from stillnight.channels.inbox.intake import Intake
from stillnight.channels.inbox.spool import Spool, SpoolBusyError
from stillnight.channels.inbox.tables import other_version
from stillnight.channels.messenger.channel import MessengerChannel
from stillnight.channels.messenger.outgoing import Road
from stillnight.database import UNREACHABLE, DatabaseError, open_database
from stillnight.holding import AdvisoryHolding, FileHolding, Holding
from stillnight.messenger_settings import ConfigurationError
from stillnight.paths import PROJECT
from stillnight.settings import Settings
from stillnight.yaml_files import load_yaml


def channels() -> list[InputChannel]:
    """The channels of `credentials.yml` that are wanted: those of messengers only when something is configured.

    Raises:
        ConfigurationError: when a wanted channel lacks what it needs.
    """
    opened = []
    for name, given in load_yaml(PROJECT / "credentials.yml").items():
        kind: Any = class_from_module_path(name)
        if not issubclass(kind, MessengerChannel) or kind.is_wanted(given):
            opened.append(kind.from_credentials(given))
    return opened


def roads(opened: list[InputChannel]) -> dict[str, Road]:
    """The ways back of channels that have an inbox, by name."""
    return {channel.name(): channel.road() for channel in opened if isinstance(channel, MessengerChannel)}


def check_inbox(settings: Settings) -> None:
    """Whether an inbox can be opened; it need not be there yet.

    Raises:
        ConfigurationError: when its address is that of no database we know, or its tables are not this version's.
    """
    try:
        engine = open_database(settings.inbox_url)
    except DatabaseError as error:
        raise ConfigurationError(f"STILLNIGHT_INBOX: {error}") from error
    try:
        with engine.connect() as connection:
            wrong = other_version(connection)
    except UNREACHABLE:
        return
    except sa.exc.SQLAlchemyError as error:
        # Its words may hold the address with the password.
        raise ConfigurationError(f"STILLNIGHT_INBOX: cannot be read ({type(error).__name__})") from None
    finally:
        engine.dispose()
    if wrong:
        raise ConfigurationError(f"STILLNIGHT_INBOX: {wrong}")


def open_inbox(settings: Settings) -> Inbox:
    """The inbox of this configuration. Raises whatever the database raises when it cannot be opened."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Inbox(open_database(settings.inbox_url))


def open_intake(settings: Settings, inbox: Inbox) -> Intake:
    """The way into the inbox; call it in a running event loop.

    PostgreSQL makes nobody wait for others who write, and it may outlive this machine: what it holds is safer there.
    """
    if inbox.engine.dialect.name != "sqlite":
        return Intake(inbox)
    try:
        return Intake(inbox, Spool(settings.data_dir))
    except SpoolBusyError:
        return Intake(inbox)


def holding(settings: Settings, inbox: Inbox) -> Holding:
    """How workers keep out of each other's way."""
    if inbox.engine.dialect.name == "sqlite":
        return FileHolding(settings.data_dir / "inbox.lock")
    return AdvisoryHolding(inbox.engine)
