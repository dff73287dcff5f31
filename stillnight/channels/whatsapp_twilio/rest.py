"""Sends through Twilio's REST API (Messages, 2010-04-01), without its own client, which blocks the event loop."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final
from urllib.parse import quote

import httpx

from stillnight.channels.messenger.answer import json_of
from stillnight.channels.messenger.incoming import Incoming
from stillnight.channels.messenger.outgoing import Limits, Part, SendError
from stillnight.channels.messenger.retry_after import seconds_to_wait
from stillnight.channels.whatsapp_twilio.limits import TWILIO

logger = logging.getLogger(__name__)

NAME: Final = "whatsapp_twilio"
# Parameter of the status callback's address that holds our id of the message. It is a part of the signed address.
OURS: Final = "ours"

_WHATSAPP: Final = "whatsapp:"
_SID: Final = re.compile(r"(?:SM|MM)[0-9a-fA-F]{32}")
_ID_LENGTH: Final = 512
# httpcore's name for the moment before the first byte of a body.
_BODY_LEAVES: Final = "http11.send_request_body.started"

# What passes: too much at once (14107, 20429, 21611, 63017, 63018), a fault of Twilio's or Meta's (20500, 20503, 63010,
# 63012). Everything else stays as it is however often it is tried: 63016 outside the window, 21211, 21614 and 63003 no
# such address, 21610 opted out, 21617 and 21658 too long, 20003 not let in.
_PASSES: Final = frozenset({"14107", "20429", "20500", "20503", "21611", "63010", "63012", "63017", "63018"})
_PASSES_HTTP: Final = frozenset({408, 425, 429})


class TwilioRoad:
    """The way out through Twilio.

    Options stand in the text as a numbered list, made by whoever makes the part. **Pictures are left out**: Twilio
    fetches them from a public address, which there is none of, so that of a part with one only its caption goes out.
    """

    def __init__(
        self,
        account: str,
        secret: str,
        *,
        key: str | None = None,
        callback: str | None = None,
        typing: bool = False,
        api: str = "https://api.twilio.com",
        messaging: str = "https://messaging.twilio.com",
        timeout: float = 15.0,
    ) -> None:
        """Opens nothing yet; `close` gives back what is opened later.

        Args:
            account: SID of the account (“AC…”).
            secret: its auth token, or the secret of `key`.
            key: SID of an API key (“SK…”), None to go in with the account itself.
            callback: public address that Twilio tells how far a message came, None for not at all. It is called with
                `OURS` added to its query.
            typing: whether to show that a message was read and is being answered. A public beta, which Twilio says is
                not for use under HIPAA.
            api: where messages go; other regions have other addresses.
            messaging: where the typing indicator goes.
            timeout: seconds for connecting, between any two bytes, and for a whole answer once it began.
        """
        self._messages = httpx.URL(f"{api.rstrip('/')}/2010-04-01/Accounts/{quote(account, safe='')}/Messages.json")
        self._indicator = httpx.URL(f"{messaging.rstrip('/')}/v2/Indicators/Typing.json")
        self._callback = httpx.URL(callback) if callback else None
        self._typing, self._seconds = typing, timeout
        self._client = httpx.AsyncClient(auth=httpx.BasicAuth(key or account, secret), timeout=timeout)

    @property
    def name(self) -> str:
        """Name of the channel."""
        return NAME

    @property
    def limits(self) -> Limits:
        """What it carries."""
        return TWILIO

    async def send(self, to: str, line: str, part: Part, ours: str, written: Callable[[], None]) -> str:
        """Send the text of one part; see `Road.send`. What goes wrong in `written` is raised, and nothing is sent.

        Returns:
            Twilio's id of the message, empty when it took the message but did not say the id legibly.

        Raises:
            SendError: with Twilio's error number, `http-` and a status, or `timeout`, `unreachable`, `cut`. After
                `timeout` and `cut` the message may have been taken if `written` was called.
        """
        form = {"To": _prefixed(to), "From": _prefixed(line), "Body": part.text.encode("utf-8", "replace").decode()}
        if self._callback is not None:
            form["StatusCallback"] = str(self._callback.copy_set_param(OURS, ours))
        try:
            # Streamed: a status tells whether the message was taken, even when the rest of the answer never comes.
            async with self._client.stream(
                "POST", self._messages, data=form, extensions={"trace": _before_body(written)}
            ) as response:
                return _outcome(response, await json_of(response, self._seconds))
        except httpx.HTTPError as error:
            # Not chained: the reason may hold the address.
            raise SendError(_trouble(error), again=True) from None

    async def seen(self, message: Incoming) -> None:
        """Mark as read and show that an answer is being written, if that was asked for; never raises."""
        if not self._typing or not _SID.fullmatch(message.id):
            return
        try:
            response = await self._client.post(self._indicator, data={"messageId": message.id, "channel": "whatsapp"})
            if not response.is_success:
                logger.info("Twilio did not show that an answer is being written: http-%d", response.status_code)
        except Exception as error:
            logger.info("Twilio did not show that an answer is being written: %s", type(error).__name__)

    async def close(self) -> None:
        """Give back connections."""
        await self._client.aclose()


def _prefixed(address: str) -> str:
    return address if address.startswith(_WHATSAPP) else _WHATSAPP + address


def _before_body(written: Callable[[], None]) -> Callable[[str, Mapping[str, Any]], Awaitable[None]]:
    """A tracer for httpcore that calls `written` before the body; once, as nothing is repeated or redirected."""

    async def trace(event: str, info: Mapping[str, Any]) -> None:
        # The CONNECT to a proxy is traced as well, and has a body, though an empty one.
        if event == _BODY_LEAVES and info["request"].method == b"POST":
            written()

    return trace


def _outcome(response: httpx.Response, content: Any) -> str:
    """Twilio's id of the message it took.

    Raises:
        SendError: it did not take it.
    """
    told = content if isinstance(content, dict) else {}
    if response.is_success:
        sid = told.get("sid")
        return sid[:_ID_LENGTH] if isinstance(sid, str) else ""
    status, number = response.status_code, told.get("code")
    # True is an int.
    code = str(number) if type(number) is int else f"http-{status}"
    again = status >= 500 or status in _PASSES_HTTP or code in _PASSES
    raise SendError(code, again, seconds_to_wait(response.headers.get("Retry-After")) if again else None, status)


def _trouble(error: httpx.HTTPError) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "timeout"
    return "cut" if isinstance(error, httpx.ReadError | httpx.RemoteProtocolError) else "unreachable"
