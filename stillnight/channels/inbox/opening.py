"""The inbox of this configuration, the way into it, and its keys."""

from __future__ import annotations

import sqlalchemy as sa

from stillnight.channels.inbox.inbox import Inbox
from stillnight.channels.inbox.intake import Intake
from stillnight.channels.inbox.spool import Spool, SpoolBusyError, lines_in
from stillnight.channels.inbox.tables import ABOUT, other_version
from stillnight.conversations.errors import StoreRefusedError
from stillnight.conversations.sealing import Seal, check_keys, seal_of
from stillnight.database import UNREACHABLE, DatabaseError, open_database
from stillnight.holding import AdvisoryHolding, FileHolding, Holding
from stillnight.messenger_settings import ConfigurationError
from stillnight.settings import Settings


def check_inbox(settings: Settings) -> None:
    """Whether an inbox can be opened; it need not be there yet.

    Raises:
        ConfigurationError: when its address is that of no database we know, its tables are not this version's, or the
            keys for words at rest are not those of it, or of deliveries on their way into it.
    """
    try:
        seal = _seal(settings)
        for line in lines_in(settings.data_dir):
            seal.open(line.decode("ascii", "replace"))
        engine = open_database(settings.inbox_url)
    except StoreRefusedError as error:
        raise ConfigurationError(f"{error} (deliveries in {settings.data_dir})") from None
    except DatabaseError as error:
        raise ConfigurationError(f"STILLNIGHT_INBOX: {error}") from error
    try:
        with engine.connect() as connection:
            wrong = other_version(connection)
            if sa.inspect(connection).has_table(ABOUT.name):
                check_keys(connection, ABOUT, seal)
    except StoreRefusedError as error:
        raise ConfigurationError(f"{error} (the inbox)") from None
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
    return Inbox(open_database(settings.inbox_url), _seal(settings))


def _seal(settings: Settings) -> Seal:
    return seal_of(settings.encryption_keys.get_secret_value())


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
