"""Sending on WhatsApp through Meta's Graph API."""

from __future__ import annotations

import base64
import binascii
import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Final

import httpx
from pydantic import SecretStr

from stillnight.channels.messenger.answer import json_of
from stillnight.channels.messenger.incoming import Incoming
from stillnight.channels.messenger.outgoing import Limits, Part, SendError
from stillnight.channels.whatsapp_cloud import payload
from stillnight.channels.whatsapp_cloud.limits import CLOUD
from stillnight.channels.whatsapp_cloud.refusals import refusal
from stillnight.messenger_settings import GRAPH, GRAPH_VERSION, is_private, is_token, is_version

logger = logging.getLogger(__name__)

_PNG: Final = "image/png"
# By the ending of the name. Meta takes no text/csv.
_DOCUMENTS: Final = {".txt": "text/plain", ".pdf": "application/pdf"}
_JSON: Final = {"Content-Type": "application/json"}
_BODY_LEAVES: Final = "http11.send_request_body.started"
# Ticks and dots are not worth a longer wait: the answer comes after them.
_SEEN_SECONDS: Final = 5.0

# Digits so far. Nothing that an address would take for more than one piece.
_LINE: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")


@dataclass(frozen=True)
class _Answer:
    """What came back. content: its JSON, None where it is none or could not be read."""

    status: int
    headers: Mapping[str, str]
    content: Any

    @property
    def taken(self) -> bool:
        """Whether Meta took it. An error inside of a success is an error."""
        return 200 <= self.status < 300 and not (isinstance(self.content, dict) and "error" in self.content)

    @property
    def refusal(self) -> SendError:
        """Why not."""
        return refusal(self.status, self.headers, self.content)


class GraphApi:
    """The road to WhatsApp that needs nobody in between.

    A part goes out in one request, its picture or document in one before. Nothing is tried again here: whoever calls
    knows from `SendError` whether that may help, and from `written` whether a request can have left.
    """

    name: Final = "whatsapp_cloud"
    limits: Limits = CLOUD

    def __init__(
        self,
        token: SecretStr | str,
        base_url: str = GRAPH,
        version: str = GRAPH_VERSION,
        connect_seconds: float = 5.0,
        read_seconds: float = 15.0,
    ) -> None:
        """Connects at the first message.

        Args:
            token: access token of a system user with `whatsapp_business_messaging`.
            base_url: https, or http on this machine.
            version: of the Graph API.
            connect_seconds: for a connection with TLS.
            read_seconds: for each read or write, and for a whole answer once it began.

        Raises:
            ValueError: when one of them cannot be right; says which, never the token.
        """
        secret = (token.get_secret_value() if isinstance(token, SecretStr) else token).strip()
        if not is_token(secret):
            raise ValueError("the access token is empty or holds characters that no token has")
        if not is_version(version):
            raise ValueError("the version of the Graph API must look like v26.0")
        if not is_private(base_url):
            raise ValueError("the address of the Graph API must start with https://")
        self._root = f"{base_url.rstrip('/')}/{version}"
        self._read_seconds = read_seconds
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {secret}", "Accept-Encoding": "identity"},
            timeout=httpx.Timeout(read_seconds, connect=connect_seconds),
            # The token goes nowhere else.
            follow_redirects=False,
        )

    async def send(self, to: str, line: str, part: Part, ours: str, written: Callable[[], None]) -> str:
        """Send one part; see `Road`.

        Returns:
            Meta's id of the message. Empty when Meta took it with a status of 200 to 299 but the rest of its answer
            could not be read: it is on its way all the same, and a second try would give it to the person twice.

        Raises:
            SendError: codes are Meta's numbers, “http-503” where there was none, “timeout”, “unreachable” (nothing
                left), “unreadable” (a connection that ended before an answer, or no id of an uploaded picture),
                “bad-line” and “bad-picture” (ours, never tried).
        """
        media = await self._media(line, part)

        async def leaving(event: str, info: Mapping[str, Any]) -> None:
            # Headers alone make no message. A proxy is first asked for a tunnel, in a request with the same trace.
            if event == _BODY_LEAVES and info["request"].method == b"POST":
                written()

        answer = await self._post(line, payload.message(to, part, ours, media), extensions={"trace": leaving})
        if not answer.taken:
            raise answer.refusal
        sent = _sent_id(answer.content)
        if not sent:
            logger.warning("Meta took a message but its answer could not be read")
        return sent

    async def seen(self, message: Incoming) -> None:
        """Read receipt and typing indicator in one request; a failure is noted, never raised."""
        try:
            timeout = httpx.Timeout(min(_SEEN_SECONDS, self._read_seconds))
            answer = await self._post(message.line, payload.read(message.id), timeout=timeout)
            if not answer.taken:
                raise answer.refusal
        except Exception as error:
            logger.warning("a message could not be shown as read: %s", type(error).__name__)

    async def close(self) -> None:
        """Give back connections."""
        await self._client.aclose()

    async def _media(self, line: str, part: Part) -> str | None:
        if part.document is not None:
            return await self._upload(line, part.document, part.file, _kind(part.file))
        if part.picture and payload.shows_picture(part):
            return await self._upload(line, part.picture, "picture.png", _PNG)
        return None

    async def _upload(self, line: str, encoded: str, name: str, kind: str) -> str:
        """Meta's id of a picture or a document, which it keeps for 30 days."""
        try:
            content = base64.b64decode(encoded, validate=True)
        except (binascii.Error, ValueError):
            raise SendError("bad-picture", again=False) from None
        answer = await self._request(
            line, "media", data={**payload.PRODUCT, "type": kind}, files={"file": (name, content, kind)}
        )
        if not answer.taken:
            raise answer.refusal
        media = answer.content.get("id") if isinstance(answer.content, dict) else None
        if not isinstance(media, str) or not media:
            # No message left yet, so that another try doubles nothing.
            raise SendError("unreadable", again=True)
        return media

    async def _post(self, line: str, content: dict[str, Any], **how: Any) -> _Answer:
        # Half a surrogate pair, which somebody's words can hold, becomes “?”: UTF-8 has no bytes for it.
        text = json.dumps(content, ensure_ascii=False).encode("utf-8", "replace")
        return await self._request(line, "messages", content=text, headers=_JSON, **how)

    async def _request(self, line: str, endpoint: str, **request: Any) -> _Answer:
        """POST, with every way to fail as a `SendError` that quotes nothing."""
        if not _LINE.fullmatch(line):
            # It becomes part of the address.
            raise SendError("bad-line", again=False)
        try:
            async with self._client.stream("POST", f"{self._root}/{line}/{endpoint}", **request) as response:
                content = await json_of(response, self._read_seconds)
                return _Answer(response.status_code, response.headers, content)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError):
            raise SendError("unreachable", again=True) from None
        except httpx.TimeoutException:
            raise SendError("timeout", again=True) from None
        except httpx.HTTPError:
            raise SendError("unreadable", again=True) from None


def _kind(file: str) -> str:
    return _DOCUMENTS.get(PurePath(file).suffix, _DOCUMENTS[".pdf"])


def _sent_id(content: Any) -> str:
    try:
        sent = content["messages"][0]["id"]
    except (TypeError, KeyError, IndexError):
        return ""
    return sent if isinstance(sent, str) else ""
