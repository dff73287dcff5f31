"""What a request brings: token, body, key, address. Whatever is wrong with them is said in one plain sentence."""

from __future__ import annotations

import re
import uuid
from typing import Any, Final

from sanic.request import Request

from stillnight.channels.web.tokens import TokenError, Tokens

_REASON_MAX: Final = 500
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
_COUNTRY: Final = re.compile(r"[A-Za-z]{2}")
_LOCALE_MAX: Final = 100
_REPLY_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}\.\d{1,3}")


class BadRequestError(ValueError):
    """A body or header that is not understood; the message says what is wanted."""


def address(request: Request) -> str:
    """Where a request comes from; behind proxies that are believed, what they say."""
    return str(request.remote_addr or request.ip)


def token(request: Request) -> str:
    """The session token. Raises TokenError when there is none."""
    scheme, _, given = (request.headers.get("authorization") or "").partition(" ")
    if scheme.lower() != "bearer" or not given.strip():
        raise TokenError("send the session token as `Authorization: Bearer …`")
    return str(given.strip())


def sender(request: Request, tokens: Tokens) -> str:
    """Id of the conversation that the session token stands for. Raises TokenError."""
    return tokens.sender(token(request))


def token_in_form(request: Request) -> str:
    """The session token of a form: a page that is opened to be printed can send no header. Raises TokenError."""
    given = (request.form or {}).get("token")
    if not isinstance(given, str) or not given.strip():
        raise TokenError("send the session token as the field `token` of a form")
    return given.strip()


def body(request: Request, wanted: str) -> dict[str, Any]:
    """The JSON object. Raises BadRequestError, which says what is `wanted` in it, when there is none."""
    given = request.json
    if not isinstance(given, dict):
        raise BadRequestError(f"send a JSON object with {wanted}")
    return given


def key(request: Request) -> str:
    """The id that the sender gave to a message, or a fresh one: a message that comes twice is answered once."""
    given = request.headers.get("idempotency-key")
    if given is None:
        return uuid.uuid4().hex
    if not _KEY.fullmatch(given):
        raise BadRequestError("an Idempotency-Key has 8 to 64 letters, digits, - or _")
    return str(given)


def whereabouts(request: Request, country: object) -> dict[str, str]:
    """Hints at the country whose numbers are given: what the page says, and the browser's language.

    Args:
        request: what came.
        country: two letters (ISO 3166-1); anything else tells nothing.
    """
    locale = str(request.headers.get("accept-language") or "")[:_LOCALE_MAX]
    if isinstance(country, str) and _COUNTRY.fullmatch(country):
        return {"locale": locale, "country": country}
    return {"locale": locale}


def feedback(request: Request) -> tuple[str, bool, str | None]:
    """Id of an answer, whether it helped, and why. Raises BadRequestError."""
    given = body(request, "`message` and `helpful`")
    message, helpful, reason = given.get("message"), given.get("helpful"), given.get("reason")
    if not isinstance(message, str) or not _REPLY_ID.fullmatch(message) or not isinstance(helpful, bool):
        raise BadRequestError("send `message`, the id of an answer, and `helpful`, true or false")
    if reason is not None and (not isinstance(reason, str) or len(reason) > _REASON_MAX):
        raise BadRequestError(f"`reason` is text of at most {_REASON_MAX} characters")
    return message, helpful, reason
