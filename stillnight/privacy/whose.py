"""Finding the conversation of somebody who asks the clinic for it: by what they have in hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from stillnight.channels.inbox.tables import PARTS
from stillnight.channels.messenger.webhook import person_id
from stillnight.channels.web.tokens import TokenError, Tokens
from stillnight.messenger_settings import CloudSettings, TwilioSettings
from stillnight.settings import Settings

CLOUD: Final = "whatsapp_cloud"
TWILIO: Final = "whatsapp_twilio"
_ID: Final = re.compile(r"(?:web|whatsapp_cloud|whatsapp_twilio)-[0-9a-f]{32}")
_PHONE: Final = re.compile(r"\+[1-9]\d{5,14}")
_BETWEEN: Final = re.compile(r"[\s().-]+")


class NobodyError(ValueError):
    """What was given names nobody; one line that says what would."""


def of_session(given: str, settings: Settings) -> str:
    """Conversation id of a session: the code that the chat tells, or the token of a browser. Raises NobodyError."""
    if _ID.fullmatch(given.strip()):
        return given.strip()
    try:
        return Tokens(settings.signing_secret(), settings.token_days).sender(given.strip())
    except TokenError as error:
        raise NobodyError("this is neither a code that the chat gave nor a token of this server") from error


def of_phone(given: str, lines: Iterable[str], settings: Settings, inbox: Engine | None) -> list[str]:
    """Conversation ids that a telephone number may have on WhatsApp, one for each number of ours.

    Args:
        given: in international form.
        lines: numbers of ours to look at, as the messengers name them; empty for all that are known.
        settings: whose secret makes the ids.
        inbox: where numbers of ours stand that are not configured.

    Raises:
        NobodyError: when it is no telephone number, or no number of ours is known.
    """
    phone = _BETWEEN.sub("", given)
    if not _PHONE.fullmatch(phone):
        raise NobodyError("a telephone number begins with + and the country: +44 7700 900123")
    known = set(lines) or {*_configured(), *(_used(inbox) if inbox is not None else ())}
    if not known:
        raise NobodyError("name the number of yours that they wrote to with --line")
    secret = settings.signing_secret()
    return [person_id(secret, channel, line, phone) for channel in (CLOUD, TWILIO) for line in sorted(known)]


def _configured() -> Iterator[str]:
    for kind in (CloudSettings, TwilioSettings):
        yield from kind.parse_obj({}).our_lines


def _used(inbox: Engine) -> list[str]:
    with inbox.connect() as connection:
        return [row.line for row in connection.execute(sa.select(PARTS.c.line).distinct()) if row.line]
